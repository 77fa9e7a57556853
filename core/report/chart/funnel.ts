import type { CardData, Format } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { cutText } from "../text-width";
import { colourOf, inkOf, wordsOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { itemFrame, measuresOf, namesOf, percent, plain, short, written } from "./item";

export type FunnelElement = Extract<ReportElement, { type: "funnel" }>;

/** One step of a funnel; `row` is null where a measure is the step. */
interface Step {
  name: string;
  value: number | null;
  format: Format | undefined;
  row: number | null;
}

function stepsOf(data: CardData, look: ChartLook): Step[] {
  const measures = measuresOf(data);
  const names = namesOf(data, 0, look);
  const [first] = measures;
  if (names.length === 0 || !first) {
    return measures.map(({ column, values }) => ({
      name: column.label,
      value: values[0] ?? null,
      format: column.format,
      row: null,
    }));
  }
  return names.map((name, row) => ({ name, value: first.values[row] ?? null, format: first.column.format, row }));
}

function ratio(value: number | null, whole: number | null | undefined): number | null {
  return value === null || !whole ? null : value / whole;
}

/** Where a funnel's drawing ends and its words begin, as a part of the width. */
const DRAWN = 0.52;
const MOST = 12;

function labelOf(step: Step, steps: Step[], look: ChartLook): string {
  const share = ratio(step.value, steps[0]?.value);
  const room = look.width * (1 - DRAWN) - 14;
  const number = short(step.value, step.format, look);
  const text = share === null ? number : `${number} · ${percent(share, look)}`;
  return `{name|${plain(cutText(step.name, 12, room))}}\n{value|${plain(text)}}`;
}

/** Steps, each as wide as its number, and what part of the first one is left. https://echarts.apache.org/en/option.html#series-funnel */
export function funnelChart(element: FunnelElement, data: CardData, look: ChartLook): Chart {
  const words = wordsOf(look);
  const ink = inkOf(look);
  const steps = stepsOf(data, look).slice(0, MOST);
  const labels = element.visual?.labels ?? true;
  const items: JsonObject[] = steps.map((step, index) => ({
    name: step.name,
    value: Math.max(0, step.value ?? 0),
    tip: index,
    itemStyle: { color: colourOf(look, index, step.name) },
    label: { show: labels, formatter: labelOf(step, steps, look) },
  }));
  const width = labels ? `${DRAWN * 100 - 4}%` : "100%";
  return {
    option: {
      ...itemFrame(look),
      series: [
        {
          type: "funnel",
          sort: "none",
          left: 0,
          top: 4,
          bottom: 4,
          width,
          min: 0,
          minSize: "2%",
          gap: 2,
          funnelAlign: "center",
          itemStyle: { borderWidth: 0 },
          label: {
            position: "right",
            color: ink.text,
            rich: {
              name: { color: ink.text, fontSize: 12, lineHeight: 16 },
              value: { color: ink.faint, fontSize: 11, lineHeight: 15 },
            },
          },
          labelLine: { show: false },
          labelLayout: { x: Math.round(look.width * DRAWN) },
          emphasis: { label: {} },
          data: items,
        },
      ],
    },
    legend: [],
    tips: steps.map((step, index) => {
      const colour = colourOf(look, index, step.name);
      const first = ratio(step.value, steps[0]?.value);
      const before = ratio(step.value, steps[index - 1]?.value);
      const rows = [
        {
          name: data.columns.find(({ role }) => role === "measure")?.label ?? "",
          value: written(step.value, step.format, look),
          colour,
        },
      ];
      if (first !== null && index > 0) rows.push({ name: words.ofFirst, value: percent(first, look), colour });
      if (before !== null) rows.push({ name: words.ofBefore, value: percent(before, look), colour });
      return { title: step.name, rows, row: step.row };
    }),
  };
}
