import type { DataSourceKind, SourceColumn, SourceTable, TlsMode } from "../../../core/contract/source/data-source";
import type { Scalar } from "../../../core/contract/report/query";
import type { Secret } from "../../secret";
import type { Statement } from "../query/render";
import type { HostGuard } from "./host-guard";
import type { Session } from "./session-pool";
import type { Limits } from "./source";

/** How a data source is reached, its password opened. */
export interface Connection {
  kind: DataSourceKind;
  host: string;
  port: number;
  database: string;
  user: string;
  password: Secret;
  tls: TlsMode;
  /** Its own authority's certificate (PEM), where no public one signed the server's. */
  ca: string | null;
}

/** One read-only session of a data source. Its failures are SourceFaults. */
export interface SourceSession extends Session {
  /** Runs one SELECT under a time-out that the engine keeps too, and ends it there when the signal aborts. */
  run(statement: Statement, limits: Limits): Promise<Scalar[][]>;
  /**
   * Reads an answer of any length: each batch, column by column, is taken before the engine sends many more. The limits'
   * rows do not count; whoever takes may end it by failing.
   */
  stream(statement: Statement, limits: Limits, take: (batch: Scalar[][]) => Promise<void>): Promise<void>;
  /** Tables and views that the user may read, without the engine's own. */
  tables(limits: Limits): Promise<SourceTable[]>;
  columns(table: { schema: string; name: string }, limits: Limits): Promise<SourceColumn[]>;
  /** Whether the user could also write, which a report never needs. */
  canWrite(limits: Limits): Promise<boolean>;
}

/** Opens a session. Throws a SourceFault that says what is wrong. */
export type Connect = (connection: Connection, guard: HostGuard, timeoutMs: number) => Promise<SourceSession>;
