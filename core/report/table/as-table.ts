import type { AskingElement } from "../../contract/report/element";
import type { TableElement } from "./look";

/** Any card's answer as a table of all its columns; a pivot's as the rows that it is made from. */
export function tableOf(element: AskingElement): TableElement {
  if (element.type !== "table") return { type: "table", title: element.title, query: element.query };
  const { pivot: _pivot, ...visual } = element.visual ?? { frozen: 1 };
  return { ...element, visual };
}
