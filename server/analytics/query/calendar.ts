import type { TimeGrain } from "../../../core/contract/report/query";

/** A calendar day, `YYYY-MM-DD`. Such strings sort as days do. */
export type Day = string;

/** Days from `from` up to, not including, `to`; an end that is absent is open. */
export interface DayRange {
  from?: Day;
  to?: Day;
}

/** A distance between two days. Months keep the day of the month, or take the month's last day. */
export interface Shift {
  days: number;
  months: number;
}

/** The last day that can be written: in many systems it stands for "never". */
export const LAST_DAY: Day = "9999-12-31";
const FIRST_YEAR = 100;
const LAST_YEAR = 9999;
const DAY_MS = 86_400_000;
const MONTHS = { month: 1, quarter: 3, year: 12 } as const;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a value is a day that the calendar has: 2026-02-30 is none. */
export function isDay(value: unknown): value is Day {
  return typeof value === "string" && DAY_SHAPE.test(value) && show(read(value)) === value;
}

/** The calendar day of an instant in a time zone (IANA name). */
export function dayIn(timeZone: string, instant: Date): Day {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    instant,
  );
}

/** `count` units later (earlier where negative); a day of the month that is missing becomes the month's last. */
export function addUnits(day: Day, grain: TimeGrain, count: number): Day {
  return move(day, unitShift(grain, count));
}

/** On which day weeks begin. */
export type WeekStart = "monday" | "sunday";

/** What a question about time is seen from. */
export interface Calendar {
  /** Where relative periods end; it counts as a whole day. */
  today: Day;
  weekStart: WeekStart;
}

/** The first day of the unit that holds the day. */
export function startOf(day: Day, grain: TimeGrain, weekStart: WeekStart): Day {
  const moment = read(day);
  if (grain === "week") {
    const first = weekStart === "monday" ? 1 : 0;
    return show(moment - ((new Date(moment).getUTCDay() - first + 7) % 7) * DAY_MS);
  }
  if (grain === "day") return show(moment);
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  return show(firstOf(year, month - (month % MONTHS[grain])));
}

/** How many days from `from` to `to`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((read(to) - read(from)) / DAY_MS);
}

/** The distance of `count` units. */
export function unitShift(grain: TimeGrain, count: number): Shift {
  if (grain === "day" || grain === "week") return { days: count * (grain === "week" ? 7 : 1), months: 0 };
  return { days: 0, months: count * MONTHS[grain] };
}

/** Moves a day by a distance. */
export function move(day: Day, { days, months }: Shift): Day {
  if (months === 0) return show(read(day) + days * DAY_MS);
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const first = firstOf(year, month - 1 + months);
  const last = Math.round((firstOf(year, month + months) - first) / DAY_MS);
  return show(first + (Math.min(date, last) - 1 + days) * DAY_MS);
}

/**
 * Moves a range. An end on the first of a month moves as such, any other end with the last day before it: one month
 * before [1 March, 1 April) is all of February, and before [1 March, 31 March) it is [1 February, 1 March).
 */
export function moveRange(range: DayRange, shift: Shift): DayRange {
  const moved: DayRange = {};
  if (range.from !== undefined) moved.from = move(range.from, shift);
  if (range.to !== undefined) {
    const wholeMonths = range.to.endsWith("-01");
    moved.to = wholeMonths ? move(range.to, shift) : addUnits(move(addUnits(range.to, "day", -1), shift), "day", 1);
  }
  return moved;
}

/** The opposite distance. */
export function back(shift: Shift): Shift {
  return { days: 0 - shift.days, months: 0 - shift.months };
}

/** A day as the milliseconds at which it begins in UTC; a day that the calendar has not becomes a later one. */
function read(day: Day): number {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return firstOf(year, month - 1) + (date - 1) * DAY_MS;
}

/** Not `Date.UTC`, which takes the year 99 for 1999. */
function firstOf(year: number, month: number): number {
  return new Date(0).setUTCFullYear(year, month, 1);
}

/** Days outside of what can be written become the first or the last that can. */
function show(moment: number): Day {
  if (moment < firstOf(FIRST_YEAR, 0)) return `0${FIRST_YEAR}-01-01`;
  return moment >= firstOf(LAST_YEAR + 1, 0) ? LAST_DAY : new Date(moment).toISOString().slice(0, 10);
}
