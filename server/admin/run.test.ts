import { builders, keyOf, PASSWORD } from "../../tests/factories/build";
import { request } from "../../tests/factories/client";
import { PUBLIC_URL, startWorld, type World } from "../../tests/factories/world";
import { openDomain } from "../compose";
import { createLog } from "../log";
import { runAdmin } from "./run";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld({ enterpriseLimit: 3 });
  build = builders(world);
});
afterAll(() => world.stop());
afterEach(() => void world.dingtalk.controls.clearFaults({}));

/** Types a command in, with that text on standard input. */
async function admin(args: string[], input = ""): Promise<{ exit: number; out: string; err: string; opened: boolean }> {
  const result = { exit: 0, out: "", err: "", opened: false };
  result.exit = await runAdmin(args, {
    open: (options) => {
      result.opened = true;
      return openDomain(world.config, { log: createLog("silent"), ...options });
    },
    terminal: {
      print: (line) => void (result.out += `${line}\n`),
      complain: (line) => void (result.err += `${line}\n`),
      interactive: false,
      readInput: () => Promise.resolve(input),
    },
  });
  return result;
}

const add = (organisation: ReturnType<typeof build.nextOrganisation>, secret = organisation.app?.appSecret ?? "") => {
  const { corpId, clientId } = keyOf(organisation);
  return admin(["enterprise", "add", "--corp-id", corpId, "--client-id", clientId], secret);
};

describe("enterprise", () => {
  it("add asks DingTalk for the name and lets its members in; revoke ends that", async () => {
    const organisation = build.nextOrganisation();

    const added = await add(organisation);

    expect([added.exit, added.out]).toEqual([0, `${organisation.name} (${organisation.corpId}) is connected.\n`]);
    expect((await admin(["enterprise", "list"])).out).toContain(`${organisation.corpId}  active`);
    const revoked = await admin(["enterprise", "revoke", "--corp-id", organisation.corpId]);
    expect(revoked.exit).toBe(0);
    expect((await admin(["enterprise", "list"])).out).toContain(`${organisation.corpId}  revoked`);
    const rows = await world.database.query("select 1 from credential");
    expect(rows).toEqual([]);
    expect((await add(organisation)).exit).toBe(0);
  });

  it("add tells what DingTalk said about a wrong secret or a wrong CorpId", async () => {
    const organisation = build.nextOrganisation();

    const wrong = await add(organisation, "not-the-secret-of-this-app");
    const foreign = await add({ ...build.nextOrganisation(), app: organisation.app });

    expect([wrong.exit, foreign.exit]).toEqual([1, 1]);
    expect(wrong.err).toContain("invalid.client");
    expect(foreign.err).toContain("unauthorized.client");
    expect(wrong.err).not.toContain("not-the-secret-of-this-app");
  });

  it("add names the permission point that is missing", async () => {
    const organisation = build.nextOrganisation();
    world.dingtalk.controls.patchApp({ corpId: organisation.corpId, permissions: ["qyapi_base"] });

    expect((await add(organisation)).err).toContain("Contact.Org.Read");
  });

  it("add stops at the edition's limit before DingTalk is asked anything", async () => {
    while ((await world.server.domain.enterprises.list()).filter((one) => one.state === "active").length < 3) {
      await build.buildEnterprise();
    }
    world.dingtalk.controls.clearCalls({});

    const refused = await add(build.nextOrganisation());

    expect(refused.exit).toBe(1);
    expect(refused.err).toContain("allows 3 authorised enterprises");
    expect(world.dingtalk.controls.calls({ after: 0 }).calls).toEqual([]);
  });

  it("pc sets where the app opens on PC, which is the Workbench at first", async () => {
    const [enterprise] = await world.server.domain.enterprises.list();
    if (!enterprise) throw new Error("The tests above leave an enterprise.");
    const pc = (opening: string) => admin(["enterprise", "pc", "--corp-id", enterprise.corpId, "--opening", opening]);
    expect((await admin(["enterprise", "list"])).out).toContain("on PC: workbench");

    expect((await pc("browser")).out).toContain("opens in the system browser");

    expect((await admin(["enterprise", "list"])).out).toContain("on PC: browser");
    const [entry] = await world.database.query("select detail from audit_entry where action = 'pc_opening_changed'");
    expect(entry).toEqual({ detail: { opening: "browser" } });
    expect((await pc("workbench")).exit).toBe(0);
    expect((await admin(["enterprise", "list"])).out).not.toContain("on PC: browser");
    expect((await pc("nowhere")).exit).toBe(2);
    expect((await admin(["enterprise", "pc", "--corp-id", "dingunknown", "--opening", "browser"])).exit).toBe(1);
  });

  it("revoke of an unknown CorpId is refused", async () => {
    const { exit, err } = await admin(["enterprise", "revoke", "--corp-id", "dingunknown"]);

    expect([exit, err]).toEqual([1, "There is no enterprise with the CorpId dingunknown.\n"]);
  });
});

