import type { TypeReason } from "../../../core/contract/source/column";
import type { CsvType, DayFormat } from "../../../core/contract/source/upload";
import { CLOCK_12, CLOCK_24, DAY_FORMATS, dayIn, isBare, isDay, momentPattern, otherOrder, ZONE } from "./day";
import { hintOf, namesDays, namesMonths } from "./name";
import {
  currencyOf,
  decimalShape,
  looksNumeric,
  marksOf,
  numberPattern,
  writingOf,
  type NumberWriting,
} from "./number";
import { hasPattern } from "./pattern";
import type { Reading } from "./kind";
import { isNullWord, TRUTHS } from "./words";

/** What is known of a column: its name, texts with how often they were seen, and in how many rows there is a text. */
export interface Seen {
  name: string;
  texts: ReadonlyMap<string, number>;
  total: number;
}

/** What a person has said about it. */
export interface Said {
  type?: CsvType | undefined;
  dayFormat?: DayFormat | undefined;
  decimal?: "." | "," | undefined;
  /** Words that stand for nothing; the usual ones where absent. */
  nulls?: readonly string[] | undefined;
  /** IANA name: of times that are written without one. */
  zone: string;
}

export interface Read {
  reading: Reading;
  reason: TypeReason;
  /** Texts that stand for nothing. */
  nulls: string[];
  /** Day and month can be told in either order, and nobody has chosen. */
  undecided: boolean;
  /** The type that nearly all texts have, and those that do not; where the column stays a text. */
  nearly: { type: CsvType; odd: string[] } | null;
  /** The currency that its numbers are of, where they say it. */
  currency: string | null;
  /** Whether all texts are addresses of the web. */
  links: boolean;
}

/** Of so many rows one may be left out for a column to keep its type; more make it a text. */
const ROWS_PER_ODD = 1_000;
const NEARLY = 0.8;
const LONG_DIGITS = 16;
/** A double keeps so many digits, whatever they are. */
const DOUBLE_DIGITS = 15;
const MOST_PLACES = 9;
const WIDEST = 18;

const PLAIN_TEXT: Reading = { type: "String", unwrap: "" };

interface Fit {
  reading: Reading;
  reason: TypeReason;
  odd: string[];
  undecided?: boolean;
}

/** How a column is best read: never so that a text becomes a value that it does not say. */
export function readingOf(seen: Seen, said: Said): Read {
  const read = bestReading(seen, said);
  const texts = [...seen.texts.keys()];
  const currency = "writing" in read.reading ? (texts.map(currencyOf).find((code) => code !== null) ?? null) : null;
  const links = texts.length > 0 && texts.every((text) => /^https?:\/\/\S+$/i.test(text.trim()));
  return { ...read, currency, links };
}

type Best = Omit<Read, "currency" | "links">;

function bestReading(seen: Seen, said: Said): Best {
  const nothing = new Set(said.nulls);
  const isNothing = (text: string): boolean =>
    text.trim() === "" || (said.nulls === undefined ? isNullWord(text) : nothing.has(text));
  const words = [...seen.texts.keys()];
  const values = words.filter((text) => !isNothing(text));
  const nulls = words.filter(isNothing);
  const chosen = said.type;
  if (chosen !== undefined) {
    const { reading, undecided = false } = chosenFit(chosen, values, said);
    return { reading, reason: "chosen", nulls: chosen === "String" ? [] : nulls, undecided, nearly: null };
  }
  if (values.length === 0) return asText(words.length === 0 ? "empty" : "texts");
  const unwrap = guardOf(values);
  if (unwrap !== "") return { ...asText("guarded"), reading: { type: "String", unwrap } };
  return foundReading(seen, { values, nulls }, said);
}

function asText(reason: TypeReason, nearly: Read["nearly"] = null): Best {
  return { reading: PLAIN_TEXT, reason, nulls: [], undecided: false, nearly };
}

/** What most values are: all of the column, where hardly any is something else. */
function foundReading(seen: Seen, { values, nulls }: { values: string[]; nulls: string[] }, said: Said): Best {
  const fits = [timeFit, truthFit, dayFit, numberFit].flatMap((fit) => fit(seen, values, said) ?? []);
  const weight = (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + (seen.texts.get(text) ?? 0), 0);
  const best = [...fits].sort((one, other) => weight(one.odd) - weight(other.odd))[0];
  if (!best) return asText("texts");
  const { reading, reason, undecided = false } = best;
  const odd = weight(best.odd);
  if (odd * ROWS_PER_ODD <= seen.total) {
    return reading.type === "String" ? asText(reason) : { reading, reason, nulls, undecided, nearly: null };
  }
  const all = weight(values);
  const isNearly = reading.type !== "String" && all - odd >= all * NEARLY;
  return asText(odd < all ? "mixed" : "texts", isNearly ? { type: reading.type, odd: best.odd } : null);
}

