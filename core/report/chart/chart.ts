import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { cartesianChart } from "./cartesian";
import type { Chart, ChartLook, ChartTip } from "./look";
import { pieChart } from "./pie";

/** The elements that are drawn; the others are shown as text. */
export type ChartElement = Extract<ReportElement, { type: "cartesian" | "pie" }>;

export function isChart(element: ReportElement): element is ChartElement {
  return element.type === "cartesian" || element.type === "pie";
}

/**
 * A chart card as an ECharts option: plain JSON without functions, the same for the phone's canvas, a browser and the
 * server's pictures. The same input always gives the same option.
 */
export function chart(element: ChartElement, data: CardData, look: ChartLook): Chart {
  return element.type === "pie" ? pieChart(element, data, look) : cartesianChart(element, data, look);
}

/** A tip as the text of a tooltip, one line a series; names and values stand apart. */
export function tipText(tip: ChartTip): string {
  return [tip.title, ...tip.rows.map((row) => `${row.name}  ${row.value}`)].join("\n");
}
