import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { FileColumn } from "../../../core/contract/source/file";
import { isSqlSource, type DataType, type Expression } from "../../../core/contract/dataset/semantic-model";
import type { ColumnEffect } from "../../../core/contract/source/upload";
import { textOf } from "../query/expression/read";
import { parseExpression } from "../query/expression/parse";
import { ExpressionError } from "../query/expression/fault";
import { tablesOf } from "../query/model";
import { namesFile } from "../storage/source-files";
import { columnsIn, isAlike } from "./columns";

/** A file that takes the place of another one, or comes anew where a dataset reads all files of a folder. */
export interface Replacement {
  name: string;
  /** Null where there is no file of that name, or nobody knows its columns. */
  before: readonly FileColumn[] | null;
  after: readonly FileColumn[];
}

/** A column that a dataset is made of. */
interface Use {
  column: string;
  /** The field or metric that is made of it. */
  member: string | null;
  /** Of a field that is nothing but the column. */
  datatype: DataType | null;
}

type Table = DatasetModel["semantic_model"]["datasets"][number];

/** What a dataset's model needs of a file and would no longer find there. */
export function replacementEffects(
  model: DatasetModel,
  { name, before, after }: Replacement,
): Omit<ColumnEffect, "dataset" | "label">[] {
  const reading = model.semantic_model.datasets.filter(({ source }) =>
    tablesOf(source).some((file) => namesFile(file, name)),
  );
  const byColumn = new Map<string, Use[]>();
  for (const use of reading.flatMap((table) => usesOf(table, model, before))) {
    byColumn.set(keyOf(use.column), [...(byColumn.get(keyOf(use.column)) ?? []), use]);
  }
  return [...byColumn.values()].flatMap((uses) => effectOn(uses, before, after));
}

function effectOn(
  uses: readonly Use[],
  before: readonly FileColumn[] | null,
  after: readonly FileColumn[],
): Omit<ColumnEffect, "dataset" | "label">[] {
  const called = uses[0]?.column ?? "";
  const [old, next] = [columnNamed(called, before), columnNamed(called, after)];
  const was = old?.type ?? declaredType(uses);
  const effect = {
    column: old?.name ?? called,
    was,
    members: [...new Set(uses.flatMap(({ member }) => member ?? []))],
  };
  if (next) return changesKind(was, next.type) ? [{ code: "column_kind", ...effect, becomes: next.type }] : [];
  const wasMissing = before !== null && !old;
  return wasMissing ? [] : [{ code: "column_missing", ...effect, becomes: null }];
}

function declaredType(uses: readonly Use[]): DataType | null {
  return uses.find(({ datatype }) => datatype !== null)?.datatype ?? null;
}

function columnNamed(name: string, columns: readonly FileColumn[] | null): FileColumn | undefined {
  return columns?.find((column) => keyOf(column.name) === keyOf(name));
}

function changesKind(was: DataType | null, becomes: DataType): boolean {
  return was !== null && was !== "Opaque" && !isAlike(was, becomes);
}

/** Of a SELECT, and of what only DuckDB reads, those columns whose names occur: the words alone do not say more. */
function usesOf(table: Table, { semantic_model: semantic }: DatasetModel, before: Replacement["before"]): Use[] {
  const { name, source, fields, metrics = [], primary_key = [], unique_keys = [] } = table;
  const joined = (semantic.relationships ?? []).flatMap(({ from, to, from_columns, to_columns }) => [
    ...(from === name ? from_columns : []),
    ...(to === name ? to_columns : []),
  ]);
  // With several tables a metric of the model names fields, not columns.
  const ofModel = semantic.datasets.length === 1 ? (semantic.metrics ?? []) : [];
  const known = new Set((before ?? []).map((column) => keyOf(column.name)));
  const uses: Use[] = [
    ...[...primary_key, ...unique_keys.flat(), ...joined].map((column) => ({ column, member: null, datatype: null })),
    ...fields.flatMap(({ name: member, expression, datatype }) =>
      columnsOf(expression, "row", known).map(({ column, isAll }) => ({
        column,
        member,
        datatype: isAll ? datatype : null,
      })),
    ),
    ...[...metrics, ...ofModel].flatMap(({ name: member, expression }) =>
      columnsOf(expression, "metric", known).map(({ column }) => ({ column, member, datatype: null })),
    ),
  ];
  if (!isSqlSource(source)) return uses;
  const named = namesIn(source).map((column) => ({ column, member: null, datatype: null }));
  return [...named, ...uses].filter(({ column }) => known.has(keyOf(column)));
}

function columnsOf(
  expression: Expression,
  within: "row" | "metric",
  known: ReadonlySet<string>,
): { column: string; isAll: boolean }[] {
  const text = textOf(expression, "duckdb") ?? "";
  try {
    const tree = parseExpression(text);
    return columnsIn(tree, within).map((column) => ({ column, isAll: tree.kind === "column" }));
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return namesIn(text)
      .filter((column) => known.has(keyOf(column)))
      .map((column) => ({ column, isAll: false }));
  }
}

const TEXTS = /'(?:[^']|'')*'/g;
const NAMES = /"((?:[^"]|"")+)"|[\p{L}_][\p{L}\p{N}_]*/gu;

function namesIn(text: string): string[] {
  return [...text.replace(TEXTS, " ").matchAll(NAMES)].map(([word, quoted]) => quoted?.replaceAll('""', '"') ?? word);
}

/** As DuckDB tells names apart. */
function keyOf(column: string): string {
  return column.toLowerCase();
}
