import { connect as dial, type Socket } from "node:net";
import mysql, { type FieldPacket } from "mysql2";
import type { SourceColumn, SourceFaultCode, SourceTable } from "../../../../core/contract/source/data-source";
import type { Scalar } from "../../../../core/contract/report/query";
import type { Statement } from "../../query/render";
import { collected, EnoughError, TooLargeError } from "../capped-columns";
import type { Connect, Connection, SourceSession } from "../driver";
import type { Destination } from "../host-guard";
import { RowBatch } from "../row-batch";
import type { DescribedColumn, Limits } from "../source";
import { networkFault, SourceFault } from "../source-fault";
import { handleOf, supervised } from "../supervised";
import { tlsOptions } from "../tls-options";
import { datatypeOf, scalarOf, typeWord } from "./types";
import { withValues } from "./values";

/** Error numbers to what somebody would have to change (https://mariadb.com/kb/en/mariadb-error-code-reference/). */
const ERRORS: Record<number, SourceFaultCode> = {
  1040: "overloaded",
  1044: "not_permitted",
  1045: "login_failed",
  1049: "database_missing",
  1054: "changed",
  1142: "not_permitted",
  1143: "not_permitted",
  1146: "changed",
  1203: "overloaded",
  1205: "timeout",
  1226: "overloaded",
  1305: "changed",
  1317: "timeout",
  1698: "login_failed",
  1969: "timeout",
  3024: "timeout",
};

const SYSTEM_SCHEMAS = "'information_schema', 'mysql', 'performance_schema', 'sys'";

/** Which setting ends a statement at the server: MariaDB's is in seconds, MySQL's in milliseconds. */
const TIME_OUTS = [
  (ms: number) => `SET SESSION max_statement_time = ${ms / 1_000}`,
  (ms: number) => `SET SESSION max_execution_time = ${Math.ceil(ms)}`,
  (ms: number) => `SET SESSION query_timeout = ${Math.max(1, Math.ceil(ms / 1_000))}`,
];

/** A session that may only read, with quotes as in standard SQL and in UTC. Statements are sent as text: many engines with MySQL's wire cannot prepare any. */
export const connectMysql: Connect = async (connection, guard, timeoutMs) => {
  const destination = await guard.resolve(connection.host, connection.port);
  const { line, socket } = open(connection, destination, timeoutMs);
  const session = new MysqlSession(line, socket, (ms) => open(connection, destination, ms).line);
  try {
    await send(line, "SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', time_zone = '+00:00'");
    await send(line, "SET SESSION TRANSACTION READ ONLY");
    await session.findTimeOut(timeoutMs);
    return session;
  } catch (error) {
    session.close();
    throw connectionFault(error);
  }
};

function open(
  connection: Connection,
  { address, port }: Destination,
  timeoutMs: number,
): { line: mysql.Connection; socket: Socket } {
  const socket = dial({ host: address, port });
  const { ca, ...tls } = tlsOptions(connection);
  const line = mysql.createConnection({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password.reveal(),
    database: connection.database,
    stream: () => socket,
    connectTimeout: timeoutMs,
    charset: "utf8mb4",
    // The server must not be able to ask for our files.
    flags: ["-LOCAL_FILES"],
    ...(connection.tls === "off"
      ? {}
      : {
          ssl: {
            verifyIdentity: true,
            rejectUnauthorized: true,
            minVersion: String(tls.minVersion),
            ...(ca ? { ca: String(ca) } : {}),
          },
        }),
  });
  line.on("error", () => undefined); // the running statement is told by its own error
  return { line, socket };
}

function send(line: mysql.Connection, sql: string): Promise<void> {
  return new Promise((resolve, reject) => line.query(sql, (error) => (error ? reject(error) : resolve())));
}

class MysqlSession implements SourceSession {
  private broken = false;
  private setTimeOut: (ms: number) => string = () => "";
  private timeOutMs = 0;

  constructor(
    private readonly line: mysql.Connection,
    private readonly socket: Socket,
    private readonly another: (timeoutMs: number) => mysql.Connection,
  ) {
    line.on("error", () => (this.broken = true));
    socket.on("close", () => (this.broken = true));
  }

  get usable(): boolean {
    return !this.broken;
  }

  close(): void {
    this.broken = true;
    this.line.end(() => undefined);
    // A server that does not answer the goodbye would keep the socket open.
    setTimeout(() => this.socket.destroy(), 1_000).unref();
  }

  /** Tries which of the settings the server knows. One that knows none is ended by us alone. */
  async findTimeOut(ms: number): Promise<void> {
    for (const attempt of TIME_OUTS) {
      const known = await send(this.line, attempt(ms)).then(
        () => true,
        () => false,
      );
      if (known) this.setTimeOut = attempt;
      if (known || this.broken) return;
    }
  }

  run(statement: Statement, limits: Limits): Promise<Scalar[][]> {
    return collected(limits, (take) => this.stream(statement, limits, take));
  }

