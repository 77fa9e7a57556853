import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Scalar } from "../../../../core/contract/report/query";
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

const WORDS: Record<number, string> = {
  16: "boolean",
  18: "character",
  19: "text",
  20: "bigint",
  21: "smallint",
  23: "integer",
  25: "text",
  700: "real",
  701: "double precision",
  1042: "character",
  1043: "character varying",
  1082: "date",
  1083: "time without time zone",
  1114: "timestamp without time zone",
  1184: "timestamp with time zone",
  1700: "numeric",
  2950: "uuid",
};

/** From here on types are a database's own: enumerations, and what extensions bring. */
const FIRST_OWN = 16_384;

/** A type by its number, in `information_schema`'s words. */
export function typeWord(oid: number): string {
  return WORDS[oid] ?? (oid < FIRST_OWN ? `type ${oid}` : "USER-DEFINED");
}

/** What a dataset's field would say of a column, by `information_schema`'s word for its type. */
export function datatypeOf(type: string): DataType | null {
  return DATATYPES[type] ?? null;
}
