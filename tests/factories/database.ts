import { randomBytes } from "node:crypto";
import pg from "pg";

/** An empty database of this test file, in the run's own PostgreSQL or in the one at `adminUrl`. */
export async function createTestDatabase(
  adminUrl: string | undefined = process.env["TEST_DATABASE_ADMIN_URL"],
): Promise<{ url: string; query: Query; drop(): Promise<void> }> {
  if (!adminUrl) throw new Error("TEST_DATABASE_ADMIN_URL is not set: run this file with jest's project `server`.");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await run(adminUrl, `create database ${name}`);
  const url = withDatabase(adminUrl, name);
  return {
    url,
    query: (text, values) => run(url, text, values),
    drop: () => run(adminUrl, `drop database if exists ${name} with (force)`).then(() => undefined),
  };
}

type Row = Record<string, unknown>;
type Query = (text: string, values?: unknown[]) => Promise<Row[]>;

async function run(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Connection strings through a unix socket have no host, so URL does not parse all of them. */
function withDatabase(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}
