import type { Format } from "../../contract/report/query";
import type { ReferenceLine } from "../../contract/report/visual";
import { inkOf, wordsOf, type ChartLook, type JsonObject } from "./look";
import { joined, plain, short } from "./item";
import type { CartesianElement, Pivot, Series } from "./series";

interface Axis {
  side: Series["axis"];
  format: Format | undefined;
  factor: number;
}

interface Line {
  value: number;
  label: string;
  side: Series["axis"];
}

function meanOf(series: Series[]): number | null {
  const values = joined(series.map((one) => one.values)).filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Where a line lies; null for targets, which are drawn as series, and where there is nothing to average. */
function lineOf(line: ReferenceLine, { series }: Pivot, look: ChartLook): Line | null {
  if (line.kind === "target") return null;
  if (line.kind === "constant") {
    return { value: line.value, label: line.label ?? "", side: line.axis ?? "left" };
  }
  const drawn = series.filter(({ earlier }) => !earlier);
  const own = drawn.filter(({ column }) => column.name === (line.measure ?? drawn[0]?.column.name));
  const value = meanOf(own);
  if (value === null) return null;
  return { value, label: line.label ?? wordsOf(look).average, side: own[0]?.axis ?? "left" };
}

/** A series without marks: it stretches the axis so far that its line is inside. */
function lineSeries(
  { value, label, side }: Line,
  axes: Axis[],
  size: number,
  horizontal: boolean,
  look: ChartLook,
): JsonObject {
  const place = Math.max(
    0,
    axes.findIndex((axis) => axis.side === side),
  );
  const ink = inkOf(look);
  const at = Number((value * (axes[place]?.factor ?? 1)).toPrecision(12));
  const text = [label, short(value, axes[place]?.format, look)].filter(Boolean).join(" ");
  return {
    type: "line",
    name: text,
    silent: true,
    [horizontal ? "xAxisIndex" : "yAxisIndex"]: place,
    showSymbol: false,
    lineStyle: { opacity: 0, color: ink.faint, type: [4, 4] },
    itemStyle: { color: ink.faint },
    data: Array.from({ length: size }, () => at),
    markLine: {
      silent: true,
      symbol: "none",
      animation: false,
      lineStyle: { color: ink.faint, width: 1, type: [5, 4] },
      label: {
        formatter: plain(text),
        position: horizontal ? "start" : "insideEndTop",
        color: ink.text,
        fontSize: 10,
        textBorderColor: ink.surface,
        textBorderWidth: 2,
      },
      data: [horizontal ? { xAxis: at } : { yAxis: at }],
    },
  };
}

/** Lines across the chart: constants and averages. */
export function referenceSeries(element: CartesianElement, table: Pivot, axes: Axis[], look: ChartLook): JsonObject[] {
  const { references = [], horizontal = false } = element.visual ?? {};
  return references
    .map((reference) => lineOf(reference, table, look))
    .filter((line) => line !== null)
    .map((line) => lineSeries(line, axes, table.labels.length, horizontal, look));
}
