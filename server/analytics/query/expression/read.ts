import type { Expression, ExpressionDialect } from "../../../../core/contract/dataset/semantic-model";
import type { Dialect, EngineName } from "../dialect/dialect";
import { parseExpression } from "./parse";
import { ExpressionError } from "./fault";
import { partsOf } from "./tree";
import type { Tree } from "./tree";

/** An expression of a model as one engine takes it. */
export type Written =
  /** As it stands: only for DuckDB, which checks it itself before it runs. */
  | { kind: "text"; text: string }
  | { kind: "tree"; tree: Tree }
  /** Not for this engine; the fault says why. */
  | { kind: "unusable"; fault: ExpressionError };

const OWN: Record<EngineName, ExpressionDialect> = {
  duckdb: "DUCKDB",
  postgresql: "POSTGRESQL",
  mysql: "MYSQL",
  clickhouse: "CLICKHOUSE",
};

/** What Ossie, or we, call the engine's own dialect. */
export function ownDialect(engine: EngineName): ExpressionDialect {
  return OWN[engine];
}

/** The engine's own form of an expression, else the portable one. */
export function textOf(expression: Expression, engine: EngineName): string | null {
  const inDialect = (name: ExpressionDialect): string | undefined =>
    expression.dialects.find(({ dialect }) => dialect === name)?.expression;
  return inDialect(OWN[engine]) ?? inDialect("ANSI_SQL") ?? null;
}

/** The tree of an expression, or why there is none: it is not read, or calls what the engine does not offer. */
export function treeOf(text: string, dialect: Dialect): Tree | { fault: ExpressionError } {
  try {
    const tree = parseExpression(text);
    const stranger = calls(tree).find((name) => !Object.hasOwn(dialect.functions, name));
    return stranger === undefined ? tree : { fault: new ExpressionError("calls", stranger) };
  } catch (error) {
    if (error instanceof ExpressionError) return { fault: error };
    throw error;
  }
}

/** A row's expression. */
export function writtenOf(expression: Expression, dialect: Dialect): Written {
  const text = textOf(expression, dialect.engine);
  if (text === null) return { kind: "unusable", fault: noForm(dialect) };
  if (dialect.engine === "duckdb") return { kind: "text", text };
  const tree = treeOf(text, dialect);
  if ("fault" in tree) return { kind: "unusable", fault: tree.fault };
  return holdsAggregate(tree)
    ? { kind: "unusable", fault: new ExpressionError("several_rows") }
    : { kind: "tree", tree };
}

/** That an expression is written for other engines only. */
export function noForm({ engine }: Dialect): ExpressionError {
  return new ExpressionError("no_form", ownDialect(engine));
}

export function holdsAggregate(tree: Tree): boolean {
  return tree.kind === "aggregate" || partsOf(tree).some(holdsAggregate);
}

function calls(tree: Tree): string[] {
  const own = tree.kind === "call" ? [tree.name] : [];
  return [...own, ...partsOf(tree).flatMap(calls)];
}
