import type pg from "pg";
import type { Logger } from "pino";
import { Problem } from "../../../core/contract/enterprise/enterprise";
import type { EnterpriseId } from "../../../core/contract/id";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { departments } from "../../database/people/department";
import { findEnterprise, listActiveEnterprises, type EnterpriseRow } from "../../database/enterprise/enterprise";
import { addJob } from "../../database/job";
import { withLock } from "../../database/lock";
import { members } from "../../database/people/member";
import { syncDepartments } from "../../database/sync/department";
import { listEnterprisesToSync, syncRuns, type SyncRunRow } from "../../database/sync/run";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, requireActiveAdministrator, requireAdministrator, type Asker } from "../access/administration";
import { appOf, type AppParts } from "../access/app";
import type { Session } from "../access/signed-in";
import { afterFailure, awayFromTheHour } from "./refusal";
import { readMember } from "./truth";
import { RunEnded, severalAtOnce, walkTree, type WalkParts } from "./walk";

export interface SyncParts extends WalkParts, AppParts {
  pool: pg.Pool;
  log: Logger;
}

/** The task of the worker that works a run off. */
export const SYNC_TASK = "sync";

/** Full synchronisations of departments and members: one at a time for an enterprise, across all nodes. */
export function createSyncs(parts: SyncParts) {
  const { db } = parts;

  const enqueue = (trx: Db, enterpriseId: EnterpriseId, runAt?: Date): Promise<void> =>
    addJob(trx, {
      task: SYNC_TASK,
      payload: { enterpriseId },
      key: `${SYNC_TASK}:${enterpriseId}`,
      ...(runAt ? { runAt } : {}),
    });

  const begin = async (enterpriseId: EnterpriseId, asker: Asker | null): Promise<SyncRunRow> => {
    const now = new Date(parts.now());
    const manual = asker !== null;
    const resumesAt = manual ? null : later(parts, enterpriseId);
    return db.transaction().execute(async (trx) => {
      const made = await syncRuns(trx, enterpriseId).insert({ manual, startedAt: now, resumesAt });
      if (!made) return goOn(trx, enterpriseId, manual, now);
      if (asker) await audit(trx, asker, { enterpriseId, action: "sync_started", subject: made.id }, now);
      await enqueue(trx, enterpriseId, resumesAt ?? undefined);
      return made;
    });
  };

  /** The run under way. Where a person wants it, one that waits, also for a full hour to pass, goes on at once. */
  const goOn = async (trx: Db, enterpriseId: EnterpriseId, manual: boolean, at: Date): Promise<SyncRunRow> => {
    const runs = syncRuns(trx, enterpriseId);
    const current = await runs.findCurrent();
    if (!current) throw new AppError("unavailable", "The synchronisation just ended. Please try again.");
    if (!manual || current.resumesAt === null) return current;
    await runs.set(current.id, { state: "queued", at, attempts: 0 });
    await enqueue(trx, enterpriseId);
    return { ...current, state: "queued" };
  };

  return {
    state: async (session: Session, enterpriseId: EnterpriseId) => {
      await requireAdministrator(db, session, enterpriseId);
      const latest = await syncRuns(db, enterpriseId).listLatest(10);
      const shown = await Promise.all(latest.map((run) => present(db, enterpriseId, run)));
      return { current: shown.find((run) => UNDER_WAY.has(run.state)) ?? null, latest: shown };
    },

    start: async (asker: Asker, enterpriseId: EnterpriseId): Promise<SyncRun> => {
      await requireActiveAdministrator(db, asker.session, enterpriseId);
      return present(db, enterpriseId, await begin(enterpriseId, asker));
    },

    /** For what asks in the name of nobody: a change of scope, the nightly one. Begins off the full hour. */
    queue: (enterpriseId: EnterpriseId): Promise<SyncRunRow> => begin(enterpriseId, null),

    queueAll: async (): Promise<void> => {
      for (const enterprise of await listActiveEnterprises(db)) await begin(enterprise.id, null);
    },

    /** Gets runs going that wait long enough, or whose node died. */
    resume: async (): Promise<void> => {
      for (const id of await listEnterprisesToSync(db, new Date(parts.now()))) await enqueue(db, id);
    },

    /** Works the current run off, as far as it goes. Another node that has it already keeps it. */
    work: async (enterpriseId: EnterpriseId): Promise<void> => {
      await withLock(parts.pool, `sync:${enterpriseId}`, () => workOff(parts, enterpriseId, enqueue));
    },
  };
}

const UNDER_WAY = new Set(["queued", "running", "waiting"]);

function later(parts: SyncParts, enterpriseId: EnterpriseId): Date {
  return new Date(awayFromTheHour(parts.now(), spreadOf(enterpriseId)));
}

/** From 0 to 1, the same for an enterprise each time. */
function spreadOf(enterpriseId: EnterpriseId): number {
  return Number.parseInt(enterpriseId.slice(0, 4), 16) / 0xffff;
}

