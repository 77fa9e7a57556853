import fc from "fast-check";
import { DatasetName } from "../../contract/id";
import { ReportSpec } from "../../contract/report/report";
import type { DatasetFacts, Template } from "./facts";
import { proposeReport } from "./proposal";

const retail: DatasetFacts = {
  name: DatasetName.parse("retail"),
  label: "零售",
  dimensions: [
    { name: "store", label: "门店", type: "string", distinct: 40 },
    { name: "day", label: "日期", type: "date" },
    { name: "channel", label: "渠道", type: "string", distinct: 3 },
  ],
  measures: [
    { name: "cost", label: "成本" },
    { name: "sales", label: "销售额" },
  ],
};

const TEMPLATES: (Template | undefined)[] = [undefined, "sales", "operations", "finance", "hr", "project", "blank"];

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/);
const facts: fc.Arbitrary<DatasetFacts> = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 0, maxLength: 12 }),
    label: fc.string({ minLength: 1, maxLength: 100 }),
    types: fc.infiniteStream(fc.constantFrom("string", "number", "date", "boolean", "measure")),
    distinct: fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: undefined }),
  })
  .map(({ names, label, types, distinct }) => {
    const typed = names.map((one) => ({ name: one, label, type: types.next().value as "string" | "measure" }));
    return {
      name: DatasetName.parse("sample"),
      label,
      measures: typed.filter(({ type }) => type === "measure").map(({ type: _type, ...measure }) => measure),
      dimensions: typed.flatMap(({ type, ...field }) =>
        type === "measure" ? [] : [{ ...field, type, ...(distinct === undefined ? {} : { distinct }) }],
      ),
    };
  });

describe("a proposed report", () => {
  it("has numbers with their change, a trend, shares, a ranking, a table and a date filter", () => {
    const spec = proposeReport(retail, "zh-CN");
    expect(Object.values(spec.elements).map(({ type, title }) => [type, title])).toEqual([
      ["kpi", "近30天成本"],
      ["kpi", "近30天销售额"],
      ["cartesian", "成本趋势"],
      ["pie", "成本的渠道构成"],
      ["cartesian", "门店成本排行"],
      ["table", "明细"],
    ]);
    expect(spec.filters.map(({ label }) => label)).toEqual(["日期范围", "渠道"]);
  });

  it("begins with what the template's trade looks at first", () => {
    expect(proposeReport(retail, "zh-CN", "sales").elements["kpi_1"]?.title).toBe("近30天销售额");
    expect(proposeReport(retail, "en-US", "finance").title).toBe("零售 · Finance");
  });

  it("does without dates", () => {
    const undated = { ...retail, dimensions: retail.dimensions.filter(({ type }) => type !== "date") };
    const spec = proposeReport(undated, "en-US", "sales");
    expect(Object.keys(spec.elements)).toEqual(["kpi_1", "kpi_2", "share", "ranking", "detail"]);
    expect(JSON.stringify(spec)).not.toMatch(/compare|inThePast/);
  });

  it("is valid, asks only for fields that there are, and leaves no gap and no overlap in a row, of any dataset", () => {
    fc.assert(
      fc.property(
        facts,
        fc.constantFrom(...TEMPLATES),
        fc.constantFrom("zh-CN", "en-US"),
        (dataset, template, language) => {
          const spec = proposeReport(dataset, language, template);
          expect(ReportSpec.safeParse(spec).error).toBeUndefined();
          const dimensions = dataset.dimensions.map((one) => one.name);
          const measures = dataset.measures.map((one) => one.name);
          for (const element of Object.values(spec.elements)) {
            if (!("query" in element)) continue;
            expect(measures).toEqual(expect.arrayContaining(element.query.measures));
            expect(dimensions).toEqual(expect.arrayContaining(element.query.dimensions.map(({ field }) => field)));
          }
          const { layout } = spec.pages[0] ?? { layout: [] };
          for (const y of new Set(layout.map((item) => item.y))) {
            const row = layout.filter((item) => item.y === y);
            expect(row.reduce((sum, { w }) => sum + w, 0)).toBe(36);
          }
        },
      ),
    );
  });
});
