import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { scaleFor, affixes } from "../format";
import { colourOf, inkOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { entry, itemFrame, joined, legendRoom, measuresOf, namesOf, plain, written, type Numbers } from "./item";

export type ScatterElement = Extract<ReportElement, { type: "scatter" }>;

interface AxisSettings {
  title?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  hidden?: boolean | undefined;
}

/** What an axis divides its numbers by, so that `{value}万` needs no function. */
function unitOf({ column, values }: Numbers, look: ChartLook): { factor: number; formatter: string } {
  const { prefix, suffix } = affixes(column.format);
  if (column.format?.kind === "percent") return { factor: 100, formatter: `{value}${suffix}` };
  const scale = scaleFor(Math.max(0, ...values.map((value) => Math.abs(value ?? 0))), look.language);
  return { factor: 1 / scale.divisor, formatter: `${prefix}{value}${scale.suffix}` };
}

function axisOf(numbers: Numbers, settings: AxisSettings | undefined, look: ChartLook, across: boolean): JsonObject {
  const ink = inkOf(look);
  const { factor, formatter } = unitOf(numbers, look);
  const { min, max } = settings ?? {};
  return {
    type: "value",
    scale: true,
    show: settings?.hidden !== true,
    name: settings?.title ?? numbers.column.label,
    nameLocation: across ? "middle" : "end",
    nameGap: across ? 24 : 10,
    nameTextStyle: { color: ink.faint, fontSize: 10, align: across ? "center" : "left" },
    ...(min === undefined ? {} : { min: min * factor }),
    ...(max === undefined ? {} : { max: max * factor }),
    splitNumber: 4,
    axisLabel: { color: ink.faint, fontSize: 10, formatter, hideOverlap: true },
    axisLine: { show: across, lineStyle: { color: ink.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.line, width: 1 } },
  };
}

const SMALLEST = 7;
const LARGEST = 30;

/** A bubble's area, not its width, tells its number. */
function sizeOf(sizes: Numbers | undefined, row: number): number {
  if (!sizes) return 9;
  const largest = Math.max(0, ...sizes.values.map((value) => value ?? 0));
  const value = Math.max(0, sizes.values[row] ?? 0);
  return largest === 0 ? SMALLEST : Math.round(Math.max(SMALLEST, LARGEST * Math.sqrt(value / largest)));
}

interface Point {
  row: number;
  tip: number;
}

/** Rows that have a place, by the value of the second dimension. */
function groupsOf(across: Numbers, up: Numbers, colours: string[], count: number): Map<string, Point[]> {
  const groups = new Map<string, Point[]>();
  let tip = 0;
  for (let row = 0; row < count; row += 1) {
    if (typeof across.values[row] !== "number" || typeof up.values[row] !== "number") continue;
    const group = groups.get(colours[row] ?? "");
    const point = { row, tip: tip++ };
    if (group) group.push(point);
    else groups.set(colours[row] ?? "", [point]);
  }
  return groups;
}

/** Points by two measures; a third one is their size. https://echarts.apache.org/en/option.html#series-scatter */
export function scatterChart(element: ScatterElement, data: CardData, look: ChartLook): Chart {
  const [across, second, sizes] = measuresOf(data);
  if (!across) return { option: itemFrame(look), tips: [], legend: [] };
  const up = second ?? across;
  const names = namesOf(data, 0, look);
  const groups = [...groupsOf(across, up, namesOf(data, 1, look), data.rowCount)];
  const { labels = false, axes, legend = true } = element.visual ?? {};
  const colours = groups.map(([name], index) => colourOf(look, index, name));
  const entries = legend
    ? groups.filter(([name]) => name).map(([name], index) => entry(name, colours[index] ?? ""))
    : [];
  const scaled = (numbers: Numbers, row: number): number =>
    Number(((numbers.values[row] ?? 0) * unitOf(numbers, look).factor).toPrecision(12));
  const series = groups.map(([name, points], index): JsonObject => ({
    type: "scatter",
    name,
    itemStyle: { color: colours[index] ?? "", opacity: 0.72 },
    emphasis: { scale: false },
    label: { show: labels, position: "top", color: inkOf(look).faint, fontSize: 10, distance: 3 },
    labelLayout: { hideOverlap: true },
    data: points.map(({ row, tip }) => ({
      value: [scaled(across, row), scaled(up, row)],
      symbolSize: sizeOf(sizes, row),
      tip,
      ...(labels ? { label: { formatter: plain(names[row] ?? "") } } : {}),
    })),
  }));
  const points = joined(
    groups.map(([, all], index) => all.map((point) => ({ ...point, colour: colours[index] ?? "" }))),
  );
  points.sort((a, b) => a.tip - b.tip);
  return {
    option: {
      ...itemFrame(look, entries),
      grid: {
        left: 2,
        right: 14,
        top: legendRoom(look, entries) + 26,
        bottom: 22,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      xAxis: axisOf(across, axes?.across, look, true),
      yAxis: axisOf(up, axes?.up, look, false),
      series,
    },
    legend: entries,
    tips: points.map(({ row, colour }) => ({
      title: names[row] ?? "",
      rows: measuresOf(data).map(({ column, values }) => ({
        name: column.label,
        value: written(values[row] ?? null, column.format, look),
        colour,
      })),
      row,
    })),
  };
}
