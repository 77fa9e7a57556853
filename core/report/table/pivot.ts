import type { CardData, Column, Scalar } from "../../contract/report/query";
import { wordsOf } from "../chart/look";
import { formatValue, NOTHING } from "../format";
import { headingOf } from "../heading";
import {
  columnWidth,
  compareValues,
  placed,
  type TableCell,
  type TableColumn,
  type TableElement,
  type TableLook,
  type TableRow,
  type TableSort,
  type TableWindow,
} from "./look";
import { pivotAxes } from "./totals";

/** One member of an axis, with what lies in it; `row` is a row of the answer that belongs to it. */
interface Member {
  path: Scalar[];
  row: number;
  children: Member[];
}

interface Dimension {
  column: Column;
  values: Scalar[];
}

/** What a group comes to, by the members that it is of. */
type Cells = (down: Scalar[], across: Scalar[], measure: string) => Scalar | undefined;

/** One column of numbers. */
interface Leaf {
  field: string;
  path: Scalar[];
  column: Column;
  names: string[];
}

interface Pivot {
  rows: Dimension[];
  columns: Dimension[];
  measures: Column[];
  cell: Cells;
  element: TableElement;
  look: TableLook;
}

const keyOf = (down: readonly Scalar[], across: readonly Scalar[]): string => JSON.stringify([down, across]);

function beginsWith(names: string[], by: string[]): boolean {
  return by.every((name, index) => names[index] === name);
}

/** Finds what the engine answered for a group, among the rows themselves and all further groupings. */
function cellsOf(data: CardData, rows: string[], columns: string[]): Cells {
  const places = new Map<string, { values: Scalar[][]; row: number }>();
  const at = (name: string): number => data.columns.findIndex((column) => column.name === name);
  for (const { by, values } of [{ by: [...rows, ...columns], values: data.values }, ...(data.totals ?? [])]) {
    const down = by.filter((name) => rows.indexOf(name) >= 0);
    const across = by.filter((name) => columns.indexOf(name) >= 0);
    if (!beginsWith(rows, down) || !beginsWith(columns, across)) continue;
    const [downAt, acrossAt] = [down.map(at), across.map(at)];
    const count = values[0]?.length ?? 0;
    for (let row = 0; row < count; row += 1) {
      const member = (index: number): Scalar => values[index]?.[row] ?? null;
      places.set(keyOf(downAt.map(member), acrossAt.map(member)), { values, row });
    }
  }
  return (down, across, measure) => {
    const place = places.get(keyOf(down, across));
    return place?.values[at(measure)]?.[place.row];
  };
}

/** The members of an axis, as they first appear in the answer. */
function membersOf(dimensions: Dimension[], rowCount: number): Member {
  const root: Member = { path: [], row: -1, children: [] };
  const known = new Map<string, Member>();
  for (let row = 0; row < rowCount; row += 1) {
    let parent = root;
    for (const { values } of dimensions) {
      const path: Scalar[] = [...parent.path, values[row] ?? null];
      const key = JSON.stringify(path);
      const member: Member = known.get(key) ?? { path, row, children: [] };
      if (!known.has(key)) parent.children.push(member);
      known.set(key, member);
      parent = member;
    }
  }
  return root;
}

function sorted(member: Member, compare: (a: Member, b: Member) => number): Member {
  const children = member.children.map((child) => sorted(child, compare));
  return { ...member, children: children.sort((a, b) => compare(a, b) || a.row - b.row) };
}

const last = (path: readonly Scalar[]): Scalar => path[path.length - 1] ?? null;

/** Across: as the query orders them; else dates and numbers by themselves, and names by what they come to. */
function columnOrder({ columns, measures, cell, element }: Pivot): (a: Member, b: Member) => number {
  return (a, b) => {
    const dimension = columns[a.path.length - 1]?.column;
    const [measure] = measures;
    if (!dimension || !measure) return 0;
    const asked = element.query.sort.find(({ field }) => field === dimension.name);
    if (asked || dimension.type !== "string") {
      return compareValues(last(a.path), last(b.path), dimension, asked?.descending ?? false);
    }
    return compareValues(cell([], a.path, measure.name), cell([], b.path, measure.name), measure, true);
  };
}

/** Down: as a heading or else the query orders them; groups by what they come to. */
function rowOrder({ rows, measures, cell, element, look }: Pivot, leaves: Leaf[]): (a: Member, b: Member) => number {
  const [first] = element.query.sort;
  const measure = measures.find(({ name }) => name === first?.field);
  const leaf = leaves.find(({ field }) => field === look.sort?.field);
  const by: (Pick<Leaf, "path" | "column"> & Pick<TableSort, "descending">) | null =
    leaf && look.sort
      ? { ...leaf, descending: look.sort.descending }
      : measure && first
        ? { path: [], column: measure, descending: first.descending }
        : null;
  return (a, b) => {
    const dimension = rows[a.path.length - 1]?.column;
    if (dimension && dimension.name === look.sort?.field) {
      return compareValues(last(a.path), last(b.path), dimension, look.sort.descending);
    }
    if (!by) return 0;
    const { name } = by.column;
    return compareValues(cell(a.path, by.path, name), cell(b.path, by.path, name), by.column, by.descending);
  };
}

/** The paths of all columns: a group's own total behind its members, the whole's at the end. */
function pathsAcross(member: Member, depth: number, table: Pivot): Scalar[][] {
  const { path, children } = member;
  if (path.length === depth) return [path];
  const inner = children.reduce<Scalar[][]>((paths, child) => [...paths, ...pathsAcross(child, depth, table)], []);
  const { totals = false, pivot } = table.element.visual ?? {};
  const own = path.length === 0 ? totals : pivot?.subtotals === true && children.length > 1;
  return own ? [...inner, path] : inner;
}

