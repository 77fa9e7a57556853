import type { TypeCastField } from "mysql2";
import type { DataType } from "../../../../core/contract/dataset/semantic-model";
import type { Scalar } from "../../../../core/contract/report/query";
import { exactNumber, finite } from "../exact-number";

const EXACT = new Set(["TINY", "SHORT", "LONG", "INT24", "LONGLONG", "DECIMAL", "NEWDECIMAL", "YEAR"]);
const DOUBLES = new Set(["FLOAT", "DOUBLE"]);

/** A cell as the server wrote it; texts arrive in UTF-8, also those that a statement compares as bytes. */
export function scalarOf(field: TypeCastField): Scalar {
  const bytes = field.buffer();
  if (bytes === null) return null;
  if (field.type === "BIT") return bytes.reduce((number, byte) => number * 256 + byte, 0);
  const text = bytes.toString("utf8");
  if (EXACT.has(field.type)) return exactNumber(text);
  if (DOUBLES.has(field.type)) return finite(Number(text));
  return text;
}

const DATATYPES: [RegExp, DataType][] = [
  [/^(tinyint\(1\)|bit\(1\)|bool)/, "Boolean"],
  [/^(tinyint|smallint|mediumint|int|bigint|largeint|year)/, "Integer"],
  [/^(decimal|numeric)/, "Decimal"],
  [/^(float|double)/, "Float"],
  [/^datetime/, "DateTime"],
  [/^timestamp/, "DateTimeTz"],
  [/^date/, "Date"],
  [/^time/, "Time"],
  [/^(var)?char|text|enum|^string/, "String"],
];

/** The wire's numbers of types (https://dev.mysql.com/doc/dev/mysql-server/latest/field__types_8h.html), in `information_schema`'s words. */
const WORDS: Record<number, string> = {
  0: "decimal",
  1: "tinyint",
  2: "smallint",
  3: "int",
  4: "float",
  5: "double",
  7: "timestamp",
  8: "bigint",
  9: "mediumint",
  10: "date",
  11: "time",
  12: "datetime",
  13: "year",
  15: "varchar",
  16: "bit",
  246: "decimal",
  247: "enum",
  249: "text",
  250: "text",
  251: "text",
  252: "text",
  253: "varchar",
  254: "char",
};

/** The wire's character set of what is no text. */
const BINARY = 63;
const TEXTS = new Set(["varchar", "char", "text"]);

/** A column's type on the wire: its number, and what else tells truths from numbers and bytes from texts. */
export interface WireType {
  columnType?: number | undefined;
  columnLength?: number | undefined;
  characterSet?: number | undefined;
}

/** A type in `information_schema`'s words. */
export function typeWord({ columnType = -1, columnLength, characterSet }: WireType): string {
  const word = WORDS[columnType] ?? `type ${columnType}`;
  if (columnLength === 1 && (word === "tinyint" || word === "bit")) return `${word}(1)`;
  return characterSet === BINARY && TEXTS.has(word) ? "binary" : word;
}

/** What a dataset's field would say of a column, by `information_schema`'s word for its type. */
export function datatypeOf(type: string): DataType | null {
  return DATATYPES.find(([pattern]) => pattern.test(type.toLowerCase()))?.[1] ?? null;
}