describe("user", () => {
  const signIn = (login: string, password: string) =>
    request(world.server.url, "POST", "/api/session/password", {
      body: { login, password },
      headers: { origin: PUBLIC_URL },
    });

  it("add makes an account that can sign in; disable ends it", async () => {
    const made = await admin(["user", "add", "--login", "anna@example.com", "--name", "Anna"], `${PASSWORD}\n`);

    expect([made.exit, made.out]).toEqual([0, "The account anna@example.com is made.\n"]);
    expect((await signIn("anna@example.com", PASSWORD)).status).toBe(200);
    expect((await admin(["user", "disable", "--login", "anna@example.com"])).exit).toBe(0);
    expect((await signIn("anna@example.com", PASSWORD)).code).toBe("user_disabled");
  });

  it("add gives a role in an organisation and links a synced member", async () => {
    const [enterprise] = (await world.server.domain.enterprises.list()).filter((one) => one.state === "active");
    if (!enterprise) throw new Error("The tests above leave an enterprise.");
    await world.server.domain.members.save(enterprise.id, {
      userid: "p9",
      unionId: null,
      name: "P9",
      departmentIds: [],
    });
    const where = ["--corp-id", enterprise.corpId, "--role", "editor", "--userid", "p9"];

    const made = await admin(["user", "add", "--login", "nine", "--name", "Nine", "--generate-password", ...where]);

    expect(made.exit).toBe(0);
    expect(made.out).toContain("nine is editor of");
    const password = /Password: (\S{18})/.exec(made.out)?.[1] ?? "";
    expect((await signIn("nine", password)).body).toMatchObject({ role: "editor" });
    const again = await admin(["user", "add", "--login", "ten", "--name", "Ten", "--generate-password", ...where]);
    expect([again.exit, again.err]).toEqual([1, expect.stringContaining("linked to another")]);
  });

  it("reset-password replaces the password", async () => {
    await admin(["user", "add", "--login", "berta", "--name", "Berta"], PASSWORD);

    const reset = await admin(["user", "reset-password", "--login", "berta"], "an entirely new phrase");

    expect(reset.exit).toBe(0);
    expect((await signIn("berta", PASSWORD)).code).toBe("wrong_credentials");
    expect((await signIn("berta", "an entirely new phrase")).status).toBe(200);
    expect((await admin(["user", "reset-password", "--login", "berta"], "short")).err).toContain("at least 10");
    expect((await admin(["user", "reset-password", "--login", "nobody"], PASSWORD)).exit).toBe(1);
  });
});

describe("what is typed wrong", () => {
  it.each([
    [["enterprise", "delete"], 'no command "enterprise delete"'],
    [["enterprise", "add", "--corp", "x"], "--corp"],
    [["enterprise", "add", "--corp-id", "x"], "Missing: --client-id"],
    [["user", "add", "--login", "x", "--name", "X", "--role", "boss"], "--role"],
    [["user", "disable"], "Missing: --login"],
  ])("%j is explained and opens nothing", async (args, text) => {
    const { exit, err, opened } = await admin(args);

    expect(exit).toBe(2);
    expect(err).toContain(text);
    expect(opened).toBe(false);
  });

  it("--help explains a command, and lists all", async () => {
    expect((await admin(["--help"])).out).toContain("user reset-password");
    expect((await admin(["user", "add", "--help"])).out).toContain("--generate-password");
  });

  it("a missing secret is asked for in words, not by waiting", async () => {
    const { exit, err } = await admin(["user", "reset-password", "--login", "x"]);

    expect(exit).toBe(2);
    expect(err).toContain("on standard input");
  });
});
