import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataSourceId } from "../../../core/contract/id";
import type { TestEngine } from "../../../tests/factories/engines/engine";
import { clickhouseMissing, startClickhouse } from "../../../tests/factories/engines/clickhouse";
import { mariadbMissing, startMariadb } from "../../../tests/factories/engines/mariadb";
import { engineEntry } from "../../../tests/factories/engine-entry";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import type { Analytics } from "../analytics";
import { AnalyticsWorld, cardQuery, datasetModel, rowsOf } from "../../../tests/analytics/world";
import { createHostGuard } from "../source/host-guard";
import { RemoteSources } from "../source/remote";
import { ExtractWriter, extractSource, type ExtractLimits } from "./extract-writer";

jest.setTimeout(180_000);

const ID = "5f0c4f3e-3333-4333-8333-333333333333" as DataSourceId;
const LIMITS: ExtractLimits = { maxRows: 200_000, maxBytes: 64 * 1024 * 1024, timeoutMs: 60_000 };
const AS_OF = Date.parse("2026-11-20T08:00:00Z");

interface Case {
  engine: TestEngine;
  /** Columns: how the engine declares them, what a dataset's field says, and three values in SQL; the last row is all null. */
  columns: Record<string, [declared: string, datatype: string, ...values: string[]]>;
  behind: string;
}

const LARGE = ["9223372036854775807", "-9223372036854775808", "9007199254740993"];
const TEXTS = ["'甲 \"q\" , '''", "''", "'é😀'"];
const DAYS = ["'2026-02-28'", "'1899-12-31'", "'2400-02-29'"];
const MOMENTS = ["'2026-03-29 01:30:00.123456'", "'1970-01-01 00:00:00'", "'2037-12-31 23:59:59'"];
const LONG = ["12345678901234567890123456.123456", "-0.000001", "99.5"];

async function postgresql(): Promise<Case> {
  return {
    engine: await startPostgresql(),
    behind: "",
    columns: {
      a_large: ["bigint", "Integer", ...LARGE],
      a_decimal: ["numeric(12,2)", "Decimal", "10.50", "-0.01", "9999999999.99"],
      a_long: ["numeric", "Decimal", ...LONG],
      a_double: ["double precision", "Float", "0.1", "-1e300", "1e-7"],
      a_real: ["real", "Float", "0.1", "1.5", "-2.25"],
      a_text: ["text", "String", ...TEXTS],
      a_flag: ["boolean", "Boolean", "true", "false", "true"],
      a_day: ["date", "Date", ...DAYS],
      a_moment: ["timestamp", "DateTime", ...MOMENTS],
      a_zoned: [
        "timestamptz",
        "DateTimeTz",
        "'2026-03-29 01:30:00.5+08'",
        "'1970-01-01 00:00:00+00'",
        "'2037-12-31 23:59:59-05'",
      ],
    },
  };
}

async function mariadb(): Promise<Case> {
  return {
    engine: await startMariadb(),
    behind: " CHARACTER SET utf8mb4",
    columns: {
      a_large: ["bigint", "Integer", ...LARGE],
      a_unsigned: ["bigint unsigned", "Integer", "18446744073709551615", "0", "9007199254740993"],
      a_decimal: ["decimal(12,2)", "Decimal", "10.50", "-0.01", "9999999999.99"],
      a_long: ["decimal(38,6)", "Decimal", ...LONG],
      a_double: ["double", "Float", "0.1", "-1e300", "1e-7"],
      a_text: ["varchar(100)", "String", ...TEXTS],
      a_day: ["date", "Date", ...DAYS],
      a_moment: ["datetime(6)", "DateTime", ...MOMENTS],
      a_zoned: [
        "timestamp(6) null",
        "DateTimeTz",
        "'2026-03-29 01:30:00.5'",
        "'1970-01-02 00:00:00'",
        "'2037-12-31 23:59:59'",
      ],
    },
  };
}

