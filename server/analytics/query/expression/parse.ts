import { readPrimary } from "./primary";
import { TokenReader } from "./reader";
import type { BinaryOperator, Tree } from "./tree";

/** Reads one expression. Throws an ExpressionError that says what is wrong and where. */
export function parseExpression(expression: string): Tree {
  const reader = new TokenReader(expression);
  const tree = readExpression(reader);
  if (!reader.ended) throw reader.failure("should_end");
  return tree;
}

function readExpression(reader: TokenReader): Tree {
  return reader.nested(() => chain(reader, ["OR"], () => chain(reader, ["AND"], () => readNot(reader))));
}

function chain(reader: TokenReader, operators: readonly BinaryOperator[], read: () => Tree): Tree {
  let left = read();
  for (let operator = reader.takeOne(operators); operator; operator = reader.takeOne(operators)) {
    left = { kind: "binary", operator, left, right: read() };
  }
  return left;
}

function readNot(reader: TokenReader): Tree {
  if (!reader.take("NOT")) return readPredicate(reader);
  return reader.nested((): Tree => ({ kind: "not", operand: readNot(reader) }));
}

const COMPARISONS = ["=", "<>", "<=", ">=", "<", ">"] as const;

function readPredicate(reader: TokenReader): Tree {
  const left = readSum(reader);
  const operator = reader.take("!=") ? "<>" : reader.takeOne(COMPARISONS);
  if (operator) return { kind: "binary", operator, left, right: readSum(reader) };
  if (reader.take("IS")) {
    const negated = reader.take("NOT");
    const value = reader.takeOne(["NULL", "TRUE", "FALSE"] as const);
    if (!value) throw reader.failure("truth_needed");
    return { kind: "is", operand: left, value, negated };
  }
  return readMembership(reader, left);
}

function readMembership(reader: TokenReader, operand: Tree): Tree {
  const negated = reader.take("NOT");
  if (reader.take("IN")) {
    reader.expect("(");
    const values = readList(reader);
    return { kind: "in", operand, values, negated };
  }
  if (reader.take("BETWEEN")) {
    const low = readSum(reader);
    reader.expect("AND");
    return { kind: "between", operand, low, high: readSum(reader), negated };
  }
  if (reader.take("LIKE")) {
    const like: Tree = { kind: "binary", operator: "LIKE", left: operand, right: readSum(reader) };
    return negated ? { kind: "not", operand: like } : like;
  }
  if (negated) throw reader.failure("list_needed");
  return operand;
}

/** The rest of a list in brackets. */
function readList(reader: TokenReader): Tree[] {
  const values = [readExpression(reader)];
  while (reader.take(",")) values.push(readExpression(reader));
  reader.expect(")");
  return values;
}

function readSum(reader: TokenReader): Tree {
  let left = readProduct(reader);
  for (;;) {
    const operator = reader.takeOne(["+", "-", "||"] as const);
    if (!operator) return left;
    const shift = operator !== "||" && reader.take("INTERVAL");
    if (shift) {
      const { count, unit } = readInterval(reader);
      left = { kind: "shift", operand: left, count: operator === "-" ? 0 - count : count, unit };
    } else {
      left = { kind: "binary", operator, left, right: readProduct(reader) };
    }
  }
}

const UNITS = ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"] as const;

/** `INTERVAL 1 DAY`, `INTERVAL '1' DAY` and `INTERVAL '1 day'` are the same. */
function readInterval(reader: TokenReader): { count: number; unit: Lowercase<(typeof UNITS)[number]> } {
  const text = (reader.takeKind("number") ?? reader.takeKind("text"))?.text ?? "";
  const [, digits, inside] = /^(\d{1,6})(?: ([a-z]+?)s?)?$/i.exec(text) ?? [];
  const unit = inside === undefined ? takeUnit(reader) : UNITS.find((name) => name === inside.toUpperCase());
  if (digits === undefined || !unit) throw reader.failure("interval_needed");
  return { count: Number(digits), unit: unit.toLowerCase() as Lowercase<typeof unit> };
}

function takeUnit(reader: TokenReader): (typeof UNITS)[number] | undefined {
  return UNITS.find((name) => reader.take(name) || reader.take(`${name}S`));
}

function readProduct(reader: TokenReader): Tree {
  return chain(reader, ["*", "/", "%"], () => readSigned(reader));
}

function readSigned(reader: TokenReader): Tree {
  if (reader.take("-")) return reader.nested((): Tree => ({ kind: "negative", operand: readSigned(reader) }));
  return readPrimary(reader, { expression: readExpression, list: readList });
}
