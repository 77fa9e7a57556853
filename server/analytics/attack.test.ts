import type { EnterpriseId } from "../../core/contract/id";
import { CardQuery } from "../../core/contract/report/query";
import type { DatasetModel } from "../../core/contract/dataset/dataset";
import type { Analytics } from "./analytics";
import { AnalyticsWorld, cardQuery, datasetModel, rowsOf, SALES_CSV, salesModel } from "../../tests/analytics/world";
import { clickhouse } from "./query/dialect/clickhouse";
import { mysql } from "./query/dialect/mysql";
import { postgresql } from "./query/dialect/postgresql";
import { buildPlan } from "./query/build-plan";
import { readModel } from "./query/model";
import { renderPlan } from "./query/render";

jest.setTimeout(60_000);

let world: AnalyticsWorld;
let analytics: Analytics;
let enterpriseId: EnterpriseId;

beforeAll(async () => {
  world = await AnalyticsWorld.create();
  analytics = world.analytics();
  enterpriseId = world.enterprise();
  await world.writeFile(enterpriseId, "sales.csv", SALES_CSV);
});
afterAll(() => world.close());

const HOSTILE = [`x' OR 1 = 1 --`, `x"; DROP TABLE sales; --`, `\\' OR 1=1 #`, "x\u0000", "${x}", "$1", "?"];

describe("what a question brings", () => {
  it.each(HOSTILE)("stays a value: %j", async (value) => {
    for (const operator of ["equals", "include", "startsWith", "endsWith"] as const) {
      const query = cardQuery({ measures: ["sold"], filters: [{ field: "shop", operator, values: [value] }] });
      expect(rowsOf(await analytics.run({ enterpriseId, dataset: salesModel() }, query))).toEqual([[0]]);
    }
  });

  it.each(HOSTILE)("is no name: %j", (name) => {
    const parts = [
      { dimensions: [{ field: name }] },
      { measures: [name] },
      { sort: [{ field: name }] },
      { totals: [[name]] },
      { topN: { field: name, count: 1 } },
      { calculations: [{ name, kind: "runningTotal", measure: "sold" }] },
      { compare: { field: name, period: "previousYear" } },
    ];
    const base = { dataset: "sales", measures: ["sold"] };
    expect(parts.filter((part) => CardQuery.safeParse({ ...base, ...part }).success)).toEqual([]);
  });

  it("names no field that the model does not have, also one that every object has", async () => {
    for (const field of ["constructor", "colour", "rowid"]) {
      const query = cardQuery({ dimensions: [{ field }], measures: ["sold"] });
      await expect(analytics.run({ enterpriseId, dataset: salesModel() }, query)).rejects.toMatchObject({
        code: "input_invalid",
        message: expect.stringContaining(`"${field}"`),
      });
    }
  });

  it("holds a thousand values and not ten thousand", async () => {
    const filter = (count: number) => ({
      field: "shop",
      operator: "equals" as const,
      values: Array.from({ length: count }, (_, index) => (index === 7 ? "East" : `shop ${index}`)),
    });
    const query = { dataset: "sales", measures: ["sold"], filters: [filter(10_000)] };
    expect(CardQuery.safeParse(query).error?.issues[0]?.path).toEqual(["filters", 0, "values"]);
    const many = cardQuery({ measures: ["sold"], filters: [filter(1_000)] });
    expect(rowsOf(await analytics.run({ enterpriseId, dataset: salesModel() }, many))).toEqual([[3]]);
  });
});

