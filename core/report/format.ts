import dayjs from "dayjs";
import type { Column, Format, Scalar, TimeGrain } from "../contract/report/query";

/** The languages that every text, number and date comes in. */
export type Language = "zh-CN" | "en-US";

/** What stands where nothing was measured. Never a zero. */
export const NOTHING = "–";

/** What a column's values need to be shown. */
export type Shown = Pick<Column, "type" | "grain" | "format">;

/** A unit that numbers are divided by, and what is written behind them: 万 and 亿, or K, M and B. */
export interface Scale {
  divisor: number;
  suffix: string;
}

const ONE: Scale = { divisor: 1, suffix: "" };
const SCALES: Record<Language, Scale[]> = {
  "zh-CN": [ONE, { divisor: 1e4, suffix: "万" }, { divisor: 1e8, suffix: "亿" }],
  "en-US": [ONE, { divisor: 1e3, suffix: "K" }, { divisor: 1e6, suffix: "M" }, { divisor: 1e9, suffix: "B" }],
};
const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "JP¥", HKD: "HK$" };

/** The unit that a number (or the largest number of an axis) is best read in. */
export function scaleFor(size: number, language: Language): Scale {
  const fitting = SCALES[language].filter((scale) => Math.abs(size) >= scale.divisor);
  return fitting[fitting.length - 1] ?? ONE;
}

