import type { CardData, Format } from "../../contract/report/query";
import { colourOf, frame, inkOf, legend, type Chart, type ChartLook, type ChartTip, type JsonObject } from "./look";
import { affixes, formatNumber, NOTHING, scaleFor, type Scale } from "../format";
import { pivot, type CartesianElement, type Pivot, type Series } from "./series";
import { textWidth } from "../text-width";

const LABEL_SIZE = 10;

/** What one value axis measures: numbers are divided before they are drawn, so that `{value}万` needs no function. */
interface ValueAxis {
  side: Series["axis"];
  format: Format | undefined;
  scale: Scale;
  factor: number;
}

function valueAxes(series: Series[], stacked: boolean, look: ChartLook): ValueAxis[] {
  const sides = (["left", "right"] as const).filter((side) => series.some((one) => one.axis === side));
  return (sides.length > 0 ? sides : (["left"] as const)).map((side) => {
    const own = series.filter((one) => one.axis === side);
    const sizes = own.map((one) => Math.max(0, ...one.values.map((value) => Math.abs(value ?? 0))));
    const size = stacked ? sizes.reduce((sum, one) => sum + one, 0) : Math.max(0, ...sizes);
    const format = own[0]?.column.format;
    const percent = format?.kind === "percent";
    const scale = percent ? { divisor: 1, suffix: "" } : scaleFor(size, look.language);
    return { side, format, scale, factor: percent ? 100 : 1 / scale.divisor };
  });
}

function axisLabel(axis: ValueAxis): string {
  const { prefix, suffix } = affixes(axis.format);
  return `${prefix}{value}${axis.scale.suffix}${axis.format?.kind === "percent" ? suffix : ""}`;
}

/** The least of an axis whose only marks are lines need not be zero; bars and areas must start there. */
function valueAxisOption(axis: ValueAxis, series: Series[], index: number, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const own = series.filter((one) => one.axis === axis.side);
  return {
    type: "value",
    position: axis.side,
    scale: own.every((one) => one.mark === "line"),
    splitNumber: 4,
    axisLabel: { color: ink.faint, fontSize: LABEL_SIZE, formatter: axisLabel(axis), hideOverlap: true },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: index === 0, lineStyle: { color: ink.line, width: 1 } },
  };
}

/** How many names to leave out between two that are shown, so that they stand apart. */
export function labelInterval(labels: string[], room: number): number {
  const widest = Math.max(1, ...labels.map((label) => textWidth(label, LABEL_SIZE)));
  const fitting = Math.max(1, Math.floor(room / (widest + 10)));
  return Math.max(0, Math.ceil(labels.length / fitting) - 1);
}

const FEW = 8;

/**
 * A handful of names is shown in full or cut to its place; many are thinned out. Where the outer ones stand inside the
 * axis (`inward`), they come half their width closer to their neighbours.
 */
function categoryLabels({ labels, dates }: Pivot, room: number, inward: boolean): JsonObject {
  const slot = room / Math.max(1, labels.length);
  const share = inward ? 1.5 : 1;
  const fits = labels.every((label) => textWidth(label, LABEL_SIZE) * share + 6 <= slot);
  if (fits) return { interval: 0 };
  if (!dates && labels.length <= FEW) return { interval: 0, width: Math.floor(slot - 4), overflow: "truncate" };
  return { interval: labelInterval(labels, room / share) };
}

function categoryAxis(data: Pivot, horizontal: boolean, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const bars = data.series.some((one) => one.mark === "bar");
  const label = horizontal
    ? { interval: 0, width: Math.round(look.width * 0.3), overflow: "truncate" }
    : categoryLabels(data, look.width - 48, !bars);
  return {
    type: "category",
    data: data.labels,
    inverse: horizontal,
    boundaryGap: bars,
    axisLabel: {
      color: ink.faint,
      fontSize: horizontal ? 11 : LABEL_SIZE,
      ...(horizontal || bars ? {} : { alignMinLabel: "left", alignMaxLabel: "right" }),
      ...label,
    },
    axisLine: { show: !horizontal, lineStyle: { color: ink.line } },
    axisTick: { show: false },
  };
}

const SIGNIFICANT = 12;

/** Division leaves noise behind (0.30000000000000004); twelve digits are more than a pixel can tell. */
function drawn(value: number | null, axis: ValueAxis | undefined): number | null {
  return value === null ? null : Number((value * (axis?.factor ?? 1)).toPrecision(SIGNIFICANT));
}

