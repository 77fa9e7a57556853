import * as echarts from "echarts";
import type { CardData } from "../../contract/report/query";
import { answer, dimension, element, measure } from "../card.testing";
import { chart, isChart, tipOf, type ChartElement, learnKinds } from "./chart";
import { MORE_KINDS } from "./more";
import { readingOf, toneAt } from "./gauge";
import type { JsonObject } from "./look";
import { placesOf } from "./places";
import { cities, crossed, look, named, orders, revenue, seriesOf, told } from "./visuals.testing";

learnKinds(MORE_KINDS);

const margin = measure("margin", { format: { kind: "percent" } });
const days = answer(
  [dimension("day", { type: "date", grain: "day" }), revenue],
  [
    ["2026-11-30", 1],
    ["2026-12-01", null],
    ["2026-12-07", 9],
  ],
);

const EVERY: [string, ChartElement, CardData][] = [
  ["funnel", element("funnel"), cities],
  ["gauge", element("gauge", { visual: { form: "gauge", target: 80 } }), answer([revenue], [[60]])],
  ["progress", element("gauge", { visual: { form: "progress", target: 80 } }), answer([revenue], [[60]])],
  ["scatter", element("scatter"), answer([dimension("c"), revenue, margin], [["a", 1, 0.5]])],
  ["heat map", element("heatmap"), crossed],
  ["calendar", element("heatmap", { visual: { form: "calendar" } }), days],
  ["treemap", element("treemap"), cities],
  ["treemap of groups", element("treemap"), crossed],
  ["sankey", element("sankey"), crossed],
  ["radar", element("radar"), cities],
  ["waterfall", element("waterfall"), cities],
  [
    "combo",
    element("cartesian", {
      visual: { series: [{ measure: "revenue", mark: "bar", axis: "left" }], references: [{ kind: "average" }] },
    }),
    cities,
  ],
];

describe("every visual", () => {
  it.each(EVERY)("%s: plain JSON that ECharts lays out without a fault", (_name, part, data) => {
    const { option } = chart(part, data, look);
    expect(JSON.parse(JSON.stringify(option))).toEqual(option);
    const drawing = echarts.init(null, null, { renderer: "svg", ssr: true, width: look.width, height: look.height });
    drawing.setOption(option);
    const svg = drawing.renderToSVGString();
    drawing.dispose();
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toContain("<path");
  });

  it.each(EVERY)(
    "%s: an answer without rows, or of nulls alone, has nothing to draw and no fault",
    (_name, part, data) => {
      const none = { ...data, values: data.values.map(() => []), rowCount: 0 };
      const nulls = {
        ...data,
        values: data.values.map((all, at) => (data.columns[at]?.role === "measure" ? all.map(() => null) : all)),
      };
      for (const empty of [none, nulls]) {
        const drawing = echarts.init(null, null, { renderer: "svg", ssr: true, width: 319, height: 220 });
        drawing.setOption(chart(part, empty, look).option);
        expect(drawing.renderToSVGString()).not.toMatch(/NaN|Infinity/);
        drawing.dispose();
      }
    },
  );

  it.each(EVERY)("%s: each touched item has a tip, and each tip a place", (_name, part, data) => {
    const drawn = chart(part, data, look);
    const items = seriesOf(part, data)
      .flatMap((one) => one.data.map((item) => item?.tip))
      .filter((tip) => tip !== undefined);
    for (const tip of items) expect(drawn.tips[tip]).toBeDefined();
    expect(placesOf(part, data)).toHaveLength(part.type === "cartesian" ? data.rowCount : drawn.tips.length);
  });

  it("is not known to code that is older than the report", () => {
    expect(isChart({ ...element("pie"), type: "hologram" } as never)).toBe(false);
    expect(isChart({ ...element("pie"), type: "toString" } as never)).toBe(false);
  });
});

describe("a funnel", () => {
  it("tells each step with its part of the first one and of the one before", () => {
    const steps = named(["visit", 200], ["cart", 100], ["paid", 40]);
    expect(told(element("funnel"), steps)).toEqual([
      "visit ¥200.00",
      "cart ¥100.00 50.0% 50.0%",
      "paid ¥40.00 20.0% 40.0%",
    ]);
    expect(placesOf(element("funnel"), steps)).toEqual([0, 1, 2]);
  });

  it("makes steps of measures where there is no dimension", () => {
    expect(told(element("funnel"), answer([orders, revenue], [[10, 5]]))).toEqual([
      "orders 10",
      "revenue ¥5.00 50.0% 50.0%",
    ]);
  });
});

