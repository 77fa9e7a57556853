import type { EnterpriseCard, Problem } from "../../../core/contract/enterprise/enterprise";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import type { OrganisationView } from "../../../desk/open-platform/contacts/control-contract";
import { Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD } from "../../../tests/factories/build";
import { newDevice, request } from "../../../tests/factories/client";
import { waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(180_000); // passwords are slow on purpose, and machines may be busy

const MEMBERS = 60;
const DEPARTMENTS = 6;
const PAGES = "/topapi/v2/user/list";

let world: World;
let owner: Browser;
let made = 0;

const desk = () => world.dingtalk.controls;

beforeAll(async () => {
  world = await startWorld();
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
  owner = new Browser(world, builders(world));
  await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });
});
afterAll(() => world.stop());
afterEach(() => void desk().clearFaults({}));

/** A fresh organisation with twins among its members and every tenth of them in two departments. */
function organisation(): OrganisationView {
  made += 1;
  const wishes = { longIds: false, oddDepartments: false, twins: true, withApp: true };
  return desk().addOrganisation({ ...wishes, seed: `sync ${made}`, members: MEMBERS, departments: DEPARTMENTS });
}

const inputOf = ({ corpId, app }: OrganisationView, secret = app?.appSecret) => ({
  corpId,
  app: { kind: "internal_app", clientId: app?.appKey, clientSecret: secret },
});

/** An enterprise of the console. */
function enterprise(id: string) {
  const at = (path: string) => `/api/enterprises/${id}${path}`;
  const runs = async () => (await owner.ask<{ latest: SyncRun[] }>("GET", at("/sync"))).body.latest;
  return {
    id,
    get: <T>(path: string) => owner.ask<T>("GET", at(path)),
    post: <T>(path: string, body: unknown) => owner.ask<T>("POST", at(path), body),
    start: () => owner.ask<SyncRun>("POST", at("/sync"), {}),
    /** The latest run, once it does no more for now. */
    rests: async (): Promise<SyncRun | undefined> =>
      (await waitFor(runs, ([run]) => ["done", "failed", "waiting"].includes(run?.state ?? "")))[0],
    states: () =>
      world.database.query("select state, count(*)::int as count from member where enterprise_id = $1 group by state", [
        id,
      ]),
  };
}

async function synchronised(of: OrganisationView = organisation()) {
  const { body } = await owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", inputOf(of));
  const one = { ...enterprise(body.id), organisation: of };
  expect(await one.rests()).toMatchObject({ state: "done", members: { seen: MEMBERS, added: MEMBERS } });
  return one;
}

const EVERYBODY = [{ state: "active", count: MEMBERS }];

describe("authorising", () => {
  it("is done once, however many press at once; verifying changes nothing", async () => {
    const input = inputOf(organisation());
    const verify = () => owner.ask<{ result: string; known: string }>("POST", "/api/enterprises/verify", input);
    const authorise = () => owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", input);

    const verified = await Promise.all([verify(), verify()]);
    const authorised = await Promise.all([authorise(), authorise()]);

    expect(verified.map(({ body }) => [body.result, body.known])).toEqual([
      ["verified", "new"],
      ["verified", "new"],
    ]);
    expect(authorised.map(({ code }) => code).sort()).toEqual(["already_authorised", undefined]);
    const id = authorised.find(({ status }) => status === 200)?.body.id ?? "";
    expect(await enterprise(id).rests()).toMatchObject({ state: "done" });
  });

  it("counts what verifying cost at DingTalk", async () => {
    const { corpId } = (await synchronised()).organisation;
    const of = organisation();
    await owner.ask("POST", "/api/enterprises/verify", inputOf(of));
    await owner.ask("POST", "/api/enterprises/verify", inputOf(of, "not the secret at all"));
    const one = await synchronised(of);

    const counted = desk()
      .totals({})
      .totals.filter((total) => total.corpId === of.corpId)
      .reduce((sum, total) => sum + total.counted, 0);
    expect(counted).toBe(3);
    const used = async () => (await one.get<{ enterprise: EnterpriseCard }>("")).body.enterprise.quota.used;
    expect(await waitFor(used, (calls) => calls === counted)).toBe(counted);
    expect(corpId).not.toBe(of.corpId);
  });

  it("says so where the organisation was dissolved", async () => {
    const of = organisation();
    desk().patchOrganisation({ corpId: of.corpId, dissolved: true });

    const { body } = await owner.ask<{ problem: Problem }>("POST", "/api/enterprises/verify", inputOf(of));

    expect(body.problem.code).toBe("corp_dissolved");
  });
});

