import type { CardData } from "../../contract/report/query";
import type { AskingElement, ReportElement } from "../../contract/report/element";
import { cartesianChart } from "./cartesian";
import type { Chart, ChartLook, ChartTip } from "./look";
import { pieChart } from "./pie";

/** The elements that are drawn; the others are shown as text. */
export type ChartElement = Exclude<AskingElement, { type: "kpi" | "table" }>;

type Draw<Type extends ChartElement["type"]> = (
  element: Extract<ChartElement, { type: Type }>,
  data: CardData,
  look: ChartLook,
) => Chart;

export type ChartKinds = { [Type in ChartElement["type"]]?: Draw<Type> };

const ALL: Record<ChartElement["type"], true> = {
  cartesian: true,
  pie: true,
  funnel: true,
  gauge: true,
  scatter: true,
  heatmap: true,
  treemap: true,
  sankey: true,
  radar: true,
  waterfall: true,
};

const drawn: ChartKinds = { cartesian: cartesianChart, pie: pieChart };

/** Adds the kinds that a client loads apart, since most reports show none of them (`more.ts`). */
export function learnKinds(kinds: ChartKinds): void {
  Object.assign(drawn, kinds);
}

/** Whether this kind can be drawn now; one that cannot is empty until it is learnt. */
export function knowsKind(type: ChartElement["type"]): boolean {
  return drawn[type] !== undefined;
}

/** A report may be newer than this code: what it does not know, it does not draw. */
export function isChart(element: ReportElement): element is ChartElement {
  return Object.prototype.hasOwnProperty.call(ALL, element.type);
}

function coloured(element: ChartElement, look: ChartLook): ChartLook {
  const colours = element.visual && "colours" in element.visual ? element.visual.colours : undefined;
  if (!colours) return look;
  return {
    ...look,
    ...(colours.palette ? { colours: colours.palette } : {}),
    ...(colours.names ? { named: colours.names } : {}),
  };
}

/**
 * A chart card as an ECharts option: plain JSON without functions, the same for the phone's canvas, a browser and the
 * server's pictures. The same input always gives the same option.
 */
export function chart(element: ChartElement, data: CardData, look: ChartLook): Chart {
  const draw = drawn[element.type] as Draw<ChartElement["type"]> | undefined;
  return draw ? draw(element as never, data, coloured(element, look)) : { option: { series: [] }, tips: [] };
}

/** A tip as the text of a tooltip, one line a series; names and values stand apart. */
export function tipText(tip: ChartTip): string {
  return [tip.title, ...tip.rows.map((row) => `${row.name}  ${row.value}`)].join("\n");
}

/** What a touched mark says of itself: which tip is its, if any. */
export function tipOf({ seriesIndex, dataIndex, data }: { seriesIndex?: number; dataIndex?: number; data?: unknown }) {
  const own = typeof data === "object" && data !== null ? (data as { tip?: unknown }).tip : undefined;
  if (typeof own === "number") return own;
  return seriesIndex === 0 ? (dataIndex ?? null) : null;
}