function guardOf(values: readonly string[]): "" | "formula" | "tab" {
  const wrapped = values.filter((text) => /^="[^"]*"$/.test(text)).length;
  if (wrapped > 0 && values.every((text) => !text.startsWith("=") || /^="[^"]*"$/.test(text))) return "formula";
  return values.every((text) => text.endsWith("\t")) ? "tab" : "";
}

function timeFit(_seen: Seen, values: readonly string[]): Fit {
  const odd = values.filter((text) => !hasPattern(text.trim(), `${CLOCK_24}|${CLOCK_12}`));
  return { reading: { type: "Time" }, reason: "values", odd };
}

function truthFit(_seen: Seen, values: readonly string[]): Fit {
  const odd = values.filter((text) => !/^(?:true|false)$/i.test(text.trim()));
  return { reading: { type: "Boolean", yes: ["true"], no: ["false"] }, reason: "values", odd };
}

/** The writing of days that most texts have. */
function dayFit({ name, texts }: Seen, values: readonly string[], said: Said): Fit | null {
  const trimmed = values.map((text) => text.trim());
  if (trimmed.every((text) => /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?:\s|$)/.test(text))) {
    return { reading: PLAIN_TEXT, reason: "short_years", odd: [] };
  }
  const named = (format: DayFormat): boolean =>
    format === said.dayFormat || !isBare(format) || (format === "%Y%m" ? namesMonths(name) : namesDays(name));
  const some = spread(trimmed);
  const likely = (format: DayFormat): boolean => some.some((text) => momentIn(text, format) !== null);
  const weights = DAY_FORMATS.filter((format) => named(format) && likely(format)).map((format) => {
    const odd = values.filter((text) => momentIn(text.trim(), format) === null);
    return { format, odd, weight: odd.reduce((sum, text) => sum + (texts.get(text) ?? 0), 0) };
  });
  if (weights.length === 0) return null;
  const least = Math.min(...weights.map(({ weight }) => weight));
  const tied = weights.filter(({ weight, odd }) => weight === least && odd.length < values.length);
  const [first] = tied;
  if (!first) return null;
  // An order that was chosen holds, whatever else would fit better.
  const chosen = weights.find(({ format }) => format === said.dayFormat && agrees(format, tied)) ?? first;
  // Most of those that are told apart by a slash and have the year behind are American.
  const other = tied.find(({ format }) => format === otherOrder(chosen.format));
  const undecided = other !== undefined && chosen.format !== said.dayFormat;
  const taken = undecided && /^%d[/-]/.test(chosen.format) ? other : chosen;
  const moments = trimmed.map((text) => momentIn(text, taken.format));
  return { reading: dayReading(taken.format, moments, said), reason: "values", odd: taken.odd, undecided };
}

const MOST_TRIED = 200;

/** Some texts from the first to the last: what none of them is, nearly none is. */
function spread(texts: readonly string[]): readonly string[] {
  const step = Math.ceil(texts.length / MOST_TRIED);
  return step <= 1 ? texts : texts.filter((_, index) => index % step === 0);
}

function agrees(chosen: DayFormat, tied: readonly { format: DayFormat }[]): boolean {
  return tied.some(({ format }) => format === chosen || format === otherOrder(chosen));
}

function dayReading(
  format: DayFormat,
  moments: readonly (string | null)[],
  { zone }: Said,
): Extract<Reading, { format: DayFormat }> {
  const clocks = moments.filter((clock) => clock !== null && clock !== "");
  const zoned = clocks.some((clock) => new RegExp(`${ZONE}$`, "i").test(clock ?? ""));
  return { type: clocks.length === 0 ? "Date" : zoned ? "DateTimeTz" : "DateTime", format, zone };
}

/** What stands behind the day: a time, or nothing. Null where the text is none of this format. */
function momentIn(text: string, format: DayFormat): string | null {
  const pattern = momentPattern(format, "zone");
  if (!hasPattern(text, pattern) && !hasPattern(text, momentPattern(format, "clock"))) return null;
  const day = dayIn(text, format);
  return isDay(day, format) ? text.slice(day.length).replace(/^[T ]+/, "") : null;
}

function numberFit({ name, texts }: Seen, values: readonly string[], said: Said): Fit | null {
  const numeric = spread(values).some(looksNumeric) ? values.filter(looksNumeric) : [];
  if (numeric.length === 0) return null;
  const odd = values.filter((text) => !looksNumeric(text));
  const kept = keptAsText(name, numeric);
  if (kept) return { reading: PLAIN_TEXT, reason: kept, odd };
  const writing = writingOf(mostOf(numeric, texts), said.decimal ?? null);
  const pattern = numberPattern(roomy(writing));
  const misfits = values.filter((text) => !hasPattern(text, pattern));
  const reading = numberReading(writing, numeric);
  if (!reading) return { reading: PLAIN_TEXT, reason: "long_digits", odd };
  return { reading, reason: "values", odd: misfits };
}

