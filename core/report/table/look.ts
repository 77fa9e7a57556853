import { compareNumbers } from "../digits";
import { codeOrder, naturalOrder } from "../natural-order";
import type { CardData, Column, Scalar } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { formatValue, type Language } from "../format";
import { textWidth } from "../text-width";

export type TableElement = Extract<ReportElement, { type: "table" }>;

/** Which column orders the rows. */
export interface TableSort {
  field: string;
  descending: boolean;
}

export interface TableColumn {
  /** Unlike any other column's. */
  field: string;
  label: string;
  /** Headings over several columns, the outermost first; every column of a table has as many, or none. */
  above: string[];
  align: "left" | "right";
  /** In px. */
  width: number;
  /** Distance from the left edge while frozen, in px; null where the column scrolls. */
  left: number | null;
  sort: "ascending" | "descending" | "none";
}

export interface TableCell {
  text: string;
  /** Length of the bar behind the number, in percent of the column's largest; null without one. */
  bar: number | null;
  /** Says the same as the cell above it, of the same group. */
  repeated?: boolean;
}

export interface TableRow {
  key: string;
  kind: "row" | "subtotal" | "total";
  /** The row of the answer whose dimensions it shows; -1 for totals. */
  row: number;
  cells: TableCell[];
}

/** How a table is to be shown. */
export interface TableLook {
  language: Language;
  sort: TableSort | null;
}

/** A table of any length: its columns are known at once, its rows are made as they are looked at. */
export interface TableWindow {
  columns: TableColumn[];
  /** All rows that there are, without the total. */
  rowCount: number;
  /** Width of all columns, in px. */
  width: number;
  /** Rows `from` up to, but without, `to`, in the table's order. */
  rows: (from: number, to: number) => TableRow[];
  /** What all rows come to, as the engine says; null where it was not asked. */
  total: TableRow | null;
}

/** Texts are written at 13 px; some fonts are wider than the one that was measured, and totals are bold. */
const FONT_SIZE = 16;
const PADDING = 24;
const SORT_MARK = 14;
const SAMPLE = 60;

/** The order of two values, as a sort function answers it. What was not measured stands last, whichever way the rest is ordered. */
export function compareValues(
  a: Scalar | undefined,
  b: Scalar | undefined,
  { type }: Pick<Column, "type">,
  descending: boolean,
) {
  const [left, right] = [a ?? null, b ?? null];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const sign = descending ? -1 : 1;
  if (type === "number" && typeof left !== "boolean" && typeof right !== "boolean") {
    return sign * compareNumbers(left, right);
  }
  return sign * (type === "string" ? naturalOrder : codeOrder)(String(left), String(right));
}

/** As wide as the heading and the first values, within bounds; in px. */
export function columnWidth(heading: string, column: Column, values: Scalar[], language: Language): number {
  const texts = values.slice(0, SAMPLE).map((value) => textWidth(formatValue(value, column, language), FONT_SIZE));
  const widest = Math.max(textWidth(heading, FONT_SIZE) + SORT_MARK, ...texts);
  return Math.round(Math.min(180, Math.max(64, widest + PADDING)));
}

/** Places columns beside each other: the first ones stay where they are while the others scroll. */
export function placed(columns: Omit<TableColumn, "left" | "sort">[], frozen: number, sort: TableSort | null) {
  let left = 0;
  return columns.map((column, index): TableColumn => {
    const place = index < frozen ? left : null;
    left += column.width;
    const sorted = sort?.field === column.field ? sort : null;
    return { ...column, left: place, sort: sorted ? (sorted.descending ? "descending" : "ascending") : "none" };
  });
}

/** The values of a further grouping, where the answer has it. */
export function totalOf(data: CardData, by: readonly string[]): Scalar[][] | null {
  const found = (data.totals ?? []).find((total) => total.by.join() === by.join());
  return found ? found.values : null;
}