function leavesOf(pivot: Pivot, root: Member): Leaf[] {
  const { columns, measures, look } = pivot;
  const words = wordsOf(look);
  return pathsAcross(sorted(root, columnOrder(pivot)), columns.length, pivot).reduce<Leaf[]>((leaves, path) => {
    const names = columns.map((dimension, index) => {
      const value = path[index];
      if (value !== undefined) return formatValue(value, dimension.column, look.language);
      return path.length === 0 ? words.total : words.subtotal;
    });
    const own = measures.map((column) => ({
      field: `${column.name}@${JSON.stringify(path)}`,
      path,
      column,
      names: measures.length > 1 ? [...names, headingOf(column, look.language)] : names,
    }));
    return [...leaves, ...own];
  }, []);
}

/** Rows that a column's width is taken from. */
const SAMPLE = 60;

interface Line {
  path: Scalar[];
  row: number;
  kind: "row" | "subtotal";
}

/** The table's rows from the top: a group's own total below its members. */
function linesOf({ path, row, children }: Member, subtotals: boolean, lines: Line[] = []): Line[] {
  if (children.length === 0 && path.length > 0) lines.push({ path, row, kind: "row" });
  for (const child of children) linesOf(child, subtotals, lines);
  if (subtotals && path.length > 0 && children.length > 1) lines.push({ path, row, kind: "subtotal" });
  return lines;
}

function repeatedTo(line: Line, before: Line | undefined): number {
  const at = line.path.findIndex((value, index) => before?.path[index] !== value);
  return before === undefined ? 0 : at < 0 ? line.path.length : at;
}

function namesOf({ rows, look }: Pivot, path: Scalar[], repeated: number): TableCell[] {
  const words = wordsOf(look);
  return rows.map(({ column }, index) => {
    const value = path[index];
    if (value !== undefined) {
      return { text: formatValue(value, column, look.language), bar: null, repeated: index < repeated };
    }
    const word = path.length === 0 ? words.total : words.subtotal;
    return { text: index === path.length ? word : "", bar: null };
  });
}

function numbersOf({ cell, look }: Pivot, leaves: Leaf[], path: Scalar[]): TableCell[] {
  return leaves.map((leaf) => {
    const value = cell(path, leaf.path, leaf.column.name);
    return { text: value === undefined ? NOTHING : formatValue(value, leaf.column, look.language), bar: null };
  });
}

function columnsOf({ rows, measures, columns, cell, element, look }: Pivot, leaves: Leaf[], lines: Line[]) {
  const depth = columns.length + (measures.length > 1 ? 1 : 0) - 1;
  const blank = Array.from({ length: Math.max(0, depth) }, () => "");
  const names = rows.map(({ column, values }) => ({
    field: column.name,
    label: column.label,
    above: blank,
    align: "left" as const,
    width: Math.max(
      columnWidth(column.label, column, values, look.language),
      columnWidth(wordsOf(look).subtotal, column, [], look.language),
    ),
  }));
  const numbers = leaves.map((leaf) => {
    const label = leaf.names[leaf.names.length - 1] ?? headingOf(leaf.column, look.language);
    const seen = [[], ...lines.slice(0, SAMPLE).map(({ path }) => path)];
    const values = seen.map((path) => cell(path, leaf.path, leaf.column.name) ?? null);
    const width = columnWidth(label, leaf.column, values, look.language);
    return { field: leaf.field, label, above: leaf.names.slice(0, -1), align: "right" as const, width };
  });
  return placed([...names, ...numbers], Math.min(rows.length, element.visual?.frozen ?? 1), look.sort);
}

/** A table of members down and across, with what they come to where they meet. Every total is the engine's. */
export function pivotWindow(element: TableElement, data: CardData, look: TableLook): TableWindow {
  const axes = pivotAxes(element);
  const fields = data.columns.map((column, index) => ({ column, values: data.values[index] ?? [] }));
  const named = (names: string[]) =>
    names.reduce<Dimension[]>((found, name) => [...found, ...fields.filter(({ column }) => column.name === name)], []);
  const measures = data.columns.filter(({ role }) => role !== "dimension");
  const pivot: Pivot = {
    rows: named(axes.rows),
    columns: named(axes.columns),
    measures,
    cell: cellsOf(data, axes.rows, axes.columns),
    element,
    look,
  };
  const leaves = leavesOf(pivot, membersOf(pivot.columns, data.rowCount));
  const root = sorted(membersOf(pivot.rows, data.rowCount), rowOrder(pivot, leaves));
  const lines = linesOf(root, element.visual?.pivot?.subtotals === true);
  const columns: TableColumn[] = columnsOf(pivot, leaves, lines);
  const rowOf = (line: Line, index: number): TableRow => ({
    key: JSON.stringify(line.path),
    kind: line.kind,
    row: line.kind === "row" ? line.row : -1,
    cells: [...namesOf(pivot, line.path, repeatedTo(line, lines[index - 1])), ...numbersOf(pivot, leaves, line.path)],
  });
  return {
    columns,
    rowCount: lines.length,
    width: columns.reduce((sum, { width }) => sum + width, 0),
    rows: (from, to) => lines.slice(from, to).map((line, index) => rowOf(line, from + index)),
    total: element.visual?.totals
      ? { key: "total", kind: "total", row: -1, cells: [...namesOf(pivot, [], 0), ...numbersOf(pivot, leaves, [])] }
      : null,
  };
}
