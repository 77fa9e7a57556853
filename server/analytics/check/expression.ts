import type { Expression, ExpressionDialect } from "../../../core/contract/dataset/semantic-model";
import type { Dialect } from "../query/dialect/dialect";
import type { ExpressionError } from "../query/expression/fault";
import { noForm, ownDialect, treeOf } from "../query/expression/read";
import { columnsIn, type Columns } from "./columns";
import { finding, type Finding, type Path } from "./finding";

/** The forms of an expression that this engine or all engines must be able to read, and where they stand. */
interface Form {
  dialect: ExpressionDialect;
  text: string;
  path: Path;
  /** Whether the engine takes this form. */
  used: boolean;
}

export function formsOf(expression: Expression, path: Path, { engine }: Dialect): Form[] {
  const forms = expression.dialects.map(({ dialect, expression: text }, index) => ({
    dialect,
    text,
    path: [...path, "expression", "dialects", index, "expression"],
  }));
  const used =
    forms.find(({ dialect }) => dialect === ownDialect(engine)) ?? forms.find(({ dialect }) => dialect === "ANSI_SQL");
  return forms.map((form) => ({ ...form, used: form === used }));
}

/** Where the form stands that the engine takes; the expression itself where it has none for it. */
export function usedPath(expression: Expression, path: Path, dialect: Dialect): Path {
  return formsOf(expression, path, dialect).find(({ used }) => used)?.path ?? [...path, "expression"];
}

/** What of an expression's forms cannot be read, calls what may not be called, or names columns that are not there. */
export function expressionFindings(
  expression: Expression,
  path: Path,
  { dialect, columns, within }: { dialect: Dialect; columns: Columns | undefined; within: "row" | "metric" },
): Finding[] {
  const forms = formsOf(expression, path, dialect);
  if (!forms.some(({ used }) => used)) {
    return [faultFinding([...path, "expression"], noForm(dialect))];
  }
  return forms.flatMap((form) => {
    // What only DuckDB reads it checks itself; the other engines' own forms are written by us too.
    if (form.dialect === "DUCKDB" || (!form.used && form.dialect !== "ANSI_SQL")) return [];
    const tree = treeOf(form.text, dialect);
    if ("fault" in tree) return [faultFinding(form.path, tree.fault)];
    if (!form.used || !columns) return [];
    const unknown = [...new Set(columnsIn(tree, within))].filter((name) => !columns.find(name));
    return unknown.map((name) => columns.unknown(form.path, name));
  });
}

function faultFinding(path: Path, fault: ExpressionError): Finding {
  const code = fault.reason === "calls" ? "function_not_allowed" : "expression_invalid";
  return finding(path, code, { message: `The expression ${fault.message}.`, fault });
}
