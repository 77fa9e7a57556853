import type { Scalar } from "../../../core/contract/report/query";
import type { CsvSettings } from "../../../core/contract/source/upload";
import type { Statement } from "../query/render";

/** A read-only database file and the limits it is opened with. */
export interface DatabaseSpec {
  file: string;
  temporaryDir: string;
  /** DuckDB's words, e.g. `512MB`. */
  memoryLimit: string;
  threads: number;
}

/** A table of the next database: read from files, or taken over from the database in use. */
export type TableSpec =
  { table: string; format: "parquet" | "csv"; files: string[] } | { table: string; copyFrom: string };

/** An uploaded file that is to be read; what a CSV file holds is written to `into` as Parquet. */
export interface InspectJob extends Omit<DatabaseSpec, "file"> {
  kind: "inspect";
  file: string;
  /** As the person's computer calls it. */
  fileName: string;
  into: string;
  settings: CsvSettings;
}

/** Rows of JSON texts that are to become a Parquet file; the types are SQL of ours. */
export interface ConvertJob extends Omit<DatabaseSpec, "file"> {
  kind: "convert";
  from: string;
  into: string;
  columns: readonly { name: string; type: string }[];
  /** Since when the data is as it is; the file says so. */
  asOf: string;
  maxRowBytes: number;
}

/** What can be asked of the engine process; each is answered with its number. */
export type EngineJob =
  /** `describe`: answers the names and the types of the statement's columns instead of its rows. */
  | {
      kind: "run";
      database: DatabaseSpec;
      statement: Statement;
      maxRows: number;
      maxBytes: number;
      describe?: boolean;
    }
  | { kind: "build"; database: DatabaseSpec; tables: TableSpec[] }
  | InspectJob
  | ConvertJob;

export type ToEngine =
  | { kind: "job"; id: number; job: EngineJob }
  | { kind: "interrupt"; id: number }
  /** The file is no longer asked: close it once its queries are done. */
  | { kind: "forget"; file: string };

/** `refused`: the statement is not one that may run. `too_large`: its answer is. `failed`: the engine said no. */
export type Failure = "refused" | "failed" | "interrupted" | "out_of_memory" | "too_large";

export type FromEngine =
  | { kind: "ready" }
  /**
   * Column by column. A build answers since when each table's data is as it is, a conversion with its number of rows, an
   * inspection with one JSON text.
   */
  | { kind: "done"; id: number; values: Scalar[][] }
  | { kind: "failed"; id: number; failure: Failure; message: string };
