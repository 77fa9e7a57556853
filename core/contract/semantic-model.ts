import { z } from "zod";
import { FieldName } from "./query";

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

/** Ossie's dialects, and `DUCKDB`, which Ossie does not list yet: what only DuckDB understands must not claim to be ANSI. */
export const ExpressionDialect = z.enum([
  "ANSI_SQL",
  "DUCKDB",
  "SNOWFLAKE",
  "MDX",
  "TABLEAU",
  "DATABRICKS",
  "MAQL",
  "BIGQUERY",
  "THOUGHTSPOT",
]);
export type ExpressionDialect = z.infer<typeof ExpressionDialect>;

export const Expression = z.strictObject({
  dialects: z
    .array(z.strictObject({ dialect: ExpressionDialect, expression: z.string().min(1).max(4_000) }))
    .min(1)
    .refine((dialects) => dialects.some(({ dialect }) => dialect === "DUCKDB" || dialect === "ANSI_SQL"), {
      message: "An expression in the dialect DUCKDB or ANSI_SQL is needed.",
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
const SOURCE = new RegExp(String.raw`^(?:${plainSegment}/)*(?!\.)[\p{L}\p{N}._*-]+\.(?:parquet|csv)$`, "u");

/**
 * Parquet or CSV files inside the enterprise's folder: `retail/sales/*.parquet`. Only the last part may hold `*`;
 * no part starts with a dot, so that no path leaves the folder.
 */
export const FileSource = z.string().max(500).regex(SOURCE, {
  message: "A source is a relative path of a .parquet or .csv file; only the file's name may hold *.",
});

export const SemanticDataset = z.strictObject({
  name: FieldName,
  source: FileSource,
  primary_key: z.array(z.string()).optional(),
  unique_keys: z.array(z.array(z.string())).optional(),
  fields: z.array(SemanticField).min(1).max(500),
  metrics: z.array(SemanticMetric).max(500).optional(),
  ...extensible,
});
export type SemanticDataset = z.infer<typeof SemanticDataset>;

const Relationship = z.strictObject({
  name: z.string(),
  from: z.string(),
  to: z.string(),
  from_columns: z.array(z.string()).min(1),
  to_columns: z.array(z.string()).min(1),
  ...extensible,
});

/** One semantic model. One dataset for now: relationships join several, so they are refused until the engine can join. */
export const SemanticModel = z.strictObject({
  name: FieldName,
  datasets: z.array(SemanticDataset).length(1),
  relationships: z
    .array(Relationship)
    .refine((relationships) => relationships.length === 0, {
      message: "A relationship joins two datasets; a model holds one dataset for now.",
    })
    .optional(),
  /** Model-scoped metrics; with one dataset the same as its own. */
  metrics: z.array(SemanticMetric).max(500).optional(),
  ...extensible,
});
export type SemanticModel = z.infer<typeof SemanticModel>;
