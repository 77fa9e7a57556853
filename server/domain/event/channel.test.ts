import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import type { Member } from "../../../core/contract/people/member";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import { Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD } from "../../../tests/factories/build";
import { newDevice, request, type SignInAnswer } from "../../../tests/factories/client";
import { waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

const KEYS = { token: "eventToken", aesKey: "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij" };

let world: World;
let owner: Browser;

const desk = () => world.dingtalk.controls;

beforeAll(async () => {
  world = await startWorld();
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
  owner = new Browser(world, builders(world));
  await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });
});
afterAll(() => world.stop());

/** An authorised organisation whose events arrive in that way. */
async function listening(mode: "http" | "stream") {
  const wishes = { longIds: false, oddDepartments: false, twins: false, withApp: true, members: 12, departments: 3 };
  const { corpId, app } = desk().addOrganisation({ ...wishes, seed: `channel ${mode} ${Math.random()}` });
  const key = app?.appKey ?? "";
  const { body } = await owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", {
    corpId,
    app: { kind: "internal_app", clientId: key, clientSecret: app?.appSecret },
  });
  const at = (path: string) => `/api/enterprises/${body.id}${path}`;
  const get = async <T>(path: string) => (await owner.ask<T>("GET", at(path))).body;
  const runs = async () => (await get<{ latest: SyncRun[] }>("/sync")).latest;
  await waitFor(runs, ([run]) => run?.state === "done");
  await owner.ask("POST", at("/events"), { mode, ...(mode === "http" ? { keys: KEYS } : {}) });
  const url = `${world.server.url}/dingtalk/events/${body.id}`;
  await desk().setEvents(
    mode === "http" ? { key, mode, url, ...KEYS, types: null } : { key, mode: "stream", types: null },
  );
  if (mode === "stream") await connectionsBecome(key, 1);
  return {
    corpId,
    key,
    get,
    runs,
    post: <T>(path: string, input: unknown) => owner.ask<T>("POST", at(path), input),
    card: async () => (await get<{ enterprise: EnterpriseCard }>("")).enterprise,
    search: async (text: string) => (await get<{ members: Member[] }>(`/members?search=${text}`)).members,
    departments: async () =>
      (await get<{ departments: { id: number; name: string }[] }>("/departments")).departments.map(({ name }) => name),
  };
}

const connectionsBecome = (key: string, count: number) =>
  waitFor(
    () =>
      Promise.resolve(
        desk()
          .connections({})
          .connections.filter(({ clientId }) => clientId === key),
      ),
    (all) => all.length === count && all.every(({ isLeaving }) => !isLeaving),
  );

const NEW = { departmentIds: [1], title: "", active: true };

describe.each(["http", "stream"] as const)("what happens in an organisation, told by %s", (mode) => {
  it("takes effect at once: members, administrators, departments, the name, the app's scope and state", async () => {
    const { corpId, get, card, runs, search, departments } = await listening(mode);
    const before = (await runs()).length;

    const { userid } = desk().addMember({ corpId, name: "Newcomer", ...NEW });
    expect(
      await waitFor(
        () => search("Newcomer"),
        ({ length }) => length === 1,
      ),
    ).toHaveLength(1);
    desk().patchPerson({ corpId, userid, name: "Renamed", sysLevel: 2 });
    const administrator = async () =>
      (
        await world.database.query("select name, admin from member where enterprise_id = $1 and userid = $2", [
          (await card()).id,
          userid,
        ])
      )[0];
    expect(await waitFor(administrator, (row) => row?.["admin"] === true)).toEqual({ name: "Renamed", admin: true });

    const { deptId } = desk().addDepartment({ corpId, name: "Opened", parentId: 1 });
    expect(await waitFor(departments, (names) => names.includes("Opened"))).toContain("Opened");
    desk().patchDepartment({ corpId, deptId, name: "Moved" });
    expect(await waitFor(departments, (names) => names.includes("Moved"))).not.toContain("Opened");
    desk().removeDepartment({ corpId, deptId });
    expect(await waitFor(departments, (names) => !names.includes("Moved"))).not.toContain("Moved");

    desk().patchOrganisation({ corpId, name: "New Name" });
    expect((await waitFor(card, ({ name }) => name === "New Name")).name).toBe("New Name");
    desk().patchApp({ corpId, visibleTo: { departmentIds: [1], userids: [] } });
    expect((await waitFor(runs, ({ length }) => length > before)).length).toBe(before + 1);

    desk().patchApp({ corpId, stopped: true });
    expect((await waitFor(card, ({ state }) => state !== "active")).state).toBe("suspended");
    desk().patchApp({ corpId, stopped: false });
    expect((await waitFor(card, ({ state }) => state === "active")).state).toBe("active");
    desk().patchOrganisation({ corpId, dissolved: true });
    expect((await waitFor(card, ({ state }) => state !== "active")).state).toBe("suspended");
    expect(await get("")).toMatchObject({ settings: { lastEventAt: expect.any(String) } });
  });

  it("ends the sessions of whoever left", async () => {
    const { corpId, post } = await listening(mode);
    const { userid } = desk().addMember({ corpId, name: "Leaver", ...NEW });
    const { body: plan } = await waitFor(
      () => post<{ digest: string; totals: { add: number } }>("/members/users/preview", { nameSuffix: "job_number" }),
      ({ body }) => body.totals.add === 13,
    );
    await post("/members/users/apply", { digest: plan.digest, nameSuffix: "job_number" });
    const authCode = desk().mintCode({ corpId, userid, kind: "jsapi", withCorp: false }).code;
    const signedIn: SignInAnswer = await request(world.server.url, "POST", "/api/session/dingtalk", {
      body: { corpId, authCode, deviceId: newDevice() },
    });
    const token = signedIn.body.tokens.accessToken;

    desk().patchPerson({ corpId, userid, left: true });

    const me = async () => (await request(world.server.url, "GET", "/api/me", { token })).code;
    expect(await waitFor(me, (code) => code !== undefined)).toBe("signed_out");
  });
});

it("a permission point that is missing for one kind of event does not hold up the others", async () => {
  const { corpId, search } = await listening("http");
  const { userid } = desk().addMember({ corpId, name: "Leaver", ...NEW });
  await waitFor(
    () => search("Leaver"),
    ({ length }) => length === 1,
  );
  desk().patchApp({ corpId, permissions: ["qyapi_base", "qyapi_get_member"] });

  desk().addDepartment({ corpId, name: "Unreadable", parentId: 1 });
  await waitFor(() => Promise.resolve(world.logged().includes("event passed over")), Boolean);
  desk().patchPerson({ corpId, userid, left: true });

  expect(
    await waitFor(
      () => search("Leaver"),
      ({ length }) => length === 0,
    ),
  ).toEqual([]);
});

describe("the Stream connection", () => {
  it("is one, whatever becomes of it: cut, told to go, and cut again", async () => {
    const { corpId, key, search } = await listening("stream");

    for (const [turn, what] of (["cut", "disconnect", "cut"] as const).entries()) {
      await desk().disturbStream({ key, what, closeMs: 300 });
      if (what === "cut") await connectionsBecome(key, 0);
      expect(await connectionsBecome(key, 1)).toHaveLength(1);
      const name = `AfterTurn${turn}`;
      desk().addMember({ corpId, name, ...NEW });
      expect(
        await waitFor(
          () => search(name),
          ({ length }) => length === 1,
        ),
      ).toHaveLength(1);
    }

    expect(
      desk()
        .connections({})
        .connections.filter(({ clientId }) => clientId === key),
    ).toHaveLength(1);
  });
});
