import type { DatasetModel } from "../../../core/contract/dataset";
import { metricsOf } from "../../../core/contract/dataset";
import type { Column } from "../../../core/contract/query";
import type { DataType, Expression } from "../../../core/contract/semantic-model";
import { QueryError } from "../query-error";

export type ValueType = Column["type"];

/** A field or a measure of a model, ready to be put into SQL. */
export interface Member {
  name: string;
  role: "dimension" | "measure";
  type: ValueType;
  /** The model's own expression, references to other fields resolved. It is not ours: the engine checks it. */
  expression: string;
  /** Whether the values are instants that a time zone cuts into days. */
  zoned: boolean;
  label: string;
  format?: NonNullable<Column["format"]>;
  direction?: NonNullable<Column["direction"]>;
}

type Settings = Partial<DatasetModel["dingboard"]["measures"][string]>;

/** A dataset model as a query sees it: members by name. */
export interface QueryModel {
  name: string;
  source: string;
  timeZone: string;
  asOf: "now" | "latest";
  members: ReadonlyMap<string, Member>;
  /** The first time field: "the latest day of the data" is the latest of this one. */
  timeField: Member | null;
}

const TYPES: Record<DataType, ValueType> = {
  String: "string",
  Integer: "number",
  Decimal: "number",
  Float: "number",
  Boolean: "boolean",
  Date: "date",
  Time: "string",
  DateTime: "date",
  DateTimeTz: "date",
  Opaque: "string",
};

/** Reads a checked dataset model. A dataset with any access policy is refused here: nothing enforces policies yet. */
export function readModel(model: DatasetModel): QueryModel {
  const { semantic_model: semantic, dingboard } = model;
  const dataset = semantic.datasets[0];
  if (!dataset) throw new QueryError("input_invalid", `The model "${semantic.name}" has no dataset.`);
  if ((dingboard.access_policy ?? []).length > 0) {
    throw new QueryError("forbidden", `The dataset "${dingboard.label}" has access policies, which deny by default.`);
  }
  const fieldSql = new Map(dataset.fields.map((field) => [field.name, expressionOf(field.expression)]));
  const fields = dataset.fields.map((field) =>
    member("dimension", field.name, field.datatype, expressionOf(field.expression), dingboard.dimensions[field.name]),
  );
  const measures = metricsOf(semantic).map((metric) => {
    const expression = resolveReferences(expressionOf(metric.expression), dataset.name, fieldSql);
    return member("measure", metric.name, metric.datatype ?? "Float", expression, dingboard.measures[metric.name]);
  });
  const notTime = new Set(dataset.fields.filter((field) => field.dimension?.is_time === false).map(({ name }) => name));
  return {
    name: dataset.name,
    source: dataset.source,
    timeZone: dingboard.timeZone,
    asOf: dingboard.asOf,
    members: new Map([...fields, ...measures].map((each) => [each.name, each])),
    timeField: fields.find((field) => field.type === "date" && !notTime.has(field.name)) ?? null,
  };
}

/** A dimension by name. Throws `input_invalid`, naming it, where the model has none or it is a measure. */
export function dimensionOf(model: QueryModel, name: string): Member {
  const found = memberOf(model, name);
  if (found.role === "measure") throw new QueryError("input_invalid", `"${name}" is a measure, not a dimension.`);
  return found;
}

/** A measure by name. Throws `input_invalid`, naming it, where the model has none or it is a dimension. */
export function measureOf(model: QueryModel, name: string): Member {
  const found = memberOf(model, name);
  if (found.role === "dimension") throw new QueryError("input_invalid", `"${name}" is a dimension, not a measure.`);
  return found;
}

/** A dimension or measure by name. Throws `input_invalid`, naming it, where the model has none. */
export function memberOf(model: QueryModel, name: string): Member {
  const found = model.members.get(name);
  if (!found) throw new QueryError("input_invalid", `The dataset "${model.name}" has no field or measure "${name}".`);
  return found;
}

function member(
  role: Member["role"],
  name: string,
  datatype: DataType,
  expression: string,
  settings: Settings | undefined,
): Member {
  const made: Member = {
    role,
    name,
    type: TYPES[datatype],
    expression,
    zoned: datatype === "DateTimeTz",
    label: settings?.label ?? name,
  };
  if (settings?.format) made.format = settings.format;
  if (settings?.direction) made.direction = settings.direction;
  return made;
}

/** What only DuckDB understands wins over the portable form. The contract sees to it that there is one of the two. */
function expressionOf(expression: Expression): string {
  const inDialect = (name: string): string | undefined =>
    expression.dialects.find(({ dialect }) => dialect === name)?.expression;
  return inDialect("DUCKDB") ?? inDialect("ANSI_SQL") ?? "NULL";
}

/** In Ossie a metric names a declared field as `dataset.field`: it stands for the field's expression. Quoted text is left alone. */
function resolveReferences(expression: string, dataset: string, fields: ReadonlyMap<string, string>): string {
  return expression.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\b([a-z]\w*)\.([a-z]\w*)\b/g, (text, owner, field) => {
    const sql = owner === dataset ? fields.get(String(field)) : undefined;
    return sql === undefined ? String(text) : `(${sql}\n)`;
  });
}
