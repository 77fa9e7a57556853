import type { DayFormat } from "../../../core/contract/source/upload";
import { hasPattern } from "./pattern";

/** How days, or whole months and quarters, are written; in strptime's words, where those have one. */
interface DayWriting {
  format: DayFormat;
  /** For JavaScript and RE2. */
  pattern: string;
  /** Where year, month and day stand among the pattern's numbers; -1 where there is none. */
  places: [year: number, month: number, day: number];
  grain: "month" | "quarter" | null;
}

const [YEAR, TWO] = ["(?:1[5-9]|2\\d|9[89])\\d{2}", "\\d{1,2}"];

const WRITINGS: DayWriting[] = [
  { format: "%Y-%m-%d", pattern: `${YEAR}-${TWO}-${TWO}`, places: [0, 1, 2], grain: null },
  { format: "%Y/%m/%d", pattern: `${YEAR}/${TWO}/${TWO}`, places: [0, 1, 2], grain: null },
  { format: "%Y.%m.%d", pattern: `${YEAR}\\.${TWO}\\.${TWO}`, places: [0, 1, 2], grain: null },
  { format: "%Y年%m月%d日", pattern: `${YEAR}年${TWO}月${TWO}日`, places: [0, 1, 2], grain: null },
  { format: "%d/%m/%Y", pattern: `${TWO}/${TWO}/${YEAR}`, places: [2, 1, 0], grain: null },
  { format: "%m/%d/%Y", pattern: `${TWO}/${TWO}/${YEAR}`, places: [2, 0, 1], grain: null },
  { format: "%d.%m.%Y", pattern: `${TWO}\\.${TWO}\\.${YEAR}`, places: [2, 1, 0], grain: null },
  { format: "%d-%m-%Y", pattern: `${TWO}-${TWO}-${YEAR}`, places: [2, 1, 0], grain: null },
  { format: "%m-%d-%Y", pattern: `${TWO}-${TWO}-${YEAR}`, places: [2, 0, 1], grain: null },
  { format: "%Y%m%d", pattern: `${YEAR}\\d{4}`, places: [0, 1, 2], grain: null },
  { format: "%Y年%m月", pattern: `${YEAR}年${TWO}月`, places: [0, 1, -1], grain: "month" },
  { format: "%Y-%m", pattern: `${YEAR}-${TWO}`, places: [0, 1, -1], grain: "month" },
  { format: "%Y/%m", pattern: `${YEAR}/${TWO}`, places: [0, 1, -1], grain: "month" },
  { format: "%Y%m", pattern: `${YEAR}\\d{2}`, places: [0, 1, -1], grain: "month" },
  { format: "%YQ%q", pattern: `${YEAR}[年/ -]?(?:Q|第)[1-4](?:季度?)?`, places: [0, 1, -1], grain: "quarter" },
  { format: "Q%q %Y", pattern: `Q[1-4][/ -]?${YEAR}`, places: [1, 0, -1], grain: "quarter" },
];

/** The two orders in which days and months of the same look are told. */
const ORDERS: Partial<Record<DayFormat, DayFormat>> = {
  "%d/%m/%Y": "%m/%d/%Y",
  "%m/%d/%Y": "%d/%m/%Y",
  "%d-%m-%Y": "%m-%d-%Y",
  "%m-%d-%Y": "%d-%m-%Y",
};

/** Digits alone are days or months only where the column's name says so. */
const BARE = new Set<DayFormat>(["%Y%m%d", "%Y%m"]);

export function dayWriting(format: DayFormat): DayWriting {
  const found = WRITINGS.find((writing) => writing.format === format);
  if (!found) throw new Error(`No writing of days is called ${format}.`);
  return found;
}

/** The same look with day and month the other way round, where there is one. */
export function otherOrder(format: DayFormat): DayFormat | null {
  return ORDERS[format] ?? null;
}

export const DAY_FORMATS: readonly DayFormat[] = WRITINGS.map(({ format }) => format);

/** Whether digits alone are meant. */
export function isBare(format: DayFormat): boolean {
  return BARE.has(format);
}

/** The day at the beginning of a text: `3/14/2026` of `3/14/2026 8:00`. */
export function dayIn(text: string, format: DayFormat): string {
  const begin = format === "Q%q %Y" ? /^Q\d[/ -]?\d{4}/i : /^[^\sT]+/;
  return begin.exec(text)?.[0] ?? "";
}

/** Whether a text is a day, month or quarter of this writing, and one that there is. */
export function isDay(text: string, format: DayFormat): boolean {
  const { pattern, places, grain } = dayWriting(format);
  if (!hasPattern(text, pattern)) return false;
  const numbers = isBare(format)
    ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : text.split(/\D+/).filter((part) => part !== "");
  const [year = 0, month = 0, day = 0] = places.map((place) => (place < 0 ? 1 : Number(numbers[place])));
  if (grain === "quarter") return month >= 1 && month <= 4;
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A time of day: `8:00`, `08:00:00.5`, `1:30 PM`, `下午 1:30`. */
const HALVES = "(?:[AaPp][Mm]|上午|下午)";
const SHORT = "(?:0?[1-9]|1[0-2]):[0-5]\\d(?::[0-5]\\d)?";
export const CLOCK_24 = "(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?";
export const CLOCK_12 = `(?:${HALVES} ?${SHORT}|${SHORT} ?${HALVES})`;
export const ZONE = "(?:Z|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?)";

/** The pattern of days of a format, with a time behind where `time` says so; a text without one is midnight. */
export function momentPattern(format: DayFormat, time: "none" | "clock" | "zone"): string {
  const { pattern } = dayWriting(format);
  if (time === "none") return pattern;
  const clock = `[T ] ?(?:${CLOCK_24}|${CLOCK_12})`;
  return time === "zone" ? `${pattern}(?:[T ]${CLOCK_24} ?${ZONE}?)?` : `${pattern}(?:${clock})?`;
}
