import { randomUUID } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { connect as dial, isIP, type Socket } from "node:net";
import { connect as dialTls } from "node:tls";
import { ClickHouseLogLevel, createClient, type ClickHouseClient, type ClickHouseSettings } from "@clickhouse/client";
import type { SourceColumn, SourceFaultCode, SourceTable } from "../../../../core/contract/source/data-source";
import type { Scalar } from "../../../../core/contract/report/query";
import type { BoundValue, Statement } from "../../query/render";
import { collected, EnoughError, TooLargeError } from "../capped-columns";
import type { Connect, Connection, SourceSession } from "../driver";
import type { Destination } from "../host-guard";
import { RowBatch } from "../row-batch";
import type { Limits } from "../source";
import { networkFault, SourceFault } from "../source-fault";
import { supervised } from "../supervised";
import { tlsOptions } from "../tls-options";
import { datatypeOf, readersOf } from "./types";

/** Error codes to what somebody would have to change (`ErrorCodes.cpp`). */
const ERRORS: Record<string, SourceFaultCode> = {
  "16": "changed",
  "46": "changed",
  "47": "changed",
  "53": "changed",
  "60": "changed",
  "81": "changed",
  "159": "timeout",
  "164": "not_permitted",
  "192": "login_failed",
  "193": "login_failed",
  "194": "login_failed",
  "202": "overloaded",
  "394": "timeout",
  "497": "not_permitted",
  "516": "login_failed",
};

/** What makes ClickHouse answer as SQL does, and each of its values travel whole. */
const SETTINGS: ClickHouseSettings = {
  readonly: "2",
  aggregate_functions_null_for_empty: 1,
  cancel_http_readonly_queries_on_client_close: 1,
  enable_extended_results_for_datetime_functions: 1,
  join_use_nulls: 1,
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  prefer_column_name_to_alias: 1,
  session_timezone: "UTC",
  transform_null_in: 0,
};

/** What it means where not even `SELECT 1` is answered. */
const CONNECTING: Partial<Record<SourceFaultCode, SourceFaultCode>> = {
  lost: "unreachable",
  timeout: "unreachable",
  changed: "database_missing",
};

/** A client of the HTTP interface that can reach nothing but the address that was checked. */
export const connectClickhouse: Connect = async (connection, guard, timeoutMs) => {
  const session = new ClickhouseSession(connection, await guard.resolve(connection.host, connection.port), timeoutMs);
  try {
    await session.run({ sql: "SELECT 1", values: [], expressions: [] }, { maxRows: 1, maxBytes: 100, timeoutMs });
    return session;
  } catch (error) {
    session.close();
    if (!(error instanceof SourceFault)) throw error;
    throw new SourceFault(CONNECTING[error.fault] ?? error.fault, error.cause);
  }
};

class ClickhouseSession implements SourceSession {
  private readonly client: ClickHouseClient;
  private readonly sockets = new Set<Socket>();
  private closedBytes = 0;
  private broken = false;

  constructor(connection: Connection, destination: Destination, timeoutMs: number) {
    const scheme = connection.tls === "off" ? "http" : "https";
    const host = connection.host.includes(":") ? `[${connection.host.replace(/[[\]]/g, "")}]` : connection.host;
    this.client = createClient({
      url: `${scheme}://${host}:${connection.port}`,
      username: connection.user,
      password: connection.password.reveal(),
      database: connection.database,
      application: "dingboard",
      request_timeout: timeoutMs * 2,
      http_agent: this.agent(connection, destination),
      log: { level: ClickHouseLogLevel.OFF },
    });
  }

  get usable(): boolean {
    return !this.broken;
  }

  close(): void {
    this.broken = true;
    this.client.close().catch(() => undefined);
    this.hangUp();
  }

  run(statement: Statement, limits: Limits): Promise<Scalar[][]> {
    return collected(limits, (take) => this.stream(statement, limits, take));
  }

  stream(statement: Statement, limits: Limits, take: (batch: Scalar[][]) => Promise<void>): Promise<void> {
    const id = randomUUID();
    const leaving = new AbortController();
    const handle = {
      cancel: async () => {
        // Closing the line does not end the query; the server must be told.
        await this.client.command({ query: `KILL QUERY WHERE query_id = '${id}' ASYNC` }).catch(() => undefined);
        leaving.abort();
      },
      hangUp: () => {
        leaving.abort();
        this.hangUp();
      },
      received: () => this.received(),
    };
    return supervised(limits, handle, async (hasRow) => {
      try {
        await this.read(statement, { id, limits, signal: leaving.signal }, { hasRow, take });
      } catch (error) {
        await handle.cancel();
        throw statementFault(error);
      }
    });
  }

