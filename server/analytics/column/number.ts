import type { NumberMark } from "../../../core/contract/source/column";

/** How the numbers of one column are written, and how many digits they have. */
export interface NumberWriting {
  /** The sign before the decimals. */
  decimal: "." | ",";
  /** What stands between groups of three digits; empty where nothing does. */
  group: "" | "," | "." | " " | "'";
  percent: boolean;
  currency: boolean;
  parentheses: boolean;
  tenThousands: boolean;
  exponent: boolean;
  /** Whether zeros may stand before the digits, and are lost: somebody wants a number. */
  zeros: boolean;
  /** The most digits before the decimals, and behind. */
  whole: number;
  places: number;
}

const CURRENCY = "(?:¥|￥|\\$|€|£|₩|₹|HK\\$|US\\$|CNY|RMB|USD|EUR|GBP|JPY|HKD|人民币)";
const CODES: [pattern: RegExp, code: string][] = [
  [/HK\$|HKD/i, "HKD"],
  [/US\$|USD|\$/i, "USD"],
  [/¥|￥|CNY|RMB|元|人民币/i, "CNY"],
  [/€|EUR/i, "EUR"],
  [/£|GBP/i, "GBP"],
  [/₩/, "KRW"],
  [/₹/, "INR"],
  [/JPY/i, "JPY"],
];
/** Spaces that number formats of Europe put between groups. */
const SPACES = "[ \u00a0\u202f]";

const LOOSE = new RegExp(
  `^\\s*\\(?\\s*[+-]?\\s*${CURRENCY}?\\s*[+-]?(?:\\d[\\d.,' \\u00a0\\u202f]*|[.,]\\d+)(?:[eE][+-]?\\d+)?\\s*[%万亿元]{0,2}\\s*${CURRENCY}?\\s*\\)?\\s*$`,
  "i",
);

/** Whether a text is some kind of a number. */
export function looksNumeric(text: string): boolean {
  return LOOSE.test(text);
}

