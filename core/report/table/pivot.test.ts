import { ReportSpec } from "../../contract/report/report";
import type { CardData } from "../../contract/report/query";
import { answer, dimension, element, measure } from "../card.testing";
import { effectOf, NO_QUESTION } from "../question/question";
import { nextSort, tableView, tableWindow } from "./table";
import type { TableElement, TableSort } from "./look";

const look = { language: "en-US" as const, sort: null as TableSort | null, limit: 100 };
const COLUMNS = [dimension("region"), dimension("city"), dimension("channel"), measure("sales"), measure("average")];

/** Totals that are no sums of their parts: a client that adds up is found out. */
const data: CardData = {
  ...answer(COLUMNS, [
    ["west", "chengdu", "web", 5, 50],
    ["east", "hangzhou", "store", 10, 1],
    ["east", "hangzhou", "web", 20, 2],
    ["east", "suzhou", "store", 30, 3],
  ]),
  totals: [
    { by: [], values: [[null], [null], [null], [1000], [7.5]] },
    total(["channel"], ["store", 41, 0.1], ["web", 27, 0.2]),
    total(["region"], ["west", 6, 5], ["east", 61, 6]),
    total(["region", "channel"], ["west", "web", 7, 8], ["east", "store", 43, 9], ["east", "web", 21, 11]),
    total(["region", "city"], ["west", "chengdu", 9, 12], ["east", "hangzhou", 31, 13], ["east", "suzhou", 32, 14]),
  ],
};

function total(by: string[], ...rows: (string | number)[][]): NonNullable<CardData["totals"]>[number] {
  const at = (name: string, index: number) => {
    const place = by.indexOf(name);
    return place >= 0 ? place : name === "sales" || name === "average" ? by.length + index : -1;
  };
  const values = COLUMNS.map(({ name }) => {
    const place = at(name, name === "average" ? 1 : 0);
    return rows.map((row) => (place < 0 ? null : (row[place] ?? null)));
  });
  return { by, values };
}

const query = (changes: object = {}) => ({
  dataset: "retail",
  dimensions: [{ field: "region" }, { field: "city" }, { field: "channel" }],
  measures: ["sales", "average"],
  filters: [],
  sort: [{ field: "sales", descending: true }],
  limit: 1_000,
  ...changes,
});
const pivot = (visual: object = {}): TableElement =>
  element("table", {
    query: query(),
    visual: { frozen: 2, totals: true, pivot: { columns: ["channel"], subtotals: true }, ...visual },
  });
const texts = (table: TableElement, sort: TableSort | null = null) => {
  const { rows, total: sum } = tableView(table, data, { ...look, sort });
  return [...rows, ...(sum ? [sum] : [])].map(({ cells }) => cells.map(({ text }) => text).join(" "));
};

describe("a pivot", () => {
  it("puts members down and across, and every subtotal and total is the engine's own", () => {
    expect(texts(pivot())).toEqual([
      "east suzhou 30 3 – – 32 14",
      "east hangzhou 10 1 20 2 31 13",
      "east Subtotal 43 9 21 11 61 6",
      "west chengdu – – 5 50 9 12",
      "Total  41 0.1 27 0.2 1,000 7.5",
    ]);
  });

  it("heads its columns with the members above the measures", () => {
    const { columns } = tableWindow(pivot(), data, look);
    expect(columns.map(({ above, label }) => [...above, label].join("/"))).toEqual([
      "/region",
      "/city",
      "store/sales",
      "store/average",
      "web/sales",
      "web/average",
      "Total/sales",
      "Total/average",
    ]);
    expect(columns.map(({ left }) => left !== null).slice(0, 3)).toEqual([true, true, false]);
  });

  it("says both in one line on the phone", () => {
    const { columns } = tableView(pivot(), data, look);
    expect(columns[2]?.label).toBe("store · sales");
    expect(columns[0]?.label).toBe("region");
  });

  it("shows no totals that were not asked for", () => {
    expect(texts(pivot({ totals: false, pivot: { columns: ["channel"], subtotals: false } }))).toEqual([
      "east suzhou 30 3 – –",
      "east hangzhou 10 1 20 2",
      "west chengdu – – 5 50",
    ]);
  });

  it("sorts groups by what they come to, and members inside their group", () => {
    const { columns } = tableWindow(pivot(), data, look);
    const field = columns[4]?.field ?? ""; // sales on the web: 20 in hangzhou, nothing in suzhou
    const sort = nextSort(null, field, data.columns);
    expect(sort).toEqual({ field, descending: true });
    expect(texts(pivot(), sort).map((row) => row.split(" ")[1])).toEqual([
      "hangzhou",
      "suzhou",
      "Subtotal",
      "chengdu",
      "",
    ]);
    expect(texts(pivot(), { field: "region", descending: true })[0]).toContain("west");
  });

  it("knows which row of the answer a row stands for, so that a tap means its value; totals stand for none", () => {
    const { rows } = tableView(pivot(), data, look);
    expect(rows.map(({ kind, row }) => [kind, row])).toEqual([
      ["row", 3],
      ["row", 1],
      ["subtotal", -1],
      ["row", 0],
    ]);
    expect(rows.map(({ cells }) => cells[0]?.repeated ?? false)).toEqual([false, true, true, false]);
  });
});

describe("a table's totals row", () => {
  const table = element("table", {
    visual: { frozen: 1, totals: true, columns: [{ field: "city" }, { field: "average" }] },
  });

  it("is the engine's, under the columns that are shown", () => {
    expect(tableView(table, data, look).total?.cells.map(({ text }) => text)).toEqual(["Total", "7.5"]);
  });

  it("is left out where the answer has none", () => {
    const { totals: _totals, ...without } = data;
    expect(tableView(table, without, look).total).toBeNull();
  });
});

describe("what a table asks of the engine", () => {
  const spec = (visual: object) =>
    ReportSpec.parse({
      version: 1,
      title: "Pivot",
      pages: [{ id: "p", title: "P", layout: [] }],
      elements: { table: { type: "table", title: "T", query: query(), visual } },
    });
  const asked = (visual: object) => {
    const effect = effectOf(spec(visual), NO_QUESTION, "table");
    return effect.state === "ask" ? effect.query.totals : null;
  };

  it.each([
    ["nothing without totals", {}, undefined],
    ["the grand total", { totals: true }, [[]]],
    [
      "every beginning of both axes of a pivot",
      { totals: true, pivot: { columns: ["channel"] } },
      [[], ["channel"], ["region"], ["region", "channel"], ["region", "city"]],
    ],
    [
      "no subtotals of a pivot without them",
      { totals: true, pivot: { columns: ["channel"], subtotals: false } },
      [[], ["channel"], ["region", "city"]],
    ],
    ["subtotals alone", { pivot: { columns: ["city", "channel"] } }, [["region", "city"]]],
  ])("is %s", (_rule, visual, totals) => {
    expect(asked(visual)).toEqual(totals);
  });

  it.each([[["store"]], [["region", "gone"]]])(
    "refuses a pivot across %s, which the query does not have",
    (columns) => {
      expect(() => spec({ pivot: { columns } })).toThrow("A pivot's columns are some");
    },
  );

  it("leaves something to go down", () => {
    const whole = { dimensions: [{ field: "channel" }] };
    const document = {
      version: 1,
      title: "Pivot",
      pages: [{ id: "p", title: "P", layout: [] }],
      elements: {
        table: { type: "table", title: "T", query: query(whole), visual: { pivot: { columns: ["channel"] } } },
      },
    };
    expect(ReportSpec.safeParse(document).success).toBe(false);
  });
});