  async stream(statement: Statement, limits: Limits, take: (batch: Scalar[][]) => Promise<void>): Promise<void> {
    const handle = handleOf(
      this.socket,
      () => this.cancel(),
      () => (this.broken = true),
    );
    await supervised(limits, handle, async (hasRow) => {
      try {
        if (this.timeOutMs !== limits.timeoutMs && this.setTimeOut(limits.timeoutMs) !== "") {
          await send(this.line, this.setTimeOut(limits.timeoutMs));
          this.timeOutMs = limits.timeoutMs;
        }
        await this.read(withValues(statement), limits, { hasRow, take });
      } catch (error) {
        throw statementFault(error);
      }
    });
  }

  async tables(limits: Limits): Promise<SourceTable[]> {
    const sql = `SELECT table_schema, table_name, table_type FROM information_schema.tables
      WHERE table_schema NOT IN (${SYSTEM_SCHEMAS}) ORDER BY 1, 2`;
    const [schemas = [], names = [], kinds = []] = await this.run({ sql, values: [], expressions: [] }, limits);
    return schemas.map((schema, row) => ({
      schema: String(schema),
      name: String(names[row]),
      kind: String(kinds[row]).includes("VIEW") ? "view" : "table",
    }));
  }

  async columns(table: { schema: string; name: string }, limits: Limits): Promise<SourceColumn[]> {
    const sql = `SELECT column_name, column_type FROM information_schema.columns
      WHERE table_schema = ${mysql.escape(table.schema)} AND table_name = ${mysql.escape(table.name)} ORDER BY ordinal_position`;
    const [names = [], types = []] = await this.run({ sql, values: [], expressions: [] }, limits);
    return names.map((name, row) => {
      const type = String(types[row]);
      return { name: String(name), type, datatype: datatypeOf(type) };
    });
  }

  async canWrite(limits: Limits): Promise<boolean> {
    const [grants = []] = await this.run({ sql: "SHOW GRANTS", values: [], expressions: [] }, limits);
    return grants.some((grant) => /^GRANT [^`'"]*\b(ALL PRIVILEGES|INSERT|UPDATE|DELETE|DROP)\b/.test(String(grant)));
  }

  private read(
    sql: string,
    { maxRows, described }: Limits,
    { hasRow, take }: { hasRow: () => void; take: (batch: Scalar[][]) => Promise<void> },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const batch = new RowBatch(maxRows);
      let taken: Promise<void> = Promise.resolve();
      let failed = false;
      const fail = (error: unknown): void => {
        if (failed) return;
        failed = true;
        // Rows may still be on their way: the session is not used again.
        this.broken = true;
        void this.cancel()
          .catch(() => undefined)
          .finally(() => this.socket.destroy());
        reject(error);
      };
      const hand = (): void => {
        const rows = batch.taken();
        this.line.pause();
        taken = taken.then(() => take(rows)).then(() => this.line.resume(), fail);
      };
      const query = this.line.query({ sql, rowsAsArray: true, typeCast: (field) => scalarOf(field) });
      query.on("fields", (fields: FieldPacket[]) => described?.(fields.map(describedOf)));
      query.on("result", (row) => {
        hasRow();
        if (failed) return;
        batch.add(row as unknown as Scalar[]);
        if (batch.full) hand();
      });
      query.on("error", reject);
      // The client keeps a line that was cut on its side to itself.
      const onClose = (): void => reject(new SourceFault("lost"));
      this.socket.once("close", onClose);
      query.on("end", () => {
        this.socket.off("close", onClose);
        if (batch.rows > 0) hand();
        taken.then(resolve, reject);
      });
    });
  }

  /** KILL QUERY, sent on a connection of its own. */
  private async cancel(): Promise<void> {
    const line = this.another(2_000);
    try {
      await send(line, `KILL QUERY ${Number(this.line.threadId)}`);
    } finally {
      line.destroy();
    }
  }
}

function statementFault(error: unknown): unknown {
  if (error instanceof SourceFault || error instanceof EnoughError) return error;
  if (error instanceof TooLargeError) return new SourceFault("too_large", error);
  return new SourceFault(numberFault(error) ?? networkFault(error) ?? (isBroken(error) ? "lost" : "failed"), error);
}

function connectionFault(error: unknown): SourceFault {
  const fault = networkFault(error);
  const message = error instanceof Error ? error.message : "";
  if (/certificate|altnames|secure connection|SSL/i.test(message)) return new SourceFault("tls_failed", error);
  // To whom a database is not open the server does not say whether it is there.
  const told = numberFault(error) === "not_permitted" ? "database_missing" : numberFault(error);
  return new SourceFault(told ?? (fault === "lost" ? "unreachable" : fault) ?? "unreachable", error);
}

function numberFault(error: unknown): SourceFaultCode | null {
  const number = typeof error === "object" && error !== null && "errno" in error ? Number(error.errno) : 0;
  return ERRORS[number] ?? null;
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && /closed state|connection lost|closed the connection/i.test(error.message);
}

function describedOf(field: FieldPacket): DescribedColumn {
  const { name } = field;
  const type = typeWord(field);
  return { name, type, datatype: datatypeOf(type) };
}
