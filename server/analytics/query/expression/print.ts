import type { Dialect } from "../dialect/dialect";
import { ExpressionError } from "./fault";
import type { Tree } from "./tree";

/** How an expression is written for one engine. */
export interface Printing {
  dialect: Dialect;
  /** A column of the table, or a field of a dataset. */
  column(owner: string | null, name: string): string;
  /** Whether a column of the table may hold what is no number: it is then written so that this is null. Absent: no table holds any. */
  mayBeNaN?: ((name: string) => boolean) | undefined;
}

type Of<Kind extends Tree["kind"]> = Extract<Tree, { kind: Kind }>;

/** The SQL of a tree. Throws an ExpressionError that names a function which the engine does not offer. */
export function printTree(tree: Tree, printing: Printing): string {
  const print = (part: Tree): string => printTree(part, printing);
  const { dialect } = printing;
  switch (tree.kind) {
    case "number":
      return tree.text;
    case "text":
      return dialect.literal(tree.value);
    case "moment":
      return dialect.cast(dialect.literal(tree.value), { name: tree.type });
    case "constant":
      return tree.value;
    case "column":
      return columnOf(tree, printing);
    case "cast":
      return dialect.cast(print(tree.operand), tree.type);
    case "extract":
      return dialect.extract(tree.part, print(tree.operand));
    case "shift":
      return dialect.later(print(tree.operand), tree.count, tree.unit);
    case "call":
      return callOf(tree, dialect, tree.args.map(print));
    case "aggregate":
      return aggregateOf(tree, printing, print);
    default:
      return printLogic(tree, dialect, print);
  }
}

type Logic = Of<"negative" | "not" | "binary" | "is" | "in" | "between" | "case">;

function printLogic(tree: Logic, dialect: Dialect, print: (part: Tree) => string): string {
  switch (tree.kind) {
    case "negative":
    case "not":
      return `(${tree.kind === "not" ? "NOT" : "-"} ${print(tree.operand)})`;
    case "binary":
      return binaryOf(tree, dialect, print);
    case "is":
      return isOf(tree, dialect, print(tree.operand));
    case "in":
    case "between":
      return rangeOf(tree, dialect, print);
    case "case":
      return caseOf(tree, print);
  }
}

function binaryOf({ operator, left, right }: Of<"binary">, dialect: Dialect, print: (part: Tree) => string): string {
  if (operator === "/") return dialect.divide(print(left), print(right));
  if (operator === "||") return dialect.concat([print(left), print(right)]);
  // Texts are told apart by their code points on every engine, whatever a column's collation says.
  const asText = isText(left) || isText(right);
  const side = (part: Tree): string => (asText && !isText(part) ? dialect.comparable(print(part)) : print(part));
  return `(${side(left)} ${operator} ${side(right)})`;
}

function rangeOf(tree: Of<"in" | "between">, dialect: Dialect, print: (part: Tree) => string): string {
  const values = tree.kind === "in" ? tree.values : [tree.low, tree.high];
  const operand = values.some(isText) ? dialect.comparable(print(tree.operand)) : print(tree.operand);
  const written = values.map(print);
  const range = tree.kind === "in" ? `IN (${written.join(", ")})` : `BETWEEN ${written.join(" AND ")}`;
  return `(${operand} ${tree.negated ? "NOT " : ""}${range})`;
}

function isOf({ value, negated }: Of<"is">, dialect: Dialect, operand: string): string {
  if (value === "NULL") return `(${operand} IS ${negated ? "NOT " : ""}NULL)`;
  const wanted = value === "TRUE" ? operand : `(NOT ${operand})`;
  return negated ? dialect.isNotTrue(wanted) : `(NOT ${dialect.isNotTrue(wanted)})`;
}

function caseOf({ operand, branches, otherwise }: Of<"case">, print: (part: Tree) => string): string {
  const head = operand ? ` ${print(operand)}` : "";
  const body = branches.map(({ when, then }) => ` WHEN ${print(when)} THEN ${print(then)}`).join("");
  return `(CASE${head}${body}${otherwise ? ` ELSE ${print(otherwise)}` : ""} END)`;
}

function callOf({ name }: Of<"call">, dialect: Dialect, args: string[]): string {
  const write = dialect.functions[name];
  if (!write || !Object.hasOwn(dialect.functions, name)) throw new ExpressionError("calls", name);
  return write(...args);
}

function columnOf({ owner, name }: Of<"column">, { dialect, column, mayBeNaN }: Printing): string {
  const sql = column(owner, name);
  return owner === null && mayBeNaN?.(name) ? dialect.measured(sql) : sql;
}

/** Sums and averages have numbers only, whatever type their column is declared with, or with none. */
function isUncheckedNumber({ name, argument }: Of<"aggregate">, { mayBeNaN }: Printing): boolean {
  if (!mayBeNaN) return false;
  if (argument?.kind === "column") {
    return argument.owner === null && (name === "sum" || name === "avg") && !mayBeNaN(argument.name);
  }
  return argument?.kind === "binary" && ARITHMETIC.has(argument.operator);
}

const ARITHMETIC = new Set(["+", "-", "*", "/", "%"]);

/** A condition becomes a CASE, which every engine knows. */
function aggregateOf(tree: Of<"aggregate">, printing: Printing, print: (part: Tree) => string): string {
  const { name, argument, distinct, where } = tree;
  const { dialect } = printing;
  const written = argument === null ? (where ? "1" : "*") : print(argument);
  const counted = isUncheckedNumber(tree, printing) ? dialect.measured(written) : written;
  const value = where ? `CASE WHEN ${print(where)} THEN ${counted} END` : counted;
  return dialect.aggregate(name, value, distinct);
}

function isText(tree: Tree): boolean {
  return tree.kind === "text";
}
