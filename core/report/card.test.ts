import type { ReportPage } from "../contract/report/report";
import { answer, dimension, earlier, element, measure } from "./card.testing";
import { changeOf, kpiView } from "./kpi";
import { phoneChartHeight, phoneLayout } from "./layout/layout";
import { nextSort, rowOrder, tableView } from "./table/table";
import type { TableSort } from "./table/look";
import { textWidth } from "./text-width";

describe("a KPI card", () => {
  const revenue = measure("revenue", { direction: "up_good" });
  const view = (now: number | null, before: number | null) =>
    kpiView(answer([revenue, earlier("revenue")], [[now, before]]), undefined, "zh-CN");

  it("shows a value with its change against the earlier period", () => {
    expect(view(110, 100).main).toEqual({
      name: "revenue",
      label: "revenue",
      value: "110",
      change: { text: "10.0%", direction: "up", tone: "good" },
      previous: "100",
    });
  });

  it.each([
    ["nothing measured now", null, 100, "–", "100"],
    ["nothing measured before", 100, null, "100", "–"],
    ["an earlier zero, of which there is no percentage", 100, 0, "100", "0"],
  ])("shows no change with %s", (_case, now, before, value, previous) => {
    expect(view(now, before).main).toMatchObject({ value, previous, change: null });
  });

  it.each([
    ["more where more is good", 12, 10, "up_good", "up", "good"],
    ["less where more is good", 8, 10, "up_good", "down", "bad"],
    ["more where less is good", 12, 10, "down_good", "up", "bad"],
    ["less where less is good", 8, 10, "down_good", "down", "good"],
    ["more where neither is", 12, 10, "neutral", "up", "neutral"],
    ["a small change", 10.0001, 10, "up_good", "up", "good"],
    ["more of a negative number", -5, -10, "up_good", "up", "good"],
  ] as const)("colours %s", (_case, now, before, direction, arrow, tone) => {
    const change = changeOf(now, before, measure("m", { direction }), "en-US");
    expect(change).toMatchObject({ direction: arrow, tone });
  });

  it("compares percentages in points", () => {
    const margin = measure("margin", { format: { kind: "percent" } });
    expect(changeOf(0.235, 0.229, margin, "zh-CN")?.text).toBe("0.6个百分点");
    expect(changeOf(0.235, 0.229, margin, "en-US")?.text).toBe("0.6 pp");
  });

  it("takes the small line's points from the trend and leaves gaps", () => {
    const trend = answer(
      [dimension("day", { type: "date" }), revenue],
      [
        ["2026-01-01", 1],
        ["2026-01-02", null],
      ],
    );
    expect(kpiView(answer([revenue], [[3]]), trend, "zh-CN").spark).toEqual([1, null]);
  });

  it("shows further measures beside the first", () => {
    const { main, others } = kpiView(answer([revenue, measure("orders")], [[3, 4]]), undefined, "en-US");
    expect([main.value, ...others.map(({ value }) => value)]).toEqual(["3", "4"]);
    expect(main.previous).toBeNull();
  });

  it("shows nothing measured where the answer has no rows", () => {
    expect(kpiView(answer([revenue], []), undefined, "zh-CN").main.value).toBe("–");
  });
});

describe("a table card", () => {
  const data = answer(
    [dimension("store"), measure("revenue"), measure("big")],
    [
      ["b", 20, "9007199254740993"],
      ["a", null, "5"],
      ["c", 30, "10"],
    ],
  );
  const look = { language: "zh-CN" as const, sort: null, limit: 100 };
  const stores = (order: number[]) => order.map((row) => data.values[0]?.[row]);

  it.each([
    ["as they came without a sort", null, ["b", "a", "c"]],
    ["by text", { field: "store", descending: false }, ["a", "b", "c"]],
    ["by number, the largest first", { field: "revenue", descending: true }, ["c", "b", "a"]],
    ["by number, what was not measured last all the same", { field: "revenue", descending: false }, ["b", "c", "a"]],
    ["by the size of integers beyond 2^53", { field: "big", descending: true }, ["b", "c", "a"]],
    ["as they came where the field is unknown", { field: "gone", descending: true }, ["b", "a", "c"]],
  ])("orders rows %s", (_rule, sort, expected) => {
    expect(stores(rowOrder(data, sort))).toEqual(expected);
  });

  it("sorts numbers downwards first, texts upwards first, and lets be at the third tap", () => {
    const next = (current: TableSort | null, field = "revenue") => nextSort(current, field, data.columns);
    const first = next(null);
    const second = next(first);
    expect([first, second, next(second)]).toEqual([
      { field: "revenue", descending: true },
      { field: "revenue", descending: false },
      null,
    ]);
    expect(next(first, "store")).toEqual({ field: "store", descending: false });
    expect(next(first, 'revenue@["east"]')).toEqual({ field: 'revenue@["east"]', descending: true });
  });

  it("aligns numbers right, freezes the first column and marks the sorted one", () => {
    const { columns } = tableView(element("table"), data, { ...look, sort: { field: "revenue", descending: true } });
    expect(columns.map(({ align, left, sort }) => [align, left, sort])).toEqual([
      ["left", 0, "none"],
      ["right", null, "descending"],
      ["right", null, "none"],
    ]);
  });

  it("shows the chosen columns in their order, with bars against the largest", () => {
    const columns = [{ field: "revenue", bar: true, width: 99 }, { field: "store" }, { field: "gone" }];
    const table = tableView(element("table", { visual: { columns, frozen: 2 } }), data, look);
    expect(table.columns.map(({ field, left }) => [field, left])).toEqual([
      ["revenue", 0],
      ["store", 99],
    ]);
    expect(table.rows.map(({ cells }) => cells[0])).toEqual([
      { text: "20", bar: 66.7 },
      { text: "–", bar: null },
      { text: "30", bar: 100 },
    ]);
  });

  it("shows at most so many rows and says how many there are", () => {
    const table = tableView(element("table"), data, { ...look, limit: 2 });
    expect([table.rows.length, table.rowCount]).toEqual([2, 3]);
  });

  it("makes columns as wide as their texts, within bounds", () => {
    const wide = answer([dimension("x"), dimension("y")], [["一".repeat(40), "短"]]);
    expect(tableView(element("table"), wide, look).columns.map(({ width }) => width)).toEqual([180, 64]);
  });
});