describe("a synchronisation", () => {
  it("keeps two members of one name and mobile apart, and a member of several departments once", async () => {
    const { get, post, organisation: of } = await synchronised();
    interface List {
      members: { id: string; name: string; departments: { id: number }[] }[];
      total: number;
    }

    const twins = await get<List>(`/members?search=${encodeURIComponent("王伟")}`);
    const all = await get<List>("/members?size=100");

    const [mobile] = desk()
      .members({ corpId: of.corpId, search: "", offset: 0, limit: 1 })
      .members.map((one) => one.mobile);
    expect(twins.body.members.filter(({ name }) => name === "王伟").length).toBeGreaterThanOrEqual(2);
    expect(all.body.total).toBe(MEMBERS);
    const inTwo = all.body.members.find(({ departments }) => departments.length === 2);
    for (const { id } of inTwo?.departments ?? []) {
      const { body } = await get<List>(`/members?department=${id}&deep=false&size=100`);
      expect(body.members.map((one) => one.id)).toContain(inTwo?.id);
    }
    expect(inTwo).toBeDefined();
    // Whose account it is, a mobile that two share does not tell.
    await post("/users", { login: `twin-${made}`, name: "Twin", role: "viewer", mobile });
    const match = await post<{ matches: unknown[]; skipped: { reason: string }[] }>("/members/match/preview", {
      rule: "mobile",
    });
    expect(match.body.matches).toEqual([]);
  });

  it.each<[string, Problem["code"], Parameters<World["dingtalk"]["controls"]["addFault"]>[0]]>([
    ["hangs", "unreachable", { kind: "hang", api: PAGES, after: 2 }],
    ["answers HTML", "busy", { kind: "html", api: PAGES, after: 2 }],
    ["answers HTTP 500", "unreachable", { kind: "status", status: 500, api: PAGES, after: 2 }],
    ["breaks off in the middle of a page", "busy", { kind: "truncated", api: PAGES, after: 2 }],
  ])("waits where DingTalk %s, then goes on where it was, and nobody is taken for gone", async (_what, code, fault) => {
    const { start, rests, states } = await synchronised();
    desk().addFault(fault);

    await start();
    const waiting = await rests();

    expect(waiting).toMatchObject({ state: "waiting", problem: { code } });
    expect(waiting?.resumesAt).not.toBeNull();
    expect(waiting?.departments.read).toBeGreaterThan(0);
    expect(await states()).toEqual(EVERYBODY);
    desk().clearFaults({});
    expect((await start()).body.id).toBe(waiting?.id);
    expect(await rests()).toMatchObject({ id: waiting?.id, state: "done", members: { seen: MEMBERS, left: 0 } });
  });

  it("reads a department that is moved behind its back, from where it has yet to read to where it has been", async () => {
    const of = organisation();
    const { corpId } = of;
    const add = (name: string, parentId: number) => Number(desk().addDepartment({ corpId, name, parentId }).deptId);
    const mover = add("Mover", add("Parent", 1));
    desk().addMember({ corpId, name: "Inside", departmentIds: [mover], title: "", active: true });
    const { body } = await owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", inputOf(of));
    const { start, rests, get } = enterprise(body.id);
    await rests();
    // The root's members take their time: the root is listed, what is below it is not.
    desk().addFault({ kind: "latency", milliseconds: 600, api: PAGES, times: 1 });
    const before = desk().calls({ after: 0 }).calls.at(-1)?.number ?? 0;
    await start();
    const reading = () =>
      desk()
        .calls({ after: before })
        .calls.some(({ api }) => api === PAGES);
    await waitFor(() => Promise.resolve(reading()), Boolean);

    desk().patchDepartment({ corpId, deptId: mover, parentId: 1 });

    expect(await rests()).toMatchObject({ state: "done", departments: { found: DEPARTMENTS + 2 } });
    const { departments } = (
      await get<{ departments: { id: number; parentId: number; members: number }[] }>("/departments")
    ).body;
    expect(departments.find(({ id }) => id === mover)).toMatchObject({ parentId: 1, members: 1 });
  });

  it("takes half a page for a page, and goes on after it", async () => {
    const { start, rests, states } = await synchronised();
    desk().addFault({ kind: "partial", api: PAGES });

    await start();

    expect(await rests()).toMatchObject({ state: "done", members: { seen: MEMBERS, left: 0 } });
    expect(await states()).toEqual(EVERYBODY);
  });

  it("stops with DingTalk's link where a permission point is taken away in the middle", async () => {
    const { start, rests, states } = await synchronised();
    desk().addFault({ kind: "permission", api: PAGES, after: 2 });

    await start();

    const run = await rests();
    expect(run).toMatchObject({
      state: "failed",
      problem: { code: "permission_missing", permissions: ["qyapi_get_department_member"] },
    });
    expect(run?.problem?.applyUrl).toContain("https://open-dev.dingtalk.com/appscope/apply?content=");
    expect(run?.departments.read).toBeGreaterThan(0);
    expect(await states()).toEqual(EVERYBODY);
    desk().clearFaults({});
    await start();
    expect(await rests()).toMatchObject({ state: "done", members: { seen: MEMBERS, left: 0 } });
  });

  it("waits where the month's calls are spent, says so, and goes on when there are some again", async () => {
    const { start, rests, states, organisation: of } = await synchronised();
    const { corpId } = of;
    // Only an app that may not read the root asks DingTalk what it may read, and that is a counted call.
    const below = desk()
      .departments({ corpId })
      .departments.filter(({ deptId }) => deptId !== 1);
    const contactUsers = desk()
      .members({ corpId, deptId: 1, search: "", offset: 0, limit: 500 })
      .members.map(({ userid }) => userid);
    desk().patchApp({ corpId, contactScope: below.map(({ deptId }) => deptId), contactUsers });
    desk().setQuota({ corpId, limit: 0 });

    await start();
    const waiting = await rests();

    expect(waiting).toMatchObject({ state: "waiting", problem: { code: "quota_spent" } });
    expect(waiting?.resumesAt).not.toBeNull();
    expect(await states()).toEqual(EVERYBODY);
    desk().setQuota({ corpId, limit: 5_000 });
    await start();
    expect(await rests()).toMatchObject({ id: waiting?.id, state: "done", members: { left: 0 } });
    expect(await states()).toEqual(EVERYBODY);
  });

  it("takes nobody for gone where the app may read nobody any more", async () => {
    const { start, rests, states, organisation: of } = await synchronised();
    desk().patchApp({ corpId: of.corpId, contactScope: [], contactUsers: [] });

    await start();

    expect(await rests()).toMatchObject({ state: "failed", problem: { code: "out_of_scope" } });
    expect(await states()).toEqual(EVERYBODY);
  });

  it("says that the secret was replaced in DingTalk, and works with the new one", async () => {
    const { start, rests, post, states, organisation: of } = await synchronised();
    const appSecret = "r".repeat(64);
    desk().patchApp({ corpId: of.corpId, appSecret });
    world.advance(2 * 3_600_000); // until the token that the old secret brought is over
    desk().advanceClock({ milliseconds: 2 * 3_600_000 });
    await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });

    await start();

    expect(await rests()).toMatchObject({ state: "failed", problem: { code: "wrong_secret" } });
    expect(await states()).toEqual(EVERYBODY);
    const { corpId } = of;
    const signIn = () =>
      request(world.server.url, "POST", "/api/session/dingtalk", {
        body: { corpId, authCode: "any", deviceId: newDevice() },
      });
    expect((await signIn()).code).toBe("dingtalk_misconfigured");
    const key = { clientId: of.app?.appKey, clientSecret: appSecret };
    expect((await post("/app", key)).status).toBe(200);
    expect((await signIn()).code).toBe("auth_code_spent");
    await start();
    expect(await rests()).toMatchObject({ state: "done", members: { seen: MEMBERS, left: 0 } });
  });

  it("ends with the authorisation, and writes nothing after that", async () => {
    const { id, start, post, get, states, organisation: of } = await synchronised();
    desk().addFault({ kind: "latency", milliseconds: 500, api: PAGES });
    await start();
    const underWay = (): boolean =>
      desk()
        .calls({ after: 0 })
        .calls.some(({ corpId, milliseconds }) => corpId === of.corpId && milliseconds === null);
    await waitFor(() => Promise.resolve(underWay()), Boolean);

    expect((await post("/revoke", {})).status).toBe(200);

    const written = () => world.database.query("select max(read_at) from member where enterprise_id = $1", [id]);
    const last = await written();
    const [run] = (await get<{ latest: SyncRun[] }>("/sync")).body.latest;
    expect(run).toMatchObject({ state: "failed", finishedAt: expect.any(String) });
    expect(
      await waitFor(
        () => Promise.resolve(underWay()),
        (still) => !still,
      ),
    ).toBe(false);
    expect(await written()).toEqual(last);
    expect(await states()).toEqual(EVERYBODY);
  });
});
