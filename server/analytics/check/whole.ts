import { partsOf, type AggregateName, type BinaryOperator, type Tree } from "../query/expression/tree";
import type { Columns } from "./columns";

const OPERATORS = new Set<BinaryOperator>(["+", "-", "*", "%"]);
const FUNCTIONS = new Set(["abs", "coalesce", "nullif", "greatest", "least", "floor", "ceil"]);
const AGGREGATES = new Set<AggregateName>(["count", "sum", "min", "max"]);

/**
 * Whether an expression is a whole number because all that it is made of is, whatever type the engine gives it: sums of
 * whole numbers are PostgreSQL's numeric and MySQL's decimal.
 */
export function isWhole(tree: Tree, columns: Columns): boolean {
  if (tree.kind === "number") return /^\d+$/.test(tree.text);
  if (tree.kind === "column") return tree.owner === null && columns.find(tree.name)?.datatype === "Integer";
  return keeps(tree) && valuesOf(tree).every((value) => isWhole(value, columns));
}

/** Whether it makes whole numbers of whole numbers. */
function keeps(tree: Tree): boolean {
  switch (tree.kind) {
    case "binary":
      return OPERATORS.has(tree.operator);
    case "call":
      return FUNCTIONS.has(tree.name);
    case "aggregate":
      return AGGREGATES.has(tree.name);
    case "constant":
      return tree.value === "NULL";
    default:
      return tree.kind === "negative" || tree.kind === "case";
  }
}

/** What its value is made of; conditions are not. */
function valuesOf(tree: Tree): Tree[] {
  if (tree.kind === "aggregate") return tree.name === "count" || !tree.argument ? [] : [tree.argument];
  if (tree.kind !== "case") return partsOf(tree);
  const values = tree.branches.map(({ then }) => then);
  return tree.otherwise ? [...values, tree.otherwise] : values;
}
