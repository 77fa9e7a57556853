import type { ReportElement } from "../../contract/report/element";
import type { TableElement } from "./look";

/** An element that asks a dataset. */
export type AskingElement = Exclude<ReportElement, { type: "text" }>;

/** Any card's answer as a table of all its columns; a pivot's as the rows that it is made from. */
export function tableOf(element: AskingElement): TableElement {
  if (element.type !== "table") return { type: "table", title: element.title, query: element.query };
  const { pivot: _pivot, ...visual } = element.visual ?? { frozen: 1 };
  return { ...element, visual };
}
