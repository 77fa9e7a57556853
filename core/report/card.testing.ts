import type { CardData, Column, Scalar } from "../contract/report/query";
import type { ReportElement } from "../contract/report/element";

type Extra = Partial<Pick<Column, "grain" | "format" | "direction">>;

/** A column for tests; everything that a test does not name is the plainest there is. */
export function dimension(name: string, extra: Extra & { type?: Column["type"] } = {}): Column {
  return { name, label: name, role: "dimension", type: "string", ...extra };
}

export function measure(name: string, extra: Extra = {}): Column {
  return { name, label: name, role: "measure", type: "number", ...extra };
}

export function earlier(name: string, extra: Extra = {}): Column {
  return { name: `${name}:previous`, label: name, role: "comparison", type: "number", ...extra };
}

/** An answer from its rows. */
export function answer(columns: Column[], rows: Scalar[][]): CardData {
  const values = columns.map((_, index) => rows.map((row) => row[index] ?? null));
  return { columns, values, rowCount: rows.length, truncated: false };
}

const QUERY = { dataset: "retail", dimensions: [], measures: ["revenue"], filters: [], sort: [], limit: 1_000 };

/** An element of a type, with what the test says of it. */
export function element<Type extends ReportElement["type"]>(
  type: Type,
  extra: object = {},
): Extract<ReportElement, { type: Type }> {
  return { type, title: type, query: QUERY, ...extra } as unknown as Extract<ReportElement, { type: Type }>;
}
