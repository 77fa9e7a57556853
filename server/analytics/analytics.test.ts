import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EnterpriseId } from "../../core/contract/id";
import type { CardQuery } from "../../core/contract/report/query";
import type { Analytics } from "./analytics";
import { AnalyticsWorld, cardQuery, datasetModel, rowsOf, SALES_CSV, salesModel } from "../../tests/analytics/world";

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

describe("an answer", () => {
  it("names its columns as the model does and leaves unmeasured values null", async () => {
    const dataset = datasetModel({
      source: "sales.csv",
      fields: { day: "Date", shop: "String" },
      measures: { amount: "SUM(amount)" },
      settings: { measures: { amount: { label: "销售额", format: { kind: "number" }, direction: "up_good" } } },
    });
    const query = cardQuery({ dimensions: [{ field: "day", grain: "day" }], measures: ["amount"], limit: 2 });
    const data = await analytics.run({ enterpriseId, dataset }, query);
    expect(data).toEqual({
      columns: [
        { name: "day", label: "day", role: "dimension", type: "date", grain: "day" },
        {
          name: "amount",
          label: "销售额",
          role: "measure",
          type: "number",
          format: { kind: "number" },
          direction: "up_good",
        },
      ],
      values: [
        ["2026-10-01", "2026-10-02"],
        [4, null],
      ],
      rowCount: 2,
      truncated: true,
    });
  });

  it("keeps every digit of integers and decimals beyond 2^53", async () => {
    expect(await one("SUM(9007199254740993)")).toBe("36028797018963972");
    expect(await one("MAX(1234567890123456.78::DECIMAL(20, 2))")).toBe("1234567890123456.78");
    expect(await one("MAX(12.50::DECIMAL(20, 2))")).toBe(12.5);
  });

  it("holds null where a division has no result", async () => {
    expect(await one("SUM(amount) / 0")).toBeNull();
    expect(await one("0.0 / 0")).toBeNull();
  });

  it("sets each unit beside the one at the same place of the period before", async () => {
    const query = cardQuery({
      dimensions: [{ field: "day", grain: "day" }],
      measures: ["amount"],
      filters: [{ field: "day", operator: "inBetween", values: ["2026-11-01", "2026-11-30"] }],
      compare: { field: "day", period: "previousPeriod" },
    });
    expect(rowsOf(await analytics.run({ enterpriseId, dataset: salesModel() }, query))).toEqual([
      ["2026-11-01", 10, 4],
      ["2026-11-02", 20, null],
    ]);
  });

  it("compares one number, and each group, with the earlier period", async () => {
    const filters = [{ field: "day", operator: "inBetween" as const, values: ["2026-11-01", "2026-11-30"] }];
    const compare = { field: "day", period: "previousPeriod" as const };
    const kpi = await analytics.run(
      { enterpriseId, dataset: salesModel() },
      cardQuery({ measures: ["amount"], filters, compare }),
    );
    expect([kpi.columns.map(({ name, role }) => [name, role]), rowsOf(kpi)]).toEqual([
      [
        ["amount", "measure"],
        ["amount:previous", "comparison"],
      ],
      [[30, 4]],
    ]);
    const shops = cardQuery({
      dimensions: [{ field: "shop" }],
      measures: ["sold"],
      filters,
      compare,
      sort: [{ field: "shop" }],
    });
    expect(rowsOf(await analytics.run({ enterpriseId, dataset: salesModel() }, shops))).toEqual([
      ["East", 1, 2],
      ["West", 1, null],
    ]);
  });

  it("orders texts as people expect them where they decide, unless rows are cut off", async () => {
    const rows = ["10月", "11月", "1月", "2月", "上海", "北京", ""].map((name) => `${name},1`).join("\n");
    await world.writeFile(enterpriseId, "names.csv", `name,amount\n${rows}\n`);
    const dataset = datasetModel({
      source: "names.csv",
      fields: { name: "String" },
      measures: { amount: "SUM(amount)" },
    });
    const ask = async (descending: boolean, limit = 100): Promise<unknown> => {
      const sort = [{ field: "name", descending }];
      const query = cardQuery({ dimensions: [{ field: "name" }], measures: ["amount"], sort, limit });
      return (await analytics.run({ enterpriseId, dataset }, query)).values[0];
    };
    expect(await ask(false)).toEqual(["1月", "2月", "10月", "11月", "北京", "上海", null]);
    expect(await ask(true)).toEqual(["上海", "北京", "11月", "10月", "2月", "1月", null]);
    expect(await ask(false, 3)).toEqual(["10月", "11月", "1月"]);
  });

  it("looks back from the data's last day where the model says so, not from today", async () => {
    const ask = async (asOf: string): Promise<unknown> => {
      const dataset = datasetModel({
        source: "sales.csv",
        fields: { day: "Date" },
        measures: { amount: "SUM(amount)" },
        settings: { asOf },
      });
      const filters = [{ field: "day", operator: "inThePast" as const, values: [2], unit: "days" as const }];
      const late = world.analytics({ clock: () => new Date("2031-05-05T00:00:00Z") });
      return rowsOf(await late.run({ enterpriseId, dataset }, cardQuery({ measures: ["amount"], filters })))[0]?.[0];
    };
    expect([await ask("latest"), await ask("now")]).toEqual([30, null]);
  });

  it("takes no plan and no 9999-12-31 for today, in the model's time zone, and still finds their rows", async () => {
    await world.writeFile(
      enterpriseId,
      "plans.csv",
      "day,amount\n2026-11-20,1\n2026-11-22,2\n2026-11-23,4\n2027-03-01,8\n9999-12-31,16\n",
    );
    const ask = async (timeZone: string, filter: object): Promise<unknown> => {
      const dataset = datasetModel({
        source: "plans.csv",
        fields: { day: "Date" },
        measures: { amount: "SUM(amount)" },
        settings: { asOf: "latest", timeZone },
      });
      const late = world.analytics({ clock: () => new Date("2026-11-22T18:00:00Z") });
      const filters = [{ field: "day", ...filter } as CardQuery["filters"][number]];
      return rowsOf(await late.run({ enterpriseId, dataset }, cardQuery({ measures: ["amount"], filters })))[0]?.[0];
    };
    const past = { operator: "inThePast", values: [2], unit: "days" };
    expect([await ask("UTC", past), await ask("Asia/Shanghai", past)]).toEqual([2, 6]);
    const never = ["equals", "lessThanOrEqual", "greaterThan"].map((operator) =>
      ask("UTC", { operator, values: ["9999-12-31"] }),
    );
    expect(await Promise.all(never)).toEqual([16, 31, null]);
  });
});

