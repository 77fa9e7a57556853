import type { CardData, Format } from "../../contract/report/query";
import { inkOn } from "./colour";
import { colourOf, frame, inkOf, legend, type Chart, type ChartLook, type ChartTip, type JsonObject } from "./look";
import { affixes, formatNumber, NOTHING, scaleFor, type Scale } from "../format";
import { referenceSeries } from "./reference";
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
function valueAxisOption(axis: ValueAxis, series: Series[], element: CartesianElement, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const { axes, share = false, stacked = false } = element.visual ?? {};
  const own = series.filter((one) => one.axis === axis.side);
  return {
    type: "value",
    position: axis.side,
    scale: own.every((one) => one.mark === "line"),
    splitNumber: 4,
    axisLabel: { color: ink.faint, fontSize: LABEL_SIZE, formatter: axisLabel(axis), hideOverlap: true },
    axisLine: { show: false },
    axisTick: { show: false },
    ...(share && stacked ? { max: 100, interval: 25 } : {}),
    ...axisSettings(axes?.[axis.side], axis, look),
    splitLine: {
      show: axis.side === "left" || series.every((one) => one.axis === "right"),
      lineStyle: { color: ink.line, width: 1 },
    },
  };
}

type Axes = NonNullable<NonNullable<CartesianElement["visual"]>["axes"]>;

/** What the card says of an axis. */
function axisSettings(settings: Axes["left"], axis: ValueAxis, look: ChartLook): JsonObject {
  if (!settings) return {};
  const { title, min, max, hidden = false } = settings;
  const nameTextStyle = { color: inkOf(look).faint, fontSize: LABEL_SIZE, align: axis.side };
  return {
    show: !hidden,
    ...(title ? { name: title, nameGap: 8, nameTextStyle } : {}),
    ...(min === undefined ? {} : { min: drawn(min, axis) }),
    ...(max === undefined ? {} : { max: drawn(max, axis) }),
  };
}

