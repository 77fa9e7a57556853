import type { TokenReader } from "./reader";
import { AGGREGATES } from "./tree";
import type { AggregateName, CastType, DatePart, Tree } from "./tree";

/** What a primary expression holds again. */
interface Inner {
  expression(reader: TokenReader): Tree;
  /** The rest of a list in brackets. */
  list(reader: TokenReader): Tree[];
}

const CONSTANTS = ["NULL", "TRUE", "FALSE"] as const;
const PARTS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"] as const;
/** Words that name no column unless they are quoted. */
const WORDS = new Set(
  (
    "SELECT FROM WHERE GROUP ORDER HAVING LIMIT UNION CASE WHEN THEN ELSE END AND OR NOT IN IS BETWEEN LIKE AS DISTINCT " +
    "FILTER OVER WINDOW INTERVAL CAST EXTRACT EXISTS ALL ANY JOIN ON WITH VALUES"
  ).split(" "),
);

/** A value, a column, a call, or anything in brackets; with the casts that follow it. */
export function readPrimary(reader: TokenReader, inner: Inner): Tree {
  let tree = readBare(reader, inner);
  while (reader.take("::")) tree = { kind: "cast", operand: tree, type: readType(reader) };
  return tree;
}

function readBare(reader: TokenReader, inner: Inner): Tree {
  const number = reader.takeKind("number");
  if (number) return { kind: "number", text: number.text };
  const text = reader.takeKind("text");
  if (text) return { kind: "text", value: text.text };
  const value = reader.takeOne(CONSTANTS);
  if (value) return { kind: "constant", value };
  if (reader.take("(")) {
    const tree = inner.expression(reader);
    reader.expect(")");
    return tree;
  }
  return readForm(reader, inner) ?? readNamed(reader, inner);
}

/** The forms that begin with a word of their own; null where none of them follows. */
function readForm(reader: TokenReader, inner: Inner): Tree | null {
  if (reader.take("CASE")) return readCase(reader, inner);
  if (reader.takeAll("CAST", "(")) {
    const operand = inner.expression(reader);
    reader.expect("AS");
    const type = readType(reader);
    reader.expect(")");
    return { kind: "cast", operand, type };
  }
  if (reader.takeAll("EXTRACT", "(")) {
    const part = reader.takeOne(PARTS);
    if (!part) throw reader.failure("date_part_needed");
    reader.expect("FROM");
    const operand = inner.expression(reader);
    reader.expect(")");
    return { kind: "extract", part: part.toLowerCase() as DatePart, operand };
  }
  return null;
}

function readCase(reader: TokenReader, inner: Inner): Tree {
  const operand = reader.sees("WHEN") ? null : inner.expression(reader);
  const branches: { when: Tree; then: Tree }[] = [];
  while (reader.take("WHEN")) {
    const when = inner.expression(reader);
    reader.expect("THEN");
    branches.push({ when, then: inner.expression(reader) });
  }
  if (branches.length === 0) throw reader.failure("when_needed");
  const otherwise = reader.take("ELSE") ? inner.expression(reader) : null;
  reader.expect("END");
  return { kind: "case", operand, branches, otherwise };
}

function readNamed(reader: TokenReader, inner: Inner): Tree {
  const token = reader.takeKind("name");
  if (!token || (!token.quoted && WORDS.has(token.text.toUpperCase()))) throw reader.failure("value_needed");
  const moment = momentOf(reader, token);
  if (moment) return moment;
  if (!token.quoted && reader.take("(")) return readCall(reader, inner, token.text.toLowerCase());
  if (!reader.take(".")) return { kind: "column", owner: null, name: token.text };
  const field = reader.takeKind("name");
  if (!field) throw reader.failure("field_needed");
  return { kind: "column", owner: token.text, name: field.text };
}

/** `DATE '2026-01-31'` and `TIMESTAMP '2026-01-31 08:00:00'`; as names of columns both words stay free. */
function momentOf(reader: TokenReader, { text, quoted }: { text: string; quoted: boolean }): Tree | null {
  const type = text.toLowerCase();
  if (quoted || (type !== "date" && type !== "timestamp")) return null;
  const value = reader.takeKind("text")?.text;
  if (value === undefined) return null;
  const fits = /^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(value) && !Number.isNaN(Date.parse(value.replace(" ", "T")));
  if (!fits) throw reader.failure("no_moment", value, type);
  return { kind: "moment", type, value };
}

function readCall(reader: TokenReader, inner: Inner, name: string): Tree {
  const aggregate = AGGREGATES.find((each) => each === name);
  if (aggregate) return readAggregate(reader, inner, aggregate);
  const args = reader.take(")") ? [] : inner.list(reader);
  return { kind: "call", name, args };
}

function readAggregate(reader: TokenReader, inner: Inner, name: AggregateName): Tree {
  const everything = name === "count" && reader.take("*");
  const distinct = !everything && reader.take("DISTINCT");
  const argument = everything ? null : inner.expression(reader);
  reader.expect(")");
  const filtered = reader.takeAll("FILTER", "(", "WHERE");
  const where = filtered ? inner.expression(reader) : null;
  if (filtered) reader.expect(")");
  return { kind: "aggregate", name, argument, distinct, where };
}

const TYPES: Record<string, CastType> = {
  INTEGER: { name: "integer" },
  INT: { name: "integer" },
  BIGINT: { name: "integer" },
  DOUBLE: { name: "double" },
  FLOAT: { name: "double" },
  REAL: { name: "double" },
  VARCHAR: { name: "text" },
  TEXT: { name: "text" },
  BOOLEAN: { name: "boolean" },
  DATE: { name: "date" },
  TIMESTAMP: { name: "timestamp" },
};

function readType(reader: TokenReader): CastType {
  const word = reader.takeKind("name")?.text.toUpperCase() ?? "";
  if (word === "DOUBLE") reader.take("PRECISION");
  if (word === "DECIMAL" || word === "NUMERIC") return readDecimal(reader);
  const type = TYPES[word];
  if (!type) throw reader.failure("no_type", word);
  return type;
}

function readDecimal(reader: TokenReader): CastType {
  if (!reader.take("(")) return { name: "decimal", width: 18, scale: 3 };
  const width = Number(reader.takeKind("number")?.text);
  const scale = reader.take(",") ? Number(reader.takeKind("number")?.text) : 0;
  reader.expect(")");
  const fits = Number.isInteger(width) && Number.isInteger(scale) && width >= 1 && width <= 38 && scale <= width;
  if (!fits) throw reader.failure("decimal_digits");
  return { name: "decimal", width, scale };
}
