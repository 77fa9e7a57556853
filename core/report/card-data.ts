import type { CardData, Column, Scalar } from "../contract/report/query";
import { toNumber } from "./format";

/** A column of an answer together with its values. */
export interface Field {
  column: Column;
  values: Scalar[];
}

/** All columns of one role, in the answer's order. */
export function fieldsOf(data: CardData, role: Column["role"]): Field[] {
  return data.columns
    .map((column, index) => ({ column, values: data.values[index] ?? [] }))
    .filter((field) => field.column.role === role);
}

/** The column that a measure's earlier value stands in, if the query compared. */
export function comparisonOf(data: CardData, measure: string): Field | undefined {
  return fieldsOf(data, "comparison").find((field) => field.column.name === `${measure}:previous`);
}

/** A field's values as numbers; what is none stays null. */
export function numbersOf(field: Field): (number | null)[] {
  return field.values.map(toNumber);
}
