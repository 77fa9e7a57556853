import { z } from "zod";
import { because } from "./reason";
import { FieldName } from "../report/query";

/**
 * Apache Ossie's semantic model (formerly Open Semantic Interchange), core specification 0.2.0.dev0:
 * https://github.com/open-semantic-interchange/OSI/blob/main/core-spec/ossie-schema.json
 * The names are Ossie's own, so that a `semantic_model` can be lifted out and read by its converters. Narrower than Ossie:
 * names are ours (lower case, they become column names), a field says its datatype, a source is a file of the enterprise.
 */
const AiContext = z.union([
  z.string(),
  z.looseObject({
    instructions: z.string().optional(),
    synonyms: z.array(z.string()).optional(),
    examples: z.array(z.string()).optional(),
  }),
]);

const extensible = {
  description: z.string().max(2_000).optional(),
  ai_context: AiContext.optional(),
  custom_extensions: z.array(z.strictObject({ vendor_name: z.string(), data: z.string() })).optional(),
};

/**
 * Ossie's dialects, and those of our engines, which Ossie does not list yet: what only DuckDB understands must not claim to
 * be ANSI. An engine takes its own dialect first, else `ANSI_SQL`.
 */
export const ExpressionDialect = z.enum([
  "ANSI_SQL",
  "DUCKDB",
  "POSTGRESQL",
  "MYSQL",
  "CLICKHOUSE",
  "SNOWFLAKE",
  "MDX",
  "TABLEAU",
  "DATABRICKS",
  "MAQL",
  "BIGQUERY",
  "THOUGHTSPOT",
]);
export type ExpressionDialect = z.infer<typeof ExpressionDialect>;

const OWN_DIALECTS = new Set<ExpressionDialect>(["ANSI_SQL", "DUCKDB", "POSTGRESQL", "MYSQL", "CLICKHOUSE"]);

export const Expression = z.strictObject({
  dialects: z
    .array(z.strictObject({ dialect: ExpressionDialect, expression: z.string().min(1).max(4_000) }))
    .min(1)
    .refine((dialects) => dialects.some(({ dialect }) => OWN_DIALECTS.has(dialect)), {
      message: "An expression in the dialect ANSI_SQL, DUCKDB, POSTGRESQL, MYSQL or CLICKHOUSE is needed.",
      ...because("dialect_needed"),
    }),
});
export type Expression = z.infer<typeof Expression>;

export const DataType = z.enum([
  "String",
  "Integer",
  "Decimal",
  "Float",
  "Boolean",
  "Date",
  "Time",
  "DateTime",
  "DateTimeTz",
  "Opaque",
]);
export type DataType = z.infer<typeof DataType>;

/** A row-level attribute: what can be grouped and filtered by. */
export const SemanticField = z.strictObject({
  name: FieldName,
  expression: Expression,
  /** Absent: a dimension all the same; a temporal datatype is a time dimension unless `is_time` is false. */
  dimension: z.strictObject({ is_time: z.boolean().optional() }).optional(),
  /** Ossie's label puts fields into categories. The name people read is `dingboard.dimensions[name].label`. */
  label: z.string().max(100).optional(),
  datatype: DataType,
  ...extensible,
});
export type SemanticField = z.infer<typeof SemanticField>;

/** An aggregate over the rows of a dataset, e.g. `SUM(amount)`; here always a measure. */
export const SemanticMetric = z.strictObject({
  name: FieldName,
  expression: Expression,
  datatype: DataType.optional(),
  ...extensible,
});
export type SemanticMetric = z.infer<typeof SemanticMetric>;

const plainSegment = String.raw`(?!\.)[\p{L}\p{N}._-]+`;
const FILE = new RegExp(String.raw`^(?:${plainSegment}/)*(?!\.)[\p{L}\p{N}._*-]+\.(?:parquet|csv)$`, "u");

/**
 * Parquet or CSV files inside the enterprise's folder: `retail/sales/*.parquet`. Only the last part may hold `*`;
 * no part starts with a dot, so that no path leaves the folder.
 */
export const FileSource = z.string().max(500).regex(FILE, {
  message: "A source is a relative path of a .parquet or .csv file; only the file's name may hold *.",
});

const TABLE = /^(?:[\p{L}_][\p{L}\p{N}_$]{0,62}\.){0,2}[\p{L}_][\p{L}\p{N}_$]{0,62}$/u;
/** Schemas in which engines keep what they know about themselves and their users. */
const ENGINES_OWN =
  /^(?:pg_.*|information_schema|mysql|performance_schema|sys|system|duckdb_.*|sqlite_.*|pragma_.*|_?rowid)$/i;

/**
 * Whether a name is one under which engines keep what they know about themselves, however it is cased or accented: engines
 * do not agree on what is the same letter.
 */
export function isEnginesOwn(name: string): boolean {
  return ENGINES_OWN.test(name.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().trim());
}

