import { connect as dial, type Socket } from "node:net";
import pg from "pg";
import type { SourceColumn, SourceTable } from "../../../../core/contract/source/data-source";
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

/** SQLSTATE to what somebody would have to change (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const STATES: [RegExp, ConstructorParameters<typeof SourceFault>[0]][] = [
  [/^28/, "login_failed"],
  [/^3D000/, "database_missing"],
  [/^42501/, "not_permitted"],
  [/^57014|^55P03/, "timeout"],
  [/^(42P01|42703|42883|42804|42846|3F000|0A000)/, "changed"],
  [/^(53300|57P03)/, "overloaded"],
  [/^(08|57P0)/, "lost"],
];

const CANCEL_REQUEST = 80_877_102;

/** A session in a read-only transaction for each statement: the server itself refuses to write. */
export const connectPostgresql: Connect = async (connection, guard, timeoutMs) => {
  const destination = await guard.resolve(connection.host, connection.port);
  const socket = dial({ host: destination.address, port: destination.port });
  // pg dials the stream that it is given; this one is on its way to the address that was checked.
  socket.connect = () => socket;
  const client = new pg.Client({
    user: connection.user,
    password: connection.password.reveal(),
    database: connection.database,
    host: connection.host,
    port: connection.port,
    stream: () => socket,
    ssl: connection.tls === "off" ? false : tlsOptions(connection),
    connectionTimeoutMillis: timeoutMs,
    application_name: "dingboard",
    types: { getTypeParser: () => (text: string) => text },
  });
  const session = new PostgresqlSession(client, socket, destination);
  try {
    await client.connect();
    await client.query("SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET default_transaction_read_only TO on");
    return session;
  } catch (error) {
    session.close();
    throw connectionFault(error, connection);
  }
};

class PostgresqlSession implements SourceSession {
  private broken = false;

  constructor(
    private readonly client: pg.Client,
    private readonly socket: Socket,
    private readonly destination: Destination,
  ) {
    client.on("error", () => (this.broken = true)); // the running statement is told by its own error
    client.on("end", () => (this.broken = true));
  }

  get usable(): boolean {
    return !this.broken;
  }

  close(): void {
    this.broken = true;
    this.client.end().catch(() => undefined);
    // A server that does not answer the goodbye would keep the socket open.
    setTimeout(() => this.socket.destroy(), 1_000).unref();
  }

  run(statement: Statement, limits: Limits): Promise<Scalar[][]> {
    return collected(limits, (take) => this.stream(statement, limits, take));
  }

  stream(statement: Statement, limits: Limits, take: (batch: Scalar[][]) => Promise<void>): Promise<void> {
    const handle = handleOf(
      this.socket,
      () => this.cancel(),
      () => (this.broken = true),
    );
    return supervised(limits, handle, async (hasRow) => {
      try {
        await this.client.query(`BEGIN READ ONLY; SET LOCAL statement_timeout = ${Math.ceil(limits.timeoutMs)}`);
        await this.read(statement, limits, { hasRow, take });
        await this.client.query("COMMIT");
      } catch (error) {
        await this.client.query("ROLLBACK").catch(() => (this.broken = true));
        throw statementFault(error);
      }
    });
  }

  async tables(limits: Limits): Promise<SourceTable[]> {
    const [schemas = [], names = [], kinds = []] = await this.ask(
      `SELECT table_schema, table_name, table_type FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
         AND has_table_privilege(quote_ident(table_schema) || '.' || quote_ident(table_name), 'SELECT')
       ORDER BY 1, 2`,
      [],
      limits,
    );
    return schemas.map((schema, row) => ({
      schema: String(schema),
      name: String(names[row]),
      kind: kinds[row] === "VIEW" ? "view" : "table",
    }));
  }

  async columns(table: { schema: string; name: string }, limits: Limits): Promise<SourceColumn[]> {
    const [names = [], types = []] = await this.ask(
      `SELECT column_name, data_type FROM information_schema.columns
       WHERE table_schema = $1::text AND table_name = $2::text ORDER BY ordinal_position`,
      [table.schema, table.name],
      limits,
    );
    return names.map((name, row) => {
      const type = String(types[row]);
      return { name: String(name), type, datatype: datatypeOf(type) };
    });
  }