describe("the phone's layout", () => {
  const elements = {
    a: element("kpi"),
    b: element("kpi"),
    c: element("kpi"),
    chart: element("cartesian"),
    note: element("text"),
  };
  const place = (id: string, x: number, y: number) => ({ element: id, x, y, w: 9, h: 4 });
  const page = (mobile: Partial<ReportPage["mobile"]>, layout: ReportPage["layout"]): ReportPage => ({
    id: "main",
    title: "",
    layout,
    mobile: { mode: "auto", ...mobile },
  });
  const grid = [place("note", 0, 9), place("chart", 0, 4), place("b", 9, 0), place("a", 0, 0), place("c", 18, 0)];

  it.each<[string, Partial<ReportPage["mobile"]>, string[]]>([
    ["reads left to right, top to bottom, two KPI cards a row", {}, ["a+b", "c", "chart", "note"]],
    ["gives each KPI card a row of its own where the page says so", { kpis: 1 }, ["a", "b", "c", "chart", "note"]],
    ["leaves hidden elements out", { hidden: ["b", "note"] }, ["a+c", "chart"]],
    ["puts the named elements first", { mode: "manual", order: ["chart", "c"] }, ["chart", "c+a", "b", "note"]],
    [
      "ignores names that are not on the page",
      { mode: "manual", order: ["gone", "note"] },
      ["note", "a+b", "c", "chart"],
    ],
    [
      "shows all in reading order where nobody arranged it",
      { mode: "none", hidden: ["a"] },
      ["a+b", "c", "chart", "note"],
    ],
  ])("%s", (_rule, mobile, expected) => {
    const rows = phoneLayout(page(mobile, grid), elements);
    expect(rows.map((row) => (row.kind === "kpis" ? row.elements.join("+") : row.element))).toEqual(expected);
  });

  it("skips an element that the report does not have", () => {
    expect(phoneLayout(page({}, [place("gone", 0, 0)]), elements)).toEqual([]);
  });

  it("gives a chart the page's aspect, a ranking room for its bars, and others a share of the width", () => {
    const rows = answer(
      [dimension("store"), measure("m")],
      [
        ["a", 1],
        ["b", 2],
        ["c", 3],
        ["d", 4],
      ],
    );
    const ranking = element("cartesian", { visual: { series: [], horizontal: true } });
    const aspect = page({ aspect: { x: 0.5 } }, []);
    expect(phoneChartHeight(aspect, "x", ranking, rows, 320)).toBe(160);
    expect(phoneChartHeight(page({}, []), "x", ranking, rows, 320)).toBe(4 * 34 + 20);
    expect(phoneChartHeight(page({}, []), "x", element("cartesian"), rows, 300)).toBe(204);
    expect(phoneChartHeight(page({}, []), "x", element("pie"), rows, 300)).toBe(168);
  });
});

describe("the width of text", () => {
  it("is a full em for Chinese and what the letters take for Latin", () => {
    expect(textWidth("报表", 12)).toBe(24);
    expect(textWidth("W", 10)).toBeGreaterThan(textWidth("i", 10));
    expect(textWidth("1,234.5", 10)).toBeCloseTo(textWidth("1,234", 10) + textWidth(".5", 10));
    expect(textWidth("", 10)).toBe(0);
  });
});
