import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { type DeskConfig, loadDeskConfig } from "./config";
import { type RunningDesk, startDesk } from "./desk";
import { isOpen } from "./http/port.testing";

const quiet = (): void => undefined;
const config = (more: Partial<DeskConfig> = {}): DeskConfig => ({
  ...loadDeskConfig({ DESK_PORT: "0", MINI_PROGRAM_DIR: "desk/demo", DESK_TOKEN: "a-desk-token-for-tests" }),
  ...more,
});

interface Seen {
  status: number;
  type: string;
  text: string;
}

/** fetch forbids setting Host and Origin. */
function ask(port: number, path: string, headers: Record<string, string> = {}, body?: string): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? "GET" : "POST";
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "", text }),
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const portOf = (url: string): number => Number(new URL(url).port);

describe("the desk", () => {
  let desk: RunningDesk;
  let port: number;
  let origin: string;
  beforeAll(async () => {
    desk = await startDesk(config(), quiet);
    port = portOf(desk.addresses.desk);
    origin = `http://localhost:${port}`;
  });
  afterAll(() => desk.close());

  const own = () => ({ host: `localhost:${port}`, origin });

  test("serves its page, and the control token is in none of its files", async () => {
    const files = await Promise.all(["/", "/desk.js", "/desk.css"].map((path) => ask(port, path)));
    expect(files.map(({ status, type }) => [status, type.split(";")[0]])).toEqual([
      [200, "text/html"],
      [200, "text/javascript"],
      [200, "text/css"],
    ]);
    for (const { text } of files) {
      expect(text.length).toBeGreaterThan(300);
      expect(text).not.toContain(desk.addresses.token);
    }
  });

  test("answers to this machine's names only, so that no foreign name can be bound to it", async () => {
    for (const host of ["localhost", "127.0.0.1", "workbench.localhost"])
      expect((await ask(port, "/", { host: `${host}:${port}` })).status).toBe(200);
    for (const host of ["evil.example", "localhost.evil.example", "192.168.0.1"])
      expect((await ask(port, "/", { host: `${host}:${port}` })).status).toBe(403);
    expect((await ask(port, "/desk/state", { host: "evil.example" })).status).toBe(403);
  });

  test("takes a switch from its own page only", async () => {
    const hang = `{"kind":"hang"}`;
    expect((await ask(port, "/desk/addFault", {}, hang)).status).toBe(403);
    expect((await ask(port, "/desk/addFault", { ...own(), origin: "http://evil.example" }, hang)).status).toBe(403);
    expect((await ask(port, "/desk/addFault", own(), hang)).status).toBe(200);
    expect(desk.standIn.controls.faults({}).faults).toMatchObject([{ fault: { kind: "hang" } }]);
    expect((await ask(port, "/desk/clearFaults", own(), "{}")).status).toBe(200);
    expect(desk.standIn.controls.faults({}).faults).toEqual([]);
  });

  test("lends its page what an administrator may do, not what tests may", async () => {
    for (const name of ["mintCode", "setQuota", "people", "reset", "pushRaw", "sendEvent", "addOrganisation"])
      expect((await ask(port, `/desk/${name}`, own(), "{}")).status).toBe(404);
    expect((await ask(port, "/desk/patchPerson", own(), "{}")).status).toBe(400);
  });

  test("tells its page of every call as it happens", async () => {
    const followed = await fetch(`${origin}/desk/state`);
    const events = followed.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = (await events?.read())?.value ?? "";
    expect(heard).toContain("yunling.linyue");
    await fetch(`${desk.addresses.openPlatform}/gettoken`);
    while (!heard.includes(`"api":"/gettoken"`)) heard += (await events?.read())?.value ?? "";
    await events?.cancel();
  });

  test("says how to build a mini program that is not there", async () => {
    const { status, text } = await ask(port, "/phone/?who=yunling.linyue");
    expect([status, text.includes("npm run build:mini-program")]).toEqual([503, true]);
    expect(desk.addresses.automator).toBeNull();
  });
});

test("stops at once although a page follows it", async () => {
  const desk = await startDesk(config(), quiet);
  const ports = [desk.addresses.desk, desk.addresses.openPlatform, desk.addresses.control].map(portOf);
  const followed = await fetch(`http://localhost:${ports[0]}/desk/state`);
  await desk.close();
  expect(await Promise.all(ports.map(isOpen))).toEqual([false, false, false]);
  await expect(followed.text()).rejects.toThrow();
});

test("a taken port is an error that leaves nothing open", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const [taken, free] = [(other.address() as AddressInfo).port, await freePort()];
  await expect(startDesk(config({ deskPort: taken, openPlatformPort: free }), quiet)).rejects.toThrow("EADDRINUSE");
  expect(await isOpen(free)).toBe(false);
  await new Promise((resolve) => other.close(resolve));
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("the desk's settings", () => {
  test("have a random token each time, and name what is wrong", () => {
    expect(loadDeskConfig({}).token).not.toBe(loadDeskConfig({}).token);
    expect(() => loadDeskConfig({ DESK_PORT: "high" })).toThrow("DESK_PORT");
    expect(() => loadDeskConfig({ DESK_TOKEN: "short" })).toThrow("DESK_TOKEN");
  });

  test("list trusted domains by comma", () => {
    expect(loadDeskConfig({ TRUSTED_DOMAINS: "localhost:3000, bi.example.com ," }).trustedDomains).toEqual([
      "localhost:3000",
      "bi.example.com",
    ]);
  });

  test("let a web-view show the trusted domains, unless it has a list of its own", () => {
    const domainsOf = (own?: string) =>
      loadDeskConfig({ TRUSTED_DOMAINS: "bi.example.com", WEB_VIEW_DOMAINS: own }).webViewDomains;
    expect([domainsOf(), domainsOf("pages.example.com"), domainsOf("")]).toEqual([
      ["bi.example.com"],
      ["pages.example.com"],
      [],
    ]);
  });
});
