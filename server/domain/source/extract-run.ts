import type pg from "pg";
import type { Logger } from "pino";
import type { ExtractFaultCode } from "../../../core/contract/source/extract";
import { ExtractId } from "../../../core/contract/id";
import { ExtractFault } from "../../analytics/extract/extract-fault";
import type { ExtractWriter, WrittenExtract } from "../../analytics/extract/extract-writer";
import { SourceFault } from "../../analytics/source/source-fault";
import { dataSources } from "../../database/source/data-source";
import { extracts, findActiveExtract, takeDueExtracts, type ExtractRow } from "../../database/source/extract";
import { extractRuns, type ExtractRunRow } from "../../database/source/extract-run";
import { addJob } from "../../database/job";
import { withLock } from "../../database/lock";
import type { Db } from "../../database/tables";
import type { Vault } from "../../vault";
import { connectionOf } from "./data-source";
import { nextRun } from "./extract-schedule";

/** The task of the worker that makes an extract. */
export const EXTRACT_TASK = "extract";

export interface ExtractRunParts {
  db: Db;
  pool: pg.Pool;
  vault: Vault;
  writer: Pick<ExtractWriter, "write" | "remove" | "tidy">;
  log: Logger;
  now: () => number;
}

/** At a time on one node: each reads as fast as its source sends. */
const AT_ONCE = 2;
/** After so many servers that ended during it, a run is given up. */
const MAX_ATTEMPTS = 3;
const LOOK_EVERY_MS = 1_000;

const STOPPED = Symbol("the server stops");
const ENDED = Symbol("the run was ended by somebody");

/** Queues a run unless one is under way; inside a transaction, once that is through. */
export async function queueRun(trx: Db, id: ExtractId, at: Date): Promise<void> {
  await extractRuns(trx).insert(id, at);
  await enqueue(trx, id);
}

/**
 * Ends the run that is under way. Whoever works on it notices within a second; what somebody left behind who died is taken
 * away.
 */
export async function cancelRun(db: Db, id: ExtractId, at: Date): Promise<void> {
  await extractRuns(db).cancel(id, at);
  await enqueue(db, id);
}

function enqueue(db: Db, id: ExtractId): Promise<void> {
  return addJob(db, { task: EXTRACT_TASK, payload: { extractId: id }, key: `${EXTRACT_TASK}:${id}` });
}

/** Makes extracts: one at a time of each across all nodes. What a killed node was making is begun anew. */
export function createExtractRuns(parts: ExtractRunParts) {
  const { db } = parts;
  const running = new Set<AbortController>();

  /** Gets runs going that wait, or whose node died. */
  const resume = async (): Promise<void> => {
    for (const id of await extractRuns(db).listUnderWay()) await enqueue(db, id);
  };

  return {
    resume,

    /** Queues what is due. */
    queueDue: async (): Promise<void> => {
      const now = parts.now();
      await db.transaction().execute(async (trx) => {
        for (const { id, enterpriseId, schedule } of await takeDueExtracts(trx, new Date(now))) {
          await extracts(trx, enterpriseId).setNextRun(id, nextRun(schedule, id, now));
          await queueRun(trx, id, new Date(now));
        }
      });
    },

    /** Works a run off. It stays in the queue where this node has enough to do. */
    work: async (extractId: string): Promise<void> => {
      if (running.size >= AT_ONCE) return;
      const id = ExtractId.parse(extractId);
      const leaving = new AbortController();
      let held = false;
      running.add(leaving);
      try {
        held = await withLock(parts.pool, `${EXTRACT_TASK}:${id}`, () => workOff(parts, id, leaving));
      } finally {
        running.delete(leaving);
      }
      // There is room for what waits. Where another node works on it, asking again at once would go on without end.
      if (held && leaving.signal.reason !== STOPPED) await resume();
    },

    /** Runs leave off and go back into the queue. */
    stop: (): void => running.forEach((leaving) => leaving.abort(STOPPED)),
  };
}

async function workOff(parts: ExtractRunParts, id: ExtractId, leaving: AbortController): Promise<void> {
  const { db, log } = parts;
  const runs = extractRuns(db);
  const [extract, run] = await Promise.all([findActiveExtract(db, id), runs.findCurrent(id)]);
  if (!extract) return;
  if (!run) return parts.writer.tidy(extract.enterpriseId, extract.name);
  if (run.attempts >= MAX_ATTEMPTS) {
    await parts.writer.tidy(extract.enterpriseId, extract.name);
    await runs.end(run.id, { state: "failed", at: new Date(parts.now()), fault: "crashed" });
    return;
  }
  if (!(await runs.start(run.id, run.attempts + 1, new Date(parts.now())))) return;
  try {
    const written = await watched(parts, run, leaving, (read) => make(parts, extract, leaving.signal, read));
    await keep(parts, extract, run, written);
  } catch (error) {
    const { reason, aborted } = leaving.signal;
    if (aborted && reason === STOPPED) await runs.requeue(run.id, run.attempts);
    if (aborted) return;
    const { fault, cause } = faultOf(error);
    log.warn({ extract: id, fault, err: error }, "extract failed");
    await runs.end(run.id, { state: "failed", at: new Date(parts.now()), fault, cause });
  }
}

/** Writes down how far it is, and notices when somebody ends it. */
async function watched(
  { db, log }: ExtractRunParts,
  run: ExtractRunRow,
  leaving: AbortController,
  work: (read: (rows: number) => void) => Promise<WrittenExtract>,
): Promise<WrittenExtract> {
  let rows = 0;
  const look = (): void => {
    extractRuns(db)
      .progress(run.id, rows)
      .then((goesOn) => {
        if (!goesOn) leaving.abort(ENDED);
      })
      .catch((error: unknown) => log.warn({ err: error }, "extract's progress not written"));
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    return await work((read) => (rows = read));
  } finally {
    clearInterval(timer);
  }
}

async function make(
  { db, vault, writer }: ExtractRunParts,
  { enterpriseId, dataSourceId, name, table, columns }: ExtractRow,
  signal: AbortSignal,
  read: (rows: number) => void,
): Promise<WrittenExtract> {
  const source = await dataSources(db, vault, enterpriseId).find(dataSourceId);
  if (!source) throw new ExtractFault("failed");
  return writer.write({ enterpriseId, name, table, columns, connection: connectionOf(source) }, signal, read);
}

async function keep(
  { db, writer, now, log }: ExtractRunParts,
  { id, enterpriseId, name }: ExtractRow,
  run: ExtractRunRow,
  written: WrittenExtract,
): Promise<void> {
  const { asOf, rows, bytes } = written;
  await db.transaction().execute(async (trx) => {
    await extractRuns(trx).end(run.id, { state: "done", at: new Date(now()), rows });
    await extracts(trx, enterpriseId).setData(id, { asOf: new Date(asOf), rows, bytes });
  });
  log.info({ extract: id, rows, bytes, ms: now() - asOf }, "extract made");
  // It was removed at the very end: nobody would ever take the file away.
  if (!(await extracts(db, enterpriseId).find(id))) await writer.remove(enterpriseId, name);
}

function faultOf(error: unknown): { fault: ExtractFaultCode; cause: string | null } {
  if (error instanceof ExtractFault) return { fault: error.fault, cause: error.about };
  if (error instanceof SourceFault) return { fault: error.fault, cause: error.said };
  return { fault: "failed", cause: null };
}
