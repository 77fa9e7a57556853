import * as echarts from "echarts";
import type { CardData } from "../../contract/report/query";
import { answer, dimension, earlier, element, measure } from "../card.testing";
import { labelInterval } from "./cartesian";
import { chart, tipText, type ChartElement, learnKinds } from "./chart";
import { MORE_KINDS } from "./more";
import type { ChartLook, JsonObject } from "./look";
import { slicesOf } from "./pie";

learnKinds(MORE_KINDS);

const look: ChartLook = { language: "zh-CN", width: 319, height: 220, theme: "light" };
const yuan = { kind: "currency", currency: "CNY", compact: true } as const;
const day = dimension("day", { type: "date", grain: "day" });
const revenue = measure("revenue", { format: yuan });

interface Drawn {
  name: string;
  type: string;
  stack?: string;
  yAxisIndex?: number;
  xAxisIndex?: number;
  areaStyle?: object;
  lineStyle?: { type: unknown };
  showSymbol?: boolean;
  data: (number | null | { value: number | null; name?: string; label?: { formatter: string } })[];
}

function optionOf(part: ChartElement, data: CardData, differently: Partial<ChartLook> = {}) {
  const { option } = chart(part, data, { ...look, ...differently });
  return option as JsonObject & {
    series: Drawn[];
    xAxis: JsonObject & { data: string[]; axisLabel: JsonObject };
    yAxis: (JsonObject & { axisLabel: { formatter: string } })[] & JsonObject;
    legend?: { data: string[] };
  };
}

