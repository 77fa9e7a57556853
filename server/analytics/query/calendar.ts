import dayjs from "dayjs";
import isoWeek from "dayjs/plugin/isoWeek";
import quarterOfYear from "dayjs/plugin/quarterOfYear";
import utc from "dayjs/plugin/utc";
import type { TimeGrain } from "../../../core/contract/report/query";

dayjs.extend(utc);
dayjs.extend(isoWeek);
dayjs.extend(quarterOfYear);

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

const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a value is a day that the calendar has: 2026-02-30 is none. */
export function isDay(value: unknown): value is Day {
  return typeof value === "string" && DAY_SHAPE.test(value) && show(dayjs.utc(value)) === value;
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
  const moment = dayjs.utc(day);
  if (grain !== "week") return show(moment.startOf(grain));
  return weekStart === "monday"
    ? show(moment.startOf("isoWeek"))
    : show(moment.add(1, "day").startOf("isoWeek").subtract(1, "day"));
}

/** How many days from `from` to `to`. */
export function daysBetween(from: Day, to: Day): number {
  return dayjs.utc(to).diff(dayjs.utc(from), "day");
}

/** The distance of `count` units. */
export function unitShift(grain: TimeGrain, count: number): Shift {
  if (grain === "day" || grain === "week") return { days: count * (grain === "week" ? 7 : 1), months: 0 };
  return { days: 0, months: count * { month: 1, quarter: 3, year: 12 }[grain] };
}

/** Moves a day by a distance. */
export function move(day: Day, shift: Shift): Day {
  return show(dayjs.utc(day).add(shift.months, "month").add(shift.days, "day"));
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

function show(moment: dayjs.Dayjs): Day {
  return moment.format("YYYY-MM-DD");
}
