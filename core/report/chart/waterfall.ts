import type { CardData, Format } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { scaleFor, affixes } from "../format";
import { labelInterval } from "./cartesian";
import { changeColours } from "./colour";
import { colourOf, inkOf, wordsOf, frame, type Chart, type ChartLook, type ChartTip, type JsonObject } from "./look";
import { entry, measuresOf, plain, short, written } from "./item";
import { axisNames } from "./series";

export type WaterfallElement = Extract<ReportElement, { type: "waterfall" }>;

/** One bar: where it begins and ends. */
interface Step {
  name: string;
  from: number;
  to: number;
  kind: "up" | "down" | "total";
  value: number | null;
  row: number | null;
}

/** Steps, each from where the one before ended; a step without a number moves nothing. */
export function waterfallSteps(element: WaterfallElement, data: CardData, look: ChartLook): Step[] {
  const values = measuresOf(data)[0]?.values ?? [];
  const names = axisNames(data, look).titles;
  let at = 0;
  const steps = values.map((value, row): Step => {
    const from = at;
    at = Number((at + (value ?? 0)).toPrecision(12));
    return { name: names[row] ?? "", from, to: at, kind: (value ?? 0) < 0 ? "down" : "up", value, row };
  });
  if (element.visual?.total === false || steps.length === 0) return steps;
  return [...steps, { name: wordsOf(look).total, from: 0, to: at, kind: "total", value: at, row: null }];
}

/** A bar that floats: what is below it is drawn without colour, on either side of zero. */
function floating({ from, to }: Step): { below: number; above: number; under: number } {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const below = low > 0 ? low : high < 0 ? high : 0;
  return { below, above: Math.max(0, high - Math.max(0, low)), under: Math.min(0, low - Math.min(0, high)) };
}

function valueAxis(
  format: Format | undefined,
  suffix: string,
  element: WaterfallElement,
  factor: number,
  look: ChartLook,
): JsonObject {
  const ink = inkOf(look);
  const { prefix, suffix: behind } = affixes(format);
  const { title, min, max, hidden } = element.visual?.axes?.left ?? {};
  return {
    type: "value",
    splitNumber: 4,
    show: hidden !== true,
    ...(title ? { name: title, nameTextStyle: { color: ink.faint, fontSize: 10, align: "left" } } : {}),
    ...(min === undefined ? {} : { min: min * factor }),
    ...(max === undefined ? {} : { max: max * factor }),
    axisLabel: {
      color: ink.faint,
      fontSize: 10,
      formatter: `${prefix}{value}${suffix}${format?.kind === "percent" ? behind : ""}`,
    },
    splitLine: { lineStyle: { color: ink.line, width: 1 } },
  };
}

/** How a sum comes about, step by step. */
export function waterfallChart(element: WaterfallElement, data: CardData, look: ChartLook): Chart {
  const ink = inkOf(look);
  const said = wordsOf(look);
  const column = measuresOf(data)[0]?.column;
  const steps = waterfallSteps(element, data, look);
  const short0 = axisNames(data, look).labels;
  const names = steps.map(({ name, row }) => (row === null ? name : (short0[row] ?? name)));
  const isPercent = column?.format?.kind === "percent";
  const scale = isPercent
    ? { divisor: 1, suffix: "" }
    : scaleFor(Math.max(0, ...steps.map(({ to }) => Math.abs(to))), look.language);
  const factor = isPercent ? 100 : 1 / scale.divisor;
  const drawn = (value: number): number => Number((value * factor).toPrecision(12));
  const change = changeColours(look);
  const colours = { up: change.up, down: change.down, total: colourOf(look, 0, said.total) };
  const entries = [entry(said.increase, colours.up), entry(said.decrease, colours.down)];
  const labels = element.visual?.labels ?? steps.length <= 12;
  const bar = { type: "bar", stack: "steps", barMaxWidth: 34, emphasis: { disabled: true } };
  const textOf = ({ value, kind }: Step): string =>
    `${kind === "up" && (value ?? 0) > 0 ? "+" : ""}${short(value, column?.format, look)}`;
  const part = (pick: "above" | "under"): JsonObject[] =>
    steps.map((step) => {
      const size = floating(step)[pick];
      const isOuter =
        pick === "above" ? size !== 0 || floating(step).under === 0 : size !== 0 && floating(step).above === 0;
      return {
        value: drawn(size),
        itemStyle: { color: colours[step.kind] },
        label: {
          show: labels && isOuter,
          formatter: plain(textOf(step)),
          position: pick === "above" ? "top" : "bottom",
          color: ink.faint,
          fontSize: 10,
        },
      };
    });
  const few = steps.length <= 8;
  const slot = (look.width - 48) / Math.max(1, steps.length);
  return {
    option: {
      ...frame(look),
      tooltip: {
        ...(frame(look)["tooltip"] as JsonObject),
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: ink.faint, opacity: 0.08 } },
      },
      grid: { left: 2, right: 4, top: 18, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: {
        type: "category",
        data: names,
        axisLabel: {
          color: ink.faint,
          fontSize: 10,
          ...(few
            ? { interval: 0, width: Math.floor(slot - 4), overflow: "truncate" }
            : { interval: labelInterval(names, look.width - 48) }),
        },
        axisLine: { lineStyle: { color: ink.line } },
        axisTick: { show: false },
      },
      yAxis: valueAxis(column?.format, scale.suffix, element, factor, look),
      series: [
        {
          ...bar,
          name: "",
          itemStyle: { color: "transparent" },
          silent: true,
          data: steps.map((step) => drawn(floating(step).below)),
        },
        { ...bar, name: said.increase, labelLayout: { hideOverlap: true }, data: part("above") },
        { ...bar, name: said.decrease, labelLayout: { hideOverlap: true }, data: part("under") },
      ],
    },
    along: "x",
    legend: entries,
    tips: steps.map((step): ChartTip => {
      const colour = colours[step.kind];
      const rows = [{ name: column?.label ?? "", value: written(step.value, column?.format, look), colour }];
      if (step.kind !== "total")
        rows.push({ name: said.cumulative, value: written(step.to, column?.format, look), colour: ink.earlier });
      return { title: step.name, rows, row: step.row };
    }),
  };
}
