import { own } from "../../../core/own";
import type { CardData } from "../../../core/contract/report/query";
import type { AskingElement, ReportElement } from "../../../core/contract/report/element";
import type { ReportPage } from "../../../core/contract/report/report";
import type { TrailStep } from "../../../core/report/question/chips";
import { isChart } from "../../../core/report/chart/chart";
import { descriptionOf } from "../../../core/report/description";
import { kpiView, type KpiView } from "../../../core/report/kpi";
import { phoneChartHeight, phoneLayout } from "../../../core/report/layout/layout";
import { tableOf } from "../../../core/report/table/as-table";
import { tableView, type TableView } from "../../../core/report/table/table";
import type { TableSort } from "../../../core/report/table/look";
import { NOTHING, type Language } from "../../../core/report/format";
import type { ErrorText, Texts } from "../../text/texts";
import { errorText } from "../../text/text";
import type { CardOutcome, ShownReport } from "./card-answers";

/** What every card has. */
export interface CardHeading {
  id: string;
  title: string;
  description: string;
  /** Asked anew; what is shown answers the earlier question. */
  busy: boolean;
  /** The values chosen on the way down its hierarchy. */
  trail: TrailStep[];
  /** Whether a tapped value leads further down. */
  goesDown: boolean;
}

/** One card as the phone shows it: plain data, all numbers already text. */
export type CardView = CardHeading &
  (
    | { kind: "kpi"; kpi: KpiView; change: string; previous: string }
    /** `chart` names the card's data, which the chart fetches itself: it need not cross to the view. */
    | { kind: "chart"; chart: string; height: number }
    | { kind: "table"; table: TableView; more: string; note: string }
    | { kind: "text"; text: string }
    | { kind: "divider" }
    | { kind: "link"; url: string }
    | { kind: "section"; folded: boolean }
    | { kind: "failed"; error: ErrorText }
    /** Needs a value for a required filter; the text says for which. */
    | { kind: "waiting"; text: string }
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
  /** Changes whenever a card's chart must be drawn anew. */
  stamp: (id: string) => string;
  question: (id: string) => Pick<CardHeading, "busy" | "trail" | "goesDown">;
  tables: (id: string) => TableState;
  /** Sections whose cards are folded away. */
  folded: ReadonlySet<string>;
}

function headingOf(id: string, element: ReportElement, look: CardLook, data: CardData | null): CardHeading {
  const description = descriptionOf(element, data, look.language);
  return { id, title: element.title, description, ...look.question(id) };
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

/** Why a card has no data to show, if it has none. */
function withoutData(view: ShownReport, result: CardOutcome, look: CardLook) {
  const { texts } = look;
  if (result.state === "failed") return { kind: "failed" as const, error: errorText(texts, result.error) };
  if (result.state === "ready") return null;
  const labels = view.spec.filters.filter(({ id }) => result.needs.indexOf(id) >= 0).map(({ label }) => label);
  return { kind: "waiting" as const, text: texts.report.chooseFirst(labels) };
}

function dataCard(page: ReportPage, id: string, element: ReportElement, data: CardData, look: CardLook) {
  if (data.rowCount > 0 && isChart(element)) {
    const height = phoneChartHeight(page, id, element, data, look.width);
    return { kind: "chart" as const, chart: `${look.stamp(id)}/${id}`, height };
  }
  if (data.rowCount > 0 && element.type === "table") return tableCard(element, id, data, look);
  // Of a report that is newer than this client.
  if (data.rowCount > 0 && "query" in element) {
    return { ...tableCard(tableOf(element), id, data, look), note: look.texts.report.unknownVisual };
  }
  return { kind: "empty" as const, text: look.texts.report.emptyCard };
}

/** Elements that ask nothing. */
function withoutQuestion(element: Exclude<ReportElement, AskingElement>, folded: boolean) {
  switch (element.type) {
    case "text":
      return { kind: "text" as const, text: element.text };
    case "link":
      return { kind: "link" as const, url: element.url };
    case "section":
      return { kind: "section" as const, folded };
    case "divider":
      return { kind: "divider" as const };
  }
}

function cardOf(view: ShownReport, page: ReportPage, id: string, look: CardLook): CardView {
  const element = own(view.spec.elements, id);
  const empty = { kind: "empty" as const, text: look.texts.report.emptyCard };
  if (!element) return { id, title: "", description: "", busy: false, trail: [], goesDown: false, ...empty };
  const result = own(view.cards, id);
  const heading = headingOf(id, element, look, result?.state === "ready" ? result.data : null);
  if (!("query" in element)) return { ...heading, ...withoutQuestion(element, look.folded.has(id)) };
  if (!result) return { ...heading, ...empty };
  if (result.state !== "ready") return { ...heading, ...(withoutData(view, result, look) ?? empty) };
  if (element.type !== "kpi") return { ...heading, ...dataCard(page, id, element, result.data, look) };
  const kpi = kpiView(result.data, result.trend, look.language);
  return { ...heading, kind: "kpi", kpi, change: changeText(kpi), previous: look.texts.report.previous };
}

/** A report page's cards in the phone's order. A card that failed is shown as such among the others. */
export function cardRows(view: ShownReport, page: ReportPage, look: CardLook): CardRow[] {
  return phoneLayout(page, view.spec.elements, look.folded).map((row) => {
    const ids = row.kind === "kpis" ? row.elements : [row.element];
    return { key: ids.join("+"), cards: ids.map((id) => cardOf(view, page, id, look)) };
  });
}
