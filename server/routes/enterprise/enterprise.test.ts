import type { EnterpriseCard, Problem } from "../../../core/contract/enterprise/enterprise";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import { builders, keyOf, PASSWORD, type BuiltUser } from "../../../tests/factories/build";
import { Browser } from "../../../tests/factories/browser";
import { request } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
let owner: Browser;

const ALL_POINTS = [
  "qyapi_base",
  "Contact.Org.Read",
  "qyapi_get_member",
  "qyapi_get_department_list",
  "qyapi_get_department_member",
  "fieldMobile",
  "fieldEmail",
];

beforeAll(async () => {
  world = await startWorld({ enterpriseLimit: 5 });
  build = builders(world);
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
  owner = new Browser(world, build);
  await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });
});
afterAll(() => world.stop());
afterEach(() => void world.dingtalk.controls.clearFaults({}));

interface Verified {
  result: string;
  name?: string;
  known?: string;
  problem?: Problem;
}

/** What an administrator types in for the next organisation that nobody has used yet. */
function nextInput(points: string[] = ALL_POINTS) {
  const organisation = build.nextOrganisation();
  world.dingtalk.controls.patchApp({ corpId: organisation.corpId, permissions: points });
  const { corpId, clientId, clientSecret } = keyOf(organisation);
  const app = { kind: "internal_app", clientId, clientSecret: clientSecret.reveal() };
  return { organisation, body: { corpId: String(corpId), app } };
}

const verify = (body: unknown) => owner.ask<Verified>("POST", "/api/enterprises/verify", body);
const authorise = (body: unknown) => owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", body);
const revoke = (id: string) => owner.ask<EnterpriseCard>("POST", `/api/enterprises/${id}/revoke`, {});
const dingtalkCalls = () => world.dingtalk.controls.calls({ after: 0 }).calls.length;

/** Waits until the enterprise's latest synchronisation has ended; slow machines may take their time. */
async function synced(id: string): Promise<SyncRun> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const { body } = await owner.ask<{ latest: SyncRun[] }>("GET", `/api/enterprises/${id}/sync`);
    const [run] = body.latest;
    if (run && ["done", "failed", "waiting"].includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The synchronisation did not end.");
}

/** A browser in which a fresh user with that role is signed in. */
async function browserOf(
  wishes: Parameters<typeof build.buildUser>[0],
): Promise<{ browser: Browser; user: BuiltUser }> {
  const user = await build.buildUser({ ...wishes, password: true });
  const browser = new Browser(world, build);
  await browser.signIn(user);
  return { browser, user };
}