async function clickhouse(): Promise<Case> {
  const columns: Case["columns"] = {
    a_large: ["Int64", "Integer", ...LARGE],
    a_unsigned: ["UInt64", "Integer", "18446744073709551615", "0", "9007199254740993"],
    a_decimal: ["Decimal(12, 2)", "Decimal", "10.50", "-0.01", "9999999999.99"],
    a_long: ["Decimal(38, 6)", "Decimal", ...LONG.map((value) => `'${value}'`)],
    a_double: ["Float64", "Float", "0.1", "-1e300", "1e-7"],
    a_text: ["String", "String", "'甲 \"q\" , \\''", "''", "'é😀'"],
    a_flag: ["Bool", "Boolean", "true", "false", "true"],
    a_day: ["Date32", "Date", "'2026-02-28'", "'1925-12-31'", "'2200-02-28'"],
    a_zoned: [
      "DateTime64(6, 'Asia/Shanghai')",
      "DateTimeTz",
      "'2026-03-29 01:30:00.500000'",
      "'1970-01-02 00:00:00'",
      "'2037-12-31 23:59:59'",
    ],
  };
  const nullable = Object.entries(columns).map(([name, [type, ...rest]]) => [name, [`Nullable(${type})`, ...rest]]);
  return {
    engine: await startClickhouse(),
    behind: " ENGINE = Memory",
    columns: Object.fromEntries(nullable) as Case["columns"],
  };
}

const CASES = [
  ["PostgreSQL", postgresql, null],
  ["MariaDB", mariadb, mariadbMissing()],
  ["ClickHouse", clickhouse, clickhouseMissing()],
] as const;

