import type { CardQuery } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";

type TableElement = Extract<ReportElement, { type: "table" }>;

/** Which dimensions of a pivot go down and which go across, in their order. */
export function pivotAxes(element: TableElement): { rows: string[]; columns: string[] } {
  const names = element.query.dimensions.map(({ field }) => field as string);
  const across = (element.visual?.pivot?.columns ?? []).filter((name) => names.indexOf(name) >= 0);
  return { rows: names.filter((name) => across.indexOf(name) < 0), columns: across };
}

/** The first dimensions of an axis: none for its total, some for subtotals, all for its own members. */
function beginnings(names: string[], { totals, subtotals }: { totals: boolean; subtotals: boolean }): string[][] {
  const all = Array.from({ length: names.length + 1 }, (_, length) => names.slice(0, length));
  return all.filter(({ length }) => length === names.length || (length === 0 ? totals : subtotals));
}

function groupings(element: TableElement): string[][] {
  const { totals = false, pivot } = element.visual ?? {};
  if (!pivot) return totals ? [[]] : [];
  const { rows, columns } = pivotAxes(element);
  const wanted = { totals, subtotals: pivot.subtotals };
  const every = beginnings(rows, wanted).reduce<string[][]>(
    (found, down) => [...found, ...beginnings(columns, wanted).map((across) => [...down, ...across])],
    [],
  );
  return every.filter(({ length }) => length < rows.length + columns.length);
}

/**
 * A table's query with the totals that it shows. The engine computes them from the rows: an average, a ratio or a distinct
 * count of a whole is not the sum of its parts.
 */
export function withTotals(element: ReportElement, query: CardQuery): CardQuery {
  const totals = element.type === "table" ? groupings(element) : [];
  return totals.length > 0 ? { ...query, totals } : query;
}
