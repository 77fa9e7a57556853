import type { CardQuery, Comparison, Filter, Scalar, TimeGrain } from "../../core/contract/report/query";
import { answer, MEASURES, Unanswerable, type Asked, type ReferenceAnswer } from "./reference";
import { GRAIN, passes, sameDayOf, unitNumber, unitStart } from "./reference-filter";

/** For tests: what each row of an answer was in the earlier period, day by day in the plainest way. Queries have one filter at most on the compared field. */
export function compared(query: CardQuery, comparison: Comparison, asked: Asked): ReferenceAnswer {
  const { field, period } = comparison;
  const axis = query.dimensions.findIndex((dimension) => dimension.field === field);
  const grain = axis < 0 ? null : (query.dimensions[axis]?.grain ?? "day");
  const filter = query.filters.find((each) => each.field === field);
  const range = filter ? rangeOf(filter, asked) : { from: null, to: null };
  const window = windowOf(range, asked.today);
  const current = answer(query, asked);
  if (!window && grain === null) throw new Unanswerable();
  const distance = distanceOf(period, { window, grain, filter });
  const earlier = answer(
    { ...query, sort: [], filters: earlierFilters(query, field, before(window ?? range, distance)) },
    asked,
  );
  const matched = (own: Scalar): Scalar =>
    own === null || grain === null ? own : unitBefore(String(own), { window, grain, period, distance, asked });
  const keyOf = (row: Scalar[]): Scalar[] => row.slice(0, query.dimensions.length);
  const known = new Map(earlier.rows.map((row) => [JSON.stringify(keyOf(row)), row.slice(query.dimensions.length)]));
  const rows = current.rows.map((row) => {
    const key = keyOf(row).map((own, index) => (index === axis ? matched(own) : own));
    return [...row, ...(known.get(JSON.stringify(key)) ?? query.measures.map(() => null))];
  });
  return { ...current, rows };
}

/** A period has a beginning; one that is open at its end reaches to today. */
function windowOf({ from, to }: Range, today: string): { from: string; to: string } | null {
  const end = to ?? dayLater(today, 1);
  return from !== null && from < end ? { from, to: end } : null;
}

const before = ({ from, to }: Range, distance: Distance): Range => ({
  from: from === null ? null : moved(from, distance),
  to: to === null ? null : movedEnd(to, distance),
});

/** From a day up to, not including, another one; null where it is open. */
interface Range {
  from: string | null;
  to: string | null;
}

interface Distance {
  days: number;
  months: number;
}

const [FIRST, LAST] = ["2015-01-01", "2037-12-31"];

/** The days that a filter lets through, tried one by one. */
function rangeOf(filter: Filter, asked: Asked): Range {
  const inside: string[] = [];
  for (let day = FIRST; day <= LAST; day = dayLater(day, 1)) {
    if (passes({ [filter.field]: day }, filter, asked)) inside.push(day);
  }
  const [first, last] = [inside[0], inside.at(-1)];
  // An empty period begins nowhere.
  if (first === undefined || last === undefined) return { from: LAST, to: FIRST };
  return { from: first === FIRST ? null : first, to: last === LAST ? null : dayLater(last, 1) };
}

function distanceOf(
  period: Comparison["period"],
  known: { window: { from: string; to: string } | null; grain: TimeGrain | null; filter: Filter | undefined },
): Distance {
  const { window, grain, filter } = known;
  if (period === "previousYear" && grain) return grain === "week" ? { days: -364, months: 0 } : units("year", -1);
  if (!window) return units(grain ?? "day", -1);
  return period === "previousYear" ? yearsBefore(window) : neighbour(window, filter);
}

function neighbour(window: { from: string; to: string }, filter: Filter | undefined): Distance {
  const unit = filter?.unit;
  if (unit && filter.operator === "inPeriodToDate") return units(GRAIN[unit], -1);
  const months = unit === "days" || unit === "weeks" ? 0 : monthsBetween(window.from, window.to);
  return months > 0 ? units("month", 0 - months) : units("day", 0 - daysBetween(window.from, window.to));
}

/** Year by year, until no day is in both. */
function yearsBefore(window: { from: string; to: string }): Distance {
  for (let years = 1; ; years += 1) {
    const distance = units("year", 0 - years);
    if (movedEnd(window.to, distance) <= window.from) return distance;
  }
}

function units(grain: TimeGrain, count: number): Distance {
  return {
    days: count * { day: 1, week: 7, month: 0, quarter: 0, year: 0 }[grain],
    months: count * { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[grain],
  };
}

/** How many calendar months it is that lie between two firsts; 0 where one of them is no first. */
function monthsBetween(from: string, to: string): number {
  if (from.slice(8) !== "01" || to.slice(8) !== "01") return 0;
  return unitNumber(to, "month", "monday") - unitNumber(from, "month", "monday");
}

const daysBetween = (from: string, to: string): number =>
  unitNumber(to, "day", "monday") - unitNumber(from, "day", "monday");
const dayLater = (day: string, count: number): string => sameDayOf(day, "day", count);
const moved = (day: string, { days, months }: Distance): string => dayLater(sameDayOf(day, "month", months), days);
/** The end of whole months stays one; any other goes with the last day before it. */
const movedEnd = (to: string, distance: Distance): string =>
  to.slice(8) === "01" ? moved(to, distance) : dayLater(moved(dayLater(to, -1), distance), 1);

/** By date for years, and where there is no period; else the one at the same place, counted from the beginnings of calendar periods, and from the middles of as many days. */
function unitBefore(
  own: string,
  known: {
    window: { from: string; to: string } | null;
    grain: TimeGrain;
    period: Comparison["period"];
    distance: Distance;
    asked: Asked;
  },
): string {
  const { window, grain, period, distance, asked } = known;
  if (period === "previousYear" || !window) return moved(own, distance);
  const number = (day: string): number => unitNumber(day, grain, asked.weekStart);
  const inside = distance.months === 0 ? Math.floor(daysBetween(window.from, window.to) / 2) : 0;
  const counted = dayLater(window.from, inside);
  const wanted = number(own) - number(counted) + number(moved(counted, distance));
  let day = own;
  while (number(day) > wanted) day = dayLater(day, -1);
  while (number(day) < wanted) day = dayLater(day, 1);
  return unitStart(day, grain, asked.weekStart);
}

/** What rows are asked for stays the same, but for the period; which groups are shown is decided by the current one. */
function earlierFilters({ filters }: CardQuery, field: string, { from, to }: Range): Filter[] {
  const others = filters.filter((each) => each.field !== field && !MEASURES.includes(each.field));
  const bound = (operator: Filter["operator"], day: string | null): Filter[] =>
    day === null ? [] : [{ field, operator, values: [day] }];
  return [...others, ...bound("greaterThanOrEqual", from), ...bound("lessThan", to)];
}
