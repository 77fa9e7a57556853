import type {
  DataSourceKind,
  DataSourceTest,
  SourceColumn,
  SourceTable,
} from "../../../core/contract/source/data-source";
import type { DataSourceId, EnterpriseId } from "../../../core/contract/id";
import type { Scalar } from "../../../core/contract/report/query";
import type { Lane } from "../process/fair-turns";
import type { Dialect } from "../query/dialect/dialect";
import { clickhouse } from "../query/dialect/clickhouse";
import { mysql } from "../query/dialect/mysql";
import { postgresql } from "../query/dialect/postgresql";
import type { Statement } from "../query/render";
import { QueryError } from "../query-error";
import { connectClickhouse } from "./clickhouse/session";
import type { Connect, Connection, SourceSession } from "./driver";
import type { HostGuard } from "./host-guard";
import { connectMysql } from "./mysql/session";
import { connectPostgresql } from "./postgresql/session";
import { SessionPool } from "./session-pool";
import type { Limits, Source } from "./source";
import { SourceFault } from "./source-fault";
import { chosenOf, copyStatement } from "../extract/copy-statement";

/** A stored connection; its revision changes with any of its settings. */
export interface StoredConnection extends Connection {
  revision: string;
}

export interface RemoteSourcesOptions {
  guard: HostGuard;
  /** The enterprise's connection of that id; null where it has none. */
  find(enterpriseId: EnterpriseId, id: DataSourceId): Promise<StoredConnection | null>;
  now(): number;
  /** How long an answer counts as that of the data now: these engines do not say when their data changes. */
  freshMs?: number;
}

const DIALECTS: Record<DataSourceKind, Dialect> = { postgresql, mysql, clickhouse };
const DRIVERS: Record<DataSourceKind, Connect> = {
  postgresql: connectPostgresql,
  mysql: connectMysql,
  clickhouse: connectClickhouse,
};

const FRESH_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** Statements of one data source at a time. However many two reports ask that never end, two others find room at once. */
const ROOM = { atATime: 6, perReport: 3, keptFree: 2 };
/** What a look into the source's own catalogue may take. */
const LOOK: Limits = { maxRows: 10_000, maxBytes: 8 * 1024 * 1024, timeoutMs: 15_000 };

interface Open {
  revision: string;
  pool: SessionPool<SourceSession>;
}

/** Other databases, asked in their own SQL over read-only sessions. */
export class RemoteSources {
  private readonly opened = new Map<string, Open>();

  constructor(private readonly options: RemoteSourcesOptions) {}

  /** Throws `query_failed` where the enterprise has no such data source. Connects to nothing yet. */
  async open(enterpriseId: EnterpriseId, id: DataSourceId): Promise<Source> {
    const connection = await this.options.find(enterpriseId, id);
    if (!connection) throw new QueryError("query_failed", "The dataset's data source does not exist any more.");
    const { pool } = this.poolOf(id, connection);
    const period = Math.floor(this.options.now() / (this.options.freshMs ?? FRESH_MS));
    const live = `${id}/${connection.revision}`;
    return {
      dialect: DIALECTS[connection.kind],
      version: `${live}/${period}`,
      live,
      asOf: null,
      execute: (statement, limits) => {
        const lane = { enterprise: enterpriseId, report: limits.report ?? "" };
        return execute(pool, lane, statement, limits);
      },
    };
  }

  /** What a try of these settings finds. Fails for nothing that the settings could be the reason of. */
  async test(connection: Connection): Promise<DataSourceTest> {
    try {
      return await this.look(connection, async (session) => {
        const tables = await session.tables(LOOK);
        // An engine that cannot tell is not blamed for it.
        const canWrite = await session.canWrite(LOOK).catch(() => false);
        const warnings: DataSourceTest["warnings"] = [];
        if (canWrite) warnings.push("can_write");
        if (tables.length === 0) warnings.push("no_tables");
        if (connection.tls === "off") warnings.push("not_encrypted");
        return { ok: true, fault: null, message: "", cause: null, warnings, tables: tables.length };
      });
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      const { fault, message } = error;
      return { ok: false, fault, message, cause: error.said, warnings: [], tables: 0 };
    }
  }

  tables(connection: Connection): Promise<SourceTable[]> {
    return this.look(connection, (session) => session.tables(LOOK));
  }

  columns(connection: Connection, table: { schema: string; name: string }): Promise<SourceColumn[]> {
    return this.look(connection, (session) => session.columns(table, LOOK));
  }

  /**
   * Reads a whole table over a session of its own, so that no card waits for it. `begin` is told the columns, in the order
   * in which the batches have them, just before the engine is asked. Throws a SourceFault, an ExtractFault where a chosen
   * column is not there, what `take` throws, or the signal's reason.
   */
  copy(
    connection: Connection,
    { table, columns }: { table: { schema: string; name: string }; columns: string[] | null },
    limits: Omit<Limits, "maxRows">,
    sink: { begin(columns: SourceColumn[]): Promise<void>; take(batch: Scalar[][]): Promise<void> },
  ): Promise<void> {
    return this.look(connection, async (session) => {
      const found = await session.columns(table, LOOK);
      if (found.length === 0) throw new SourceFault("changed");
      const chosen = chosenOf(found, columns);
      await sink.begin(chosen);
      let refused: { error: unknown } | null = null;
      const take = (batch: Scalar[][]): Promise<void> =>
        sink.take(batch).catch((error: unknown) => {
          refused = { error };
          throw error;
        });
      const statement = copyStatement(connection.kind, table, chosen);
      await session.stream(statement, { ...limits, maxRows: Infinity }, take).catch((error: unknown) => {
        // A session takes whatever ends its statement for a failure of the engine.
        throw refused ? refused.error : error;
      });
    });
  }

  close(): void {
    for (const { pool } of this.opened.values()) pool.close();
    this.opened.clear();
  }

  private async look<Result>(connection: Connection, work: (session: SourceSession) => Promise<Result>) {
    const session = await this.connect(connection);
    try {
      return await work(session);
    } finally {
      session.close();
    }
  }

  private connect(connection: Connection): Promise<SourceSession> {
    return DRIVERS[connection.kind](connection, this.options.guard, CONNECT_TIMEOUT_MS);
  }

  private poolOf(id: DataSourceId, connection: StoredConnection): Open {
    const known = this.opened.get(id);
    if (known?.revision === connection.revision) return known;
    known?.pool.close();
    const pool = new SessionPool(ROOM, () => this.connect(connection));
    const open = { revision: connection.revision, pool };
    this.opened.set(id, open);
    return open;
  }
}

async function execute(
  pool: SessionPool<SourceSession>,
  lane: Lane,
  statement: Statement,
  limits: Limits,
): Promise<Scalar[][]> {
  const asked = performance.now();
  let begun: number | null = null;
  const run = (): Promise<Scalar[][]> =>
    pool.use(lane, limits, (session) => {
      begun = performance.now();
      return session.run(statement, limits);
    });
  try {
    // A session that lay idle may have been ended by the engine: once more, on another.
    return await run().catch((error: unknown) => {
      if (error instanceof SourceFault && error.fault === "lost") return run();
      throw error;
    });
  } finally {
    const ended = performance.now();
    limits.measured?.({ queueMs: (begun ?? ended) - asked, engineMs: ended - (begun ?? ended) });
  }
}
