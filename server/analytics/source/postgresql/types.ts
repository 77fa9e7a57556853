import type { DataType } from "../../../../core/contract/semantic-model";
import type { Scalar } from "../../../../core/contract/query";
import { exactNumber, finite } from "../exact-number";

/** PostgreSQL's own numbers of its types (`pg_type.dat`), which no version changes. */
const BOOLEAN = 16;
const EXACT = new Set([20, 21, 23, 26, 1700]);
const DOUBLES = new Set([700, 701]);

/** A cell as the server wrote it. */
export function scalarOf(text: string, oid: number): Scalar {
  if (oid === BOOLEAN) return text === "t";
  if (EXACT.has(oid)) return exactNumber(text);
  if (DOUBLES.has(oid)) return finite(Number(text));
  return text;
}

const DATATYPES: Record<string, DataType> = {
  smallint: "Integer",
  integer: "Integer",
  bigint: "Integer",
  numeric: "Decimal",
  real: "Float",
  "double precision": "Float",
  boolean: "Boolean",
  date: "Date",
  "timestamp without time zone": "DateTime",
  "timestamp with time zone": "DateTimeTz",
  "time without time zone": "Time",
  text: "String",
  "character varying": "String",
  character: "String",
  uuid: "String",
  "USER-DEFINED": "String",
};

/** What a dataset's field would say of a column, by `information_schema`'s word for its type. */
export function datatypeOf(type: string): DataType | null {
  return DATATYPES[type] ?? null;
}
