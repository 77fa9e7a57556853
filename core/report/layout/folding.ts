import type { ReportElement } from "../../contract/report/element";
import type { ReportPage } from "../../contract/report/report";
import { removeItems, type GridItem } from "./grid";
import { sectionMembers } from "./sections";

/** A page's cards without those of folded sections; what stood below them closes up. */
export function withoutFolded(
  page: ReportPage,
  elements: Readonly<Record<string, ReportElement>>,
  folded: ReadonlySet<string>,
): GridItem[] {
  const members = sectionMembers(page.layout, elements);
  const away = new Set([...members].flatMap(([id, inside]) => (folded.has(id) ? inside : [])));
  return away.size === 0 ? page.layout : removeItems(page.layout, away);
}
