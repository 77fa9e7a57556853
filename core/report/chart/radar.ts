import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { cutText } from "../text-width";
import { colourOf, inkOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { entry, itemFrame, joined, legendRoom, measuresOf, namesOf, plain, written } from "./item";

export type RadarElement = Extract<ReportElement, { type: "radar" }>;

interface Shape {
  name: string;
  values: (number | null)[];
  format: Parameters<typeof written>[1];
}

function shapesOf(spokes: string[], data: CardData, look: ChartLook): Shape[] {
  const along = namesOf(data, 0, look);
  const parts = namesOf(data, 1, look);
  const measures = measuresOf(data);
  const names = parts.length > 0 ? [...new Set(parts)] : [""];
  const shapes = measures.map(({ column, values }) =>
    names.map((part) => {
      const row = (spoke: string): number =>
        along.findIndex((name, at) => name === spoke && (part === "" || parts[at] === part));
      const label = measures.length > 1 && part !== "" ? `${part} · ${column.label}` : part || column.label;
      return { name: label, values: spokes.map((spoke) => values[row(spoke)] ?? null), format: column.format };
    }),
  );
  return joined(shapes);
}

/** Where each spoke ends: all alike where they tell the same measure, so that lengths can be compared. */
function endOf(shapes: Shape[]): number {
  const most = Math.max(0, ...joined(shapes.map(({ values }) => values.map((value) => value ?? 0))));
  return most > 0 ? most * 1.05 : 1;
}

const MOST = 16;

/** Few things, compared by many features. https://echarts.apache.org/en/option.html#radar */
export function radarChart(element: RadarElement, data: CardData, look: ChartLook): Chart {
  const ink = inkOf(look);
  const spokes = [...new Set(namesOf(data, 0, look))].slice(0, MOST);
  if (spokes.length === 0) return { option: itemFrame(look), tips: [], legend: [] };
  const shapes = shapesOf(spokes, data, look);
  const { filled = true, legend = true } = element.visual ?? {};
  const colours = shapes.map(({ name }, index) => colourOf(look, index, name));
  const entries = legend ? shapes.map(({ name }, index) => entry(name, colours[index] ?? "")) : [];
  const above = legendRoom(look, entries);
  const radius = Math.max(24, Math.min(look.width * 0.34, (look.height - above) / 2 - 24));
  const end = endOf(shapes);
  const shown = entries.length > 1 ? entries : [];
  return {
    option: {
      ...itemFrame(look, entries),
      radar: {
        center: [Math.round(look.width / 2), Math.round(above + (look.height - above) / 2)],
        radius: Math.round(radius),
        splitNumber: 4,
        indicator: spokes.map((name) => ({
          name: plain(cutText(name, 11, look.width / 2 - radius * 0.8 - 14)),
          max: end,
        })),
        axisName: { color: ink.faint, fontSize: 11 },
        axisNameGap: 6,
        axisLine: { lineStyle: { color: ink.line } },
        splitLine: { lineStyle: { color: ink.line } },
        splitArea: { show: false },
      },
      series: [
        {
          type: "radar",
          symbolSize: 4,
          emphasis: { disabled: true },
          data: shapes.map(({ name, values }, tip): JsonObject => ({
            name,
            tip,
            value: values.map((value) => value ?? 0),
            itemStyle: { color: colours[tip] ?? "" },
            lineStyle: { color: colours[tip] ?? "", width: 2 },
            ...(filled ? { areaStyle: { color: colours[tip] ?? "", opacity: 0.12 } } : {}),
          })),
        },
      ],
    },
    legend: shown,
    tips: shapes.map(({ name, values, format }, index) => ({
      title: name,
      rows: spokes.map((spoke, at) => ({
        name: spoke,
        value: written(values[at] ?? null, format, look),
        colour: colours[index] ?? "",
      })),
      row: null,
    })),
  };
}
