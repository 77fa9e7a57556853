import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Scalar } from "../../../core/contract/report/query";
import type { DatabaseSpec } from "../engine/protocol";
import { QueryProcesses } from "../process/query-processes";
import { EngineError, Scheduler } from "../process/scheduler";
import { duckdb } from "../query/dialect/dialect";
import type { Statement } from "../query/render";
import { QueryError } from "../query-error";
import { DatabaseStore } from "../storage/database-store";
import { datatypeOf } from "./datatype";
import type { DescribedColumn, Limits, Source } from "./source";

export interface FileSourcesOptions {
  /** Each enterprise's Parquet and CSV files, in a folder named by its id. */
  filesDir: string;
  /** Where the databases built from them are kept. They can be deleted at any time: they are built again. */
  databaseDir: string;
  /** The engine's entry: `dist/server/engine.js`, or `server/analytics/engine.ts`, which is loaded through tsx. */
  enginePath: string;
  /** Per enterprise, in DuckDB's words (`512MB`); the process needs about 150 MB besides. */
  memoryLimit: string;
  /** Queries of one report at a time. */
  concurrency: number;
  log: { info(details: object, message: string): void; warn(details: object, message: string): void };
  /** How long an interrupted query has to end before its process is killed. */
  graceMs: number;
  now(): number;
}

/** A query that runs longer makes way for other reports. */
const SLOW_AFTER_MS = 1_000;
const PATIENCE_MS = 3_000;
const BUILD_TIMEOUT_MS = 10 * 60_000;

/** The enterprises' files, read into a DuckDB of each. Nothing is started before the first query or `ready()`. */
export class FileSources {
  private readonly queries: QueryProcesses;
  /** Builds run in a process of their own, which no query brings down, and which gives its memory back. */
  private readonly builds: Scheduler;
  private readonly store: DatabaseStore;

  constructor(private readonly options: FileSourcesOptions) {
    const { enginePath: entry, concurrency, log, graceMs } = options;
    this.queries = new QueryProcesses({ entry, log, graceMs, concurrency, slowAfterMs: SLOW_AFTER_MS });
    this.builds = new Scheduler({ entry, log, graceMs, concurrency: 1 });
    this.store = new DatabaseStore({
      filesDir: options.filesDir,
      databaseDir: options.databaseDir,
      log,
      now: options.now,
      patienceMs: PATIENCE_MS,
      retired: (file) => this.queries.forget(file),
      build: async (file, tables) => {
        try {
          const job = { kind: "build", database: this.specOf(file), tables } as const;
          const [moments = []] = await this.builds.run(job, BUILD_TIMEOUT_MS);
          return moments.map((moment) => (moment === null ? null : String(moment)));
        } finally {
          await this.builds.rest();
        }
      },
    });
  }

  /**
   * Waits until the files are read in as they are now; where that takes long and they were read in before, the source is
   * what was read then. `fresh`: however long it takes.
   */
  async open(enterpriseId: EnterpriseId, sources: readonly string[], fresh = false): Promise<Source> {
    const { file, version, asOf } = await this.store.fileForAll(enterpriseId, sources, fresh);
    return {
      dialect: duckdb,
      version,
      live: null,
      asOf,
      execute: (statement, limits) => this.execute({ enterpriseId, file }, statement, limits),
    };
  }

  /** A file of the enterprise was put in its place or taken away: no answer shows the one before any more. */
  changed(enterpriseId: EnterpriseId, file: string): Promise<void> {
    return this.store.changed(enterpriseId, file);
  }

  /** Reads the files in as they are now. */
  async prepare(enterpriseId: EnterpriseId, sources: readonly string[]): Promise<void> {
    await this.store.fileForAll(enterpriseId, sources, true);
  }

  /** Resolves when the engine process answers. */
  ready(): Promise<void> {
    return this.queries.ready();
  }

  async close(): Promise<void> {
    await Promise.all([this.queries.close(), this.builds.close()]);
    await this.store.idle();
  }

  private async execute(
    { enterpriseId, file }: { enterpriseId: EnterpriseId; file: string },
    statement: Statement,
    { maxRows, maxBytes, report = "", described, ...limits }: Limits,
  ): Promise<Scalar[][]> {
    const describe = described !== undefined;
    const job = { kind: "run", database: this.specOf(file), statement, maxRows, maxBytes, describe } as const;
    try {
      const values = await this.queries.run(job, { ...limits, lane: { enterprise: enterpriseId, report } });
      if (!described) return values;
      const [names = [], types = []] = values;
      described(names.map((name, index) => columnOf(String(name), String(types[index]))));
      return [];
    } catch (error) {
      throw error instanceof EngineError ? toQueryError(error) : error;
    }
  }

  private specOf(file: string): DatabaseSpec {
    const temporaryDir = join(file, "..", "spill");
    return { file, temporaryDir, memoryLimit: this.options.memoryLimit, threads: availableParallelism() };
  }
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
    case "too_large":
      return new QueryError("query_failed", "The answer is larger than it may be. Ask for fewer rows.", error);
    case "overloaded":
    case "closed":
      return new QueryError("unavailable", "Too many queries are running. Try again shortly.", error);
    case "crashed":
    case "failed":
      return new QueryError("query_failed", "The dataset's model does not fit its data, or the engine failed.", error);
  }
}

function columnOf(name: string, type: string): DescribedColumn {
  return { name, type, datatype: datatypeOf(type) };
}
