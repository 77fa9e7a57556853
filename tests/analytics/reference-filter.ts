import type { Filter, Scalar, TimeGrain } from "../../core/contract/report/query";
import type { WeekStart } from "../../server/analytics/query/calendar";

/** For tests: whether a filter lets a row through, in the plainest way, sharing nothing with the SQL. */
export type Row = Record<string, Scalar>;

/** What a question about time is seen from. */
export interface Days {
  today: string;
  weekStart: WeekStart;
}

/** Columns that are dates: `moment` is a timestamp, `YYYY-MM-DD HH:mm:ss`, and so is `instant`, by the clocks of the model's zone. */
export const DATES = new Set(["day", "moment", "instant"]);

/** Nulls come last, whichever the direction; texts in the order of their code points. */
export function compare(left: Scalar, right: Scalar, descending: boolean): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order = ascending(left, right);
  return descending ? 0 - order : order;
}

/** Integers beyond 2^53 arrive as texts: read as numbers they would be rounded, and neighbours would tie. */
function ascending(left: Exclude<Scalar, null>, right: Exclude<Scalar, null>): number {
  if (isWhole(left) && isWhole(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  const isText = typeof left === "string" && typeof right === "string";
  return isText ? Buffer.compare(Buffer.from(left), Buffer.from(right)) : Math.sign(Number(left) - Number(right));
}

const isWhole = (value: Exclude<Scalar, null>): value is string | number =>
  typeof value === "number" ? Number.isInteger(value) : typeof value === "string" && /^-?\d{16,}$/.test(value);

/** The value of a row that it is grouped by. */
export function valueAt(row: Row, field: string, grain: TimeGrain | undefined, weekStart: WeekStart): Scalar {
  const value = row[field] ?? null;
  return DATES.has(field) && value !== null ? unitStart(String(value).slice(0, 10), grain ?? "day", weekStart) : value;
}

/** Whether a filter has no value yet. */
export function isUnset({ values, operator }: Filter): boolean {
  return (
    values.length === 0 &&
    !["isNull", "notNull", "inTheCurrent", "notInTheCurrent", "inPeriodToDate"].includes(operator)
  );
}

/** Whether a filter lets a row through. */
export function passes(row: Row, filter: Filter, days: Days): boolean {
  const negated: Partial<Record<Filter["operator"], Filter["operator"]>> = {
    notEquals: "equals",
    notNull: "isNull",
    doesNotInclude: "include",
    notInBetween: "inBetween",
    notInThePast: "inThePast",
    notInTheCurrent: "inTheCurrent",
  };
  const opposite = negated[filter.operator];
  if (isUnset(filter)) return true;
  if (opposite) return !passes(row, { ...filter, operator: opposite }, days);
  const raw = row[filter.field] ?? null;
  if (filter.operator === "isNull") return raw === null;
  if (filter.operator === "equals" && raw === null) return filter.values.includes(null);
  if (raw === null) return false;
  const value = DATES.has(filter.field) ? String(raw).slice(0, 10) : raw;
  return holds(value, filter, days);
}

function holds(value: Exclude<Scalar, null>, filter: Filter, days: Days): boolean {
  const [first, second] = filter.values;
  const against = (other: Scalar | undefined): number => compare(value, other ?? null, false);
  const text = String(value).toLowerCase();
  const texts = filter.values.map((each) => String(each).toLowerCase());
  switch (filter.operator) {
    case "equals":
      return filter.values.some((each) => each !== null && against(each) === 0);
    case "include":
      return texts.some((each) => text.includes(each));
    case "startsWith":
      return texts.some((each) => text.startsWith(each));
    case "endsWith":
      return texts.some((each) => text.endsWith(each));
    case "lessThan":
      return against(first) < 0;
    case "lessThanOrEqual":
      return against(first) <= 0;
    case "greaterThan":
      return against(first) > 0;
    case "greaterThanOrEqual":
      return against(first) >= 0;
    case "inBetween":
      return against(first) >= 0 && against(second) <= 0;
    default:
      return inPeriod(String(value), filter, days);
  }
}

/** The grain of a filter's unit. */
export const GRAIN = { days: "day", weeks: "week", months: "month", quarters: "quarter", years: "year" } as const;

/** Counts units between the two days instead of computing the period's ends. */
function inPeriod(day: string, filter: Filter, { today, weekStart }: Days): boolean {
  const grain = GRAIN[filter.unit ?? "days"];
  const isRunning = unitNumber(day, grain, weekStart) === unitNumber(today, grain, weekStart);
  if (filter.operator === "inTheCurrent") return isRunning;
  if (filter.operator === "inPeriodToDate") return isRunning && day <= today;
  return inSpan(day, filter, { today, weekStart }, grain);
}

function inSpan(
  day: string,
  { operator, values, completed }: Filter,
  { today, weekStart }: Days,
  grain: TimeGrain,
): boolean {
  const count = Number(values[0]);
  const [own, running] = [unitNumber(day, grain, weekStart), unitNumber(today, grain, weekStart)];
  if (completed)
    return operator === "inThePast" ? own < running && own >= running - count : own > running && own <= running + count;
  return operator === "inThePast"
    ? day <= today && day > sameDayOf(today, grain, 0 - count)
    : day >= today && day < sameDayOf(today, grain, count);
}

/** The same day some units away; where the month is too short, its last day. */
export function sameDayOf(day: string, grain: TimeGrain, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (grain === "day" || grain === "week") {
    return new Date(Date.UTC(year, month - 1, date + count * (grain === "week" ? 7 : 1))).toISOString().slice(0, 10);
  }
  const months = count * { month: 1, quarter: 3, year: 12 }[grain];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Counts units from 1970 on. */
export function unitNumber(day: string, grain: TimeGrain, weekStart: WeekStart): number {
  const days = Date.parse(day) / 86_400_000;
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  // 1970-01-01 was a Thursday: shifted by three days, weeks begin on Monday; by four, on Sunday.
  return {
    day: days,
    week: Math.floor((days + (weekStart === "monday" ? 3 : 4)) / 7),
    month: months,
    quarter: Math.floor(months / 3),
    year: Math.floor(months / 12),
  }[grain];
}

const starts = new Map<string, string>();

/** The first day of the unit that holds the day. */
export function unitStart(day: string, grain: TimeGrain, weekStart: WeekStart): string {
  const known = starts.get(day + grain + weekStart);
  if (known !== undefined) return known;
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const isInside = unitNumber(before, grain, weekStart) === unitNumber(day, grain, weekStart);
  const start = isInside ? unitStart(before, grain, weekStart) : day;
  starts.set(day + grain + weekStart, start);
  return start;
}
