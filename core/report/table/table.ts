import type { CardData, Column, Scalar } from "../../contract/report/query";
import { wordsOf } from "../chart/look";
import { formatValue, NOTHING, toNumber } from "../format";
import { headingOf } from "../heading";
import { pivotWindow } from "./pivot";
import {
  columnWidth,
  compareValues,
  placed,
  totalOf,
  type TableCell,
  type TableElement,
  type TableLook,
  type TableRow,
  type TableSort,
  type TableWindow,
} from "./look";

/** What the table component shows: `rows` may be fewer than there are. */
export interface TableView extends Omit<TableWindow, "rows"> {
  rows: TableRow[];
}

/** Row numbers in the wanted order. What was not measured stands last, whichever way the rest is ordered. */
export function rowOrder(data: CardData, sort: TableSort | null): number[] {
  const order = Array.from({ length: data.rowCount }, (_, row) => row);
  const index = sort ? data.columns.findIndex((column) => column.name === sort.field) : -1;
  const column = data.columns[index];
  const values = data.values[index];
  if (!sort || !column || !values) return order;
  return order.sort((a, b) => compareValues(values[a], values[b], column, sort.descending) || a - b);
}

/**
 * The order after a tap on a column's header: numbers start with the largest, texts with the first; a third tap lets it be.
 * The columns of a pivot, which the answer does not have as such, hold numbers.
 */
export function nextSort(current: TableSort | null, field: string, columns: readonly Pick<Column, "name" | "type">[]) {
  const first = (columns.find(({ name }) => name === field)?.type ?? "number") === "number";
  if (current?.field !== field) return { field, descending: first };
  return current.descending === first ? { field, descending: !first } : null;
}

interface Picked {
  column: Column;
  values: Scalar[];
  /** Where the column stands in the answer. */
  place: number;
  width: number | undefined;
  bar: boolean;
}

function picked(element: TableElement, data: CardData): Picked[] {
  const all = data.columns.map((column, place) => ({ column, place, values: data.values[place] ?? [] }));
  const wanted = element.visual?.columns;
  if (!wanted) return all.map((field) => ({ ...field, width: undefined, bar: false }));
  return wanted.reduce<Picked[]>((fields, { field, width, bar }) => {
    const found = all.find(({ column }) => column.name === field);
    return found ? [...fields, { ...found, width, bar: bar ?? false }] : fields;
  }, []);
}

function barLength(value: Scalar | undefined, largest: number): number | null {
  const number = toNumber(value);
  return number === null || largest === 0 ? null : Math.round((Math.abs(number) / largest) * 1000) / 10;
}

/** The last row: what the engine says all rows come to. Dimensions have no total; the first column says what the row is. */
function totalRow(element: TableElement, data: CardData, fields: Picked[], look: TableLook): TableRow | null {
  const values = element.visual?.totals ? totalOf(data, []) : null;
  if (!values) return null;
  const cells = fields.map(({ column, place }, index): TableCell => {
    const name = index === 0 ? wordsOf(look).total : "";
    const text = column.role === "dimension" ? name : formatValue(values[place]?.[0], column, look.language);
    return { text, bar: null };
  });
  return { key: "total", kind: "total", row: -1, cells };
}

function plainWindow(element: TableElement, data: CardData, look: TableLook): TableWindow {
  const fields = picked(element, data);
  const total = totalRow(element, data, fields, look);
  const columns = fields.map(({ column, values, width, place }) => {
    const label = headingOf(column, look.language);
    const seen = total ? [totalOf(data, [])?.[place]?.[0] ?? null, ...values] : values;
    const align = column.type === "number" ? ("right" as const) : ("left" as const);
    return {
      field: column.name,
      label,
      above: [],
      align,
      width: width ?? columnWidth(label, column, seen, look.language),
    };
  });
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
    columns: placed(columns, element.visual?.frozen ?? 1, look.sort),
    rowCount: data.rowCount,
    width: columns.reduce((sum, column) => sum + column.width, 0),
    rows: (from, to) =>
      order.slice(from, to).map((row) => ({ key: String(row), kind: "row", row, cells: cellsOf(row) })),
    total,
  };
}

/** A table card, of which only the rows in sight are made: for screens that show thousands. */
export function tableWindow(element: TableElement, data: CardData, look: TableLook): TableWindow {
  return element.visual?.pivot ? pivotWindow(element, data, look) : plainWindow(element, data, look);
}

/** A table card's first rows, at most `limit`, ready to be shown; headings over several columns are said with each of them. */
export function tableView(element: TableElement, data: CardData, look: TableLook & { limit: number }): TableView {
  const { rows, columns, ...table } = tableWindow(element, data, look);
  const flat = columns.map((column) => {
    const names = [...column.above, column.label].filter((name, index, all) => name && name !== all[index - 1]);
    return { ...column, label: names.join(" · ") };
  });
  return { ...table, columns: flat, rows: rows(0, look.limit) };
}