/** What ECharts itself writes when it lays the option out. */
function textsOf(part: ChartElement, data: CardData, differently: Partial<ChartLook> = {}): string[] {
  const asked = { ...look, ...differently };
  const drawing = echarts.init(null, null, { renderer: "svg", ssr: true, width: asked.width, height: asked.height });
  drawing.setOption(chart(part, data, asked).option);
  const svg = drawing.renderToSVGString();
  drawing.dispose();
  expect(svg).not.toContain("NaN");
  return [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map((match) => match[1] ?? "");
}

const series = (mark: string, extra: object = {}) => ({
  visual: { series: [{ measure: "revenue", mark, axis: "left" }], ...extra },
});
const week = ["2026-11-02", "2026-11-03", "2026-11-04"];
const trend = answer(
  [day, revenue],
  [
    [week[0] ?? "", 120_000],
    [week[1] ?? "", null],
    [week[2] ?? "", 250_000],
  ],
);

describe("any chart", () => {
  it.each([
    ["cartesian", element("cartesian", series("area")), trend],
    ["pie", element("pie"), answer([dimension("c"), revenue], [["a", 1]])],
  ] as const)("is plain JSON: a %s comes back the same from a text", (_type, part, data) => {
    const { option } = chart(part, data, look);
    expect(JSON.parse(JSON.stringify(option))).toEqual(option);
  });

  it("is the same for the same input", () => {
    expect(optionOf(element("cartesian"), trend)).toEqual(optionOf(element("cartesian"), trend));
  });

  it("takes the colours that it is given, and others on dark ground", () => {
    const part = element("cartesian");
    expect(optionOf(part, trend, { colours: ["#abcdef"] })["color"]).toEqual(["#abcdef"]);
    expect(optionOf(part, trend, { theme: "dark" })["textStyle"]).not.toEqual(optionOf(part, trend)["textStyle"]);
  });

  it("does not move", () => {
    expect(optionOf(element("pie"), answer([dimension("c"), revenue], []))["animation"]).toBe(false);
  });
});

describe("a cartesian chart", () => {
  it("leaves a gap where nothing was measured, and draws numbers in the axis's unit", () => {
    const option = optionOf(element("cartesian", series("line")), trend);
    expect(option.series[0]?.data).toEqual([12, null, 25]);
    expect(option.series[0]).toMatchObject({ type: "line", connectNulls: false });
    expect(option.yAxis[0]?.axisLabel.formatter).toBe("¥{value}万");
  });

  it("writes K and M on the axes of English readers", () => {
    const option = optionOf(element("cartesian"), trend, { language: "en-US" });
    expect(option.yAxis[0]?.axisLabel.formatter).toBe("¥{value}K");
    expect(option.xAxis.data).toEqual(["Nov 2", "Nov 3", "Nov 4"]);
  });

  it("leaves no noise behind when it divides", () => {
    const data = answer([dimension("s"), measure("share", { format: { kind: "percent" } })], [["a", 0.07]]);
    expect(optionOf(element("cartesian"), data).series[0]?.data).toEqual([7]);
  });

  it("draws dates as lines and names as bars unless told otherwise", () => {
    const names = answer([dimension("store"), revenue], [["a", 1]]);
    expect(optionOf(element("cartesian"), trend).series[0]?.type).toBe("line");
    expect(optionOf(element("cartesian"), names).series[0]?.type).toBe("bar");
    expect(optionOf(element("cartesian", series("area")), trend).series[0]?.areaStyle).toBeDefined();
  });

  it("makes one series of each value of the second dimension, with gaps for missing rows", () => {
    const rows = [
      ["2026-11-02", "东", 1],
      ["2026-11-02", "西", 2],
      ["2026-11-03", "东", 3],
    ];
    const option = optionOf(
      element("cartesian", series("bar", { stacked: true })),
      answer([day, dimension("r"), revenue], rows),
    );
    expect(option.series.map(({ name, data, stack }) => [name, data, stack])).toEqual([
      ["东", [1, 3], "stack-left"],
      ["西", [2, null], "stack-left"],
    ]);
    expect(option.legend?.data).toEqual(["东", "西"]);
  });

  it("sizes the unit of stacked bars by their sum", () => {
    const rows = [
      ["a", "x", 6_000],
      ["a", "y", 7_000],
    ];
    const part = element("cartesian", series("bar", { stacked: true }));
    const option = optionOf(part, answer([dimension("s"), dimension("r"), revenue], rows));
    expect(option.yAxis[0]?.axisLabel.formatter).toBe("¥{value}万");
  });

  it("draws the earlier period dashed beside the measure, not stacked on it", () => {
    const part = element("cartesian", series("bar", { stacked: true }));
    const data = answer([day, revenue, earlier("revenue")], [["2026-11-02", 1, 2]]);
    const [now, before] = optionOf(part, data).series;
    expect(now).toMatchObject({ name: "revenue", type: "bar", data: [1] });
    expect(before).toMatchObject({ name: "上期", type: "line", data: [2], lineStyle: { type: [4, 4] } });
    expect(before).not.toHaveProperty("stack");
  });

  it("draws the earlier period of a ranking as paler bars: lying bars have no order to join", () => {
    const part = element("cartesian", series("bar", { horizontal: true }));
    const data = answer([dimension("store"), revenue, earlier("revenue")], [["a", 1, 2]]);
    expect(optionOf(part, data).series.map(({ name, type }) => [name, type])).toEqual([
      ["revenue", "bar"],
      ["上期", "bar"],
    ]);
  });

  it("names last year where the query compares with it", () => {
    const query = { compare: { field: "day", period: "previousYear" } };
    const data = answer([day, revenue, earlier("revenue")], [["2026-11-02", 1, 2]]);
    expect(optionOf(element("cartesian", { query }), data).series[1]?.name).toBe("去年同期");
  });

  it("measures two axes each in its own unit", () => {
    const margin = measure("margin", { format: { kind: "percent" } });
    const visual = {
      series: [
        { measure: "revenue", mark: "bar", axis: "left" },
        { measure: "margin", mark: "line", axis: "right" },
      ],
    };
    const option = optionOf(
      element("cartesian", { visual }),
      answer([day, revenue, margin], [["2026-11-02", 30_000, 0.2]]),
    );
    expect(option.yAxis.map(({ axisLabel }) => axisLabel.formatter)).toEqual(["¥{value}万", "{value}%"]);
    expect(option.series.map(({ data, yAxisIndex }) => [data, yAxisIndex])).toEqual([
      [[3], 0],
      [[20], 1],
    ]);
  });

  it("lays a ranking down, with the numbers behind its bars", () => {
    const part = element("cartesian", series("bar", { horizontal: true }));
    const data = answer(
      [dimension("store"), revenue],
      [
        ["南京西路旗舰店", 230_000],
        ["b", null],
      ],
    );
    const option = optionOf(part, data);
    expect((option.yAxis as JsonObject)["inverse"]).toBe(true);
    expect(option.series[0]?.data).toEqual([
      { value: 23, label: { show: true, formatter: "¥23万" } },
      { value: null, label: { show: false, formatter: "–" } },
    ]);
    expect(textsOf(part, data)).toEqual(expect.arrayContaining(["南京西路旗舰店", "¥23万"]));
  });

  it("shows a point that stands alone between gaps", () => {
    const lone = answer(
      [day, revenue],
      [...Array(20)].map((_, i) => [`2026-11-${String(i + 1).padStart(2, "0")}`, i === 3 ? 5 : null]),
    );
    expect(optionOf(element("cartesian"), lone).series[0]?.showSymbol).toBe(true);
  });

  it("is laid out by ECharts with its names and units, without functions", () => {
    const texts = textsOf(element("cartesian", series("area")), trend);
    expect(texts).toEqual(expect.arrayContaining(["11/2", "11/4", "¥0万", "¥25万"]));
  });

  it("draws a card without dimensions as one bar, and one without rows as empty axes", () => {
    expect(optionOf(element("cartesian"), answer([revenue], [[5]])).series[0]?.data).toEqual([5]);
    expect(textsOf(element("cartesian"), answer([day, revenue], []))).not.toContain("NaN");
  });
});

describe("names along an axis", () => {
  const days = [...Array(31)].map((_, i) => `11/${i + 1}`);

  it("are thinned out until they stand apart at 375 px", () => {
    const every = labelInterval(days, 270);
    expect(every).toBeGreaterThanOrEqual(3);
    expect(labelInterval(days, 2_000)).toBe(0);
  });

  it("are cut to their place where they are few and long", () => {
    const rows = [..."甲乙丙丁"].map((name): [string, number] => [name.repeat(12), 1]);
    const label = optionOf(element("cartesian"), answer([dimension("s"), revenue], rows)).xAxis.axisLabel;
    expect(label).toMatchObject({ interval: 0, overflow: "truncate" });
    expect(label["width"]).toBeLessThan(75);
  });
});

describe("tips", () => {
  it("tell every series at a place in full, nothing measured as nothing", () => {
    const { tips } = chart(element("cartesian"), trend, look);
    expect(tips.map(tipText)).toEqual([
      "2026-11-02\nrevenue  ¥12万",
      "2026-11-03\nrevenue  –",
      "2026-11-04\nrevenue  ¥25万",
    ]);
  });

  it("tell a slice's share and number", () => {
    const { tips } = chart(
      element("pie"),
      answer(
        [dimension("c"), revenue],
        [
          ["a", 3],
          ["b", 1],
        ],
      ),
      look,
    );
    expect(tips[0]).toMatchObject({ title: "a", rows: [{ name: "75.0%", value: "¥3" }] });
  });
});

describe("a pie", () => {
  const parts = (values: (number | null)[]) =>
    slicesOf(
      answer(
        [dimension("c"), revenue],
        values.map((value, index) => [`c${index}`, value]),
      ),
      "zh-CN",
    );

  it("shows the largest first and the rest as one", () => {
    const slices = parts([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(slices.map(({ name }) => name)).toEqual(["c8", "c7", "c6", "c5", "c4", "c3", "其他"]);
    expect(slices[6]?.value).toBe(1 + 2 + 3);
  });

  it("does not put a single one under others", () => {
    expect(parts([1, 2, 3, 4, 5, 6, 7]).map(({ name }) => name)).not.toContain("其他");
  });

  it("leaves out what is missing, zero or negative", () => {
    expect(parts([4, null, 0, -3])).toEqual([{ name: "c0", value: 4, share: 1 }]);
  });

  it("writes the shares into the names, and the whole into the ring's middle", () => {
    const data = answer(
      [dimension("c"), revenue],
      [
        ["饮料", 30_000],
        ["生鲜", 10_000],
      ],
    );
    const texts = textsOf(element("pie"), data);
    expect(texts).toEqual(expect.arrayContaining(["饮料  75.0%", "生鲜  25.0%", "合计", "¥4万"]));
  });

  it("cuts a long name, never the share", () => {
    const data = answer(
      [dimension("c"), revenue],
      [
        ["一千英里以上两千英里以下的航程", 3],
        ["短", 1],
      ],
    );
    const [long] = textsOf(element("pie", { visual: { ring: false, labels: true } }), data);
    expect(long).toMatch(/^一千英里.*…  75\.0%$/);
  });

  it("has no middle without a ring, and plain names without labels", () => {
    const data = answer([dimension("c"), revenue], [["饮料", 3]]);
    const texts = textsOf(element("pie", { visual: { ring: false, labels: false } }), data);
    expect(texts).toEqual(["饮料"]);
  });
});