/** Texts in the order of how often they were seen. */
function mostOf(values: readonly string[], texts: ReadonlyMap<string, number>): string[] {
  return [...values].sort((one, other) => (texts.get(other) ?? 0) - (texts.get(one) ?? 0));
}

function roomy(writing: NumberWriting): NumberWriting {
  return { ...writing, whole: 60, places: 60 };
}

/** Why digits are no number: they would lose a zero, a digit, or their sense. */
function keptAsText(name: string, numeric: readonly string[]): TypeReason | null {
  const plain = numeric.map((text) => text.trim());
  if (plain.some((text) => /^[+-]?0\d/.test(text))) return "leading_zeros";
  if (plain.every((text) => /^1[3-9]\d{9}$/.test(text))) return "phone";
  if (plain.some((text) => new RegExp(`^\\d{${LONG_DIGITS},}$`).test(text))) return "long_digits";
  const hint = hintOf(name);
  if (hint === "phone") return "phone";
  if (hint === "version" && plain.some((text) => text.includes("."))) return "spelling";
  const currencies = new Set(plain.flatMap((text) => currencyOf(text) ?? []));
  return currencies.size > 1 ? "currencies" : null;
}

function numberReading(writing: NumberWriting, numeric: readonly string[]): Reading | null {
  const { places, whole, exponent } = writing;
  if (exponent) return numeric.every(isDouble) ? { type: "Float", writing } : null;
  const isMarked = marksOf(writing).some((mark) => mark !== "thousands" && mark !== "decimal_comma");
  if (!isMarked && places === 0) {
    return whole < LONG_DIGITS ? { type: "Integer", writing: { ...writing, whole: DOUBLE_DIGITS } } : null;
  }
  if (!isMarked && places > MOST_PLACES && numeric.every(isDouble)) return { type: "Float", writing };
  return decimalShape(writing) ? { type: "Decimal", writing } : null;
}

/** Whether a double says the same as the text. */
function isDouble(text: string): boolean {
  const plain = text.trim().replace(/^\+/, "");
  const digits = (plain.split(/e/i)[0] ?? "").replace(/\D/g, "").replace(/^0+/, "");
  return digits.length <= DOUBLE_DIGITS || String(Number(plain)).replace(/0+$/, "") === plain.replace(/0+$/, "");
}

/** The reading that a person wants, as the texts allow it. */
function chosenFit(type: CsvType, values: readonly string[], said: Said): Fit {
  const fit = (reading: Reading, undecided = false): Fit => ({ reading, reason: "chosen", odd: [], undecided });
  switch (type) {
    case "String":
      return fit({ type, unwrap: guardOf(values.length > 0 ? values : [""]) });
    case "Boolean": {
      const words = new Set(values.map((text) => text.trim().toLowerCase()));
      const known = TRUTHS.filter((pair) => pair.some((word) => words.has(word)));
      const used = known.length > 0 ? known : TRUTHS.slice(0, 1);
      return fit({ type, yes: used.map(([yes]) => yes), no: used.map(([, no]) => no) });
    }
    case "Time":
      return fit({ type });
    case "Integer":
    case "Decimal":
    case "Float":
      return fit(chosenNumber(type, values, said));
    default:
      return chosenMoment(type, values, said);
  }
}

function chosenNumber(type: "Integer" | "Decimal" | "Float", values: readonly string[], said: Said): Reading {
  const writing = { ...writingOf(values.filter(looksNumeric), said.decimal ?? null), zeros: true };
  if (type === "Integer") return { type, writing: { ...writing, whole: WIDEST, places: 0, percent: false } };
  if (type === "Float") return { type, writing };
  const kept = decimalShape(writing) ? writing : { ...writing, whole: WIDEST, places: WIDEST };
  return { type, writing: { ...kept, exponent: false } };
}

function chosenMoment(type: "Date" | "DateTime" | "DateTimeTz", values: readonly string[], said: Said): Fit {
  const seen: Seen = { name: "日期 月", texts: new Map(values.map((text) => [text, 1])), total: values.length };
  const found = dayFit(seen, values, said);
  const format = found && "format" in found.reading ? found.reading.format : (said.dayFormat ?? "%Y-%m-%d");
  return {
    reading: { type, format, zone: said.zone },
    reason: "chosen",
    odd: [],
    undecided: found?.undecided ?? false,
  };
}