  async tables(limits: Limits): Promise<SourceTable[]> {
    const sql = `SELECT database, name, engine FROM system.tables
      WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') ORDER BY database, name`;
    const [schemas = [], names = [], engines = []] = await this.run({ sql, values: [], expressions: [] }, limits);
    return schemas.map((schema, row) => ({
      schema: String(schema),
      name: String(names[row]),
      kind: String(engines[row]).endsWith("View") ? "view" : "table",
    }));
  }

  async columns(table: { schema: string; name: string }, limits: Limits): Promise<SourceColumn[]> {
    const sql = `SELECT name, type FROM system.columns
      WHERE database = {p1:String} AND table = {p2:String} ORDER BY position`;
    const values: BoundValue[] = [table.schema, table.name].map((value) => ({ type: "text", value }));
    const [names = [], types = []] = await this.run({ sql, values, expressions: [] }, limits);
    return names.map((name, row) => {
      const type = String(types[row]);
      return { name: String(name), type, datatype: datatypeOf(type) };
    });
  }

  async canWrite(limits: Limits): Promise<boolean> {
    const [grants = []] = await this.run({ sql: "SHOW GRANTS", values: [], expressions: [] }, limits);
    return grants.some((grant) => /^GRANT .*\b(ALL|INSERT|ALTER|DROP)\b.* ON /.test(String(grant)));
  }

  private async read(
    { sql, values }: Statement,
    { id, limits, signal }: { id: string; limits: Limits; signal: AbortSignal },
    { hasRow, take }: { hasRow: () => void; take: (batch: Scalar[][]) => Promise<void> },
  ): Promise<void> {
    const answer = await this.client.query({
      query: sql,
      query_id: id,
      query_params: Object.fromEntries(values.map(({ value }, index) => [`p${index + 1}`, value])),
      format: "JSONCompactEachRowWithNamesAndTypes",
      abort_signal: signal,
      clickhouse_settings: { ...SETTINGS, max_execution_time: Math.max(1, Math.ceil(limits.timeoutMs / 1_000)) },
    });
    const reader = new RowReader(limits.described);
    const batch = new RowBatch(limits.maxRows);
    for await (const chunk of answer.stream<unknown[]>()) {
      for (const row of chunk) {
        hasRow();
        const cells = reader.read(row.json());
        if (cells) batch.add(cells);
        if (batch.full) await take(batch.taken());
      }
    }
    if (!reader.begun) throw new SourceFault("lost");
    if (batch.rows > 0) await take(batch.taken());
  }

  private agent({ host, ca, tls }: Connection, { address, port }: Destination): HttpAgent | HttpsAgent {
    const opened = (socket: Socket): Socket => {
      this.sockets.add(socket);
      socket.once("close", () => {
        this.sockets.delete(socket);
        this.closedBytes += socket.bytesRead;
      });
      return socket;
    };
    if (tls === "off") {
      const agent = new HttpAgent({ keepAlive: true });
      return Object.assign(agent, { createConnection: () => opened(dial({ host: address, port })) });
    }
    const secure = { ...tlsOptions({ host, ca }), host: address, port, ...(isIP(host) ? {} : { servername: host }) };
    return Object.assign(new HttpsAgent({ keepAlive: true }), { createConnection: () => opened(dialTls(secure)) });
  }

  private received(): number {
    return [...this.sockets].reduce((sum, socket) => sum + socket.bytesRead, this.closedBytes);
  }

  private hangUp(): void {
    this.broken = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

/** Reads rows of JSON: the first has the columns' names, the second their types. */
class RowReader {
  private names: string[] | null = null;
  private readers: ReturnType<typeof readersOf> | null = null;

  constructor(private readonly described: Limits["described"]) {}

  /** Whether the columns are known, without which the answer was not whole. */
  get begun(): boolean {
    return this.readers !== null;
  }

  /** Null for what describes the columns. */
  read(cells: unknown[]): Scalar[] | null {
    if (this.readers) return this.readers.map((read, column) => read(cells[column]));
    const texts = cells.map(String);
    if (this.names) {
      const { names } = this;
      this.readers = readersOf(texts);
      this.described?.(texts.map((type, at) => ({ name: names[at] ?? "", type, datatype: datatypeOf(type) })));
    } else {
      this.names = texts;
    }
    return null;
  }
}

function statementFault(error: unknown): unknown {
  if (error instanceof SourceFault || error instanceof EnoughError) return error;
  if (error instanceof TooLargeError) return new SourceFault("too_large", error);
  return new SourceFault(codeFault(error) ?? networkFault(error) ?? textFault(error), error);
}

function codeFault(error: unknown): SourceFaultCode | undefined {
  return typeof error === "object" && error !== null && "code" in error ? ERRORS[String(error.code)] : undefined;
}

function textFault(error: unknown): SourceFaultCode {
  const text = String(error);
  if (/timeout error/i.test(text)) return "timeout";
  return /socket hang up|aborted/i.test(text) ? "lost" : "failed";
}
