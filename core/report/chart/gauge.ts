import type { CardData, Column } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import type { Threshold } from "../../contract/report/visual";
import { TONES } from "./colour";
import { colourOf, inkOf, wordsOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { itemFrame, measuresOf, percent, plain, short, written } from "./item";

export type GaugeElement = Extract<ReportElement, { type: "gauge" }>;

interface Reading {
  column: Column;
  value: number | null;
  target: number | null;
  min: number;
  max: number;
}

/** A round number at or above a value: 1, 2, 5 and their tens. */
function roundAbove(value: number): number {
  if (value <= 0) return 1;
  const ten = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((one) => one * ten >= value) ?? 10;
  return Number((step * ten).toPrecision(3));
}

function targetOf(element: GaugeElement, data: CardData): number | null {
  const wanted = element.visual?.target;
  if (typeof wanted === "number") return wanted;
  const [, second] = measuresOf(data);
  const found = wanted === undefined ? second : measuresOf(data).find(({ column }) => column.name === wanted);
  return found?.values[0] ?? null;
}

function endOf({ format }: Column, value: number | null, target: number | null): number {
  if (format?.kind === "percent") return Math.max(1, target ?? 0);
  return target ?? roundAbove(value ?? 0);
}

/** What a gauge shows: its value, where the scale begins and ends, what it should come to. */
export function readingOf(element: GaugeElement, data: CardData): Reading | null {
  const [first] = measuresOf(data);
  if (!first) return null;
  const { min = 0, max } = element.visual ?? {};
  const value = first.values[0] ?? null;
  const target = targetOf(element, data);
  const end = max ?? endOf(first.column, value, target);
  return { column: first.column, value, target, min, max: end > min ? end : min + 1 };
}

/** The tone of a value by the threshold that it has reached last; null below all of them. */
export function toneAt(thresholds: readonly Threshold[] | undefined, value: number | null): Threshold["tone"] | null {
  if (value === null) return null;
  const reached = (thresholds ?? []).filter(({ from }) => value >= from).sort((a, b) => a.from - b.from);
  return reached[reached.length - 1]?.tone ?? null;
}

function place(value: number, { min, max }: Reading): number {
  return Math.min(1, Math.max(0, (value - min) / (max - min)));
}

function slice(value: number, colour: string, extra: JsonObject = {}): JsonObject {
  return { value, itemStyle: { color: colour }, ...extra };
}

/** The upper half of a ring: the part from `from` to `to` of every hundred is drawn. */
function arc(radius: [number, number], centre: [number, number], data: JsonObject[]): JsonObject {
  return {
    type: "pie",
    startAngle: 180,
    endAngle: 360,
    clockwise: true,
    center: centre,
    radius,
    label: { show: false },
    labelLine: { show: false },
    emphasis: { scale: false, disabled: true },
    data,
  };
}

function words(reading: Reading, look: ChartLook): { number: string; below: string } {
  const { column, value, target } = reading;
  const said = wordsOf(look);
  if (target === null) return { number: short(value, column.format, look), below: column.label };
  const reached = value === null || target === 0 ? "" : ` · ${said.reached} ${percent(value / target, look)}`;
  return {
    number: short(value, column.format, look),
    below: `${said.target} ${short(target, column.format, look)}${reached}`,
  };
}

function bands(reading: Reading, thresholds: readonly Threshold[], rest: string): JsonObject[] {
  const sorted = thresholds.slice().sort((a, b) => a.from - b.from);
  const edges = [...sorted.map(({ from }) => place(from, reading)), 1];
  const parts = sorted.map(({ tone }, index) => slice((edges[index + 1] ?? 1) - (edges[index] ?? 0), TONES[tone]));
  return [slice(edges[0] ?? 0, rest), ...parts];
}

function halfRing(reading: Reading, colour: string, element: GaugeElement, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const radius = Math.max(20, Math.min(look.width / 2 - 12, look.height - 34));
  const centre: [number, number] = [Math.round(look.width / 2), Math.round((look.height + radius) / 2) - 8];
  const at = reading.value === null ? 0 : place(reading.value, reading);
  const { number, below } = words(reading, look);
  const thresholds = element.visual?.thresholds ?? [];
  const series = [
    arc([radius * 0.7, radius * 0.93], centre, [slice(at, colour, { tip: 0 }), slice(1 - at, ink.line, { tip: 0 })]),
  ];
  if (thresholds.length > 0) series.push(arc([radius * 0.96, radius], centre, bands(reading, thresholds, ink.line)));
  if (reading.target !== null && place(reading.target, reading) < 1) {
    const mark = place(reading.target, reading);
    const clear = "transparent";
    series.push(
      arc([radius * 0.66, radius * 0.97], centre, [
        slice(mark - 0.004, clear),
        slice(0.008, ink.text),
        slice(1 - mark - 0.004, clear),
      ]),
    );
  }
  series.push({
    type: "pie",
    silent: true,
    center: [centre[0], centre[1] - radius * 0.22],
    radius: [0, 0],
    label: {
      show: true,
      position: "center",
      formatter: `{value|${plain(number)}}\n{below|${plain(below)}}`,
      rich: {
        value: {
          color: ink.text,
          fontSize: Math.round(Math.min(28, radius * 0.26)),
          fontWeight: "bold",
          lineHeight: 32,
        },
        below: { color: ink.faint, fontSize: 11, lineHeight: 18 },
      },
    },
    data: [{ value: 1, name: "", itemStyle: { color: "transparent" } }],
  });
  return { ...itemFrame(look), series };
}

function bar(reading: Reading, colour: string, look: ChartLook): JsonObject {
  const ink = inkOf(look);
  const { number, below } = words(reading, look);
  const left = reading.value === null ? 0 : place(reading.value, reading);
  const mark = reading.target === null ? [] : [place(reading.target, reading)].filter((at) => at < 1);
  const said = {
    value: [0, 0],
    symbolSize: 0,
    label: {
      show: true,
      position: [0, -64],
      align: "left",
      formatter: `{value|${plain(number)}}\n{below|${plain(below)}}`,
      rich: {
        value: { color: ink.text, fontSize: 24, fontWeight: "bold", lineHeight: 30 },
        below: { color: ink.faint, fontSize: 11, lineHeight: 18 },
      },
    },
  };
  return {
    ...itemFrame(look),
    grid: { left: 0, right: 2, top: Math.round(look.height / 2) + 8, height: 22, outerBoundsMode: "none" },
    xAxis: { type: "value", show: false, min: 0, max: 1 },
    yAxis: { type: "category", show: false, data: [""] },
    series: [
      {
        type: "bar",
        barWidth: 14,
        showBackground: true,
        backgroundStyle: { color: ink.line, borderRadius: 7 },
        itemStyle: { color: colour, borderRadius: 7 },
        data: [{ value: left, tip: 0 }],
      },
      {
        type: "scatter",
        silent: true,
        symbol: "rect",
        symbolSize: [2, 22],
        itemStyle: { color: ink.text },
        data: [said, ...mark.map((at) => ({ value: [at, 0] }))],
      },
    ],
  };
}

/** One number against its target: the upper half of a ring, or a bar. */
export function gaugeChart(element: GaugeElement, data: CardData, look: ChartLook): Chart {
  const reading = readingOf(element, data);
  if (!reading) return { option: itemFrame(look), tips: [], legend: [] };
  const tone = toneAt(element.visual?.thresholds, reading.value);
  const colour = tone ? TONES[tone] : colourOf(look, 0, reading.column.label);
  const option =
    element.visual?.form === "progress" ? bar(reading, colour, look) : halfRing(reading, colour, element, look);
  const said = wordsOf(look);
  const rows = [{ name: reading.column.label, value: written(reading.value, reading.column.format, look), colour }];
  if (reading.target !== null) {
    rows.push({
      name: said.target,
      value: written(reading.target, reading.column.format, look),
      colour: inkOf(look).text,
    });
  }
  return { option, legend: [], tips: [{ title: element.title, rows, row: null }] };
}
