import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DatasetModel } from "../../core/contract/dataset";
import { EnterpriseId } from "../../core/contract/id";
import type { CardData, CardQuery, Scalar } from "../../core/contract/query";
import type { DatabaseSpec } from "./engine/protocol";
import { EngineError, Scheduler } from "./process/scheduler";
import { toCardData } from "./query/answer";
import { buildPlan, needsToday } from "./query/build-plan";
import { dayIn } from "./query/calendar";
import type { Day } from "./query/calendar";
import { duckdb } from "./query/dialect";
import { readModel } from "./query/model";
import type { QueryModel } from "./query/model";
import { renderLatestDay, renderPlan } from "./query/render";
import type { Statement } from "./query/render";
import { QueryError } from "./query-error";
import { DatabaseStore } from "./storage/database-store";

export interface AnalyticsOptions {
  /** Each enterprise's Parquet and CSV files, in a folder named by its id. */
  filesDir: string;
  /** Where the databases built from them are kept. They can be deleted at any time: they are built again. */
  databaseDir: string;
  /** The engine's entry: `dist/server/engine.js`, or `server/analytics/engine.ts`, which is loaded through tsx. */
  enginePath: string;
  /** Per enterprise, in DuckDB's words (`512MB`); the process needs about 150 MB besides. */
  memoryLimit: string;
  queryTimeoutMs: number;
  /** Queries at a time, over all enterprises. */
  concurrency: number;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
  /** How long an interrupted query has to end before its process is killed; 1,000 by default. */
  graceMs?: number;
  clock?: () => Date;
}

/** Whose data a query reads. Comes from the server's own records, never from the client. */
export interface AnalyticsScope {
  enterpriseId: EnterpriseId;
  dataset: DatasetModel;
}

export interface Analytics {
  /**
   * Answers a card query. Throws a QueryError, whose text names the field or rule at fault; with an aborted signal, the
   * signal's reason. The first query of a source waits until its files are read in.
   */
  run(scope: AnalyticsScope, query: CardQuery, signal?: AbortSignal): Promise<CardData>;
  /** Reads in a dataset's files as they are now, so that the next query neither waits nor answers from older ones. */
  prepare(scope: AnalyticsScope): Promise<void>;
  /** Resolves when the engine process answers. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const BUILD_TIMEOUT_MS = 10 * 60_000;
const MAX_KNOWN_DAYS = 500;

/** Card queries over the enterprises' files. Nothing is started before the first query or `ready()`. */
export function createAnalytics(options: AnalyticsOptions): Analytics {
  return new DuckDbAnalytics(options);
}

class DuckDbAnalytics implements Analytics {
  private readonly queries: Scheduler;
  /** Builds run in a process of their own, which no query brings down, and which gives its memory back. */
  private readonly builds: Scheduler;
  private readonly store: DatabaseStore;
  private readonly latestDays = new Map<string, Promise<Day | null>>();
  private readonly clock: () => Date;

  constructor(private readonly options: AnalyticsOptions) {
    const { enginePath: entry, log, graceMs = 1_000 } = options;
    this.clock = options.clock ?? (() => new Date());
    this.queries = new Scheduler({
      entry,
      log,
      graceMs,
      concurrency: options.concurrency,
      timeoutMs: options.queryTimeoutMs,
    });
    this.builds = new Scheduler({ entry, log, graceMs, concurrency: 1, timeoutMs: BUILD_TIMEOUT_MS });
    this.store = new DatabaseStore({
      filesDir: options.filesDir,
      databaseDir: options.databaseDir,
      log,
      now: () => this.clock().getTime(),
      retired: (file) => this.queries.forget(file),
      build: async (file, tables) => {
        try {
          await this.builds.run({ kind: "build", database: this.specOf(file), tables });
        } finally {
          await this.builds.rest();
        }
      },
    });
  }

  async run(scope: AnalyticsScope, query: CardQuery, signal?: AbortSignal): Promise<CardData> {
    const model = readModel(scope.dataset);
    // Planned once before anything is read: a query that does not suit the model costs nothing.
    const plannedToday = buildPlan(model, query, this.today(model));
    const file = await abortable(this.fileOf(scope, model), signal);
    const relative = model.asOf === "latest" && needsToday(query);
    const plan = relative ? buildPlan(model, query, await this.latestDay(file, model)) : plannedToday;
    const values = await this.execute(file, renderPlan(plan, duckdb), plan.fetch, signal);
    return toCardData(plan, query, values);
  }

  async prepare({ enterpriseId, dataset }: AnalyticsScope): Promise<void> {
    await this.store.fileFor(EnterpriseId.parse(enterpriseId), readModel(dataset).source, true);
  }

  ready(): Promise<void> {
    return this.queries.ready();
  }

  async close(): Promise<void> {
    await Promise.all([this.queries.close(), this.builds.close()]);
    await this.store.idle();
  }

  /** The id is checked once more, since it becomes the name of a folder. */
  private fileOf({ enterpriseId }: AnalyticsScope, model: QueryModel): Promise<string> {
    return this.store.fileFor(EnterpriseId.parse(enterpriseId), model.source);
  }

  private today(model: QueryModel): Day {
    return dayIn(model.timeZone, this.clock());
  }

  /** The data's last day. A built file never changes, so it is asked once a file. Data without any day ends today. */
  private async latestDay(file: string, model: QueryModel): Promise<Day> {
    const field = model.timeField;
    if (!field) return this.today(model);
    const key = JSON.stringify([file, field.expression, field.zoned && model.timeZone]);
    const known = this.latestDays.get(key) ?? this.askLatestDay(file, model, field);
    if (this.latestDays.size >= MAX_KNOWN_DAYS) this.latestDays.clear();
    this.latestDays.set(key, known);
    known.catch(() => this.latestDays.delete(key));
    return (await known) ?? this.today(model);
  }

  private async askLatestDay(
    file: string,
    model: QueryModel,
    field: NonNullable<QueryModel["timeField"]>,
  ): Promise<Day | null> {
    const plan = { source: model.source, alias: model.name, timeZone: model.timeZone };
    const [column] = await this.execute(file, renderLatestDay(plan, field, duckdb), 1);
    const day = column?.[0] ?? null;
    return day === null ? null : String(day).slice(0, 10);
  }

  private async execute(
    file: string,
    statement: Statement,
    maxRows: number,
    signal?: AbortSignal,
  ): Promise<Scalar[][]> {
    try {
      return await this.queries.run({ kind: "run", database: this.specOf(file), statement, maxRows }, signal);
    } catch (error) {
      throw error instanceof EngineError ? toQueryError(error) : error;
    }
  }

  private specOf(file: string): DatabaseSpec {
    const temporaryDir = join(file, "..", "spill");
    return { file, temporaryDir, memoryLimit: this.options.memoryLimit, threads: availableParallelism() };
  }
}

/** Stops waiting when the signal aborts; what was begun goes on for others who wait for it. */
function abortable<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function toQueryError(error: EngineError): QueryError {
  switch (error.failure) {
    case "refused":
      return new QueryError("input_invalid", error.message, error);
    case "timeout":
    case "interrupted":
      return new QueryError("query_timeout", "The query took too long. Narrow it down with a filter.", error);
    case "out_of_memory":
      return new QueryError("query_failed", "The query needs more memory than it may have.", error);
    case "overloaded":
    case "closed":
      return new QueryError("unavailable", "Too many queries are running. Try again shortly.", error);
    case "crashed":
    case "failed":
      return new QueryError("query_failed", "The dataset's model does not fit its data, or the engine failed.", error);
  }
}
