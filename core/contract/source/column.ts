import { z } from "zod";
import { DataType } from "../dataset/semantic-model";

/** Marks beside the digits by which the numbers of a column are told to be numbers. */
export const NumberMark = z.enum([
  "thousands",
  "decimal_comma",
  "percent",
  "currency",
  "parentheses",
  "ten_thousands",
  "exponent",
]);
export type NumberMark = z.infer<typeof NumberMark>;

/** Why a column has been given its type. */
export const TypeReason = z.enum([
  /** A person said so. */
  "chosen",
  /** The file says so itself. */
  "declared",
  /** Bytes that nothing says to be text, and that are. */
  "bytes",
  /** All values are written so. */
  "values",
  /** There is no value. */
  "empty",
  /** Texts that nothing else could be made of. */
  "texts",
  /** Values of several kinds: nothing else would keep them all. */
  "mixed",
  /** Digits that begin with 0: as numbers they would lose it. */
  "leading_zeros",
  /** More digits than numbers keep on their way to a chart. */
  "long_digits",
  /** Every value was guarded against a spreadsheet: `="007"`, or a tab behind it. */
  "guarded",
  /** Amounts of several currencies are never added up. */
  "currencies",
  /** Mobile numbers. */
  "phone",
  /** A version or a chapter: 1.1 is not 1.10. */
  "spelling",
  /** Years of two digits: which century is not said. */
  "short_years",
]);
export type TypeReason = z.infer<typeof TypeReason>;

/** What a person has to know, or to decide, about how a column was read. */
export const DoubtCode = z.enum([
  /** Day and month can be told in either order; nothing is imported until somebody chooses. */
  "day_order",
  /** `1,234` may be one and a bit, or more than a thousand. */
  "decimal_mark",
  /** Times without a zone were read as of the file's. */
  "zone_assumed",
  /** Several spellings become one value: 1.1 and 1.10. */
  "spellings",
  /** Nearly all values are of another type. */
  "nearly",
]);
export type DoubtCode = z.infer<typeof DoubtCode>;

export const ColumnDoubt = z.object({
  code: DoubtCode,
  /** Some of the texts that it is about. */
  texts: z.array(z.string()),
  /** How many rows it is about; null where nobody has counted. */
  count: z.number().int().nullable(),
  /** The type that nearly all values have, for `nearly`. */
  type: DataType.nullable(),
});
export type ColumnDoubt = z.infer<typeof ColumnDoubt>;

/** What a column is for. */
export const ColumnRole = z.enum(["dimension", "measure", "id", "date", "place", "link"]);
export type ColumnRole = z.infer<typeof ColumnRole>;

/** How a column's values are put together where nobody says otherwise. */
export const Aggregation = z.enum(["sum", "average", "count_distinct", "none"]);
export type Aggregation = z.infer<typeof Aggregation>;

/** Why a column has been given its role and its aggregation. */
export const RoleReason = z.enum([
  "type",
  "name_id",
  "name_phone",
  "name_code",
  "name_year",
  "name_month",
  "name_rate",
  "name_price",
  "name_place",
  "name_link",
  "values_phone",
  "values_year",
  "values_rising",
  "values_percent",
  "values_link",
]);
export type RoleReason = z.infer<typeof RoleReason>;

/** What a column is understood to be. */
export const Understanding = z.object({
  role: ColumnRole,
  aggregation: Aggregation,
  reason: RoleReason,
  /** How its values are best shown: percent, an amount of money, digits as they are. Null: as its type. */
  format: z.enum(["percent", "currency", "digits"]).nullable(),
  /** ISO 4217, of amounts of money where the values say it. */
  currency: z.string().length(3).nullable(),
  /** Of dates that stand for a whole month or quarter. */
  grain: z.enum(["month", "quarter"]).nullable(),
});
export type Understanding = z.infer<typeof Understanding>;