/** What is written before and behind every number of a format: ¥, %, a unit. */
export function affixes(format: Format | undefined): { prefix: string; suffix: string } {
  if (format?.kind === "percent") return { prefix: "", suffix: "%" };
  const code = format?.kind === "currency" ? (format.currency ?? "") : "";
  return { prefix: code ? (SYMBOLS[code] ?? `${code} `) : "", suffix: format?.unit ? ` ${format.unit}` : "" };
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function fixed(size: number, decimals: number, trim: boolean): string {
  const [whole = "0", fraction = ""] = size.toFixed(decimals).split(".");
  const kept = trim ? fraction.replace(/0+$/, "") : fraction;
  return kept ? `${group(whole)}.${kept}` : group(whole);
}

/** Three digits tell a shortened number from its neighbours: ¥1.23万, not ¥1万. A format may ask for more, not for less. */
function scaledDecimals(size: number, scale: Scale, wanted: number | undefined): number {
  if (scale.divisor === 1) return wanted ?? 1;
  const whole = size / scale.divisor;
  return Math.max(wanted ?? 1, whole < 10 ? 2 : whole < 100 ? 1 : 0);
}

/** Rounding may reach the next unit: 99,999,999 is 1亿, not 10,000万. */
function scaledText(size: number, format: Format | undefined, language: Language): string {
  const first = scaleFor(size, language);
  const decimals = scaledDecimals(size, first, format?.decimals);
  const rounded = Number((size / first.divisor).toFixed(decimals)) * first.divisor;
  const scale = scaleFor(rounded, language);
  return `${fixed(size / scale.divisor, decimals, true)}${scale.suffix}`;
}

/** Below this a number is written with an exponent: nobody counts so many zeros. */
const LEAST_PLAIN = 1e-9;

/** What rounding would show as 0 although it is not: its first two digits that say something. */
function leastText(size: number): string {
  const short = Number(size.toPrecision(2));
  if (short < LEAST_PLAIN) return String(short);
  return fixed(short, Math.min(20, 1 - Math.floor(Math.log10(short))), true);
}

/** Shares, and digits that are to be read instead of an amount: years, numbers of orders. */
const UNSCALED = new Set<Format["kind"]>(["percent", "text"]);

function plainText(size: number, format: Format | undefined): string {
  if (format?.kind === "text") return String(size);
  if (format?.decimals !== undefined) return fixed(size, format.decimals, false);
  if (format?.kind === "percent") return fixed(size, 1, false);
  if (format?.kind === "currency") return fixed(size, 2, false);
  return fixed(size, 2, true);
}

/** A number as people read it: `1,234.5`, `¥12.3万`, `4.2%` (of a fraction). Infinite and not-a-number come out as nothing. */
export function formatNumber(value: number, format: Format | undefined, language: Language): string {
  if (!Number.isFinite(value)) return NOTHING;
  const size = Math.abs(format?.kind === "percent" ? value * 100 : value);
  const rounded =
    format?.compact && !UNSCALED.has(format.kind) ? scaledText(size, format, language) : plainText(size, format);
  const text = size > 0 && !/[1-9]/.test(rounded) ? leastText(size) : rounded;
  const { prefix, suffix } = affixes(format);
  const sign = value < 0 && /[1-9]/.test(text) ? "-" : "";
  return `${sign}${prefix}${text}${suffix}`;
}

const FULL: Record<Language, Record<TimeGrain, string>> = {
  "zh-CN": { day: "YYYY-MM-DD", week: "YYYY-MM-DD 当周", month: "YYYY年M月", quarter: "YYYY年", year: "YYYY年" },
  "en-US": { day: "MMM D, YYYY", week: "[Week of] MMM D, YYYY", month: "MMM YYYY", quarter: "YYYY", year: "YYYY" },
};

/** A date of a grain in full: `2026-11-22`, `2026年11月`, `Q4 2026`. What is no date is shown as it came. */
export function formatDate(value: string, grain: TimeGrain | undefined, language: Language): string {
  const date = dayjs(value);
  if (!date.isValid()) return value;
  const text = date.format(FULL[language][grain ?? "day"]);
  if (grain !== "quarter") return text;
  const quarter = `Q${Math.floor(date.month() / 3) + 1}`;
  return language === "zh-CN" ? `${text}${quarter}` : `${quarter} ${text}`;
}

/** A moment in the reader's own time zone, to the minute; the year only where it is not this one. */
export function formatMoment(iso: string, now: number, language: Language): string {
  const moment = dayjs(iso);
  if (!moment.isValid()) return NOTHING;
  const sameYear = moment.year() === dayjs(now).year();
  if (language === "zh-CN") return moment.format(sameYear ? "M月D日 HH:mm" : "YYYY年M月D日 HH:mm");
  return moment.format(sameYear ? "MMM D, HH:mm" : "MMM D, YYYY, HH:mm");
}

/** Dates along an axis, short: without the year where all lie in one. */
export function axisDates(values: readonly string[], grain: TimeGrain | undefined, language: Language): string[] {
  if (grain === "quarter" || grain === "year") return values.map((value) => formatDate(value, grain, language));
  const oneYear = new Set(values.map((value) => value.slice(0, 4))).size <= 1;
  const month = language === "zh-CN" ? (oneYear ? "M月" : "YYYY/M") : oneYear ? "MMM" : "MMM YY";
  const day = language === "zh-CN" ? (oneYear ? "M/D" : "YY/M/D") : oneYear ? "MMM D" : "MMM D, YY";
  return values.map((value) => (dayjs(value).isValid() ? dayjs(value).format(grain === "month" ? month : day) : value));
}

/** A scalar as a number, where it is one; integers beyond 2^53 arrive as decimal strings. */
export function toNumber(value: Scalar | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function groupAs(format: Format | undefined, digits: string): string {
  return format?.kind === "text" ? digits : group(digits);
}

function numberText(value: Scalar, shown: Shown, language: Language): string {
  const beyond = typeof value === "string" && /^-?\d+$/.test(value) && !shown.format?.compact;
  if (beyond && shown.format?.kind !== "percent" && !Number.isSafeInteger(Number(value))) {
    const { prefix, suffix } = affixes(shown.format);
    return `${value.startsWith("-") ? "-" : ""}${prefix}${groupAs(shown.format, value.replace("-", ""))}${suffix}`;
  }
  const number = toNumber(value);
  return number === null ? String(value) : formatNumber(number, shown.format, language);
}

function booleanText(value: boolean, language: Language): string {
  return { "zh-CN": value ? "是" : "否", "en-US": value ? "Yes" : "No" }[language];
}

/** Any value of an answer as text. Null and absent values are shown as nothing, never as zero. */
export function formatValue(value: Scalar | undefined, shown: Shown, language: Language): string {
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === "boolean") return booleanText(value, language);
  if (shown.type === "number") return numberText(value, shown, language);
  if (shown.type === "date" && typeof value === "string") return formatDate(value, shown.grain, language);
  return typeof value === "number" ? formatNumber(value, shown.format, language) : value;
}