type Enqueue = (trx: Db, enterpriseId: EnterpriseId, runAt?: Date) => Promise<void>;

async function workOff(parts: SyncParts, enterpriseId: EnterpriseId, enqueue: Enqueue): Promise<void> {
  const { db } = parts;
  const runs = syncRuns(db, enterpriseId);
  const [run, enterprise] = await Promise.all([runs.findCurrent(), findEnterprise(db, enterpriseId)]);
  if (!run || enterprise?.state !== "active") return;
  if (run.resumesAt && run.resumesAt.getTime() > parts.now()) return;
  if (!(await runs.set(run.id, { state: "running", at: new Date(parts.now()) }))) return;
  try {
    await readAll(parts, enterprise, run);
  } catch (error) {
    if (error instanceof RunEnded) return;
    await afterwards(parts, enterprise, run, error, enqueue);
  }
}

async function readAll(parts: SyncParts, enterprise: EnterpriseRow, run: SyncRunRow): Promise<void> {
  const { db } = parts;
  const app = await appOf(parts, enterprise);
  const walk = { enterprise, app, runId: run.id };
  await walkTree(parts, walk);
  await askForUnseen(parts, walk);
  await db.transaction().execute(async (trx) => {
    const runs = syncRuns(trx, enterprise.id);
    const at = new Date(parts.now());
    if (!(await runs.set(run.id, { state: "done", at }))) throw new RunEnded();
    // Only here, when the whole tree was read, may anything disappear.
    await departments(trx, enterprise.id).removeUnseen(run.id);
    const seen = await members(trx, enterprise.id).countSeen(run.id);
    const entry = { enterpriseId: enterprise.id, actorId: null, subject: run.id, origin: "job" } as const;
    await insertAuditEntry(trx, { ...entry, action: "sync_done", detail: { members: seen } }, at);
  });
}

/** Whoever was not met may have moved while we read: DingTalk is asked about each before anybody is taken for gone. */
async function askForUnseen(
  parts: SyncParts,
  walk: { enterprise: EnterpriseRow; app: Awaited<ReturnType<typeof appOf>>; runId: string },
) {
  const { enterprise, runId } = walk;
  let after = "";
  for (;;) {
    const page = await members(parts.db, enterprise.id).listUnseen(runId, after, 300);
    const last = page.at(-1);
    if (!last) return;
    await severalAtOnce(parts, page, async ({ userid }) => {
      const truth = await readMember(parts, { ...walk, userid });
      const counted = await syncRuns(parts.db, enterprise.id).count(runId, { gone: truth === "gone" ? 1 : 0 });
      if (!counted) throw new RunEnded();
    });
    after = last.userid;
  }
}

async function afterwards(
  parts: SyncParts,
  enterprise: EnterpriseRow,
  run: SyncRunRow,
  error: unknown,
  enqueue: Enqueue,
): Promise<void> {
  const { db } = parts;
  const current = await syncRuns(db, enterprise.id).findCurrent();
  const attempts = current?.attempts ?? 0;
  const next = isNoKey(error) ? noKey() : afterFailure(error, attempts, parts.now());
  const at = new Date(parts.now());
  const why = next.problem ? { problem: next.problem.code } : { err: error };
  parts.log.warn({ enterpriseId: enterprise.id, run: run.id, ...why }, "synchronisation stopped");
  await db.transaction().execute(async (trx) => {
    const runs = syncRuns(trx, enterprise.id);
    if (next.kind === "fail") {
      if (!(await runs.set(run.id, { state: "failed", at, problem: next.problem }))) return;
      const entry = { enterpriseId: enterprise.id, actorId: null, subject: run.id, origin: "job" } as const;
      await insertAuditEntry(trx, { ...entry, action: "sync_failed", detail: { problem: next.problem.code } }, at);
      return;
    }
    const resumesAt = new Date(awayFromTheHour(parts.now() + next.ms, spreadOf(enterprise.id)));
    const waits = { state: "waiting", at, resumesAt, attempts: attempts + 1, problem: next.problem } as const;
    if (await runs.set(run.id, waits)) await enqueue(trx, enterprise.id, resumesAt);
  });
}

const isNoKey = (error: unknown): boolean =>
  error instanceof AppError && error.code === "dingtalk_misconfigured" && error.cause === undefined;

function noKey() {
  return { kind: "fail", problem: Problem.parse({ code: "no_key" }) } as const;
}

async function present(db: Db, enterpriseId: EnterpriseId, run: SyncRunRow): Promise<SyncRun> {
  const [tree, seen] = await Promise.all([
    syncDepartments(db, run.id).count(),
    members(db, enterpriseId).countSeen(run.id),
  ]);
  const problem = Problem.safeParse(run.problem);
  return {
    id: run.id,
    state: run.state,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    resumesAt: run.resumesAt?.toISOString() ?? null,
    departments: tree,
    members: { seen, added: run.added, changed: run.changed, left: run.gone },
    skipped: run.skipped,
    problem: problem.success ? problem.data : null,
  };
}
