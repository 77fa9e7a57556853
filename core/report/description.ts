import type { ReportElement } from "../contract/report/element";
import type { CardData } from "../contract/report/query";
import type { Language } from "./format";

const RANKED: Record<Language, (labels: string, count: number, last: boolean) => string> = {
  "zh-CN": (labels, count, last) => `先按“${labels}”筛选，再取${last ? "后" : "前"} ${count} 项`,
  "en-US": (labels, count, last) => `The ${last ? "last" : "first"} ${count} of what the filter on ${labels} leaves`,
};

/** What is written below a card's title: its own description, and what is not to be seen: that a filter comes before the ranking. */
export function descriptionOf(element: ReportElement, data: CardData | null, language: Language): string {
  const own = ("description" in element && element.description) || "";
  const { topN = undefined, filters = [] } = "query" in element ? element.query : {};
  if (!topN || !data) return own;
  const measures = data.columns.filter(({ role, name }) => {
    return role === "measure" && filters.some(({ field }) => field === name);
  });
  if (measures.length === 0) return own;
  const labels = measures.map(({ label }) => label).join(language === "zh-CN" ? "、" : ", ");
  const note = RANKED[language](labels, topN.count, topN.ascending === true);
  return own ? `${own} · ${note}` : note;
}
