import type { Scalar } from "../../../core/contract/report/query";
import type { DataType } from "../../../core/contract/dataset/semantic-model";
import type { Dialect } from "../query/dialect/dialect";
import type { Statement } from "../query/render";

/** How much one statement may take. */
export interface Limits {
  /** Rows that are read; what the engine has beyond them is left there. */
  maxRows: number;
  /** Of the answer as text, over all of its cells. More is a `query_failed`. */
  maxBytes: number;
  /** How long it may run. It may wait as long before it runs. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** The report that asks: reports take turns. */
  report?: string | undefined;
  /** Told how long it waited for its turn and how long the engine took, in ms, also where it failed. */
  measured?: ((times: Times) => void) | undefined;
  /** Told what columns the answer has, before its rows. An engine that knows them without rows answers none. */
  described?: ((columns: DescribedColumn[]) => void) | undefined;
}

/** A column of an answer. `type` in the engine's own words; `datatype` is null where no datatype of ours says the same. */
export interface DescribedColumn {
  name: string;
  type: string;
  datatype: DataType | null;
}

export interface Times {
  queueMs: number;
  engineMs: number;
}

/**
 * An enterprise's data at one moment, in whichever engine holds it. Opened for the tables of one model; opening is cheap
 * and asks the engine nothing once it is known.
 */
export interface Source {
  readonly dialect: Dialect;
  /**
   * Changes whenever the data may have changed, and is no other source's: the same statement of the same version has the
   * same answer. What cannot tell whether it changed takes a new one every so often.
   */
  readonly version: string;
  /**
   * Null where the version tells each change. Else the version without the time in it: an answer over such data is as
   * good as it is young.
   */
  readonly live: string | null;
  /** Since when the data is as it is, in ms; null: it is that of the moment at which it is asked. */
  readonly asOf: number | null;
  /**
   * Runs one checked SELECT and answers its columns: `values[c][r]`. Throws a QueryError, or the signal's reason when it
   * aborts; the statement is then ended at the engine too.
   */
  execute(statement: Statement, limits: Limits): Promise<Scalar[][]>;
}