for (const [name, start, missing] of CASES) {
  if (missing !== null) {
    process.stderr.write(`Skipped: ${missing}\n`);
    continue;
  }

  describe(`an extract of ${name}`, () => {
    let world: AnalyticsWorld;
    let made: Case;
    let remote: RemoteSources;
    let analytics: Analytics;
    let writer: ExtractWriter;
    const sql = (text: string): Promise<void> => made.engine.run(text);

    const writerWith = (limits: Partial<ExtractLimits> = {}, reserveBytes = 0): ExtractWriter =>
      new ExtractWriter({
        remote,
        filesDir: world.filesDir,
        enginePath: engineEntry(),
        memoryLimit: "300MB",
        limits: { ...LIMITS, ...limits },
        reserveBytes,
        log: { warn: () => undefined },
        now: () => AS_OF,
      });

    beforeAll(async () => {
      [world, made] = await Promise.all([AnalyticsWorld.create(), start()]);
      remote = new RemoteSources({
        guard: createHostGuard(["127.0.0.1"]),
        find: () => Promise.resolve({ ...made.engine.connection(), revision: "1" }),
        now: Date.now,
      });
      analytics = world.analytics({ remote });
      writer = writerWith();
      const declared = Object.entries(made.columns).map(([column, [type]]) => `${column} ${type}`);
      await sql(`CREATE TABLE sales.facts (${declared.join(", ")})${made.behind}`);
      const rows = [0, 1, 2].map((row) => Object.values(made.columns).map((column) => column[row + 2]));
      const values = [...rows, Object.values(made.columns).map(() => "NULL")].map((row) => `(${row.join(", ")})`);
      await sql(`INSERT INTO sales.facts VALUES ${values.join(", ")}`);
    });
    afterAll(async () => {
      await writer.close();
      remote.close();
      await world.close();
      await made.engine.stop();
    });

    const wanted = (enterpriseId: ReturnType<AnalyticsWorld["enterprise"]>, changes: object = {}) => ({
      enterpriseId,
      name: "facts",
      connection: made.engine.connection(),
      table: { schema: "sales", name: "facts" },
      columns: null as string[] | null,
      ...changes,
    });
    const write = (input: ReturnType<typeof wanted>, by = writer, signal = new AbortController().signal) =>
      by.write(input, signal, () => undefined);

    it("answers each card as its source does", async () => {
      const enterpriseId = world.enterprise();
      expect(await write(wanted(enterpriseId))).toMatchObject({ asOf: AS_OF, rows: 4 });
      const fields = Object.fromEntries(Object.entries(made.columns).map(([column, [, type]]) => [column, type]));
      const numbers = Object.keys(fields).filter((column) => ["Integer", "Decimal"].includes(fields[column] ?? ""));
      const measures = Object.fromEntries([
        ["how_many", "COUNT(*)"],
        ...numbers.flatMap((column) => [
          [`${column}_most`, `MAX(${column})`],
          [`${column}_least`, `MIN(${column})`],
          [`${column}_kinds`, `COUNT(DISTINCT ${column})`],
        ]),
      ]) as Record<string, string>;
      const ansi = JSON.stringify(
        datasetModel({ source: "sales.facts", fields, measures, settings: { dataSource: ID } }),
      );
      const live = JSON.parse(ansi.replaceAll('"DUCKDB"', '"ANSI_SQL"')) as ReturnType<typeof datasetModel>;
      const copy = datasetModel({ source: extractSource("facts"), fields, measures });
      const questions = [
        ...Object.keys(fields).map((field) => ({ dimensions: [{ field }], measures: ["how_many"] })),
        { measures: Object.keys(measures) },
      ];
      const answered: unknown[] = [];
      for (const question of questions) {
        const query = cardQuery({ ...question, limit: 100 });
        const [fromSource, fromCopy] = await Promise.all(
          [live, copy].map(async (dataset) => rowsOf(await analytics.run({ enterpriseId, dataset }, query))),
        );
        expect({ question, rows: fromCopy }).toEqual({ question, rows: fromSource });
        answered.push(fromCopy);
      }
      for (const value of ["9223372036854775807", "12345678901234567890123456.123456", "é😀"]) {
        expect(JSON.stringify(answered)).toContain(value);
      }
    });

    it("is what its columns are chosen for, and says which of them are gone", async () => {
      const enterpriseId = world.enterprise();
      await write(wanted(enterpriseId, { columns: ["a_text", "a_large"] }));
      const before = readFileSync(join(world.filesDir, enterpriseId, "extracts/facts.parquet"));
      await expect(write(wanted(enterpriseId, { columns: ["a_text", "lost"] }))).rejects.toMatchObject({
        fault: "column_missing",
        about: "lost",
      });
      await expect(write(wanted(enterpriseId, { table: { schema: "sales", name: "gone" } }))).rejects.toMatchObject({
        fault: "changed",
      });
      expect(readFileSync(join(world.filesDir, enterpriseId, "extracts/facts.parquet"))).toEqual(before);
      expect(readdirSync(join(world.filesDir, enterpriseId, "extracts"))).toEqual(["facts.parquet"]);
    });

    it("ends where it has more rows or bytes than it may or the disk has, and leaves nothing behind", async () => {
      const enterpriseId = world.enterprise();
      const few = writerWith({ maxRows: 3 });
      await expect(write(wanted(enterpriseId), few)).rejects.toMatchObject({ fault: "too_many_rows" });
      const small = writerWith({ maxBytes: 200 });
      await expect(write(wanted(enterpriseId), small)).rejects.toMatchObject({ fault: "too_many_bytes" });
      const full = writerWith({}, Number.MAX_SAFE_INTEGER);
      await expect(write(wanted(enterpriseId), full)).rejects.toMatchObject({ fault: "no_space" });
      expect(existsSync(join(world.filesDir, enterpriseId, "extracts/facts.parquet"))).toBe(false);
      expect(readdirSync(join(world.filesDir, enterpriseId, "extracts"))).toEqual([]);
      await Promise.all([few.close(), small.close(), full.close()]);
    });
  });
}