describe("a gauge", () => {
  it.each([
    ["a target", { target: 80 }, [60], { target: 80, max: 80 }],
    ["no target: a round number above", {}, [60], { target: null, max: 100 }],
    ["an end of its own", { target: 80, max: 120, min: 20 }, [60], { min: 20, max: 120 }],
    ["nothing measured", {}, [null], { value: null, max: 1 }],
  ])("has a scale: %s", (_case, visual, row, expected) => {
    expect(readingOf(element("gauge", { visual }), answer([revenue], [row]))).toMatchObject(expected);
  });

  it("takes the second measure for its target", () => {
    expect(readingOf(element("gauge"), answer([revenue, orders], [[60, 90]]))).toMatchObject({ target: 90 });
  });

  it.each([
    [-1, null],
    [0, "bad"],
    [49.9, "bad"],
    [50, "good"],
    [null, null],
  ])("reads %p by its thresholds as %p", (value, tone) => {
    expect(
      toneAt(
        [
          { from: 50, tone: "good" },
          { from: 0, tone: "bad" },
        ],
        value,
      ),
    ).toBe(tone);
  });
});

describe("a scatter chart", () => {
  const points = answer(
    [dimension("store"), dimension("region"), revenue, margin, orders],
    [
      ["a", "east", 100, 0.5, 9],
      ["b", "west", 50, null, 1],
      ["c", "west", 20, 0.1, 36],
    ],
  );

  it("leaves out what has no place, and colours by the second dimension", () => {
    const drawn = seriesOf(element("scatter"), points);
    expect(drawn.map(({ name, data }) => [name, data.map(({ value }) => value)])).toEqual([
      ["east", [[100, 50]]],
      ["west", [[20, 10]]],
    ]);
    expect(placesOf(element("scatter"), points)).toEqual([0, 2]);
  });

  it("makes a bubble's area its number", () => {
    const [east, west] = seriesOf(element("scatter"), points).map(({ data }) => Number(data[0]?.["symbolSize"]));
    expect((west ?? 0) / (east ?? 1)).toBeCloseTo(2, 0);
  });
});

describe("a heat map", () => {
  it("has a cell for every number and none for what was not measured", () => {
    const [cells] = seriesOf(element("heatmap"), crossed);
    expect(cells?.data.map(({ value }) => value)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(told(element("heatmap"), crossed)).toEqual(["Linz · tea ¥10.00", "Linz · rice ¥20.00", "Graz · tea ¥70.00"]);
  });

  it("draws the least and the largest number in the ends of its scale", () => {
    const part = element("heatmap", { visual: { form: "matrix", scale: ["#ffffff", "#000000"] } });
    const colours = seriesOf(part, crossed)[0]?.data.map((item) => (item["itemStyle"] as JsonObject)["color"]);
    expect(colours).toEqual(["#ffffff", "#d5d5d5", "#000000"]);
  });

  it("makes a calendar's weeks columns that begin on Monday", () => {
    const [measured, all] = seriesOf(element("heatmap", { visual: { form: "calendar" } }), days);
    const xs = measured?.data.map(({ value }) => (value as number[])[0] ?? 0) ?? [];
    const ys = measured?.data.map(({ value }) => (value as number[])[1] ?? 0) ?? [];
    expect(xs[1]).toBeGreaterThan(xs[0] ?? 0); // both are Mondays, a week apart
    expect(ys[1]).toBe(ys[0]);
    expect(all?.data).toHaveLength(8); // every day from the first to the last has a square
  });
});

it.each([
  [{ seriesIndex: 2, dataIndex: 5, data: { tip: 3 } }, 3],
  [{ seriesIndex: 0, dataIndex: 5, data: 12 }, 5],
  [{ seriesIndex: 1, dataIndex: 5, data: { value: 1 } }, null],
])("a touched mark %j has tip %p", (touched, tip) => {
  expect(tipOf(touched)).toBe(tip);
});
