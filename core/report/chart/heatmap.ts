import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { cutText, textWidth } from "../text-width";
import { calendarChart } from "./calendar";
import { labelInterval } from "./cartesian";
import { heatScale, inkOn } from "./colour";
import { heatLegend, heatOf } from "./heat";
import { inkOf, type Chart, type ChartLook, type JsonObject } from "./look";
import { itemFrame, measuresOf, namesOf, plain, short, written } from "./item";

export type HeatmapElement = Extract<ReportElement, { type: "heatmap" }>;

const SIZE = 10;
const BELOW = 20;

function axis(names: string[], label: JsonObject, look: ChartLook, inverse: boolean): JsonObject {
  return {
    type: "category",
    data: names,
    inverse,
    axisLabel: { color: inkOf(look).faint, fontSize: SIZE, ...label },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

interface Cells {
  across: string[];
  down: string[];
  /** Width and height of one, in px. */
  cell: [number, number];
  left: number;
}

function cellsOf(data: CardData, look: ChartLook): Cells {
  const across = [...new Set(namesOf(data, 0, look))];
  const down = [...new Set(namesOf(data, 1, look))];
  const widest = Math.max(0, ...down.map((name) => textWidth(name, SIZE)));
  const left = down.length === 0 ? 0 : Math.ceil(Math.min(look.width * 0.28, widest) + 8);
  const width = (look.width - left - 2) / Math.max(1, across.length);
  const height = (look.height - BELOW - 2) / Math.max(1, down.length);
  return { across, down: down.length > 0 ? down : [""], cell: [width, height], left };
}

function gapOf([width, height]: [number, number]): number {
  return Math.min(width, height) > 10 ? 2 : Math.min(width, height) > 4 ? 1 : 0;
}

/** Where two dimensions meet, the colour tells the measure's number. Cells are squares of exactly their place. */
function matrixChart(element: HeatmapElement, data: CardData, look: ChartLook): Chart {
  const [numbers] = measuresOf(data);
  if (!numbers) return { option: itemFrame(look), tips: [], legend: [] };
  const { across, down, cell, left } = cellsOf(data, look);
  const names = { across: namesOf(data, 0, look), down: namesOf(data, 1, look) };
  const scale = element.visual?.scale ?? heatScale(look);
  const colourAt = heatOf(numbers, scale);
  const gap = gapOf(cell);
  const rows = numbers.values.map((_, row) => row).filter((row) => numbers.values[row] !== null);
  const texts = rows.map((row) => short(numbers.values[row] ?? null, numbers.column.format, look));
  const fits = cell[1] >= 14 && texts.every((text) => textWidth(text, SIZE) + 4 <= cell[0]);
  const labels = (element.visual?.labels ?? true) && fits;
  const items = rows.map((row, tip): JsonObject => {
    const colour = colourAt(numbers.values[row] ?? 0);
    return {
      value: [across.indexOf(names.across[row] ?? ""), Math.max(0, down.indexOf(names.down[row] ?? ""))],
      tip,
      itemStyle: { color: colour, opacity: 1 },
      ...(labels ? { label: { formatter: plain(texts[tip] ?? ""), color: inkOn(colour) } } : {}),
    };
  });
  const thinned = { interval: labelInterval(across, look.width - left), width: Math.max(30, cell[0] - 2) };
  return {
    option: {
      ...itemFrame(look),
      grid: { left, right: 2, top: 2, bottom: BELOW, outerBoundsMode: "none" },
      xAxis: axis(
        across,
        across.length <= 8 ? { interval: 0, width: cell[0] - 4, overflow: "truncate" } : thinned,
        look,
        false,
      ),
      yAxis: axis(
        down.map((name) => cutText(name, SIZE, left - 8)),
        { interval: labelStep(cell[1]) },
        look,
        true,
      ),
      series: [
        {
          type: "scatter",
          symbol: "rect",
          symbolSize: [Math.max(1, cell[0] - gap), Math.max(1, cell[1] - gap)],
          label: { show: labels, fontSize: SIZE },
          emphasis: { scale: false },
          data: items,
        },
      ],
    },
    legend: heatLegend(numbers, scale, look),
    tips: rows.map((row) => ({
      title: [names.across[row], names.down[row]].filter(Boolean).join(" · "),
      rows: [
        {
          name: numbers.column.label,
          value: written(numbers.values[row] ?? null, numbers.column.format, look),
          colour: colourAt(numbers.values[row] ?? 0),
        },
      ],
      row,
    })),
  };
}

function labelStep(height: number): number {
  return height >= SIZE + 3 ? 0 : Math.ceil((SIZE + 3) / Math.max(1, height)) - 1;
}

/** A matrix of two dimensions, or a calendar of days. */
export function heatmapChart(element: HeatmapElement, data: CardData, look: ChartLook): Chart {
  return element.visual?.form === "calendar" ? calendarChart(element, data, look) : matrixChart(element, data, look);
}
