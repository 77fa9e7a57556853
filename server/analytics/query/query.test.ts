import { cardQuery, datasetModel } from "../../../tests/analytics/world";
import { buildPlan } from "./build-plan";
import { duckdb } from "./dialect/dialect";
import { readModel } from "./model";
import { renderPlan } from "./render";
import { tableOf } from "./table-name";

const TODAY = "2026-11-22"; // a Sunday

const MODEL = readModel(
  datasetModel({
    source: "sales/*.parquet",
    fields: {
      day: "Date",
      at: "DateTimeTz",
      region: "String",
      shop_open: ["Boolean", "opened IS NOT NULL"],
      size: "Integer",
    },
    measures: { amount: "SUM(amount)", large: "SUM(amount) FILTER (WHERE facts.shop_open)" },
  }),
);

type Query = Parameters<typeof cardQuery>[0];
const statement = (query: Query): ReturnType<typeof renderPlan> =>
  renderPlan(buildPlan(MODEL, cardQuery(query), TODAY), duckdb);
/** The SQL without the table's hashed name and with the model's line breaks made spaces. */
const sqlOf = (query: Query): string =>
  statement(query).sql.replaceAll(tableOf("sales/*.parquet"), "t").replaceAll("\n)", ")");

describe("card query to SQL", () => {
  it("takes identifiers from the model and binds what the query brings", () => {
    const hostile = `x'; DROP TABLE t; --`;
    const { sql, values } = statement({
      measures: ["amount"],
      filters: [{ field: "region", operator: "equals", values: [hostile] }],
    });
    expect(sql).not.toContain("DROP");
    expect(values).toEqual([{ type: "text", value: hostile }]);
  });

  it("groups by unit starts, orders along time and fetches one row more", () => {
    expect(sqlOf({ dimensions: [{ field: "day", grain: "month" }], measures: ["amount"], limit: 10 })).toBe(
      `SELECT CAST(date_trunc('month', (day)) AS DATE) AS "day", (SUM(amount)) AS "amount" FROM "t" AS "facts" ` +
        `GROUP BY 1 ORDER BY "day" ASC NULLS LAST LIMIT 11`,
    );
  });

  it("orders by the first measure where there is no time, and then by the dimensions", () => {
    expect(sqlOf({ dimensions: [{ field: "region" }], measures: ["amount"] })).toMatch(
      /ORDER BY "amount" DESC NULLS LAST, "region" ASC NULLS LAST LIMIT 1001$/,
    );
  });

  it("resolves a declared field in a metric, not inside quotes", () => {
    expect(sqlOf({ measures: ["large"] })).toContain("FILTER (WHERE (opened IS NOT NULL))");
    const quoted = readModel(
      datasetModel({
        source: "a.csv",
        fields: { n: ["Integer", "n + 1"] },
        measures: { m: "count(*) FILTER (WHERE x = 'facts.n')" },
      }),
    );
    const { sql } = renderPlan(buildPlan(quoted, cardQuery({ measures: ["m"] }), TODAY), duckdb);
    expect(sql).toContain("count(*) FILTER (WHERE x = 'facts.n')");
  });

  it("cuts instants into days of the dataset's time zone", () => {
    expect(sqlOf({ dimensions: [{ field: "at", grain: "day" }], measures: ["amount"] })).toContain(
      `CAST(timezone('Asia/Shanghai', (at)) AS DATE)`,
    );
  });

  it("means whole days by every date operator", () => {
    const bounds = (operator: string, values: string[]): unknown[] =>
      statement({ measures: ["amount"], filters: [{ field: "day", operator, values }] } as Query).values.map(
        ({ value }) => value,
      );
    expect(bounds("lessThanOrEqual", ["2026-01-31"])).toEqual(["2026-02-01"]);
    expect(bounds("greaterThan", ["2026-01-31"])).toEqual(["2026-02-01"]);
    expect(bounds("inBetween", ["2026-01-01", "2026-01-31"])).toEqual(["2026-01-01", "2026-02-01"]);
    expect(bounds("equals", ["2026-01-31"])).toEqual(["2026-01-31", "2026-02-01"]);
  });

  it("restricts groups, not rows, by a filter on a measure", () => {
    expect(
      sqlOf({
        dimensions: [{ field: "region" }],
        measures: ["amount"],
        filters: [{ field: "amount", operator: "greaterThan", values: [5] }],
      }),
    ).toContain(`GROUP BY 1 HAVING ((SUM(amount)) > $1)`);
  });

  it("restricts nothing by a filter that has no value yet", () => {
    expect(
      sqlOf({ measures: ["amount"], filters: [{ field: "region", operator: "equals", values: [] }] }),
    ).not.toContain("WHERE");
  });

  it("binds an integer beyond 2^53 without losing digits", () => {
    const { values, sql } = statement({
      measures: ["amount"],
      filters: [{ field: "size", operator: "equals", values: ["90071992547409930000"] }],
    });
    expect([values[0], sql.includes("CAST($1 AS DECIMAL(38, 8))")]).toEqual([
      { type: "decimal", value: "90071992547409930000" },
      true,
    ]);
  });

  it.each<[string, Query, string]>([
    ["an unknown field", { dimensions: [{ field: "colour" }], measures: ["amount"] }, `"colour"`],
    ["an unknown measure", { measures: ["profit"] }, `"profit"`],
    ["a measure as a dimension", { dimensions: [{ field: "amount" }], measures: ["amount"] }, `"amount" is a measure`],
    ["a dimension as a measure", { measures: ["region"] }, `"region" is a dimension`],
    [
      "a field asked for twice",
      { dimensions: [{ field: "day" }, { field: "day", grain: "month" }], measures: ["amount"] },
      "twice",
    ],
    [
      "a grain on a text",
      { dimensions: [{ field: "region", grain: "day" }], measures: ["amount"] },
      `"region" is not a date`,
    ],
    ["totals by what is not grouped by", { measures: ["amount"], totals: [["region"]] }, `totals by "region"`],
    [
      "a ranking of what is not grouped by",
      { measures: ["amount"], topN: { field: "region", count: 3 } },
      `ranks "region"`,
    ],
    [
      "a calculation with a measure's name",
      { measures: ["amount"], calculations: [{ name: "amount", kind: "runningTotal", measure: "amount" }] },
      `"amount" of a calculation is taken`,
    ],
    [
      "a calculation of a measure that is not asked for",
      { measures: ["amount"], calculations: [{ name: "x", kind: "runningTotal", measure: "large" }] },
      `needs "large"`,
    ],
    ["sorting by what is not asked for", { measures: ["amount"], sort: [{ field: "region" }] }, `sorts by "region"`],
    [
      "a text filter on a number",
      { measures: ["amount"], filters: [{ field: "size", operator: "include", values: ["1"] }] },
      `"size" is not a text`,
    ],
    [
      "a text where a number belongs",
      { measures: ["amount"], filters: [{ field: "size", operator: "lessThan", values: ["ten"] }] },
      `"size" is not a number`,
    ],
    [
      "a date that is none",
      { measures: ["amount"], filters: [{ field: "day", operator: "equals", values: ["2026-02-30"] }] },
      "YYYY-MM-DD",
    ],
    [
      "a relative filter on a text",
      { measures: ["amount"], filters: [{ field: "region", operator: "inThePast", values: [1], unit: "days" }] },
      `"region" is not a date`,
    ],
    [
      "a relative filter without a unit",
      { measures: ["amount"], filters: [{ field: "day", operator: "inThePast", values: [1] }] },
      `"day" needs a unit`,
    ],
    [
      "a period of minus one day",
      { measures: ["amount"], filters: [{ field: "day", operator: "inThePast", values: [-1], unit: "days" }] },
      "whole number of days",
    ],
    [
      "one end of a range only",
      { measures: ["amount"], filters: [{ field: "size", operator: "inBetween", values: [1] }] },
      "needs 2 value(s)",
    ],
    [
      "a comparison along a text",
      { measures: ["amount"], compare: { field: "region", period: "previousYear" } },
      `"region" is not a date`,
    ],
    [
      "a comparison of one number without a period",
      { measures: ["amount"], compare: { field: "day", period: "previousPeriod" } },
      `gives "day" a beginning`,
    ],
  ])("refuses %s, naming it", (_what, query, text) => {
    expect(() => statement(query)).toThrow(
      expect.objectContaining({ code: "input_invalid", message: expect.stringContaining(text) }),
    );
  });
});

