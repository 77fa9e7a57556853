import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join, resolve } from "node:path";
import type { ErrorBody } from "../core/contract/error";
import type { Route } from "../core/contract/route";
import type { Me } from "../core/contract/session/session";
import { builders, PASSWORD } from "../tests/factories/build";
import { cookieOf, newDevice, request, type Ask } from "../tests/factories/client";
import { PUBLIC_URL, startWorld, type World } from "../tests/factories/world";
import { openDomain } from "./compose";
import { createLog } from "./log";
import { Secret } from "./secret";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);

/** The paths of every route that a contract names, as OpenAPI writes them. */
async function contractPaths(): Promise<string[]> {
  const files = readdirSync("core/contract", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const modules = await Promise.all(files.map((file) => import(resolve("core/contract", file)) as Promise<object>));
  const groups = modules.flatMap((one) => Object.entries(one)).filter(([name]) => name.endsWith("Routes"));
  const paths = groups.flatMap(([, routes]) => Object.values(routes as Record<string, Route>).map(({ path }) => path));
  return [...new Set(paths.map((path) => path.replace(/:(\w+)/g, "{$1}")))].sort();
}

describe("the server's own addresses", () => {
  it("tells that the process is up, and whether it can work", async () => {
    expect((await ask("GET", "/healthz")).body).toEqual({ status: "up" });
    expect((await ask("GET", "/readyz")).body).toEqual({ status: "ready" });
  });

  it("publishes an OpenAPI document of every route", async () => {
    interface Document {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown; parameters?: { name: string; in: string }[] }>>;
    }
    const { body } = await ask<Document>("GET", "/api/openapi.json");

    expect(body.openapi).toBe("3.1.0");
    expect(Object.keys(body.paths).sort()).toEqual(await contractPaths());
    expect(Object.keys(body.paths["/api/setup"] ?? {}).sort()).toEqual(["get", "post"]);
    expect(body.paths["/api/reports/{reportId}/view"]?.["get"]).toMatchObject({
      security: [{ bearer: [] }, { cookie: [] }],
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: "reportId", in: "path" }),
        expect.objectContaining({ name: "question", in: "query" }),
      ]),
    });
    expect(body.paths["/api/session/dingtalk"]?.["post"]?.security).toBeUndefined();
  });
});

