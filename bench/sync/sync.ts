import { setTimeout as sleep } from "node:timers/promises";
import type { MemberView } from "../../desk/open-platform/contacts/control-contract";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { memoryOfTree } from "../memory";
import { rounded } from "../statistics";
import { openSyncWorld, type Organisation, type SyncWorld } from "./world";

/** DingTalk's limit for one app and one API. */
const CALLS_PER_SECOND = 20;
const DEADLINE_MS = 60_000;

const PLAIN = { longIds: false, oddDepartments: false, twins: false, withApp: true };

interface Calls {
  all: number;
  counted: number;
}

function callsOf({ dingtalk }: SyncWorld, { corpId }: Organisation): Calls {
  const own = dingtalk.controls.totals({}).totals.filter((total) => total.corpId === corpId);
  const sum = (of: "calls" | "counted"): number => own.reduce((all, total) => all + total[of], 0);
  return { all: sum("calls"), counted: sum("counted") };
}

const shown = (name: string, value: number, unit: string, bound: number | null = null, ok = true): Figure => ({
  name: `sync: ${name}`,
  value: rounded(value),
  unit,
  bound,
  ok,
});

/** Full synchronisations and a day's events, with what they cost at DingTalk and in the server. */
export async function benchSync(cleanup: Cleanup): Promise<Figure[]> {
  const world = await openSyncWorld(cleanup);
  const memory = await manyMembers(world);
  const organisation = world.dingtalk.controls.addOrganisation({
    ...PLAIN,
    seed: "small",
    members: 1_000,
    departments: 60,
  });
  const enterpriseId = await world.authorise(organisation);
  await world.finish(enterpriseId);
  return [
    ...(await fullSync(world, organisation, enterpriseId)),
    ...memory,
    ...(await day(world, organisation, enterpriseId)),
  ];
}

/** The server's memory while it reads the largest organisation, above what it had before the first one. */
async function manyMembers(world: SyncWorld): Promise<Figure[]> {
  const organisation = world.dingtalk.controls.addOrganisation({
    ...PLAIN,
    seed: "large",
    members: 20_000,
    departments: 500,
  });
  await sleep(2_000); // what starting needed is freed
  const idle = memoryOfTree(world.pid);
  let most = idle;
  const enterpriseId = await world.authorise(organisation);
  const run = await world.finish(enterpriseId, () => {
    most = Math.max(most, memoryOfTree(world.pid));
  });
  if (run.members.seen !== 20_000) throw new Error(`${run.members.seen} members were seen.`);
  return [
    shown("memory of the idle server", idle, "MB"),
    shown("20,000 members in 500 departments, memory above idle", most - idle, "MB", 150, most - idle <= 150),
  ];
}

/** Everything again, as every night: calls against the bound, time against DingTalk's limit. */
async function fullSync(world: SyncWorld, organisation: Organisation, enterpriseId: string): Promise<Figure[]> {
  const { departments } = world.dingtalk.controls.departments({ corpId: organisation.corpId });
  const memberships = departments.reduce((sum, department) => sum + department.members, 0);
  const before = callsOf(world, organisation);
  await world.ask("POST", `/api/enterprises/${enterpriseId}/sync`, {});
  const run = await world.finish(enterpriseId);
  const after = callsOf(world, organisation);
  const all = after.all - before.all;
  const counted = after.counted - before.counted;
  const most = 2 * departments.length + memberships / 100 + 2;
  const seconds = (Date.parse(run.finishedAt ?? "") - Date.parse(run.startedAt)) / 1_000;
  const floor = departments.length / CALLS_PER_SECOND;
  return [
    shown(`${memberships} memberships in ${departments.length} departments, calls`, all, "calls", most, all <= most),
    shown("of them counted against the quota, by a full one", counted, "calls", 1, counted <= 1),
    shown("wall time", seconds, "s"),
    shown("the floor: 20 calls a second to one API", floor, "s"),
    shown("wall time against the floor", seconds / floor, "x", 1.5, seconds / floor <= 1.5),
  ];
}

/** A day in an organisation of a thousand: people come, change and go, and the server hears of each by an event. */
async function day(world: SyncWorld, organisation: Organisation, enterpriseId: string): Promise<Figure[]> {
  const { controls } = world.dingtalk;
  const { corpId } = organisation;
  await hearByStream(world, organisation, enterpriseId);
  const { members } = controls.members({ corpId, search: "", offset: 100, limit: 20 });
  const leavers = members.slice(10);
  const names = Array.from({ length: 5 }, (_, index) => `新来${index + 1}`);
  const before = callsOf(world, organisation);
  for (const name of names) controls.addMember({ corpId, name, departmentIds: [1], title: "", active: true });
  for (const { userid } of members.slice(0, 10)) controls.patchPerson({ corpId, userid, title: "区域经理" });
  for (const { userid } of leavers) controls.patchPerson({ corpId, userid, left: true });
  controls.addDepartment({ corpId, name: "新部门", parentId: 1 });
  await heard(world, enterpriseId, names, leavers);
  const after = callsOf(world, organisation);
  const counted = after.counted - before.counted;
  return [
    shown("a day of 26 changes by events, calls", after.all - before.all, "calls"),
    shown("of them counted against the quota, by events", counted, "calls", 0, counted === 0),
  ];
}

/** Switches the events on at both ends, and waits until they are connected. */
async function hearByStream(world: SyncWorld, { app }: Organisation, enterpriseId: string): Promise<void> {
  const key = app?.appKey ?? "";
  const { controls } = world.dingtalk;
  await controls.setEvents({ key, mode: "stream", types: null });
  await world.ask("POST", `/api/enterprises/${enterpriseId}/events`, { mode: "stream" });
  const deadline = Date.now() + DEADLINE_MS;
  while (controls.connections({}).connections.every(({ clientId }) => clientId !== key)) {
    if (Date.now() > deadline) throw new Error("The server does not connect to the stream.");
    await sleep(100);
  }
}

/** Waits until the server shows what changed. */
async function heard(world: SyncWorld, enterpriseId: string, came: string[], left: MemberView[]): Promise<void> {
  const count = async (search: string): Promise<number> => {
    const path = `/api/enterprises/${enterpriseId}/members?search=${encodeURIComponent(search)}`;
    return ((await world.ask("GET", path)) as { total: number }).total;
  };
  const deadline = Date.now() + DEADLINE_MS;
  const isHeard = async (): Promise<boolean> => {
    for (const name of came) if ((await count(name)) === 0) return false;
    for (const { jobNumber } of left) if ((await count(jobNumber)) > 0) return false;
    return true;
  };
  while (!(await isHeard())) {
    if (Date.now() > deadline) throw new Error("The server does not hear what changed.");
    await sleep(250);
  }
}
