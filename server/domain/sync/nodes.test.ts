import { startOpenPlatform, type StandIn } from "../../../desk/open-platform/start";
import type { OrganisationView } from "../../../desk/open-platform/contacts/control-contract";
import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import { PASSWORD } from "../../../tests/factories/build";
import { cookieOf, request } from "../../../tests/factories/client";
import { createTestDatabase } from "../../../tests/factories/database";
import { nodeProcesses, type NodeProcess } from "../../../tests/factories/node-process";
import { waitFor } from "../../../tests/factories/office";
import { PUBLIC_URL } from "../../../tests/factories/world";

jest.setTimeout(240_000); // processes start slowly on busy machines

const MEMBERS = 600;
const DEPARTMENTS = 40;
/** Calls that are under way when a process dies are made again. */
const AT_ONCE = 3;
const TREE = ["/topapi/v2/department/listsub", "/topapi/v2/user/list"];

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dingtalk: StandIn;
let nodes: ReturnType<typeof nodeProcesses>;
let first: NodeProcess;
let organisation: OrganisationView;
let cookie: string;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dingtalk = await startOpenPlatform({ seed: { organisations: [] }, port: 0, controlPort: 0, token: "unused" });
  nodes = nodeProcesses({ database, dingtalkUrl: dingtalk.api.url });
  const wishes = { longIds: false, oddDepartments: false, twins: false, withApp: true };
  organisation = dingtalk.controls.addOrganisation({
    ...wishes,
    seed: "nodes",
    members: MEMBERS,
    departments: DEPARTMENTS,
  });
  first = await nodes.start("first");
  const owner = { token: first.setupToken(), name: "Owner", login: "owner", password: PASSWORD };
  cookie = cookieOf(await request(first.url, "POST", "/api/setup", { body: owner, headers: { origin: PUBLIC_URL } }));
});
afterAll(async () => {
  await nodes.stopAll();
  await dingtalk.close();
  await database.drop();
});

const ask = <T>(node: NodeProcess, method: string, path: string, body?: unknown) =>
  request<T>(node.url, method, path, { cookie, body });
const latest = async (node: NodeProcess): Promise<SyncRun | undefined> =>
  (await ask<{ latest: SyncRun[] }>(node, "GET", `/api/enterprises/${id}/sync`)).body.latest[0];
const done = (node: NodeProcess) =>
  waitFor(
    () => latest(node),
    (run) => run?.state === "done",
  );

/** Calls that read the tree since the start. */
const treeCalls = (): number =>
  dingtalk.controls
    .totals({})
    .totals.filter(({ api }) => TREE.includes(api))
    .reduce((sum, { calls }) => sum + calls, 0);
const treeCallsBecome = (count: number) =>
  waitFor(
    () => Promise.resolve(treeCalls()),
    (calls) => calls >= count,
  );

const slowly = () => TREE.forEach((api) => dingtalk.controls.addFault({ kind: "latency", milliseconds: 150, api }));

const memberStates = () =>
  database.query("select state, count(*)::int as count from member where enterprise_id = $1 group by state", [id]);

it("a server that is killed in the middle goes on where it was when it starts again", async () => {
  const { corpId, app } = organisation;
  slowly();
  const added = await ask<EnterpriseCard>(first, "POST", "/api/enterprises/authorise", {
    corpId,
    app: { kind: "internal_app", clientId: app?.appKey, clientSecret: app?.appSecret },
  });
  id = added.body.id;
  await treeCallsBecome(DEPARTMENTS);

  await first.kill();
  const before = treeCalls();
  expect(before).toBeLessThan(2 * DEPARTMENTS);
  first = await nodes.start("first");

  expect(await done(first)).toMatchObject({ members: { seen: MEMBERS, left: 0 }, departments: { found: DEPARTMENTS } });
  // One listing and one page for each department; nothing that was known is asked again.
  expect(treeCalls()).toBeGreaterThanOrEqual(2 * DEPARTMENTS);
  expect(treeCalls()).toBeLessThanOrEqual(2 * DEPARTMENTS + AT_ONCE);
  expect(await memberStates()).toEqual([{ state: "active", count: MEMBERS }]);
});

it("of two nodes that are asked at once one runs, three calls at a time, and the other takes over when it dies", async () => {
  const second = await nodes.start("second");
  const before = treeCalls();
  let most = 0;
  const watch = setInterval(() => {
    const underWay = dingtalk.platform.ledger
      .after(0)
      .filter(({ api, milliseconds }) => TREE.includes(api) && milliseconds === null);
    most = Math.max(most, underWay.length);
  }, 5);

  const started = await Promise.all(
    [first, second].map((node) => ask<SyncRun>(node, "POST", `/api/enterprises/${id}/sync`, {})),
  );
  const [run] = started.map(({ body }) => body.id);
  expect(started.map(({ body }) => body.id)).toEqual([run, run]);
  await treeCallsBecome(before + DEPARTMENTS);
  const runs = await nodes.holder();
  const [dies, survives] = runs === first ? [first, second] : [second, first];
  expect(dies).toBe(runs);
  await dies.kill();
  expect(treeCalls() - before).toBeLessThan(2 * DEPARTMENTS);

  const ended = await done(survives);
  clearInterval(watch);
  expect(ended).toMatchObject({ id: run, members: { seen: MEMBERS, added: 0, left: 0 } });
  expect(treeCalls() - before).toBeLessThanOrEqual(2 * DEPARTMENTS + AT_ONCE);
  expect(most).toBe(AT_ONCE);
  expect(await memberStates()).toEqual([{ state: "active", count: MEMBERS }]);
});

it("what DingTalk told a server that is killed takes effect when it starts again", async () => {
  const node = await nodes.start("third");
  const { corpId, app } = organisation;
  const keys = { token: "eventToken", aesKey: "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij" };
  await ask(node, "POST", `/api/enterprises/${id}/events`, { mode: "http", keys });
  const url = `${node.url}/dingtalk/events/${id}`;
  await dingtalk.controls.setEvents({ key: app?.appKey ?? "", mode: "http", url, ...keys, types: null });
  await nodes.stopOthers(node);
  const one = "/topapi/v2/user/get";
  dingtalk.controls.addFault({ kind: "hang", api: one });
  const [leaver] = dingtalk.controls.members({ corpId, search: "", offset: 50, limit: 1 }).members;
  dingtalk.controls.patchPerson({ corpId, userid: leaver?.userid ?? "", left: true });
  const asked = () => dingtalk.controls.calls({ after: 0 }).calls.some(({ api }) => api === one);
  expect(await waitFor(() => Promise.resolve(asked()), Boolean)).toBe(true);

  await node.kill();
  dingtalk.controls.clearFaults({});
  await nodes.start("third");

  const left = () => waitFor(memberStates, (rows) => rows.length === 2);
  await left(); // what was left behind is looked for every ten seconds, on a machine that may be slow
  expect(await left()).toContainEqual({ state: "left", count: 1 });
});