describe("verifying a CorpId", () => {
  it("names the organisation, with spaces around the CorpId, and twice in a row", async () => {
    const { organisation, body } = nextInput();

    const answers = [await verify({ ...body, corpId: `  ${body.corpId} ` }), await verify(body)];

    for (const { body: answer } of answers) {
      expect(answer).toMatchObject({ result: "verified", name: organisation.name, known: "new" });
    }
    expect(await world.database.query("select 1 from enterprise where corp_id = $1", [body.corpId])).toEqual([]);
  });

  it.each<[string, Partial<Problem>, (input: ReturnType<typeof nextInput>) => unknown]>([
    ["a CorpId that nobody has", { code: "corp_unknown" }, ({ body }) => ({ ...body, corpId: "dingnobodyhasthis" })],
    [
      "somebody else's CorpId",
      { code: "not_activated" },
      ({ body }) => ({ ...body, corpId: build.nextOrganisation().corpId }),
    ],
    [
      "a wrong secret",
      { code: "wrong_secret" },
      ({ body }) => ({ ...body, app: { ...body.app, clientSecret: "rotated-meanwhile" } }),
    ],
    [
      "a permission point that is missing",
      { code: "permission_missing", permissions: ["Contact.Org.Read"] },
      ({ organisation, body }) => {
        world.dingtalk.controls.patchApp({ corpId: organisation.corpId, permissions: ["qyapi_base"] });
        return body;
      },
    ],
    [
      "our address not on the white list",
      { code: "ip_refused", address: "127.0.0.1" },
      ({ organisation, body }) => {
        world.dingtalk.controls.patchApp({ corpId: organisation.corpId, ipWhiteList: ["10.0.0.1"] });
        return body;
      },
    ],
  ])("says what is wrong: %s", async (_what, problem, change) => {
    const { body } = await verify(change(nextInput()));

    expect(body).toMatchObject({ result: "refused", problem });
    const link = "https://open-dev.dingtalk.com/appscope/apply?content=";
    if (problem.code === "permission_missing") expect(body.problem?.applyUrl).toContain(link);
  });

  it.each<[string, string, Parameters<World["dingtalk"]["controls"]["addFault"]>[0]]>([
    ["answers HTML", "busy", { kind: "html" }],
    ["answers HTTP 500", "unreachable", { kind: "status", status: 500 }],
    ["hangs", "unreachable", { kind: "hang" }],
    ["says that the month's calls are spent", "quota_spent", { kind: "quota" }],
  ])("says so when DingTalk %s", async (_what, code, fault) => {
    const { body: input } = nextInput();
    world.dingtalk.controls.addFault(fault);

    const { body } = await verify(input);

    expect(body).toMatchObject({ result: "refused", problem: { code } });
  });

  it("refuses bad input, everybody but the instance owner, and the signed out", async () => {
    const { body } = nextInput();
    const { browser, user } = await browserOf({ role: "administrator" });

    expect((await verify({ ...body, corpId: "   " })).code).toBe("input_invalid");
    expect((await verify({ corpId: body.corpId })).code).toBe("input_invalid");
    expect((await browser.ask("POST", "/api/enterprises/verify", body)).code).toBe("forbidden");
    expect((await browser.ask("POST", "/api/enterprises/authorise", body)).code).toBe("forbidden");
    for (const path of ["verify", "authorise"]) {
      const answer = await request(world.server.url, "POST", `/api/enterprises/${path}`, { body });
      expect(answer.code).toBe("signed_out");
    }
    await revoke(user.enterprise.id);
  });
});

