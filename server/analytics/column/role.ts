import type { NumberMark, Understanding } from "../../../core/contract/source/column";
import type { DataType } from "../../../core/contract/dataset/semantic-model";
import type { DayFormat } from "../../../core/contract/source/upload";
import { dayWriting } from "./day";
import { hintOf, type NameHint } from "./name";

/** What is known of a column, where anything is. */
export interface Evidence {
  name: string;
  type: DataType;
  marks?: readonly NumberMark[];
  dayFormat?: DayFormat | null;
  currency?: string | null;
  phone?: boolean;
  /** Of whole numbers. */
  range?: { least: number; most: number; count: number; distinct: number } | null;
  /** Of texts. */
  links?: boolean;
}

/** A numbering of so few rows may be anything. */
const FEWEST_RISING = 8;
const NEARLY_ALL = 0.95;

const DIMENSION: Understanding = {
  role: "dimension",
  aggregation: "none",
  reason: "type",
  format: null,
  currency: null,
  grain: null,
};

/** What a column is for, how it is put together and shown. Says no more than its name and its values say. */
export function understand(evidence: Evidence): Understanding {
  const { type } = evidence;
  const hint = hintOf(evidence.name);
  if (type === "Date" || type === "DateTime" || type === "DateTimeTz")
    return { ...DIMENSION, role: "date", grain: grainOf(evidence) };
  if (type === "Integer") return wholeNumber(evidence, hint);
  if (type === "Decimal" || type === "Float") return number(evidence, hint);
  if (type === "String") return text(evidence, hint);
  return DIMENSION;
}

function grainOf({ dayFormat }: Evidence): Understanding["grain"] {
  return dayFormat ? dayWriting(dayFormat).grain : null;
}

const id = (reason: Understanding["reason"], format: Understanding["format"] = null): Understanding => ({
  ...DIMENSION,
  role: "id",
  aggregation: "count_distinct",
  reason,
  format,
});

function text({ phone, links }: Evidence, hint: NameHint | null): Understanding {
  if (phone || hint === "phone") return id(phone ? "values_phone" : "name_phone");
  if (links || hint === "link") return { ...DIMENSION, role: "link", reason: links ? "values_link" : "name_link" };
  if (hint === "id") return id("name_id");
  if (hint === "code") return { ...DIMENSION, role: "place", reason: "name_code" };
  if (hint === "place") return { ...DIMENSION, role: "place", reason: "name_place" };
  return DIMENSION;
}

function wholeNumber(evidence: Evidence, hint: NameHint | null): Understanding {
  const { range } = evidence;
  const within = (least: number, most: number): boolean => !range || (range.least >= least && range.most <= most);
  if (hint === "phone") return id("name_phone", "digits");
  if (hint === "id") return id("name_id", "digits");
  if (range && within(13_000_000_000, 19_999_999_999)) return id("values_phone", "digits");
  const counted = namedDigits(hint, within);
  if (counted) return { ...DIMENSION, format: "digits", reason: counted };
  return range && isRising(range) ? id("values_rising", "digits") : number(evidence, hint);
}

/** Why whole numbers are digits to be read, and no amounts. */
function namedDigits(
  hint: NameHint | null,
  within: (least: number, most: number) => boolean,
): Understanding["reason"] | null {
  switch (hint) {
    case "code":
    case "version":
    case "date":
      return "name_code";
    case "year":
      return within(1000, 9999) ? "name_year" : null;
    case "month":
      return within(1, 12) || within(100_001, 999_912) ? "name_month" : null;
    default:
      return null;
  }
}

/** Numbers that count the rows through, one by one. */
function isRising({ least, most, count, distinct }: NonNullable<Evidence["range"]>): boolean {
  return count >= FEWEST_RISING && most - least + 1 === count && distinct >= count * NEARLY_ALL;
}

function number({ marks = [], currency = null }: Evidence, hint: NameHint | null): Understanding {
  const measure: Understanding = { ...DIMENSION, role: "measure", aggregation: "sum" };
  if (marks.includes("percent"))
    return { ...measure, aggregation: "average", reason: "values_percent", format: "percent" };
  const money = marks.includes("currency") ? { format: "currency" as const, currency } : {};
  if (hint === "price") return { ...measure, ...money, aggregation: "average", reason: "name_price" };
  if (hint === "rate" || hint === "version")
    return { ...measure, ...money, aggregation: "average", reason: "name_rate" };
  if (hint === "place") return { ...DIMENSION, role: "place", reason: "name_place" };
  if (hint === "phone") return id("name_phone", "digits");
  return { ...measure, ...money };
}
