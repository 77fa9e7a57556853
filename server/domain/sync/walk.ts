import type { EnterpriseRow } from "../../database/enterprise/enterprise";
import { departments } from "../../database/people/department";
import { members } from "../../database/people/member";
import { syncDepartments, type OpenDepartment } from "../../database/sync/department";
import { syncRuns } from "../../database/sync/run";
import type { Db } from "../../database/tables";
import type { AuthorisedApp, DingTalk } from "../../dingtalk/client";
import { callFailureOf } from "../enterprise/problem";
import { auditReplaced } from "../session/member";
import { isNoDepartment, readMember } from "./truth";
import { patiently } from "./refusal";

export interface WalkParts {
  db: Db;
  dingtalk: DingTalk;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** True while the server stops: another one goes on where this one leaves off. */
  stopping: () => boolean;
}

export interface Walk {
  enterprise: EnterpriseRow;
  app: AuthorisedApp;
  runId: string;
}

/** The run was ended from outside, e.g. because the enterprise was revoked: nothing more may be written. */
export class RunEnded extends Error {}

const ROOT = 1;
const OUT_OF_SCOPE = "50004";
const NO_DEPARTMENT = "60003";
/** Six at once ran into DingTalk's limits, three did not. */
const AT_ONCE = 3;

/**
 * Reads the department tree breadth first and each department's members page by page. Every step is written down, so a
 * second call goes on where the first one stopped; memory holds three pages at most.
 */
export async function walkTree(parts: WalkParts, walk: Walk): Promise<void> {
  const tree = syncDepartments(parts.db, walk.runId);
  if ((await tree.count()).found === 0) {
    await tree.add([{ id: ROOT, parentId: null, name: walk.enterprise.name }]);
  }
  for (;;) {
    const open = await tree.listOpen(300);
    if (open.length > 0) await severalAtOnce(parts, open, (department) => readDepartment(parts, walk, department));
    else if (!(await addMoved(parts, walk))) return;
  }
}

/**
 * A department that was moved behind our back, from where we had yet to read to where we had been, was listed nowhere.
 * DingTalk is asked about each that we knew and did not meet; those that are there are read like any other.
 */
async function addMoved(parts: WalkParts, { enterprise, app, runId }: Walk): Promise<boolean> {
  const unseen = await departments(parts.db, enterprise.id).listUnseen(runId);
  let moved = false;
  await severalAtOnce(parts, unseen, async (id) => {
    try {
      const found = await patiently(parts, () => parts.dingtalk.getDepartment(app, id));
      await departments(parts.db, enterprise.id).save({ id, ...found });
      await syncDepartments(parts.db, runId).add([{ id, ...found }]);
      moved = true;
    } catch (error) {
      // It goes with the end of the run.
      if (!isNoDepartment(error)) throw error;
    }
  });
  return moved;
}

/** The first failure ends all, once the calls that are under way have ended. */
export async function severalAtOnce<T>(
  { stopping }: Pick<WalkParts, "stopping">,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !failed; item = waiting.shift()) {
      if (stopping()) throw new RunEnded();
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  const broken = ends.find((end) => end.status === "rejected");
  if (broken) throw broken.reason;
}

async function readDepartment(parts: WalkParts, walk: Walk, department: OpenDepartment): Promise<void> {
  try {
    if (!department.listed) await listBelow(parts, walk, department.id);
    let { cursor } = department;
    while (cursor !== null) {
      if (parts.stopping()) throw new RunEnded();
      cursor = await readPage(parts, walk, department.id, cursor);
    }
  } catch (error) {
    await passOver(parts, walk, department.id, error);
  }
}

async function listBelow(parts: WalkParts, { enterprise, app, runId }: Walk, id: number): Promise<void> {
  const below = await patiently(parts, () => parts.dingtalk.listDepartments(app, id));
  const found = below.flatMap((one) => (one.id === null ? [] : [{ id: one.id, parentId: id, name: one.name }]));
  await parts.db.transaction().execute(async (trx) => {
    await holdRun(trx, enterprise, runId, { skipped: below.length - found.length });
    const tree = syncDepartments(trx, runId);
    await tree.add(found);
    await tree.markListed(id);
    for (const department of found) await departments(trx, enterprise.id).save(department);
  });
}

async function readPage(
  parts: WalkParts,
  { enterprise, app, runId }: Walk,
  id: number,
  cursor: number,
): Promise<number | null> {
  const readAt = new Date(parts.now());
  const page = await patiently(parts, () => parts.dingtalk.listMembers(app, id, cursor));
  await parts.db.transaction().execute(async (trx) => {
    // Holding the run lets one page after the other be written: the same person may stand on two of them.
    await holdRun(trx, enterprise, runId, {});
    const { replaced, ...counts } = await members(trx, enterprise.id).savePage(page.members, runId, readAt);
    await auditReplaced(trx, enterprise.id, replaced, readAt);
    await syncRuns(trx, enterprise.id).count(runId, counts);
    await syncDepartments(trx, runId).setCursor(id, page.next);
  });
  return page.next;
}

/** Locks the run until the transaction ends. Throws RunEnded. */
async function holdRun(trx: Db, enterprise: EnterpriseRow, runId: string, more: { skipped?: number }): Promise<void> {
  if (!(await syncRuns(trx, enterprise.id).count(runId, more))) throw new RunEnded();
}

/**
 * A department that was removed meanwhile has no members any more. The root may be out of the app's scope: then the walk
 * begins at what DingTalk says may be read. Anything else is not ours to pass over.
 */
async function passOver(parts: WalkParts, walk: Walk, id: number, error: unknown): Promise<void> {
  const code = callFailureOf(error)?.code;
  const tree = syncDepartments(parts.db, walk.runId);
  if (code === OUT_OF_SCOPE && id === ROOT) await beginAtScopes(parts, walk, error);
  else if (code !== NO_DEPARTMENT || id === ROOT) throw error;
  await tree.markListed(id);
  await tree.setCursor(id, null);
}

async function beginAtScopes(parts: WalkParts, { enterprise, app, runId }: Walk, refusal: unknown): Promise<void> {
  const scopes = await patiently(parts, () => parts.dingtalk.readScopes(app));
  // An app that may read nobody knows of nobody who left.
  if (scopes.departmentIds.length + scopes.userids.length === 0) throw refusal;
  const tops = scopes.departmentIds.filter((id) => id !== ROOT);
  const found = [];
  for (const id of tops) {
    const { name, parentId } = await patiently(parts, () => parts.dingtalk.getDepartment(app, id));
    found.push({ id, parentId, name });
  }
  for (const department of found) await departments(parts.db, enterprise.id).save(department);
  await severalAtOnce(parts, scopes.userids, async (userid) => {
    await readMember(parts, { enterprise, app, userid, runId });
  });
  await syncDepartments(parts.db, runId).add(found);
}