describe("authorising", () => {
  it("adds the enterprise, reads its departments and members, and shows all that on its card", async () => {
    const { organisation, body } = nextInput();

    const added = await authorise({ ...body, edition: "professional" });

    expect(added.body).toMatchObject({ name: organisation.name, state: "active", edition: "professional" });
    const run = await synced(added.body.id);
    expect(run).toMatchObject({
      state: "done",
      departments: { found: 4, read: 4 },
      members: { seen: 40, added: 40, changed: 0, left: 0 },
      problem: null,
    });
    const { body: list } = await owner.ask<{ enterprises: EnterpriseCard[] }>("GET", "/api/enterprises");
    const card = list.enterprises.find((one) => one.id === added.body.id);
    expect(card).toMatchObject({
      members: 40,
      lastSync: { state: "done" },
      quota: { limit: 200_000, warning: "none" },
    });
    expect((await authorise(body)).code).toBe("already_authorised");
    expect((await verify(body)).body).toMatchObject({ result: "verified", known: "authorised" });
    await revoke(added.body.id);
  });

  it("never answers a secret", async () => {
    const { body } = nextInput();
    const events = { token: "eventToken1", aesKey: "a".repeat(43) };
    const added = await authorise({ ...body, events });

    const shown = await owner.ask("GET", `/api/enterprises/${added.body.id}`);

    expect(shown.body).toMatchObject({ settings: { eventMode: "http", eventKeys: true, clientId: body.app.clientId } });
    for (const secret of [body.app.clientSecret, events.token, events.aesKey]) {
      expect(JSON.stringify([added.body, shown.body])).not.toContain(secret);
      expect(world.logged()).not.toContain(secret);
    }
    await revoke(added.body.id);
  });

  it("stops at five: the sixth is refused before DingTalk is asked, a revoked one frees its place", async () => {
    const cards = [];
    for (let count = 0; count < 5; count += 1) cards.push((await authorise(nextInput().body)).body);
    for (const card of cards) await synced(card.id);
    const sixth = nextInput().body;
    const before = dingtalkCalls();

    expect((await verify(sixth)).code).toBe("enterprise_limit");
    expect((await authorise(sixth)).code).toBe("enterprise_limit");

    expect(dingtalkCalls()).toBe(before);
    await revoke(cards[0]?.id ?? "");
    expect((await authorise(sixth)).status).toBe(200);
    for (const { id } of (await owner.ask<{ enterprises: EnterpriseCard[] }>("GET", "/api/enterprises")).body
      .enterprises) {
      await revoke(id);
    }
  });

  it("makes whoever does it an administrator there; again after a revocation restores members and bindings", async () => {
    const { body } = nextInput();
    const { id } = (await authorise(body)).body;
    await synced(id);
    const { users } = (await owner.ask<{ users: object[] }>("GET", `/api/enterprises/${id}/users`)).body;
    expect(users).toMatchObject([{ login: "owner", role: "administrator" }]);
    const [member] = await world.database.query("select id from member where enterprise_id = $1 limit 1", [id]);
    const user = await world.server.domain.users.add({ login: "restored", name: "Restored" });
    await world.server.domain.users.setRole(id, user.id, "viewer");
    await world.database.query("insert into binding (enterprise_id, member_id, user_id) values ($1, $2, $3)", [
      id,
      member?.["id"],
      user.id,
    ]);

    const revoked = await revoke(id);
    expect(revoked.body).toMatchObject({ state: "revoked", mayRevoke: false });
    expect(revoked.body.deletedAfter).not.toBeNull();
    expect((await owner.ask("POST", `/api/enterprises/${id}/sync`, {})).code).toBe("authorisation_revoked");
    expect((await verify(body)).body).toMatchObject({ known: "revoked" });
    const again = await authorise(body);

    expect(again.body).toMatchObject({ id, state: "active", users: 2 });
    const bound = await world.database.query("select 1 from binding where user_id = $1", [user.id]);
    expect(bound).toHaveLength(1);
    await revoke(id);
  });
});

describe("what goes wrong on the way", () => {
  async function authorised(points = ALL_POINTS) {
    const input = nextInput(points);
    const { body } = await authorise(input.body);
    return { ...input, id: body.id };
  }
  const stateOf = async (id: string, userid: string) =>
    (
      await world.database.query("select state from member where enterprise_id = $1 and userid = $2", [id, userid])
    )[0]?.["state"];
  const syncAgain = (id: string) => owner.ask<SyncRun>("POST", `/api/enterprises/${id}/sync`, {});

  it("whoever left is asked about by name, and then gone", async () => {
    const { id, organisation } = await authorised();
    await synced(id);
    world.dingtalk.controls.patchPerson({ corpId: organisation.corpId, userid: "p3", left: true });

    await syncAgain(id);

    expect(await synced(id)).toMatchObject({ state: "done", members: { left: 1 } });
    expect(await stateOf(id, "p3")).toBe("left");
    expect(await stateOf(id, "p4")).toBe("active");
    await revoke(id);
  });

  it("thirty days after a revocation keys, members and bindings are deleted, reports are not", async () => {
    const { id } = await authorised();
    await synced(id);
    await revoke(id);
    world.advance(31 * 24 * 3_600_000);

    await world.server.domain.tidy();

    const [left] = await world.database.query(
      `select (select count(*)::int from member where enterprise_id = $1) as members,
        (select count(*)::int from credential where enterprise_id = $1) as keys,
        (select count(*)::int from enterprise where id = $1) as enterprises`,
      [id],
    );
    expect(left).toEqual({ members: 0, keys: 0, enterprises: 1 });
  });
});
