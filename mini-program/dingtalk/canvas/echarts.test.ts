import "../wx.testing";
import { answer, dimension, earlier, element, measure } from "../../../core/report/card.testing";
import { chart, learnKinds } from "../../../core/report/chart/chart";
import { MORE_KINDS } from "../../../core/report/chart/more";
import { recordingCanvas, type Call } from "../client.testing";
import { CanvasChart } from "./echarts";

learnKinds(MORE_KINDS);

jest.useFakeTimers({ doNotFake: ["queueMicrotask", "nextTick"] });

const look = { language: "zh-CN" as const, width: 319, height: 217, theme: "light" as const };
const revenue = measure("revenue", { format: { kind: "currency", currency: "CNY", compact: true } });
const days = [...Array(14)].map((_, index) => `2026-11-${String(index + 1).padStart(2, "0")}`);
const series = (mark: string, extra: object = {}) => ({
  visual: { series: [{ measure: "revenue", mark, axis: "left" }], ...extra },
});
const trend = answer(
  [dimension("day", { type: "date", grain: "day" }), revenue, earlier("revenue")],
  days.map((day, index) => [day, index === 4 ? null : 90_000 + index * 1_000, 80_000]),
);
const names = answer(
  [dimension("c"), revenue],
  [
    ["饮料", 5],
    ["生鲜", 3],
    ["零食", 2],
  ],
);

const crossed = answer([dimension("c"), dimension("r"), revenue], [["饮料", "东", 7]]);

const texts = (calls: Call[]) => calls.filter(([name]) => name === "fillText").map(([, text]) => text);

function buildChart(pixelRatio = 2) {
  const { context, calls } = recordingCanvas();
  return { calls, drawing: new CanvasChart(context, { width: look.width, height: look.height, pixelRatio }) };
}

/** Lets ECharts draw: it waits a frame, and the canvas shows when the task is over. */
async function frame(): Promise<void> {
  jest.advanceTimersByTime(100);
  await Promise.resolve();
  await Promise.resolve();
}

describe("ECharts on DingTalk's documented canvas", () => {
  it.each([
    ["an area with the earlier period", element("cartesian", series("area")), trend, ["11/1", "revenue", "上期"]],
    ["stacked bars", element("cartesian", series("bar", { stacked: true })), names, ["饮料"]],
    ["a ranking", element("cartesian", series("bar", { horizontal: true })), names, ["饮料", "¥5"]],
    ["a ring", element("pie"), names, ["饮料  50.0%", "合计", "¥10"]],
    ["a funnel", element("funnel"), names, ["饮料", "¥3 · 60.0%"]],
    ["a gauge", element("gauge", { visual: { form: "gauge", target: 10 } }), names, ["¥5", "目标 ¥10 · 完成 50.0%"]],
    ["a treemap", element("treemap"), names, ["饮料", "¥3"]],
    ["a radar", element("radar"), names, ["饮料", "零食"]],
    ["a waterfall", element("waterfall"), names, ["+¥5", "合计"]],
    ["a heat map", element("heatmap"), crossed, ["东", "¥7"]],
    ["a sankey", element("sankey"), crossed, ["饮料", "东"]],
    ["a bubble chart", element("scatter", { visual: { labels: true } }), names, ["饮料"]],
    ["an average", element("cartesian", series("bar", { references: [{ kind: "average" }] })), names, ["平均 ¥3.3"]],
  ] as const)("draws %s in one go", async (_case, part, data, expected) => {
    const { calls, drawing } = buildChart();
    drawing.show(chart(part, data, look));
    await frame();
    expect(texts(calls)).toEqual(expect.arrayContaining([...expected]));
    expect(calls.filter(([name]) => name === "draw")).toHaveLength(1);
    expect(
      calls.some((call) => call.slice(1).some((value) => typeof value === "number" && !Number.isFinite(value))),
    ).toBe(false);
    drawing.dispose();
  });

  it.each([1, 2, 3])("fills the canvas at a pixel ratio of %d", async (ratio) => {
    const { calls, drawing } = buildChart(ratio);
    drawing.show(chart(element("cartesian", series("bar")), names, look));
    await frame();
    const xs = calls.filter(([name]) => name === "moveTo" || name === "lineTo").map(([, x]) => Number(x));
    expect(Math.max(...xs)).toBeGreaterThan(look.width * ratio * 0.9);
    expect(Math.max(...xs)).toBeLessThanOrEqual(look.width * ratio);
    const [size] = calls.filter(([name]) => name === "setFontSize");
    expect(size?.[1]).toBe(10 * ratio);
    drawing.dispose();
  });

  it("shows a tip where it is touched, with every number in full", async () => {
    const { calls, drawing } = buildChart();
    drawing.show(chart(element("cartesian", series("area")), trend, look));
    await frame();
    calls.length = 0;
    drawing.touch("down", 300, 100);
    await frame();
    drawing.touch("up", 300, 100);
    await frame();
    const said = texts(calls).join(" ");
    expect(said).toContain("2026-11-13");
    expect(said).toContain("¥10.2万");
    drawing.dispose();
  });

  it("tells a touched slice by its share", async () => {
    const { calls, drawing } = buildChart();
    drawing.show(chart(element("pie"), names, look));
    await frame();
    calls.length = 0;
    drawing.touch("down", 319 * 0.25 + 75, 108);
    await frame();
    expect(texts(calls).join(" ")).toContain("50.0%  ¥5");
    drawing.dispose();
  });

  it("replaces what it showed before", async () => {
    const { calls, drawing } = buildChart();
    drawing.show(chart(element("pie"), names, look));
    await frame();
    calls.length = 0;
    drawing.show(chart(element("cartesian", series("line")), trend, look));
    await frame();
    expect(texts(calls).join(" ")).not.toContain("饮料");
    drawing.dispose();
  });

  it("draws nothing any more once it is disposed of", async () => {
    const { calls, drawing } = buildChart();
    drawing.show(chart(element("pie"), names, look));
    drawing.dispose();
    calls.length = 0;
    await frame();
    expect(calls).toEqual([]);
  });
});

describe("a tap", () => {
  const ranking = element("cartesian", series("bar", { horizontal: true }));
  function tapAll(part: Parameters<typeof chart>[0], lift = 0): number[] {
    const places: number[] = [];
    const { context } = recordingCanvas();
    const drawing = new CanvasChart(context, { width: look.width, height: look.height, pixelRatio: 2 }, (place) => {
      places.push(place);
    });
    drawing.show(chart(part, names, look));
    for (let y = 5; y < look.height; y += 10) {
      for (let x = 5; x < look.width; x += 10) {
        drawing.touch("down", x, y);
        drawing.touch("up", x + lift, y);
      }
    }
    drawing.dispose();
    return places;
  }

  it.each([
    ["a bar chart's category", element("cartesian", series("bar"))],
    ["a ranking's row", ranking],
    ["a slice", element("pie")],
  ] as const)("names %s under it", (_what, part) => {
    const places = tapAll(part);
    expect([...new Set(places)].sort()).toEqual([0, 1, 2]);
    const shares = [0, 1, 2].map((place) => places.filter((one) => one === place).length / places.length);
    expect(Math.min(...shares)).toBeGreaterThan(0.15); // the smallest slice is a fifth of the ring
  });

  it("is none where the finger slid along", () => {
    expect(tapAll(ranking, 30)).toEqual([]);
  });
});
