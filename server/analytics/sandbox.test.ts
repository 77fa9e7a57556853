import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import type { EnterpriseId } from "../../core/contract/id";
import { FileSource } from "../../core/contract/dataset/semantic-model";
import type { Analytics } from "./analytics";
import { AnalyticsWorld, cardQuery, rowsOf, SALES_CSV, salesModel } from "../../tests/analytics/world";

jest.setTimeout(60_000);

let world: AnalyticsWorld;
let enterpriseId: EnterpriseId;
let analytics: Analytics;

/** The answer of one measure without dimensions. */
async function one(expression: string): Promise<unknown> {
  const dataset = salesModel({ asked: expression });
  return rowsOf(await analytics.run({ enterpriseId, dataset }, cardQuery({ measures: ["asked"] })))[0]?.[0];
}

beforeAll(async () => {
  world = await AnalyticsWorld.create();
  enterpriseId = world.enterprise();
  await world.writeFile(enterpriseId, "sales.csv", SALES_CSV);
  analytics = world.analytics();
});
afterAll(() => world.close());

describe("an expression of a model", () => {
  it.each([
    "(SELECT count(*) FROM read_csv('/etc/passwd'))",
    "(SELECT max(content) FROM read_text('/etc/hostname'))",
    "(SELECT count(*) FROM glob('/**'))",
    "(SELECT count(*) FROM duckdb_settings())",
    "(SELECT max(path) FROM duckdb_databases())",
    "(SELECT count(*) FROM query('SELECT 1'))",
    "(FROM facts SELECT count(*))",
    "EXISTS (SELECT 1 FROM facts)",
    "count(*) FILTER (WHERE (SELECT true))",
    "count(*)) FROM read_parquet('/etc/x') --",
    "count(*) FROM facts WHERE false --",
    "1); COPY (SELECT 1) TO '/tmp/dingboard-escaped.csv'; SELECT (1",
    "1); ATTACH '/tmp/dingboard-escaped.duckdb'; SELECT (1",
    "1); SET memory_limit = '100GB'; SELECT (1",
    "1) UNION SELECT (2",
    "1 UNION SELECT 2",
    "1 LIMIT 1",
    "DISTINCT shop",
    "1, 2",
    "1 AS one",
    "count(*) /*",
    "count(*",
    "current_setting('temp_directory')",
    "getenv('HOME')",
    "count(COLUMNS(*))",
    "COUNT(*) + $1",
    "COPY facts TO '/tmp/dingboard-escaped.csv'",
  ])("is refused: %s", async (expression) => {
    await expect(one(expression)).rejects.toMatchObject({ code: "input_invalid" });
    const dimension = salesModel({}, { asked: ["String", expression] });
    const query = cardQuery({ dimensions: [{ field: "asked" }], measures: ["sold"] });
    await expect(analytics.run({ enterpriseId, dataset: dimension }, query)).rejects.toMatchObject({
      code: "input_invalid",
    });
    expect(existsSync("/tmp/dingboard-escaped.csv")).toBe(false);
  });

  it.each<[string, unknown]>([
    ["COUNT(*) FILTER (WHERE shop = 'East; -- not a comment')", 0],
    ["COUNT(DISTINCT shop)", 2],
    ["SUM(CASE WHEN shop IN ('East', 'West') THEN amount END)", 34],
    ["list_sum(list_transform(list(amount), lambda x: x * 2))", 68],
    ["COUNT(*) -- a note", 4],
  ])("runs: %s", async (expression, value) => expect(await one(expression)).toBe(value));

  it("that does not fit the data fails with a text that holds no path and no SQL", async () => {
    const failure = await one("SUM(no_such_column)").catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "query_failed" });
    expect(String(failure)).not.toMatch(/select|\/tmp|no_such_column/i);
  });
});

describe("an enterprise", () => {
  it("reads its own files only, by whatever path", async () => {
    const stranger = world.enterprise();
    await world.writeFile(stranger, "sales.csv", "day,shop,amount\n2026-11-01,Secret,999\n");
    const query = cardQuery({ dimensions: [{ field: "shop" }], measures: ["amount"], sort: [{ field: "shop" }] });
    expect(rowsOf(await analytics.run({ enterpriseId: stranger, dataset: salesModel() }, query))).toEqual([
      ["Secret", 999],
    ]);
    expect(rowsOf(await analytics.run({ enterpriseId, dataset: salesModel() }, query))).toEqual([
      ["East", 14],
      ["West", 20],
    ]);

    const paths = [
      `../${stranger}/sales.csv`,
      join(world.filesDir, stranger, "sales.csv"),
      "..\\x.csv",
      "a/../../x.csv",
      "*/sales.csv",
      ".hidden.csv",
      "s3://x/y.csv",
    ];
    expect(paths.filter((path) => FileSource.safeParse(path).success)).toEqual([]);
    const forged = structuredClone(salesModel());
    for (const path of paths) {
      forged.semantic_model.datasets[0]!.source = path;
      await expect(analytics.run({ enterpriseId, dataset: forged }, query)).rejects.toMatchObject({
        code: "input_invalid",
      });
    }
    await symlink(join(world.filesDir, stranger, "sales.csv"), join(world.filesDir, enterpriseId, "linked.csv"));
    const linked = structuredClone(salesModel());
    linked.semantic_model.datasets[0]!.source = "linked.csv";
    await expect(analytics.run({ enterpriseId, dataset: linked }, query)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("whose id is a path is refused", async () => {
    await expect(
      analytics.run({ enterpriseId: "../x" as EnterpriseId, dataset: salesModel() }, cardQuery({ measures: ["sold"] })),
    ).rejects.toThrow();
  });
});