describe("a query that takes too long", () => {
  /** DuckDB cannot interrupt this one: it ended minutes after it was told to. */
  const STUBBORN = "length(repeat('x', 4000000000))";

  it("is killed where interrupting does not end it, while others are answered", async () => {
    const engine = world.analytics({ queryTimeoutMs: 2_000, graceMs: 100, concurrency: 2 });
    await engine.prepare({ enterpriseId, dataset: salesModel() });
    await engine.ready();
    const stuck = engine.run(
      { enterpriseId, dataset: salesModel({ stubborn: STUBBORN }) },
      cardQuery({ measures: ["stubborn"] }),
    );
    const ended = stuck.catch((error: unknown) => error);
    const quick = (): Promise<unknown> =>
      engine.run({ enterpriseId, dataset: salesModel() }, cardQuery({ measures: ["sold"] })).then(rowsOf);
    expect(await quick()).toEqual([[4]]);
    expect(await ended).toMatchObject({ code: "query_timeout" });
    // Before the kill, across it and after it: whoever asks gets an answer.
    while (!world.logged.includes("A statement ignored its interruption")) expect(await quick()).toEqual([[4]]);
    expect(await quick()).toEqual([[4]]);
  });

  it("ends at once when nobody waits for it any more, and makes room for the next", async () => {
    const engine = world.analytics({ concurrency: 1, graceMs: 100 });
    await engine.prepare({ enterpriseId, dataset: salesModel() });
    const leaving = new AbortController();
    const left = engine.run(
      { enterpriseId, dataset: salesModel({ stubborn: STUBBORN }) },
      cardQuery({ measures: ["stubborn"] }),
      { signal: leaving.signal },
    );
    const next = engine.run({ enterpriseId, dataset: salesModel() }, cardQuery({ measures: ["sold"] }));
    leaving.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    expect(rowsOf(await next)).toEqual([[4]]);
  });
});

