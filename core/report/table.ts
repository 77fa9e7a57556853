import type { CardData, Column, Scalar } from "../contract/query";
import type { ReportElement } from "../contract/report";
import { formatValue, NOTHING, toNumber, type Language } from "./format";
import { headingOf } from "./heading";
import { textWidth } from "./text-width";

type TableElement = Extract<ReportElement, { type: "table" }>;

/** Which column orders the rows. */
export interface TableSort {
  field: string;
  descending: boolean;
}

export interface TableColumn {
  field: string;
  label: string;
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
}

/** What the table component shows. */
export interface TableView {
  columns: TableColumn[];
  rows: { key: string; cells: TableCell[] }[];
  /** All rows that there are; `rows` may be fewer. */
  rowCount: number;
  /** Width of all columns, in px. */
  width: number;
}

/** How a table is to be shown. */
export interface TableLook {
  language: Language;
  sort: TableSort | null;
  /** At most so many rows. */
  limit: number;
}

const FONT_SIZE = 13;
const PADDING = 24;
const SORT_MARK = 14;
const SAMPLE = 60;

function compareValues(a: Scalar, b: Scalar, column: Column): number {
  if (column.type === "number") return (toNumber(a) ?? 0) - (toNumber(b) ?? 0);
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Row numbers in the wanted order. What was not measured stands last, whichever way the rest is ordered. */
export function rowOrder(data: CardData, sort: TableSort | null): number[] {
  const order = Array.from({ length: data.rowCount }, (_, row) => row);
  const index = sort ? data.columns.findIndex((column) => column.name === sort.field) : -1;
  const column = data.columns[index];
  const values = data.values[index];
  if (!sort || !column || !values) return order;
  const nothing = (row: number): boolean => values[row] === null || values[row] === undefined;
  const sign = sort.descending ? -1 : 1;
  return order.sort((a, b) => {
    if (nothing(a) || nothing(b)) return Number(nothing(a)) - Number(nothing(b)) || a - b;
    return sign * compareValues(values[a] ?? null, values[b] ?? null, column) || a - b;
  });
}

/** The order after a tap on a header: numbers start with the largest, texts with the first; a third tap lets it be. */
export function nextSort(current: TableSort | null, column: Pick<Column, "name" | "type">): TableSort | null {
  const first = column.type === "number";
  if (current?.field !== column.name) return { field: column.name, descending: first };
  return current.descending === first ? { field: column.name, descending: !first } : null;
}

interface Picked {
  column: Column;
  values: Scalar[];
  width: number | undefined;
  bar: boolean;
}

function picked(element: TableElement, data: CardData): Picked[] {
  const all = data.columns.map((column, index) => ({ column, values: data.values[index] ?? [] }));
  const wanted = element.visual?.columns;
  if (!wanted) return all.map((field) => ({ ...field, width: undefined, bar: false }));
  return wanted.reduce<Picked[]>((fields, { field, width, bar }) => {
    const found = all.find(({ column }) => column.name === field);
    return found ? [...fields, { ...found, width, bar: bar ?? false }] : fields;
  }, []);
}

function columnWidth({ column, values, width }: Picked, language: Language): number {
  if (width !== undefined) return width;
  const texts = values.slice(0, SAMPLE).map((value) => textWidth(formatValue(value, column, language), FONT_SIZE));
  const widest = Math.max(textWidth(headingOf(column, language), FONT_SIZE) + SORT_MARK, ...texts);
  return Math.round(Math.min(180, Math.max(64, widest + PADDING)));
}

function tableColumns(fields: Picked[], frozen: number, look: Omit<TableLook, "limit">): TableColumn[] {
  let left = 0;
  return fields.map((field, index) => {
    const width = columnWidth(field, look.language);
    const place = index < frozen ? left : null;
    left += width;
    const sorted = look.sort?.field === field.column.name ? look.sort : null;
    return {
      field: field.column.name,
      label: headingOf(field.column, look.language),
      align: field.column.type === "number" ? "right" : "left",
      width,
      left: place,
      sort: sorted ? (sorted.descending ? "descending" : "ascending") : "none",
    };
  });
}

function barLength(value: Scalar | undefined, largest: number): number | null {
  const number = toNumber(value);
  return number === null || largest === 0 ? null : Math.round((Math.abs(number) / largest) * 1000) / 10;
}

/** A table of any length: its columns are known at once, its rows are made as they are looked at. */
export interface TableWindow extends Omit<TableView, "rows"> {
  /** Rows `from` up to, but without, `to`, in the table's order. */
  rows: (from: number, to: number) => TableView["rows"];
}

/** A table card, of which only the rows in sight are made: for screens that show thousands. */
export function tableWindow(element: TableElement, data: CardData, look: Omit<TableLook, "limit">): TableWindow {
  const fields = picked(element, data);
  const columns = tableColumns(fields, element.visual?.frozen ?? 1, look);
  const largest = fields.map(({ values, bar }) =>
    bar ? values.reduce<number>((most, value) => Math.max(most, Math.abs(toNumber(value) ?? 0)), 0) : 0,
  );
  const order = rowOrder(data, look.sort);
  const cellsOf = (row: number): TableCell[] =>
    fields.map(({ column, values, bar }, index) => ({
      text: values[row] === undefined ? NOTHING : formatValue(values[row], column, look.language),
      bar: bar ? barLength(values[row], largest[index] ?? 0) : null,
    }));
  return {
    columns,
    rowCount: data.rowCount,
    width: columns.reduce((sum, column) => sum + column.width, 0),
    rows: (from, to) => order.slice(from, to).map((row) => ({ key: String(row), cells: cellsOf(row) })),
  };
}

/** A table card's first rows and columns, ready to be shown. */
export function tableView(element: TableElement, data: CardData, look: TableLook): TableView {
  const { rows, ...table } = tableWindow(element, data, look);
  return { ...table, rows: rows(0, look.limit) };
}
