import type { EnterpriseCard, Problem } from "../../../core/contract/enterprise/enterprise";
import type { Member } from "../../../core/contract/people/member";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import { Browser } from "../../../tests/factories/browser";
import { builders, PASSWORD } from "../../../tests/factories/build";
import { waitFor } from "../../../tests/factories/office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let owner: Browser;

const desk = () => world.dingtalk.controls;

beforeAll(async () => {
  world = await startWorld({ withSuite: "stream" });
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });
  owner = new Browser(world, builders(world));
  await owner.ask("POST", "/api/session/password", { login: "owner", password: PASSWORD });
});
afterAll(() => world.stop());

it("a suite without keys of its own hears everything over one Stream connection, without a public address", async () => {
  const key = world.config.suite?.key ?? "";
  const wishes = { longIds: false, oddDepartments: false, twins: false, withApp: false, members: 8, departments: 2 };
  const { corpId, mainAdministrator } = desk().addOrganisation({ ...wishes, seed: "streamed" });
  const connections = () => Promise.resolve(desk().connections({}).connections);
  expect(await waitFor(connections, ({ length }) => length > 0)).toHaveLength(1);
  const input = { corpId, app: { kind: "suite" } };
  const problem = async () =>
    (await owner.ask<{ problem?: Problem }>("POST", "/api/enterprises/verify", input)).body.problem?.code;
  expect(await problem()).toBe("suite_ticket_missing");

  await desk().setEvents({ key, mode: "stream", types: null });
  expect(await waitFor(problem, (code) => code !== "suite_ticket_missing")).toBe("not_activated");
  desk().activateSuite({ suiteKey: key, corpId, userid: mainAdministrator ?? "" });
  const added = await owner.ask<EnterpriseCard>("POST", "/api/enterprises/authorise", input);
  expect(added.status).toBe(200);
  const at = (path: string) => `/api/enterprises/${added.body.id}${path}`;
  const get = async <T>(path: string) => (await owner.ask<T>("GET", at(path))).body;
  const runs = async () => (await get<{ latest: SyncRun[] }>("/sync")).latest;
  expect((await waitFor(runs, ([run]) => run?.state === "done"))[0]).toMatchObject({ members: { seen: 8 } });

  const { userid } = desk().addMember({ corpId, name: "Newcomer", departmentIds: [1], title: "", active: true });
  const search = async () => (await get<{ members: Member[] }>("/members?search=Newcomer")).members;
  expect(await waitFor(search, ({ length }) => length === 1)).toHaveLength(1);
  desk().patchPerson({ corpId, userid, left: true });
  expect(await waitFor(search, ({ length }) => length === 0)).toEqual([]);
  const { deptId } = desk().addDepartment({ corpId, name: "Opened", parentId: 1 });
  const departments = async () =>
    (await get<{ departments: { name: string }[] }>("/departments")).departments.map(({ name }) => name);
  expect(await waitFor(departments, (names) => names.includes("Opened"))).toContain("Opened");
  desk().removeDepartment({ corpId, deptId });
  expect(await waitFor(departments, (names) => !names.includes("Opened"))).not.toContain("Opened");

  const card = async () => (await get<{ enterprise: EnterpriseCard }>("")).enterprise;
  desk().patchOrganisation({ corpId, name: "Streamed" });
  expect((await waitFor(card, ({ name }) => name === "Streamed")).name).toBe("Streamed");
  desk().relieveSuite({ suiteKey: key, corpId });
  expect((await waitFor(card, ({ state }) => state !== "active")).state).toBe("suspended");
  desk().activateSuite({ suiteKey: key, corpId, userid: mainAdministrator ?? "" });
  expect((await waitFor(card, ({ state }) => state === "active")).state).toBe("active");
  expect((await owner.ask("POST", "/dingtalk/suite/events", { encrypt: "x" })).code).toBe("not_found");
  expect(await connections()).toHaveLength(1);
});