describe("the earlier period", () => {
  const earlier = (filters: object[], period: string, dimensions: object[] = []): unknown => {
    const query = { dimensions, measures: ["amount"], filters, compare: { field: "day", period } };
    const plan = buildPlan(MODEL, cardQuery(query as Query), TODAY);
    const last = plan.earlier?.where.at(-1);
    return last?.kind === "days" ? last.ranges[0] : undefined;
  };
  const filter = (operator: string, values: unknown[], rest: object = {}): object => ({
    field: "day",
    operator,
    values,
    ...rest,
  });

  it.each<[string, object[], string, string, string]>([
    [
      "30 days: the 30 before",
      [filter("inThePast", [30], { unit: "days" })],
      "previousPeriod",
      "2026-09-24",
      "2026-10-24",
    ],
    [
      "month to date: the same days of the month before",
      [filter("inPeriodToDate", [], { unit: "months" })],
      "previousPeriod",
      "2026-10-01",
      "2026-10-23",
    ],
    [
      "year to date: the same part of last year",
      [filter("inPeriodToDate", [], { unit: "years" })],
      "previousPeriod",
      "2025-01-01",
      "2025-11-23",
    ],
    [
      "three completed months: the three before",
      [filter("inThePast", [3], { unit: "months", completed: true })],
      "previousPeriod",
      "2026-05-01",
      "2026-08-01",
    ],
    [
      "a whole month by dates: the whole month before",
      [filter("inBetween", ["2026-03-01", "2026-03-31"])],
      "previousPeriod",
      "2026-02-01",
      "2026-03-01",
    ],
    [
      "ten days by dates: the ten before",
      [filter("inBetween", ["2026-03-11", "2026-03-20"])],
      "previousPeriod",
      "2026-03-01",
      "2026-03-11",
    ],
    [
      "open end: to today",
      [filter("greaterThanOrEqual", ["2026-11-13"])],
      "previousPeriod",
      "2026-11-03",
      "2026-11-13",
    ],
    [
      "two filters: what both leave",
      [filter("greaterThanOrEqual", ["2026-11-01"]), filter("lessThan", ["2026-11-11"])],
      "previousPeriod",
      "2026-10-22",
      "2026-11-01",
    ],
    [
      "30 days, a year earlier",
      [filter("inThePast", [30], { unit: "days" })],
      "previousYear",
      "2025-10-24",
      "2025-11-23",
    ],
    [
      "a leap February, a year earlier",
      [filter("inBetween", ["2024-02-01", "2024-02-29"])],
      "previousYear",
      "2023-02-01",
      "2023-03-01",
    ],
  ])("%s", (_what, filters, period, from, to) => expect(earlier(filters, period)).toEqual({ from, to }));

  it("lies 52 weeks back on a weekly axis, so that Mondays meet Mondays", () => {
    const weeks = [filter("inThePast", [2], { unit: "weeks", completed: true })];
    expect(earlier(weeks, "previousYear", [{ field: "day", grain: "week" }])).toEqual({
      from: "2025-11-03",
      to: "2025-11-17",
    });
  });
});
