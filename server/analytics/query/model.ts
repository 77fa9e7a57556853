import { own } from "../../../core/own";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import { isSqlSource, type DataType, type SemanticField } from "../../../core/contract/dataset/semantic-model";
import { QueryError } from "../query-error";
import { duckdb } from "./dialect/dialect";
import type { Dialect } from "./dialect/dialect";
import { writtenOf } from "./expression/read";
import { readMeasures } from "./measure";
import type { Field, Measure, Member, Named, QueryModel, ValueType } from "./query-model";
import { Relationships } from "./relationship";
import { filesOf } from "./sql/rewrite";

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

const known = new WeakMap<DatasetModel, Map<string, QueryModel>>();

/** Reads a checked dataset model for one engine; the same model is read once. */
export function readModel(model: DatasetModel, dialect: Dialect = duckdb): QueryModel {
  const byEngine = known.get(model) ?? new Map<string, QueryModel>();
  known.set(model, byEngine);
  const read = byEngine.get(dialect.engine) ?? freshModel(model, dialect);
  byEngine.set(dialect.engine, read);
  return read;
}

function freshModel({ semantic_model: semantic, dingboard }: DatasetModel, dialect: Dialect): QueryModel {
  const { datasets, relationships: related = [] } = semantic;
  const relationships = new Relationships(
    datasets.map(({ name }) => name),
    related,
  );
  const fields = datasets.flatMap((dataset) =>
    dataset.fields.map((field): Field => ({
      role: "dimension",
      dataset: dataset.name,
      written: writtenOf(field.expression, dialect),
      zoned: field.datatype === "DateTimeTz",
      mayBeNaN: field.datatype === "Float" || (field.datatype === "Decimal" && dialect !== duckdb),
      ...named(field.name, field.datatype, own(dingboard.dimensions, field.name)),
    })),
  );
  const measures = readMeasures(semantic, relationships, dialect).map(({ metric, ...parts }): Measure => ({
    role: "measure",
    ...parts,
    ...named(metric.name, metric.datatype ?? "Float", own(dingboard.measures, metric.name)),
  }));
  const notTime = new Set(datasets.flatMap((dataset) => dataset.fields.filter(isNotTime)).map(({ name }) => name));
  return {
    name: semantic.name,
    datasets: new Map(
      datasets.map(({ name, source, primary_key, unique_keys = [] }) => [
        name,
        {
          name,
          source,
          nanColumns: nanColumnsOf(fields, name),
          keys: primary_key ? [primary_key, ...unique_keys] : unique_keys,
        },
      ]),
    ),
    relationships,
    timeZone: dingboard.timeZone,
    weekStart: dingboard.weekStart,
    asOf: dingboard.asOf,
    members: new Map([...fields, ...measures].map((each) => [each.name, each])),
    policy: null,
    hidden: new Set(),
    timeField: fields.find((field) => field.type === "date" && !notTime.has(field.name)) ?? null,
  };
}

function nanColumnsOf(fields: Field[], dataset: string): Set<string> {
  const columns = fields.flatMap((field) => {
    const tree =
      field.dataset === dataset && field.mayBeNaN && field.written.kind === "tree" ? field.written.tree : null;
    return tree?.kind === "column" && tree.owner === null ? [tree.name] : [];
  });
  return new Set(columns);
}

/** What holds the rows of a model's datasets: files, or tables of its data source. A SELECT over files reads several. */
export function sourcesOf({ datasets }: Pick<QueryModel, "datasets">): string[] {
  return [...new Set([...datasets.values()].flatMap(({ source }) => tablesOf(source)))];
}

/** The files or the table that a source names. */
export function tablesOf(source: string): string[] {
  return isSqlSource(source) ? filesOf(source) : [source];
}

function isNotTime(field: SemanticField): boolean {
  return field.dimension?.is_time === false;
}

/** A dimension by name. Throws `input_invalid`, naming it, where the model has none or it is a measure. */
export function dimensionOf(model: QueryModel, name: string): Field {
  const found = memberOf(model, name);
  if (found.role === "measure") throw new QueryError("input_invalid", `"${name}" is a measure, not a dimension.`);
  return found;
}

/** A measure by name. Throws `input_invalid`, naming it, where the model has none or it is a dimension. */
export function measureOf(model: QueryModel, name: string): Measure {
  const found = memberOf(model, name);
  if (found.role === "dimension") throw new QueryError("input_invalid", `"${name}" is a dimension, not a measure.`);
  return found;
}

/**
 * A dimension or measure by name. Throws `input_invalid`, naming it, where the model has none, and `forbidden` where the
 * reader may not see it.
 */
export function memberOf(model: QueryModel, name: string): Member {
  const found = model.members.get(name);
  if (!found) throw new QueryError("input_invalid", `The dataset "${model.name}" has no field or measure "${name}".`);
  if (model.hidden.has(name)) throw new QueryError("forbidden", `You may not see "${found.label}".`);
  return found;
}

type Settings = Partial<DatasetModel["dingboard"]["measures"][string]>;

function named(name: string, datatype: DataType, settings: Settings | undefined): Named {
  const made: Named = { name, type: TYPES[datatype], label: settings?.label ?? name };
  if (settings?.format) made.format = settings.format;
  if (settings?.direction) made.direction = settings.direction;
  return made;
}
