import type { EnterpriseId } from "../../core/contract/id";
import type { Analytics } from "./analytics";
import { AnalyticsWorld, cardQuery, rowsOf, SALES_CSV, salesModel } from "../../tests/analytics/world";

jest.setTimeout(60_000);

let world: AnalyticsWorld;
let enterpriseId: EnterpriseId;
let analytics: Analytics;

beforeAll(async () => {
  world = await AnalyticsWorld.create();
  enterpriseId = world.enterprise();
  await world.writeFile(enterpriseId, "sales.csv", SALES_CSV);
  analytics = world.analytics();
});
afterAll(() => world.close());

describe("an answer with more than its rows", () => {
  it("holds totals that the engine computed from the rows, of the groups that measures' filters leave", async () => {
    const dataset = salesModel({ average: "AVG(amount)", shops: ["COUNT(DISTINCT shop)", "Integer"] });
    const query = cardQuery({
      dimensions: [{ field: "day", grain: "month" }, { field: "shop" }],
      measures: ["average", "shops"],
      filters: [{ field: "amount", operator: "greaterThan", values: [4] }],
      totals: [[], ["day"], ["shop"]],
      limit: 1,
    });
    const { columns, rowCount, truncated, totals } = await analytics.run({ enterpriseId, dataset }, query);
    expect([columns.length, rowCount, truncated]).toEqual([4, 1, true]);
    expect(totals).toEqual([
      { by: [], values: [[null], [null], [15], [2]] },
      { by: ["day"], values: [["2026-11-01"], [null], [15], [2]] },
      {
        by: ["shop"],
        values: [
          [null, null],
          ["East", "West"],
          [10, 20],
          [1, 1],
        ],
      },
    ]);
    const everything = cardQuery({ ...query, filters: [] });
    expect((await analytics.run({ enterpriseId, dataset }, everything)).totals?.[0]?.values[2]?.[0]).toBeCloseTo(
      34 / 3,
    );
  });

  it("compares totals with the earlier period's", async () => {
    const query = cardQuery({
      dimensions: [{ field: "day", grain: "day" }],
      measures: ["amount"],
      filters: [{ field: "day", operator: "inBetween", values: ["2026-11-01", "2026-11-30"] }],
      compare: { field: "day", period: "previousPeriod" },
      totals: [[]],
    });
    const data = await analytics.run({ enterpriseId, dataset: salesModel() }, query);
    expect(data.totals).toEqual([{ by: [], values: [[null], [30], [4]] }]);
    const days = await analytics.run({ enterpriseId, dataset: salesModel() }, { ...query, filters: [] });
    expect(days.totals).toEqual([{ by: [], values: [[null], [34], [null]] }]);
  });

  it("ranks values by all rows, and computes the others from their rows", async () => {
    const dataset = salesModel({ average: "AVG(amount)" });
    const query = cardQuery({
      dimensions: [{ field: "day", grain: "month" }, { field: "shop" }],
      measures: ["average", "amount"],
      topN: { field: "shop", count: 1, measure: "amount" },
      calculations: [
        { name: "sum_so_far", kind: "runningTotal", measure: "amount" },
        { name: "share", kind: "shareOfTotal", measure: "amount" },
        { name: "share_of_month", kind: "shareOfTotal", measure: "amount", by: ["day"] },
      ],
      totals: [["shop"]],
    });
    const data = await analytics.run({ enterpriseId, dataset }, query);
    expect(rowsOf(data)).toEqual([
      ["2026-10-01", null, 4, 4, 4, 4 / 34, 1],
      ["2026-11-01", "West", 20, 20, 20, 20 / 34, 20 / 30],
      ["2026-11-01", null, 10, 10, 14, 10 / 34, 10 / 30],
    ]);
    expect([data.others, data.columns.at(-1)?.format?.kind]).toEqual([[0, 2], "percent"]);
    expect(data.totals).toEqual([
      {
        by: ["shop"],
        values: [
          [null, null],
          ["West", null],
          [20, 7],
          [20, 14],
          [null, null],
          [20 / 34, 14 / 34],
          [null, null],
        ],
        others: [1],
      },
    ]);
    const { others: _, ...alone } = await analytics.run(
      { enterpriseId, dataset },
      { ...query, topN: { field: "shop", count: 1, measure: "amount", others: false }, totals: [[]] },
    );
    expect([rowsOf(alone), alone.totals?.[0]?.values[3]]).toEqual([[["2026-11-01", "West", 20, 20, 20, 1, 1]], [20]]);
  });

  it("ranks what a filter on a measure leaves: the first are never dropped afterwards", async () => {
    const query = cardQuery({
      dimensions: [{ field: "shop" }],
      measures: ["amount"],
      filters: [{ field: "amount", operator: "lessThan", values: [20] }],
      topN: { field: "shop", count: 1 },
      totals: [[]],
    });
    const data = await analytics.run({ enterpriseId, dataset: salesModel() }, query);
    expect([rowsOf(data), data.totals?.[0]?.values[1]]).toEqual([[["East", 14]], [14]]);
  });

  it("adds up running totals digit by digit", async () => {
    const query = cardQuery({
      dimensions: [{ field: "day", grain: "day" }],
      measures: ["large", "fine"],
      calculations: [
        { name: "large_sum", kind: "runningTotal", measure: "large" },
        { name: "fine_sum", kind: "runningTotal", measure: "fine" },
      ],
    });
    const dataset = salesModel({ large: "SUM(9007199254740993)", fine: "MAX(0.1::DECIMAL(10, 1))" });
    const { values } = await analytics.run({ enterpriseId, dataset }, query);
    expect(values[3]).toEqual(["9007199254740993", "18014398509481986", "27021597764222979", "36028797018963972"]);
    expect(values[4]).toEqual([0.1, 0.2, 0.3, 0.4]);
  });
});
