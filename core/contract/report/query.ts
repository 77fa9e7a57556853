import { z } from "zod";
import { DatasetName } from "../id";

/** A field of a dataset: a dimension or a measure, by its name in the model. */
export const FieldName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);

export const TimeGrain = z.enum(["day", "week", "month", "quarter", "year"]);
export type TimeGrain = z.infer<typeof TimeGrain>;

/** Lightdash's filter operators; `values` holds their operands, `unit` and `completed` belong to the relative ones. */
export const FilterOperator = z.enum([
  "equals",
  "notEquals",
  "isNull",
  "notNull",
  "startsWith",
  "endsWith",
  "include",
  "doesNotInclude",
  "lessThan",
  "lessThanOrEqual",
  "greaterThan",
  "greaterThanOrEqual",
  "inBetween",
  "notInBetween",
  "inThePast",
  "notInThePast",
  "inTheNext",
  "inTheCurrent",
  "notInTheCurrent",
  "inPeriodToDate",
]);
export type FilterOperator = z.infer<typeof FilterOperator>;

export const Scalar = z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof Scalar>;

export const Filter = z.object({
  field: FieldName,
  operator: FilterOperator,
  values: z.array(Scalar).max(1_000).default([]),
  unit: z.enum(["days", "weeks", "months", "quarters", "years"]).optional(),
  /** For `inThePast`: only whole past units, without the running one. */
  completed: z.boolean().optional(),
});
export type Filter = z.infer<typeof Filter>;

export const Sort = z.object({ field: FieldName, descending: z.boolean().default(false) });
export type Sort = z.infer<typeof Sort>;

/** The period that a comparison looks at: the one just before, or the same one a year earlier. */
export const Comparison = z.object({
  /** The time dimension that is shifted. */
  field: FieldName,
  period: z.enum(["previousPeriod", "previousYear"]),
});
export type Comparison = z.infer<typeof Comparison>;

/**
 * The values of one dimension that come first by a measure, over all rows of the query. Filters on measures come before
 * the ranking: groups that they drop count neither among the first nor among the others.
 */
export const TopN = z.object({
  /** One of the query's dimensions. */
  field: FieldName,
  count: z.number().int().min(1).max(100),
  /** The measure that ranks; the query's first one where absent. */
  measure: FieldName.optional(),
  /** The last instead of the first. */
  ascending: z.boolean().optional(),
  /** All other values become one row (one for each group of the other dimensions) instead of being left out. */
  others: z.boolean().default(true),
});
export type TopN = z.infer<typeof TopN>;

/** A column made from a measure's values in the answer. */
export const Calculation = z.object({
  /** The column's name; no field or measure of the dataset has it. */
  name: FieldName,
  label: z.string().min(1).max(100).optional(),
  /**
   * `runningTotal`: the measure's values added up from row to row, in the answer's order. `shareOfTotal`: of the total that
   * the engine computes over all rows, also those that `limit` cut off; 0.25 is a quarter.
   */
  kind: z.enum(["runningTotal", "shareOfTotal"]),
  measure: FieldName,
  /**
   * Dimensions: for each of their values the running total begins anew, or the share is that of their total. Where
   * absent, running totals run along the first date (else the first dimension), shares are those of the grand total.
   */
  by: z.array(FieldName).max(8).optional(),
});
export type Calculation = z.infer<typeof Calculation>;

/** What a card asks of a dataset. */
export const CardQuery = z.object({
  dataset: DatasetName,
  dimensions: z
    .array(z.object({ field: FieldName, grain: TimeGrain.optional() }))
    .max(8)
    .default([]),
  measures: z.array(FieldName).min(1).max(20),
  filters: z.array(Filter).max(50).default([]),
  sort: z.array(Sort).max(8).default([]),
  limit: z.number().int().min(1).max(10_000).default(1_000),
  compare: Comparison.optional(),
  /**
   * Further groupings, each of some of the query's dimensions: `[]` is the grand total, `["region"]` a subtotal for each
   * region. The engine computes each from the rows, so averages, ratios and distinct counts are right too.
   */
  totals: z.array(z.array(FieldName).max(8)).max(32).optional(),
  topN: TopN.optional(),
  calculations: z.array(Calculation).max(10).optional(),
});
export type CardQuery = z.infer<typeof CardQuery>;

/** How a number or a date is shown. The stored value is never rounded. */
export const Format = z.object({
  kind: z.enum(["number", "currency", "percent", "date", "text"]),
  /** Digits after the decimal point. */
  decimals: z.number().int().min(0).max(8).optional(),
  /** Shortens with 万/亿 in Chinese and K/M/B in English. */
  compact: z.boolean().optional(),
  /** ISO 4217, for `currency`. */
  currency: z.string().length(3).optional(),
  unit: z.string().max(20).optional(),
});
export type Format = z.infer<typeof Format>;

/** One column of an answer. A comparison column repeats the measure's name with `:previous` behind it; a calculation is a measure. */
export const Column = z.object({
  name: z.string(),
  label: z.string(),
  role: z.enum(["dimension", "measure", "comparison"]),
  type: z.enum(["string", "number", "date", "boolean"]),
  grain: TimeGrain.optional(),
  format: Format.optional(),
  /** Whether more is better; colours a comparison. */
  direction: z.enum(["up_good", "down_good", "neutral"]).optional(),
});
export type Column = z.infer<typeof Column>;

/**
 * An answer, column by column: `values[c][r]` is row r of column c. Dates are `YYYY-MM-DD` (the first day of the grain).
 * What the engine has nothing for is null. Integers beyond 2^53 are decimal strings.
 */
export const CardData = z.object({
  columns: z.array(Column),
  values: z.array(z.array(Scalar)),
  rowCount: z.number().int(),
  /** True where `limit` cut rows off. */
  truncated: z.boolean(),
  /**
   * One entry a grouping that the query asked for, in its order. `values` has the columns of the answer and is oriented as
   * the answer's; dimensions that are not in `by` are null. Totals hold all groups, also those that `limit` cut off.
   */
  totals: z
    .array(
      z.object({ by: z.array(FieldName), values: z.array(z.array(Scalar)), others: z.array(z.number()).optional() }),
    )
    .optional(),
  /** With `topN`: the rows that stand for all other values of its field, where that field is null. */
  others: z.array(z.number()).optional(),
});
export type CardData = z.infer<typeof CardData>;