describe("changed files", () => {
  const total = async (engine: Analytics, id: EnterpriseId): Promise<unknown> =>
    rowsOf(await engine.run({ enterpriseId: id, dataset: salesModel() }, cardQuery({ measures: ["amount"] })))[0]?.[0];

  it("are in the next answer", async () => {
    const id = world.enterprise();
    await world.writeFile(id, "sales.csv", SALES_CSV);
    expect(await total(analytics, id)).toBe(34);
    await world.writeFile(id, "sales.csv", `${SALES_CSV}2026-11-03,North,100\n`);
    expect(await total(analytics, id)).toBe(134);
  });

  it("that cannot be read leave the database before in use", async () => {
    const id = world.enterprise();
    const dataset = structuredClone(salesModel());
    dataset.semantic_model.datasets[0]!.source = "*.parquet";
    await world.writeParquet(id, "a.parquet", "SELECT DATE '2026-01-01' AS day, 'x' AS shop, 5 AS amount");
    const ask = async (): Promise<unknown> =>
      rowsOf(await analytics.run({ enterpriseId: id, dataset }, cardQuery({ measures: ["amount"] })))[0]?.[0];
    expect(await ask()).toBe(5);
    await world.writeFile(id, "b.parquet", "half a file");
    await expect(analytics.prepare({ enterpriseId: id, dataset })).rejects.toMatchObject({ code: "query_failed" });
    expect(await ask()).toBe(5);
  });

  it("that are missing are said to be missing", async () => {
    await expect(total(analytics, world.enterprise())).rejects.toMatchObject({
      code: "query_failed",
      message: expect.stringContaining("sales.csv"),
    });
  });

  it("of two sources live in one database, and each is read again only when it changed", async () => {
    const id = world.enterprise();
    await world.writeFile(id, "sales.csv", SALES_CSV);
    await world.writeFile(id, "other.csv", "day,shop,amount\n2026-11-01,East,7\n");
    const other = structuredClone(salesModel());
    other.semantic_model.datasets[0]!.source = "other.csv";
    expect(await total(analytics, id)).toBe(34);
    expect(
      rowsOf(await analytics.run({ enterpriseId: id, dataset: other }, cardQuery({ measures: ["amount"] }))),
    ).toEqual([[7]]);
    expect(await total(analytics, id)).toBe(34);
  });
});

describe("several processes over one folder", () => {
  it("build a database once", async () => {
    const id = world.enterprise();
    await world.writeFile(id, "sales.csv", SALES_CSV);
    const before = world.logged.filter((line) => line === "A database was built").length;
    const engines = [world.analytics(), world.analytics(), world.analytics()];
    const totals = engines.map(async (engine) =>
      rowsOf(await engine.run({ enterpriseId: id, dataset: salesModel() }, cardQuery({ measures: ["amount"] }))),
    );
    expect(await Promise.all(totals)).toEqual([[[34]], [[34]], [[34]]]);
    expect(world.logged.filter((line) => line === "A database was built").length - before).toBe(1);
  });

  it("do not wait for the lock of a process that is gone, and clear away what it left", async () => {
    const id = world.enterprise();
    await world.writeFile(id, "sales.csv", SALES_CSV);
    const folder = join(world.dir, "analytics", id);
    await mkdir(folder, { recursive: true });
    // This process's number, but another start: the number was given out again.
    await writeFile(join(folder, "lock"), `${process.pid} 1 somebody-else`);
    await writeFile(join(folder, "data-half-built.duckdb"), "half");
    await analytics.prepare({ enterpriseId: id, dataset: salesModel() });
    const names = await readdir(folder);
    expect(names.filter((name) => name === "lock" || name.includes("half-built"))).toEqual([]);
    expect(JSON.parse(await readFile(join(folder, "current.json"), "utf8"))).toMatchObject({
      sources: { "sales.csv": expect.any(String) },
    });
  });
});