  async canWrite(limits: Limits): Promise<boolean> {
    const [found] = await this.ask(
      `SELECT bool_or(has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')) FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
      [],
      limits,
    );
    return found?.[0] === true;
  }

  private ask(sql: string, texts: string[], limits: Limits): Promise<Scalar[][]> {
    return this.run({ sql, values: texts.map((value) => ({ type: "text", value })), expressions: [] }, limits);
  }

  /** Row by row; while a batch is taken, the line is not read, so that the server waits too. */
  private read(
    { sql: text, values }: Statement,
    limits: Limits,
    { hasRow, take }: { hasRow: () => void; take: (batch: Scalar[][]) => Promise<void> },
  ): Promise<void> {
    const { stream: line } = (this.client as unknown as { connection: { stream: Socket } }).connection;
    const config: pg.QueryArrayConfig = { text, values: values.map(({ value }) => value), rowMode: "array" };
    const query = new pg.Query<(string | null)[]>(config);
    const batch = new RowBatch(limits.maxRows);
    let oids: number[] | null = null;
    let fault: { error: unknown } | null = null;
    let taken: Promise<void> = Promise.resolve();
    const fail = (error: unknown): void => {
      fault ??= { error };
      this.cancel().catch(() => this.socket.destroy());
    };
    const hand = (): void => {
      const rows = batch.taken();
      line.pause();
      taken = taken.then(() => (fault ? undefined : take(rows))).then(undefined, fail);
      taken = taken.then(() => void line.resume());
    };
    query.on("row", (cells, result) => {
      hasRow();
      if (fault) return;
      const types = (oids ??= (result?.fields ?? []).map(({ dataTypeID }) => dataTypeID));
      batch.add(cells.map((cell, index) => cellOf(cell, types[index] ?? 0)));
      if (batch.full) hand();
    });
    return new Promise((resolve, reject) => {
      query.on("end", (result) => {
        limits.described?.((result?.fields ?? []).map(describedOf));
        if (batch.rows > 0 && !fault) hand();
        void taken.then(() => (fault ? reject(fault.error) : resolve()));
      });
      query.on("error", (error) => reject(fault ? fault.error : error));
      this.client.query(query);
    });
  }

  /** Asks the server, on a connection of its own, to end what this session runs. */
  private cancel(): Promise<void> {
    const { processID, secretKey } = this.client as unknown as { processID: number; secretKey: number };
    const packet = Buffer.alloc(16);
    [16, CANCEL_REQUEST, processID, secretKey].forEach((word, index) => packet.writeInt32BE(word, index * 4));
    return new Promise((resolve, reject) => {
      const line = dial({ host: this.destination.address, port: this.destination.port }, () => line.end(packet));
      line.once("error", reject);
      line.once("close", () => resolve());
      line.resume();
    });
  }
}

function cellOf(cell: string | null, oid: number): Scalar {
  return cell === null ? null : scalarOf(cell, oid);
}

function statementFault(error: unknown): unknown {
  if (error instanceof SourceFault || error instanceof EnoughError) return error;
  if (error instanceof TooLargeError) return new SourceFault("too_large", error);
  return new SourceFault(stateFault(error) ?? networkFault(error) ?? (isBroken(error) ? "lost" : "failed"), error);
}

function connectionFault(error: unknown, { tls }: Connection): SourceFault {
  const message = error instanceof Error ? error.message : "";
  if (tls === "verify" && /does not support SSL|certificate|altnames/i.test(message)) {
    return new SourceFault("tls_failed", error);
  }
  if (/timeout expired|timed out/i.test(message)) return new SourceFault("unreachable", error);
  return new SourceFault(stateFault(error) ?? networkFault(error) ?? "unreachable", error);
}

function stateFault(error: unknown): ConstructorParameters<typeof SourceFault>[0] | null {
  const state = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return STATES.find(([pattern]) => pattern.test(state))?.[1] ?? null;
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && /terminated|not queryable|closed/i.test(error.message);
}

function describedOf({ name, dataTypeID }: pg.FieldDef): DescribedColumn {
  const type = typeWord(dataTypeID);
  return { name, type, datatype: datatypeOf(type) };
}
