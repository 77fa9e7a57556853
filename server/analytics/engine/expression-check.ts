import type { DuckDBConnection } from "@duckdb/node-api";

/** Functions that tell about the machine or the session instead of the data, or only make it wait. */
const FORBIDDEN_FUNCTIONS = new Set(["current_setting", "getenv", "getvariable", "nextval", "currval", "pg_sleep"]);

/** Parts of a SELECT that must be empty or absent when the whole of it is one expression. */
const EMPTY = ["modifiers", "group_expressions", "group_sets"] as const;
const ABSENT = ["where_clause", "having", "qualify", "sample"] as const;

type Tree = { [key: string]: unknown };

/**
 * What is wrong with an expression of a dataset model; null where it is one scalar expression over the row's columns.
 * Models are written by people, so an expression is not trusted: it is parsed by DuckDB itself, alone, where it must be
 * the only item of a SELECT without a table, without sub-query, parameter or any other clause. What passes cannot close
 * its parenthesis and go on as SQL of its own.
 */
export async function expressionFault(connection: DuckDBConnection, expression: string): Promise<string | null> {
  const reader = await connection.runAndReadAll("SELECT json_serialize_sql(CAST($1 AS VARCHAR))", [
    `SELECT ${expression}\n`,
  ]);
  const parsed: unknown = JSON.parse(String(reader.getRows()[0]?.[0]));
  if (!isTree(parsed) || parsed["error"] !== false) return "An expression of the model cannot be parsed.";
  const node = onlyNode(parsed);
  if (!node) return "An expression of the model must be one expression.";
  return faultWithin(node["select_list"]);
}

/** The SELECT, if it has one item and nothing else. */
function onlyNode(parsed: Tree): Tree | null {
  const [statement, ...others] = listOf(parsed["statements"]);
  const node = isTree(statement) ? statement["node"] : undefined;
  if (others.length > 0 || !isTree(node) || node["type"] !== "SELECT_NODE") return null;
  const isPlain =
    isOneItem(listOf(node["select_list"])) &&
    isTree(node["from_table"]) &&
    node["from_table"]["type"] === "EMPTY" &&
    EMPTY.every((clause) => listOf(node[clause]).length === 0) &&
    ABSENT.every((clause) => node[clause] === null);
  return isPlain ? node : null;
}

function isOneItem([item, ...more]: unknown[]): boolean {
  return more.length === 0 && isTree(item) && item["alias"] === "";
}

function faultWithin(part: unknown): string | null {
  if (Array.isArray(part)) return firstFault(part);
  if (!isTree(part)) return null;
  return faultOf(part) ?? firstFault(Object.values(part));
}

function faultOf(part: Tree): string | null {
  if (part["class"] === "SUBQUERY") return "An expression of the model must not hold a sub-query.";
  if (part["class"] === "STAR") return "An expression of the model must not stand for several columns.";
  if (part["class"] === "PARAMETER") return "An expression of the model must not use a bound value.";
  if (part["class"] === "FUNCTION" && FORBIDDEN_FUNCTIONS.has(String(part["function_name"]).toLowerCase())) {
    return `An expression of the model must not call ${String(part["function_name"])}.`;
  }
  return null;
}

function firstFault(parts: unknown[]): string | null {
  for (const part of parts) {
    const fault = faultWithin(part);
    if (fault !== null) return fault;
  }
  return null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