describe("every answer", () => {
  it("carries security headers that let DingTalk, and only who is named, show our pages in a frame", async () => {
    const { headers } = await ask("GET", "/healthz");

    expect(headers.get("content-security-policy")).toContain(
      "frame-ancestors 'self' https://*.dingtalk.com https://*.dingtalk.io http://localhost:3100",
    );
    expect(headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it.each([
    ["not_found", 404, "GET", "/api/nothing", undefined],
    ["method_not_allowed", 405, "GET", "/api/session/dingtalk", undefined],
    ["method_not_allowed", 405, "DELETE", "/api/reports", undefined],
    ["input_invalid", 400, "POST", "/api/session/dingtalk", "{ not json"],
    ["body_too_large", 413, "POST", "/api/session/dingtalk", JSON.stringify({ text: "x".repeat(300_000) })],
    ["signed_out", 401, "GET", "/api/me", undefined],
  ])("has one shape where it fails: %s is HTTP %i", async (code, status, method, path, body) => {
    const answer = await ask<ErrorBody>(method, path, { body });

    expect([answer.code, answer.status]).toEqual([code, status]);
    expect(answer.body.error.requestId).toBe(answer.headers.get("x-request-id"));
    expect(answer.body.error.message).not.toBe("");
  });

  it.each(["gzip", "deflate", "br", "none-such"])("a body said to be packed as %s is refused", async (encoding) => {
    const headers = { "content-encoding": encoding };

    const answers = await Promise.all(
      ["{}", "x".repeat(1_000)].map((body) => ask("POST", "/api/session/dingtalk", { headers, body })),
    );

    expect(answers.map(({ status, code }) => [status, code])).toEqual(Array(2).fill([400, "input_invalid"]));
  });

  it("a body of endless levels is refused", async () => {
    const body = `{"corpId":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;

    expect((await ask("POST", "/api/session/dingtalk", { body })).code).toBe("input_invalid");
  });

  it("is HTTP 200 with the error inside for whoever asks for the envelope", async () => {
    const headers = { "x-envelope": "1" };

    const answers = [
      await ask<ErrorBody>("GET", "/api/me", { headers }),
      await ask<ErrorBody>("POST", "/api/session/dingtalk", { headers, body: {} }),
      await ask<ErrorBody>("GET", "/api/nothing", { headers }),
    ];

    expect(answers.map((answer) => [answer.status, answer.code])).toEqual([
      [200, "signed_out"],
      [200, "input_invalid"],
      [200, "not_found"],
    ]);
  });
});

describe("the web pages", () => {
  it("are served where they are built, and any address of theirs is the page itself", async () => {
    expect((await ask("GET", "/pc")).code).toBe("not_found");
    mkdirSync(join(world.config.webDir, "assets"), { recursive: true });
    writeFileSync(join(world.config.webDir, "index.html"), "<title>Dingboard</title>");
    writeFileSync(join(world.config.webDir, "assets", "main-1a2b.js"), "1");
    writeFileSync(join(world.config.webDir, "preload.json"), '{"report":["assets/report-3c4d.js"]}');

    for (const path of ["/", "/pc", "/pc?corpId=ding1", "/hand-off", "/setup", "/r/0197"]) {
      const page = await ask("GET", path);
      expect([page.status, page.body]).toEqual([200, "<title>Dingboard</title>"]);
      expect(page.headers.get("cache-control")).toBe("no-store");
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect(
      (await ask("GET", `/r/0197?q=${encodeURIComponent('{"drill":{},"filters":{"a":null}}')}&page=two`)).headers.get(
        "link",
      ),
    ).toBe(
      "</assets/report-3c4d.js>; rel=modulepreload, " +
        "</api/reports/0197/view?with=me&question=%7B%22filters%22%3A%7B%22a%22%3Anull%7D%7D>; rel=preload; as=fetch; crossorigin=anonymous",
    );
    expect((await ask("GET", "/setup")).headers.get("link")).toBeNull();
    expect(
      (await ask("GET", `/r/0197?q={"filters":{"${"long".repeat(600)}":null}}`)).headers.get("link"),
    ).not.toContain("long");
    const asset = await ask("GET", "/assets/main-1a2b.js");
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect((await ask("GET", "/api/nothing")).code).toBe("not_found");
    expect((await ask("GET", "/..%2f..%2fsetup-link")).body).toBe("<title>Dingboard</title>");
  });
});

describe("the first administrator", () => {
  const owner = { name: "Owner", login: "owner", password: "a long enough phrase" };
  const create = (body: object, headers = { origin: PUBLIC_URL }) => ask<Me>("POST", "/api/setup", { body, headers });

  it("is made once, with the link that only the data folder's owner can read", async () => {
    const file = join(world.config.dataDir, "setup-link");
    const link = readFileSync(file, "utf8").trim();
    const token = link.split("#")[1] ?? "";
    expect(link).toBe(world.server.setupLink);
    expect(link.startsWith(`${PUBLIC_URL}/setup#`)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await ask("GET", "/api/setup")).body).toEqual({ open: true });
    expect((await create({ ...owner, token: "guessed" })).code).toBe("wrong_credentials");
    expect((await create({ ...owner, token, password: "ownerownerowner" })).code).toBe("weak_password");
    expect((await create({ ...owner, token, password: "short" })).code).toBe("input_invalid");
    expect((await create({ ...owner, token }, { origin: "https://evil.example" })).code).toBe("origin_refused");

    const made = await create({ ...owner, token });

    expect(made.body).toMatchObject({ instanceOwner: true, enterprise: null, user: { login: "owner" } });
    expect((await ask<Me>("GET", "/api/me", { cookie: cookieOf(made) })).body.instanceOwner).toBe(true);
    expect((await ask("GET", "/api/setup")).body).toEqual({ open: false });
    expect((await create({ ...owner, login: "second", token })).code).toBe("setup_closed");
    expect(() => statSync(file)).toThrow("ENOENT");
    expect(world.logged()).not.toContain(token);
  });
});

describe("a link for the first administrator", () => {
  it("is dead after thirty minutes", async () => {
    const other = await startWorld();
    try {
      const token = other.server.setupLink?.split("#")[1] ?? "";
      other.advance(30 * 60_000 + 1_000);

      const answer = await request(other.server.url, "POST", "/api/setup", {
        body: { name: "Owner", login: "owner", password: "a long enough phrase", token },
        headers: { origin: PUBLIC_URL },
      });

      expect([answer.code, answer.status]).toEqual(["setup_closed", 410]);
    } finally {
      await other.stop();
    }
  });
});

describe("the log", () => {
  it("has a line for each request, without secrets, addresses or people", async () => {
    const user = await build.buildUser({ bound: false });
    const authCode = build.mintCode(user.enterprise, user.userid);
    const refused = await build.signIn(user, { authCode });
    const bindTicket = refused.body.error?.notBound?.bindTicket ?? "";
    const signedIn = await ask<{ tokens: { accessToken: string; refreshToken: string } }>("POST", "/api/session/bind", {
      body: { bindTicket, login: user.login, password: PASSWORD, deviceId: newDevice() },
    });
    const { accessToken, refreshToken } = signedIn.body.tokens;
    await ask("GET", "/api/reports?search=private-words", { token: accessToken });

    const text = world.logged();
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter((line) => line["msg"] === "request").at(-1)).toMatchObject({
      method: "GET",
      route: "/api/reports",
      status: 200,
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      ms: expect.any(Number),
    });
    expect(lines).toContainEqual(expect.objectContaining({ dingtalk: "getuserinfo", outcome: "ok" }));
    const { app } = user.enterprise.organisation;
    const secrets = [authCode, bindTicket, accessToken, refreshToken, PASSWORD, app?.appSecret ?? "", "private-words"];
    const people = [user.login, user.userid, `Name of ${user.userid}`, "127.0.0.1"];
    for (const word of [...secrets, world.config.appSecretKey.reveal()]) expect(text).not.toContain(word);
    for (const word of people) expect(text).not.toMatch(new RegExp(`"${word}"`));
  });
});

describe("time and load", () => {
  it("ends a request that takes too long, and stops whoever works for it", async () => {
    const slow = await startWorld({ requestTimeoutMs: 300 });
    try {
      const user = await builders(slow).buildUser();
      slow.dingtalk.controls.addFault({ kind: "hang" });

      const answer = await builders(slow).signIn(user);

      expect([answer.code, answer.status]).toEqual(["timeout", 504]);
    } finally {
      await slow.stop();
    }
  });

  it("lets requests in flight finish when it stops, then takes no more", async () => {
    const other = await startWorld();
    try {
      const user = await builders(other).buildUser();
      other.dingtalk.controls.addFault({ kind: "latency", milliseconds: 400 });
      const arrived = new Promise<void>((resolve) => void other.dingtalk.platform.onChange(resolve));
      const running = builders(other).signIn(user);
      await arrived;

      const stopped = other.server.stop();

      expect((await running).status).toBe(200);
      await stopped;
      await expect(connects(other.server.url)).resolves.toBe(false);
    } finally {
      await other.stop();
    }
  });
});

describe("a database that goes away", () => {
  let other: World;
  beforeEach(async () => {
    other = await startWorld();
  });
  afterEach(() => other.stop());

  it("for a moment: sessions go on when it is back, and still end at once", async () => {
    const user = await builders(other).buildUser();
    const token = await builders(other).tokenOf(user);
    const me = () => request(other.server.url, "GET", "/api/me", { token });
    expect((await me()).status).toBe(200);
    await other.database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );

    await until(async () => (await me()).status === 200);
    await until(async () => (await request(other.server.url, "GET", "/readyz")).status === 200);
    await other.server.domain.users.disable(user.login);

    await until(async () => (await me()).code === "signed_out");
  });

  it("for longer: the process stays up and says that it cannot work", async () => {
    await other.database.drop();

    const [up, ready] = [
      await request(other.server.url, "GET", "/healthz"),
      await request(other.server.url, "GET", "/readyz"),
    ];

    expect(up.status).toBe(200);
    expect([ready.code, ready.status]).toEqual(["unavailable", 503]);
  });
});

describe("secrets in the database", () => {
  it("are encrypted, open with the right key only, and move to another key", async () => {
    const user = await build.buildUser();
    const secret = user.enterprise.organisation.app?.appSecret ?? "";
    const [row] = await world.database.query(
      "select encode(sealed, 'escape') as sealed from credential where enterprise_id = $1",
      [user.enterprise.id],
    );
    expect(row?.["sealed"]).not.toContain(secret);
    const log = createLog("silent");
    const config = { ...world.config, appSecretKey: new Secret("another key, that nobody has used before 42") };

    await expect(openDomain(config, { log })).rejects.toThrow("APP_SECRET_KEY is not the one");

    const domain = await openDomain(config, { log, anyKey: true });
    await expect(domain.rotateSecrets(new Secret("a wrong earlier key, of no use at all 42"))).rejects.toThrow(
      "earlier key",
    );
    await domain.rotateSecrets(world.config.appSecretKey);
    await domain.close();
    const rotated = await openDomain(config, { log });
    await rotated.rotateSecrets(config.appSecretKey);
    await rotated.close();
  });
});

/** What takes a moment, but no longer than a second. */
async function until(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 1_000;
  while (!(await check())) if (Date.now() > deadline) throw new Error("It took longer than a second.");
}

function connects(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect(Number(port), hostname, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