function categoryTitle(settings: Axes["category"], look: ChartLook): JsonObject {
  const nameTextStyle = { color: inkOf(look).faint, fontSize: LABEL_SIZE };
  const name = settings?.title ? { name: settings.title, nameLocation: "middle", nameGap: 24, nameTextStyle } : {};
  return { show: settings?.hidden !== true, ...name };
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

function categoryAxis(data: Pivot, element: CartesianElement, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const { horizontal = false, axes } = element.visual ?? {};
  const bars = data.series.some((one) => one.mark === "bar");
  const label = horizontal
    ? { interval: 0, width: Math.round(look.width * 0.3), overflow: "truncate" }
    : categoryLabels(data, look.width - 48, !bars);
  return {
    type: "category",
    data: data.labels,
    inverse: horizontal,
    ...categoryTitle(axes?.category, look),
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

/** Inside a bar there is room for a share without decimals. */
function labelFormat({ said, column }: Series): Format | undefined {
  return said ? { kind: "percent", decimals: 0 } : column.format;
}

function dataOf(one: Series, axis: ValueAxis | undefined, labels: boolean, look: ChartLook): JsonObject["data"] {
  if (!labels || one.earlier) return one.values.map((value) => drawn(value, axis));
  return one.values.map((value) => ({
    value: drawn(value, axis),
    label: { show: value !== null, formatter: short(value, labelFormat(one), look) },
  }));
}

function mark(one: Series, colour: string, few: boolean, smooth: boolean): JsonObject {
  if (one.mark === "bar") return { type: "bar", barMaxWidth: 22, itemStyle: { color: colour } };
  const line = {
    type: "line",
    connectNulls: false,
    ...(smooth && !one.earlier ? { smooth: 0.35, smoothMonotone: "x" } : {}),
    symbol: "circle",
    symbolSize: few ? 5 : 4,
    // A lone point between two gaps has no line to it: only its symbol shows that it is there.
    showSymbol: few || one.values.filter((value) => value !== null).length === 1,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: one.earlier ? 1.5 : 2, type: one.earlier ? [4, 4] : "solid" },
  };
  return one.mark === "area" ? { ...line, areaStyle: { color: colour, opacity: 0.14 } } : line;
}

function labelLook(element: CartesianElement, colour: string, look: ChartLook): JsonObject {
  const { stacked = false, horizontal = false, references = [] } = element.visual ?? {};
  const ink = inkOf(look);
  const crossed = horizontal && references.length > 0;
  return {
    position: stacked ? "inside" : horizontal ? "right" : "top",
    color: stacked ? inkOn(colour) : ink.faint,
    fontSize: LABEL_SIZE,
    ...(crossed ? { textBorderColor: ink.surface, textBorderWidth: 2 } : { textBorderWidth: 0 }),
  };
}

function seriesOption(element: CartesianElement, all: Series[], axes: ValueAxis[], look: ChartLook): JsonObject[] {
  const ink = inkOf(look);
  const { stacked = false, horizontal = false, labels = false, smooth = false } = element.visual ?? {};
  const count = Math.max(0, ...all.map((one) => one.values.length));
  return all.map((one, index) => {
    const place = Math.max(
      0,
      axes.findIndex((axis) => axis.side === one.axis),
    );
    const colour = one.earlier ? ink.earlier : colourOf(look, index, one.name);
    return {
      name: one.name,
      ...mark(one, colour, count <= 12, smooth),
      ...(stacked && !one.earlier ? { stack: `stack-${one.axis}` } : {}),
      [horizontal ? "xAxisIndex" : "yAxisIndex"]: place,
      label: labelLook(element, colour, look),
      labelLayout: { hideOverlap: true },
      data: dataOf(one, axes[place], labels || (horizontal && !stacked), look) ?? [],
    };
  });
}

/** A value in full; a share with what it is a share of. */
function saidOf(one: Series, index: number, look: ChartLook): string {
  const text = ({ values, column }: Pick<Series, "values" | "column">): string => {
    const value = values[index] ?? null;
    return value === null ? NOTHING : formatNumber(value, column.format, look.language);
  };
  return one.said ? `${text(one)} · ${text(one.said)}` : text(one);
}

function tipsOf(data: Pivot, look: ChartLook): ChartTip[] {
  const ink = inkOf(look);
  return data.titles.map((title, index) => ({
    title,
    rows: data.series.map((one, number) => ({
      name: one.name,
      value: saidOf(one, index, look),
      colour: one.earlier ? ink.earlier : colourOf(look, number, one.name),
    })),
  }));
}

function gridOf(element: CartesianElement, legend: boolean): JsonObject {
  const { horizontal = false, axes = {}, references = [] } = element.visual ?? {};
  const top = legend ? 34 : 12;
  const outer = { left: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
  if (horizontal) return { ...outer, right: 56, top: references.length > 0 ? top + 10 : top, bottom: 2 };
  const titled = [axes.left, axes.right].some((axis) => axis?.title !== undefined);
  return { ...outer, right: 4, top: titled ? top + 14 : top, bottom: axes.category?.title ? 18 : 2 };
}

function pointer(bars: boolean, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  return bars
    ? { type: "shadow", shadowStyle: { color: ink.faint, opacity: 0.08 } }
    : { type: "line", lineStyle: { color: ink.earlier, width: 1, type: "solid" } };
}

/** Lines, areas and bars. https://echarts.apache.org/en/option.html */
export function cartesianChart(element: CartesianElement, data: CardData, look: ChartLook): Chart {
  const { stacked = false, horizontal = false, legend: wanted = true } = element.visual ?? {};
  const table = pivot(element, data, look);
  const axes = valueAxes(table.series, stacked, look);
  const values = axes.map((axis) => valueAxisOption(axis, table.series, element, look));
  const category = categoryAxis(table, element, look);
  const base = frame(look);
  const names = table.series.map((one) => one.name);
  const named = names.length > 1 && wanted;
  const bars = table.series.some((one) => one.mark === "bar");
  const hidden = values.map((axis) => ({ ...axis, position: "bottom", show: false, max: axis["max"] ?? "dataMax" }));
  return {
    option: {
      ...base,
      tooltip: {
        ...(base["tooltip"] as JsonObject),
        trigger: "axis",
        axisPointer: pointer(bars, look),
      },
      ...(named ? { legend: legend(look, names) } : {}),
      grid: gridOf(element, named && !look.bare),
      xAxis: horizontal ? hidden : category,
      yAxis: horizontal ? category : values,
      series: [...seriesOption(element, table.series, axes, look), ...referenceSeries(element, table, axes, look)],
    },
    along: horizontal ? "y" : "x",
    tips: tipsOf(table, look),
  };
}
