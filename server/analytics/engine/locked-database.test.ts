import { DuckDBInstance } from "@duckdb/node-api";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LockedDatabase } from "./locked-database";

let dir: string;
let database: LockedDatabase;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "dingboard-locked-"));
  const file = join(dir, "data.duckdb");
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run("CREATE TABLE facts AS SELECT range AS n FROM range(10)");
  await connection.run(`COPY facts TO '${join(dir, "facts.parquet")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const temporaryDir = join(dir, "spill");
  database = await LockedDatabase.open({ file, temporaryDir, memoryLimit: "100MB", threads: 1 });
});
afterAll(async () => {
  database.forget();
  await rm(dir, { recursive: true, force: true });
});

const LIMITS = { maxRows: 100, maxBytes: 1_000 };
const run = (sql: string): Promise<unknown> =>
  database.run({ sql, values: [], expressions: [] }, LIMITS, () => undefined);

jest.setTimeout(60_000); // machines may be busy

it("answers a SELECT, no more rows than asked for", async () => {
  expect(await run("SELECT sum(n) FROM facts")).toEqual([[45]]);
  expect(
    await database.run(
      { sql: "SELECT n FROM facts ORDER BY n", values: [], expressions: [] },
      { ...LIMITS, maxRows: 2 },
      () => undefined,
    ),
  ).toEqual([[0, 1]]);
});

// Behind the check of expressions: what SQL could do if one got through.
it.each([
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT * FROM read_text('/etc/hostname')",
  "SELECT * FROM glob('/etc/*')",
  "SELECT * FROM '{dir}/facts.parquet'",
  "SELECT * FROM read_parquet('{dir}/../*/facts.parquet')",
  "SELECT * FROM read_csv('https://example.org/x.csv')",
  "COPY facts TO '{dir}/escaped.csv'",
  "COPY facts FROM '{dir}/facts.parquet'",
  "EXPORT DATABASE '{dir}/escaped'",
  "ATTACH '{dir}/escaped.duckdb'",
  "ATTACH ':memory:' AS more",
  "SET memory_limit = '100GB'",
  "SET threads = 64",
  "SET enable_external_access = true",
  "RESET lock_configuration",
  "PRAGMA enable_profiling",
  "INSTALL httpfs",
  "LOAD httpfs",
  "CREATE TABLE mine AS SELECT 1",
  "CREATE TEMP TABLE mine AS SELECT 1",
  "CREATE MACRO sum(x) AS 0",
  "DROP TABLE facts",
  "UPDATE facts SET n = 0",
  "INSERT INTO facts VALUES (1)",
  "CALL pragma_version()",
  "SELECT 1; SELECT 2",
  "SELECT 1; DROP TABLE facts",
  "",
])("refuses: %s", async (sql) => {
  await expect(run(sql.replaceAll("{dir}", dir))).rejects.toThrow();
  expect(
    existsSync(join(dir, "escaped.csv")) || existsSync(join(dir, "escaped")) || existsSync(join(dir, "escaped.duckdb")),
  ).toBe(false);
  expect(await run("SELECT sum(n) FROM facts")).toEqual([[45]]);
});

it("stops reading an answer that has too many bytes, however few its rows", async () => {
  await expect(run("SELECT repeat('x', 100000000)")).rejects.toThrow(
    expect.objectContaining({ name: "TooLargeError" }),
  );
});
