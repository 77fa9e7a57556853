import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import { isSqlSource, type Expression } from "../../../core/contract/dataset/semantic-model";
import { finding, type Finding, type Path } from "../../analytics/check/finding";

/** Parts of a model that may be compared with another one's: what they say, and where they stand. */
type Parts = Map<string, { says: string; path: Path }>;

/**
 * What of a change only administrators may do: row and column policies, SQL, and expressions in an engine's own dialect.
 * Where a dataset has policies, also whatever decides which rows and values there are: who may change a field's expression
 * may say which rows a policy lets through.
 */
export function rightFindings(before: DatasetModel | null, after: DatasetModel): Finding[] {
  const isGuarded = hasPolicies(before) || hasPolicies(after);
  const [old, next] = [partsOf(before, isGuarded), partsOf(after, isGuarded)];
  const changed = [...next].filter(([key, { says }]) => old.get(key)?.says !== says);
  const gone = [...old].filter(([key, { says }]) => !next.has(key) && says !== "" && isMissed(key));
  const paths = [...changed.map(([, { path }]) => path), ...gone.map(([, { path }]) => path.slice(0, 1))];
  return paths.map((path) =>
    finding(path, "administrator_only", { message: "Only administrators may change this.", names: [] }),
  );
}

/** An expression in an engine's own dialect may be taken away by everybody. */
function isMissed(key: string): boolean {
  return !key.startsWith("own:");
}

function hasPolicies(model: DatasetModel | null): boolean {
  return (model?.dingboard.access_policy ?? []).length > 0;
}

function partsOf(model: DatasetModel | null, isGuarded: boolean): Parts {
  const parts: Parts = new Map();
  if (!model) return parts;
  const { semantic_model: semantic, dingboard } = model;
  const add = (key: string, value: unknown, path: Path): void => {
    if (value !== undefined) parts.set(key, { says: JSON.stringify(value), path });
  };
  const addExpression = (name: string, expression: Expression, path: Path): void =>
    expression.dialects.forEach(({ dialect, expression: text }, index) => {
      if (dialect !== "ANSI_SQL") add(`own:${name}:${dialect}`, text, [...path, "expression", "dialects", index]);
    });
  if (hasPolicies(model)) add("policy", dingboard.access_policy, ["dingboard", "access_policy"]);
  semantic.datasets.forEach(({ name, source, fields, metrics = [] }, index) => {
    const path: Path = ["semantic_model", "datasets", index];
    if (isSqlSource(source)) add(`sql:${name}`, source, [...path, "source"]);
    fields.forEach((field, at) => addExpression(field.name, field.expression, [...path, "fields", at]));
    metrics.forEach((metric, at) => addExpression(metric.name, metric.expression, [...path, "metrics", at]));
  });
  (semantic.metrics ?? []).forEach((metric, at) =>
    addExpression(metric.name, metric.expression, ["semantic_model", "metrics", at]),
  );
  if (isGuarded) addGuarded(model, add);
  return parts;
}

/** All that decides which rows and values there are. */
function addGuarded(
  { semantic_model: semantic, dingboard }: DatasetModel,
  add: (key: string, value: unknown, path: Path) => void,
): void {
  const { dataSource, timeZone, asOf, weekStart } = dingboard;
  add("dataSource", dataSource, ["dingboard", "dataSource"]);
  add("calendar", [timeZone, asOf, weekStart], ["dingboard"]);
  add("relationships", (semantic.relationships ?? []).map(joinOf), ["semantic_model", "relationships"]);
  semantic.datasets.forEach(({ name, source, primary_key, unique_keys, fields, metrics = [] }, index) => {
    const path: Path = ["semantic_model", "datasets", index];
    add(`source:${name}`, source, [...path, "source"]);
    add(`keys:${name}`, [primary_key, unique_keys], path);
    fields.forEach(({ name: field, expression, datatype }, at) =>
      add(`member:${field}`, [name, expression, datatype], [...path, "fields", at]),
    );
    metrics.forEach(({ name: metric, expression, datatype }, at) =>
      add(`member:${metric}`, [name, expression, datatype], [...path, "metrics", at]),
    );
  });
  (semantic.metrics ?? []).forEach(({ name, expression, datatype }, at) =>
    add(`member:${name}`, [null, expression, datatype], ["semantic_model", "metrics", at]),
  );
}

function joinOf({
  from,
  to,
  from_columns,
  to_columns,
}: NonNullable<DatasetModel["semantic_model"]["relationships"]>[number]) {
  return [from, to, from_columns, to_columns];
}