/** The currency that a text names, if any. */
export function currencyOf(text: string): string | null {
  return CODES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The writing in which all of these texts can be read; those that nobody could read so do not count. */
export function writingOf(texts: readonly string[], decimal: "." | "," | null): NumberWriting {
  const bare = texts.map((text) => text.replace(/[^\d.,' \u00a0\u202f]/g, "").trim());
  const mark = decimal ?? (isDecimalComma(bare) ? "," : ".");
  const between = groupOf(bare, mark);
  const all = texts.length > 0;
  const writing: NumberWriting = {
    decimal: mark,
    group: between,
    percent: all && texts.filter((text) => text.includes("%")).length * 2 > texts.length,
    currency: texts.some((text) => currencyOf(text) !== null),
    parentheses: texts.some((text) => text.trim().startsWith("(")),
    tenThousands: texts.some((text) => /[万亿]/.test(text)),
    exponent: texts.some((text) => /\d[eE][+-]?\d/.test(text)),
    zeros: false,
    whole: 1,
    places: 0,
  };
  const pattern = new RegExp(`^${numberPattern({ ...writing, whole: 40, places: 40 })}$`, "i");
  for (const text of texts) if (pattern.test(text)) measure(text, writing);
  return writing;
}

/** Takes note of how many digits a number has. */
function measure(text: string, writing: NumberWriting): void {
  const [mantissa = ""] = text.split(/[eE](?=[+-]?\d)/);
  const [whole = "", fraction = ""] = mantissa.split(writing.decimal);
  writing.whole = Math.max(writing.whole, whole.replace(/\D/g, "").replace(/^0+/, "").length);
  writing.places = Math.max(writing.places, fraction.replace(/\D/g, "").length);
}

/** Whether the comma stands before decimals in all of them, and in one for nothing else. */
function isDecimalComma(bare: readonly string[]): boolean {
  const commas = bare.filter((text) => text.includes(","));
  if (commas.length === 0) return false;
  const all = bare.every((text) => /^(?:\d+|\d{1,3}(?:[. '\u00a0\u202f]\d{3})+)?(?:,\d+)?$/.test(text));
  return all && commas.some((text) => !/^[1-9]\d{0,2}(?:,\d{3})+$/.test(text));
}

function groupOf(bare: readonly string[], decimal: "." | ","): NumberWriting["group"] {
  const other = decimal === "," ? "." : ",";
  if (bare.some((text) => text.includes(other))) return other;
  if (bare.some((text) => text.includes("'"))) return "'";
  return bare.some((text) => /\d[ \u00a0\u202f]\d/.test(text)) ? " " : "";
}

/** The pattern that a number of this writing has, and no text that would not keep its value; for JavaScript and RE2. */
export function numberPattern(writing: NumberWriting): string {
  const { decimal, places } = writing;
  const digits = wholePattern(writing);
  const point = decimal === "." ? "\\." : ",";
  const number = places === 0 ? digits : `(?:${digits}(?:${point}\\d{0,${places}})?|${point}\\d{1,${places}})`;
  const money = writing.currency ? `(?:[+-]?\\s*${CURRENCY}\\s*|${CURRENCY}?\\s*[+-]?)` : "[+-]?";
  const open = `${money}${number}${behindPattern(writing)}`;
  return writing.parentheses ? `\\s*(?:${open}|\\(${open}\\))\\s*` : `\\s*${open}\\s*`;
}

function wholePattern({ group, whole, zeros }: NumberWriting): string {
  const first = zeros ? "0*\\d" : "[1-9]";
  const plain = whole > 1 ? `(?:0|${first}\\d{0,${whole - 1}})` : `${zeros ? "0*" : ""}\\d`;
  if (group === "") return plain;
  const separators: Partial<Record<NumberWriting["group"], string>> = { " ": SPACES, ".": "\\." };
  return `(?:[1-9]\\d{0,2}(?:${separators[group] ?? group}\\d{3})+|${plain})`;
}

function behindPattern({ exponent, tenThousands, percent, currency }: NumberWriting): string {
  const parts: [boolean, string][] = [
    [exponent, "(?:[eE][+-]?\\d{1,3})?"],
    [tenThousands, "\\s*[万亿]?"],
    [percent, "\\s*%"],
    [currency, `\\s*(?:元|${CURRENCY})?`],
  ];
  return parts.map(([is, pattern]) => (is ? pattern : "")).join("");
}

/** What tells these numbers from plain ones. */
export function marksOf(writing: NumberWriting): NumberMark[] {
  const { group, decimal, percent, currency, parentheses, tenThousands, exponent } = writing;
  const marks: [NumberMark, boolean][] = [
    ["thousands", group !== ""],
    ["decimal_comma", decimal === ","],
    ["percent", percent],
    ["currency", currency],
    ["parentheses", parentheses],
    ["ten_thousands", tenThousands],
    ["exponent", exponent],
  ];
  return marks.flatMap(([mark, is]) => (is ? [mark] : []));
}

const [MOST_DIGITS, MOST_LONG_DIGITS] = [18, 38];
/** Sums of decimals with few places are asked to have some more, so that a file's next version fits too. */
const FEWEST_PLACES = 4;
/** 亿 is eight zeros. */
const UNIT_DIGITS = 8;

/** The digits of a decimal column: before and behind the decimals, and as a type. Null where there are too many. */
export function decimalShape(writing: NumberWriting): { type: string; whole: number; places: number } | null {
  const more = writing.percent ? 2 : 0;
  const unit = writing.tenThousands ? UNIT_DIGITS : 0;
  const least = writing.places + more;
  for (const digits of [MOST_DIGITS, MOST_LONG_DIGITS]) {
    const places = Math.min(Math.max(FEWEST_PLACES, least), Math.max(least, digits - writing.whole - unit));
    const whole = digits - places - unit;
    if (whole >= writing.whole) return { type: `DECIMAL(${digits}, ${places})`, whole, places: places - more };
  }
  return null;
}