/** A table or view of a data source, with or without its schema: `sales.orders`. An engine's own tables are none. */
export const TableSource = z
  .string()
  .regex(TABLE, { message: "A source of a data source is the name of a table, such as sales.orders." })
  .refine((source) => !source.split(".").some(isEnginesOwn), {
    message: "A table of the engine itself is no source.",
    ...because("source_of_the_engine"),
  });

const SQL = /^\s*(?:select|with)\s/i;

/** Whether a source is a query in the place of a table. */
export function isSqlSource(source: string): boolean {
  return SQL.test(source);
}

/** One SELECT, whose columns are the table's. In files' SQL a file is a quoted name: `FROM "sales/*.parquet"`. */
export const SqlSource = z.string().max(10_000).regex(SQL, { message: "A query begins with SELECT or WITH." });

export const SemanticDataset = z.strictObject({
  name: FieldName,
  /** A file of the enterprise, or with a data source in the dataset's settings one of its tables; or a SELECT over these. */
  source: z.string().min(1).max(10_000),
  primary_key: z.array(z.string()).optional(),
  unique_keys: z.array(z.array(z.string())).optional(),
  fields: z.array(SemanticField).min(1).max(500),
  metrics: z.array(SemanticMetric).max(500).optional(),
  ...extensible,
});
export type SemanticDataset = z.infer<typeof SemanticDataset>;

/** Many rows of `from` belong to one row of `to`. `to_columns` tell the rows of `to` apart. */
export const Relationship = z
  .strictObject({
    name: z.string().min(1).max(100),
    from: z.string(),
    to: z.string(),
    from_columns: z.array(z.string().min(1).max(200)).min(1).max(8),
    to_columns: z.array(z.string().min(1).max(200)).min(1).max(8),
    ...extensible,
  })
  .refine(({ from_columns, to_columns }) => from_columns.length === to_columns.length, {
    message: "A relationship has as many from_columns as to_columns.",
    ...because("join_columns_differ"),
  });
export type Relationship = z.infer<typeof Relationship>;

/** One semantic model. Its datasets are joined along the relationships, each of which leads from many rows to one. */
export const SemanticModel = z
  .strictObject({
    name: FieldName,
    datasets: z.array(SemanticDataset).min(1).max(30),
    relationships: z.array(Relationship).max(100).optional(),
    /** Model-scoped metrics: they name the fields they are made from as `dataset.field`. */
    metrics: z.array(SemanticMetric).max(500).optional(),
    ...extensible,
  })
  .superRefine((model, context) => {
    const fault = relationshipFault(
      model.datasets.map(({ name }) => name),
      model.relationships ?? [],
    );
    if (fault === null) return;
    const { at, ...issue } = fault;
    context.addIssue({ code: "custom", path: at === null ? ["datasets"] : ["relationships", at], ...issue });
  });
export type SemanticModel = z.infer<typeof SemanticModel>;

interface RelationshipFault extends ReturnType<typeof because> {
  /** It names those at fault. */
  message: string;
  /** The one without which there were no fault; null where the datasets are. */
  at: number | null;
}

/** What keeps relationships from saying which row belongs to which; null where nothing does. */
function relationshipFault(datasets: string[], relationships: Relationship[]): RelationshipFault | null {
  const twice = datasets.find((name, index) => datasets.indexOf(name) !== index);
  if (twice !== undefined) {
    return { message: `The model has two datasets "${twice}".`, at: null, ...because("dataset_twice", twice) };
  }
  for (const [at, { name, from, to }] of relationships.entries()) {
    const stranger = [from, to].find((end) => !datasets.includes(end));
    if (stranger !== undefined) {
      const message = `The relationship "${name}" joins "${stranger}", which the model does not have.`;
      return { message, at, ...because("join_of_a_stranger", name, stranger) };
    }
  }
  for (const dataset of datasets) {
    const fault = walkFault(dataset, relationships);
    if (fault !== null) return fault;
  }
  return null;
}

/** Walks all ways from one dataset: each dataset must be reached by one way only, and never the first one again. */
function walkFault(start: string, relationships: Relationship[]): RelationshipFault | null {
  const ways = new Map<string, string[]>();
  const open: [dataset: string, way: string[]][] = [[start, []]];
  for (let next = open.shift(); next; next = open.shift()) {
    const [dataset, way] = next;
    for (const { name, to } of relationships.filter(({ from }) => from === dataset)) {
      const longer = [...way, name];
      const at = relationships.findIndex((each) => each.name === name);
      if (to === start) {
        const by = longer.join(", ");
        const message = `The relationships ${by} lead from "${start}" back to itself.`;
        return { message, at, ...because("join_circle", by, start) };
      }
      const known = ways.get(to);
      if (known) {
        const [one, other] = [known.join(", "), longer.join(", ")];
        const message = `From "${start}" to "${to}" leads ${one} and also ${other}: keep one.`;
        return { message, at, ...because("join_two_ways", start, to, one, other) };
      }
      ways.set(to, longer);
      open.push([to, longer]);
    }
  }
  return null;
}