function short(value: number | null, format: Format | undefined, look: ChartLook): string {
  return value === null ? NOTHING : formatNumber(value, { kind: "number", ...format, compact: true }, look.language);
}

function dataOf(one: Series, axis: ValueAxis | undefined, labels: boolean, look: ChartLook): JsonObject["data"] {
  if (!labels || one.earlier) return one.values.map((value) => drawn(value, axis));
  return one.values.map((value) => ({
    value: drawn(value, axis),
    label: { show: value !== null, formatter: short(value, one.column.format, look) },
  }));
}

function mark(one: Series, colour: string, few: boolean): JsonObject {
  if (one.mark === "bar") return { type: "bar", barMaxWidth: 22, itemStyle: { color: colour } };
  const line = {
    type: "line",
    connectNulls: false,
    symbol: "circle",
    symbolSize: few ? 5 : 4,
    // A lone point between two gaps has no line to it: only its symbol shows that it is there.
    showSymbol: few || one.values.filter((value) => value !== null).length === 1,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: one.earlier ? 1.5 : 2, type: one.earlier ? [4, 4] : "solid" },
  };
  return one.mark === "area" ? { ...line, areaStyle: { color: colour, opacity: 0.14 } } : line;
}

function seriesOption(element: CartesianElement, all: Series[], axes: ValueAxis[], look: ChartLook): JsonObject[] {
  const ink = inkOf(look);
  const { stacked = false, horizontal = false, labels = false } = element.visual ?? {};
  const count = Math.max(0, ...all.map((one) => one.values.length));
  return all.map((one, index) => {
    const place = Math.max(
      0,
      axes.findIndex((axis) => axis.side === one.axis),
    );
    const colour = one.earlier ? ink.earlier : colourOf(look, index);
    return {
      name: one.name,
      ...mark(one, colour, count <= 12),
      ...(stacked && !one.earlier ? { stack: `stack-${one.axis}` } : {}),
      [horizontal ? "xAxisIndex" : "yAxisIndex"]: place,
      label: {
        position: horizontal ? "right" : "top",
        color: ink.faint,
        fontSize: LABEL_SIZE,
        textBorderWidth: 0,
      },
      labelLayout: { hideOverlap: true },
      data: dataOf(one, axes[place], labels || (horizontal && !stacked), look) ?? [],
    };
  });
}

function tipsOf(data: Pivot, look: ChartLook): ChartTip[] {
  const ink = inkOf(look);
  return data.titles.map((title, index) => ({
    title,
    rows: data.series.map((one, number) => {
      const value = one.values[index] ?? null;
      return {
        name: one.name,
        value: value === null ? NOTHING : formatNumber(value, one.column.format, look.language),
        colour: one.earlier ? ink.earlier : colourOf(look, number),
      };
    }),
  }));
}

/** Lines, areas and bars. https://echarts.apache.org/en/option.html */
export function cartesianChart(element: CartesianElement, data: CardData, look: ChartLook): Chart {
  const { stacked = false, horizontal = false } = element.visual ?? {};
  const table = pivot(element, data, look);
  const axes = valueAxes(table.series, stacked, look);
  const values = axes.map((axis, index) => valueAxisOption(axis, table.series, index, look));
  const category = categoryAxis(table, horizontal, look);
  const ink = inkOf(look);
  const base = frame(look);
  const named = table.series.length > 1;
  const bars = table.series.some((one) => one.mark === "bar");
  const hidden = values.map((axis) => ({ ...axis, position: "bottom", show: false, max: "dataMax" }));
  return {
    option: {
      ...base,
      tooltip: {
        ...(base["tooltip"] as JsonObject),
        trigger: "axis",
        axisPointer: bars
          ? { type: "shadow", shadowStyle: { color: ink.faint, opacity: 0.08 } }
          : { type: "line", lineStyle: { color: ink.earlier, width: 1, type: "solid" } },
      },
      ...(named
        ? {
            legend: legend(
              look,
              table.series.map((one) => one.name),
            ),
          }
        : {}),
      grid: {
        left: 2,
        right: horizontal ? 56 : 4,
        top: named ? 34 : 12,
        bottom: 2,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      xAxis: horizontal ? hidden : category,
      yAxis: horizontal ? category : values,
      series: seriesOption(element, table.series, axes, look),
    },
    tips: tipsOf(table, look),
  };
}
