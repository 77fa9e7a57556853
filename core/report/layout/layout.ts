import type { CardData } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import type { ReportPage, ReportSpec } from "../../contract/report/report";
import { fieldsOf } from "../card-data";

/** One row of the phone: up to two KPI cards beside each other, or one element of full width. */
export type PhoneRow = { kind: "kpis"; elements: string[] } | { kind: "single"; element: string };

function readingOrder(page: ReportPage): string[] {
  return page.layout
    .slice()
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map((item) => item.element);
}

function ordered(page: ReportPage): string[] {
  const all = readingOrder(page);
  const first = page.mobile.mode === "manual" ? (page.mobile.order ?? []).filter((id) => all.includes(id)) : [];
  const hidden = page.mobile.mode === "none" ? [] : (page.mobile.hidden ?? []);
  return [...new Set([...first, ...all])].filter((id) => !hidden.includes(id));
}

const NOTHING_FOLDED: ReadonlySet<string> = new Set();

/** The elements that there are, without those that follow a folded section's heading, as far as the next one. */
function unfolded(ids: string[], elements: ReportSpec["elements"], folded: ReadonlySet<string>): string[] {
  let away = false;
  return ids.filter((id) => {
    const element = elements[id];
    const isSection = element?.type === "section";
    if (isSection) away = folded.has(id);
    return element !== undefined && (isSection || !away);
  });
}

/**
 * A page of the 36-column grid as the phone shows it: left to right, top to bottom, two KPI cards a row unless it says one; `manual` puts the
 * named elements first; what follows a folded section's heading is left out as far as the next one; hidden ones are left out. `none` means that nobody arranged a phone layout: reading order holds.
 */
export function phoneLayout(
  page: ReportPage,
  elements: ReportSpec["elements"],
  folded: ReadonlySet<string> = NOTHING_FOLDED,
): PhoneRow[] {
  const rows: PhoneRow[] = [];
  for (const id of unfolded(ordered(page), elements, folded)) {
    const last = rows[rows.length - 1];
    if (elements[id]?.type !== "kpi") rows.push({ kind: "single", element: id });
    else if (last?.kind === "kpis" && last.elements.length < (page.mobile.kpis ?? 2)) last.elements.push(id);
    else rows.push({ kind: "kpis", elements: [id] });
  }
  return rows;
}

const BAR_STEP = 34;
const RANKING_FRAME = 20;

/** Height over width, of charts that are not as others. */
const ASPECTS: Partial<Record<ReportElement["type"], number>> = {
  pie: 0.56,
  gauge: 0.56,
  radar: 0.86,
  treemap: 0.8,
  sankey: 0.9,
};

/** How high a chart stands on the phone, in px: by the page's aspect, else rankings by their bars and others by their width. */
export function phoneChartHeight(page: ReportPage, id: string, element: ReportElement, data: CardData, width: number) {
  const aspect = page.mobile.aspect?.[id];
  if (aspect !== undefined) return Math.round(width * aspect);
  if (element.type === "cartesian" && element.visual?.horizontal) {
    const measures = Math.max(1, fieldsOf(data, "measure").length);
    const step = BAR_STEP + (measures - 1) * 14;
    return Math.min(640, Math.max(96, data.rowCount * step + RANKING_FRAME));
  }
  if (element.type === "heatmap" && element.visual?.form === "calendar") return Math.round(width * 0.46);
  return Math.round(width * (ASPECTS[element.type] ?? 0.68));
}