describe("a SELECT of a model", () => {
  const select = (sql: string): DatasetModel =>
    datasetModel({ source: sql, fields: { any: ["String", "'x'"] }, measures: { sold: ["COUNT(*)", "Integer"] } });
  const ask = (sql: string) =>
    analytics.run({ enterpriseId, dataset: select(sql) }, cardQuery({ measures: ["sold"] })).then(rowsOf);

  it("answers what it selects of the enterprise's files", async () => {
    expect(await ask(`SELECT * FROM "sales.csv" WHERE amount > 5`)).toEqual([[2]]);
    expect(await ask(`WITH a AS (SELECT shop FROM "sales.csv" GROUP BY shop) SELECT * FROM a`)).toEqual([[2]]);
  });

  it.each([
    `SELECT * FROM "sales.csv") AS x, (SELECT 1`,
    `SELECT * FROM "sales.csv"; SELECT 1`,
    `SELECT * FROM "sales.csv" /* */`,
    `SELECT * FROM "sales.csv", read_csv('/etc/passwd')`,
    `SELECT * FROM "sales.csv", "/etc/passwd"`,
    `SELECT * FROM "sales.csv", "../other/sales.csv"`,
    `SELECT * FROM "sales.csv", '/etc/passwd.csv'`,
    `SELECT * FROM "sales.csv", duckdb_secrets()`,
    `SELECT * FROM "sales.csv", duckdb_settings`,
    `SELECT * FROM "sales.csv", information_schema.tables`,
    `SELECT * FROM "sales.csv" INTO OUTFILE '/tmp/x'`,
    `SELECT getenv('HOME') FROM "sales.csv"`,
    `WITH x AS (DELETE FROM "sales.csv" RETURNING 1) SELECT * FROM x`,
    `WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a FROM x) SELECT x.* FROM x, "sales.csv"`,
    `SELECT 1 AS nothing`,
  ])("reaches nothing else: %s", async (sql) => {
    await expect(ask(sql)).rejects.toMatchObject({ code: expect.stringMatching(/^(input_invalid|query_failed)$/) });
  });

  it("sees no file of another enterprise", async () => {
    const other = world.enterprise();
    await world.writeFile(other, "secret.csv", "a\n1\n");
    await expect(ask(`SELECT * FROM "secret.csv"`)).rejects.toMatchObject({ code: "query_failed" });
  });
});

describe("an expression of a model", () => {
  const ansi = (expression: string): DatasetModel => {
    const model = datasetModel({ source: "sales.csv", fields: { day: "Date" }, measures: { asked: expression } });
    return JSON.parse(JSON.stringify(model).replaceAll('"DUCKDB"', '"ANSI_SQL"')) as DatasetModel;
  };

  it.each([
    "MAX(pg_read_file('/etc/passwd'))",
    "MAX(load_file('/etc/passwd'))",
    "COUNT(*) + sleep(10)",
    "MAX(pg_sleep(10))",
    "MAX(dblink('host=x', 'select 1'))",
    "(SELECT count(*) FROM other.table)",
    "(SELECT count(*) FROM url('http://x'))",
    "COUNT(*) FROM other.secrets --",
    "1; DROP TABLE x",
    "MAX(current_setting('x'))",
    "MAX(@@datadir)",
    "MAX(other.secrets)",
    "MAX(CAST(x AS regclass))",
    "COUNT(*) /* open",
  ])("is refused for every engine: %s", async (expression) => {
    for (const dialect of [postgresql, mysql, clickhouse]) {
      const ask = (): unknown => {
        const plan = buildPlan(readModel(ansi(expression), dialect), cardQuery({ measures: ["asked"] }), "2026-11-22");
        return renderPlan(plan, dialect);
      };
      expect(ask).toThrow(expect.objectContaining({ code: "input_invalid" }));
    }
    const query = cardQuery({ measures: ["asked"] });
    await expect(analytics.run({ enterpriseId, dataset: ansi(expression) }, query)).rejects.toMatchObject({
      code: expect.stringMatching(/^(input_invalid|query_failed)$/),
    });
  });

  it("that needs itself is refused, naming the way round", async () => {
    const dataset = datasetModel({
      source: "sales.csv",
      fields: { day: "Date" },
      measures: { first: "second + 1", second: "first + 1" },
    });
    await expect(analytics.run({ enterpriseId, dataset }, cardQuery({ measures: ["first"] }))).rejects.toMatchObject({
      code: "input_invalid",
      message: 'The expression of "first" needs itself: first, second, first.',
    });
  });
});
