/** What a value can be made into. */
export type CastType =
  | { name: "integer" | "double" | "text" | "boolean" | "date" | "timestamp" }
  | { name: "decimal"; width: number; scale: number };

export type DatePart = "year" | "quarter" | "month" | "week" | "day" | "hour" | "minute" | "second";

export type BinaryOperator =
  "+" | "-" | "*" | "/" | "%" | "||" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "AND" | "OR" | "LIKE";

/**
 * An expression of a dataset model, read by us: what every engine's SQL can say. What cannot be read is refused, and what
 * was read is written anew for each engine, so no text of a model reaches an engine as it stands.
 */
export type Tree =
  | { kind: "number"; text: string }
  | { kind: "text"; value: string }
  | { kind: "moment"; type: "date" | "timestamp"; value: string }
  | { kind: "constant"; value: "NULL" | "TRUE" | "FALSE" }
  /** A column of the dataset's table, or with an owner a field of a dataset of the model. */
  | { kind: "column"; owner: string | null; name: string }
  | { kind: "negative" | "not"; operand: Tree }
  | { kind: "binary"; operator: BinaryOperator; left: Tree; right: Tree }
  | { kind: "is"; operand: Tree; value: "NULL" | "TRUE" | "FALSE"; negated: boolean }
  | { kind: "in"; operand: Tree; values: Tree[]; negated: boolean }
  | { kind: "between"; operand: Tree; low: Tree; high: Tree; negated: boolean }
  | { kind: "case"; operand: Tree | null; branches: { when: Tree; then: Tree }[]; otherwise: Tree | null }
  | { kind: "cast"; operand: Tree; type: CastType }
  | { kind: "extract"; part: DatePart; operand: Tree }
  /** A date or a timestamp, so many units later. */
  | { kind: "shift"; operand: Tree; count: number; unit: DatePart }
  | { kind: "call"; name: string; args: Tree[] }
  /** Over rows. `argument` null: rows are counted. */
  | { kind: "aggregate"; name: AggregateName; argument: Tree | null; distinct: boolean; where: Tree | null };

export const AGGREGATES = ["count", "sum", "avg", "min", "max"] as const;
export type AggregateName = (typeof AGGREGATES)[number];

/** The parts of a tree, one level down. */
export function partsOf(tree: Tree): Tree[] {
  const some = (...parts: (Tree | null)[]): Tree[] => parts.filter((part) => part !== null);
  switch (tree.kind) {
    case "binary":
      return [tree.left, tree.right];
    case "in":
      return [tree.operand, ...tree.values];
    case "between":
      return [tree.operand, tree.low, tree.high];
    case "case":
      return [
        ...some(tree.operand),
        ...tree.branches.flatMap(({ when, then }) => [when, then]),
        ...some(tree.otherwise),
      ];
    case "call":
      return tree.args;
    case "aggregate":
      return some(tree.argument, tree.where);
    default:
      return "operand" in tree ? [tree.operand] : [];
  }
}

/** The tree with its parts, one level down, changed. */
export function withParts(tree: Tree, change: (part: Tree) => Tree): Tree {
  const some = (part: Tree | null): Tree | null => part && change(part);
  switch (tree.kind) {
    case "binary":
      return { ...tree, left: change(tree.left), right: change(tree.right) };
    case "in":
      return { ...tree, operand: change(tree.operand), values: tree.values.map(change) };
    case "between":
      return { ...tree, operand: change(tree.operand), low: change(tree.low), high: change(tree.high) };
    case "case": {
      const branches = tree.branches.map(({ when, then }) => ({ when: change(when), then: change(then) }));
      return { ...tree, operand: some(tree.operand), branches, otherwise: some(tree.otherwise) };
    }
    case "call":
      return { ...tree, args: tree.args.map(change) };
    case "aggregate":
      return { ...tree, argument: some(tree.argument), where: some(tree.where) };
    default:
      return "operand" in tree ? { ...tree, operand: change(tree.operand) } : tree;
  }
}
