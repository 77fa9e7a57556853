import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Db, Tables } from "./tables";

const INT8 = 20;
const DATE = 1082;

/** Counts and DingTalk's department ids fit into a number; a day stays the text it is. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: "text" | "binary") => {
    if (oid === INT8) return (text: string) => Number(text);
    if (oid === DATE) return (text: string) => text;
    return format === "binary" ? pg.types.getTypeParser(oid, "binary") : pg.types.getTypeParser(oid, "text");
  },
};

export interface PoolOptions {
  url: string;
  max: number;
  /** 0 for none. */
  statementTimeoutMs: number;
}

/** A pool that survives losing its idle connections. */
export function openPool({ url, max, statementTimeoutMs }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: 10_000,
    ...(statementTimeoutMs > 0 ? { statement_timeout: statementTimeoutMs } : {}),
  });
  // Without a listener, an idle connection that PostgreSQL closes would end the process; the next query opens a new one.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

export function kyselyOn(pool: pg.Pool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

export interface Database {
  db: Db;
  pool: pg.Pool;
  /** Resolves when PostgreSQL answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The server's connections; the schema must be there already. */
export function openDatabase(url: string): Database {
  const pool = openPool({ url, max: 20, statementTimeoutMs: 15_000 });
  const db = kyselyOn(pool);
  return {
    db,
    pool,
    ping: async () => {
      await sql`select 1`.execute(db);
    },
    close: () => db.destroy(),
  };
}
