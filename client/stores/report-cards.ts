import type { CardData } from "../../core/contract/query";
import type { CardResult, ReportElement, ReportPage, ReportView } from "../../core/contract/report";
import { isChart } from "../../core/report/chart";
import { kpiView, type KpiView } from "../../core/report/kpi";
import { phoneChartHeight, phoneLayout } from "../../core/report/layout";
import { tableView, type TableSort, type TableView } from "../../core/report/table";
import { NOTHING, type Language } from "../../core/report/format";
import { errorText, type ErrorText, type Texts } from "../text/text";

/** One card as the phone shows it: plain data, all numbers already text. */
export type CardView = { id: string; title: string; description: string } & (
  | { kind: "kpi"; kpi: KpiView; change: string; previous: string }
  /** `chart` names the card's data, which the chart fetches itself: it need not cross to the view. */
  | { kind: "chart"; chart: string; height: number }
  | { kind: "table"; table: TableView; more: string; note: string }
  | { kind: "text"; text: string }
  | { kind: "failed"; error: ErrorText }
  | { kind: "empty"; text: string }
);

export interface CardRow {
  key: string;
  cards: CardView[];
}

/** How one table is looked at just now. */
export interface TableState {
  sort: TableSort | null;
  limit: number;
}

/** What cards are made with besides their data. */
export interface CardLook {
  language: Language;
  texts: Texts;
  /** Room for a card's content, in px. */
  width: number;
  /** Changes whenever charts must be drawn anew. */
  stamp: string;
  tables: (id: string) => TableState;
}

function headingOf(id: string, element: ReportElement): { id: string; title: string; description: string } {
  return { id, title: element.title, description: ("description" in element && element.description) || "" };
}

const ARROWS = { up: "▲ ", down: "▼ ", flat: "" };

function changeText({ main: { change } }: KpiView): string {
  return change ? `${ARROWS[change.direction]}${change.text}` : NOTHING;
}

function tableCard(element: Extract<ReportElement, { type: "table" }>, id: string, data: CardData, look: CardLook) {
  const { sort, limit } = look.tables(id);
  const table = tableView(element, data, { language: look.language, sort, limit });
  const left = table.rowCount - table.rows.length;
  const { more, rows, truncated } = look.texts.report;
  return {
    kind: "table" as const,
    table,
    more: left > 0 ? more(left) : "",
    note: data.truncated ? truncated(table.rowCount) : rows(table.rowCount),
  };
}

function readyCard(page: ReportPage, id: string, element: ReportElement, result: CardResult, look: CardLook): CardView {
  const heading = headingOf(id, element);
  if (result.state === "failed") return { ...heading, kind: "failed", error: errorText(look.texts, result.error) };
  const { data, trend } = result;
  if (element.type === "kpi") {
    const kpi = kpiView(data, trend, look.language);
    return { ...heading, kind: "kpi", kpi, change: changeText(kpi), previous: look.texts.report.previous };
  }
  if (data.rowCount === 0) return { ...heading, kind: "empty", text: look.texts.report.emptyCard };
  if (isChart(element)) {
    const height = phoneChartHeight(page, id, element, data, look.width);
    return { ...heading, kind: "chart", chart: `${look.stamp}/${id}`, height };
  }
  if (element.type === "table") return { ...heading, ...tableCard(element, id, data, look) };
  return { ...heading, kind: "empty", text: look.texts.report.emptyCard };
}

function cardOf(view: ReportView, page: ReportPage, id: string, look: CardLook): CardView {
  const element = view.spec.elements[id];
  if (!element) return { id, title: "", description: "", kind: "empty", text: look.texts.report.emptyCard };
  if (element.type === "text") return { ...headingOf(id, element), kind: "text", text: element.text };
  const result = view.cards[id];
  if (!result) return { ...headingOf(id, element), kind: "empty", text: look.texts.report.emptyCard };
  return readyCard(page, id, element, result, look);
}

/** A report page's cards in the phone's order. A card that failed is shown as such among the others. */
export function cardRows(view: ReportView, page: ReportPage, look: CardLook): CardRow[] {
  return phoneLayout(page, view.spec.elements).map((row) => {
    const ids = row.kind === "kpis" ? row.elements : [row.element];
    return { key: ids.join("+"), cards: ids.map((id) => cardOf(view, page, id, look)) };
  });
}
