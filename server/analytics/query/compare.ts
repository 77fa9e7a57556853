import type { CardQuery, Comparison, Filter, TimeGrain } from "../../../core/contract/report/query";
import { QueryError } from "../query-error";
import { addUnits, back, daysBetween, move, moveRange, startOf, unitShift } from "./calendar";
import type { Calendar, Day, DayRange, Shift } from "./calendar";
import { isRelative } from "./filter";
import type { Member } from "./query-model";
import { relativePeriod } from "./period";
import type { Condition, Earlier, PeriodMatch } from "./plan";

type Window = Required<DayRange>;

interface Distance {
  distance: Shift;
  window: Window | null;
}

/**
 * The same question, asked of the earlier period, and which of its units belongs to which of ours.
 *
 * The period is what the query's filters leave of the compared date; one that is open at its end reaches to today.
 * - `previousPeriod`: the period before it; the two never share a day. A whole March is compared with a whole February,
 *   month to date with the same days of the month before; whatever else begins or ends inside a month, with the as many
 *   days that end the day before it. Units match by their place in the period: third day with third day.
 * - `previousYear`: twelve months back (for one number over more than a year, as many years as it takes to share no day),
 *   units match by date; weeks match 52 weeks back, so that Mondays meet Mondays.
 * - No period at all: with a time axis each unit is compared with the one before it (or a year before it); one number
 *   has nothing to be compared with, which is `input_invalid`.
 */
export function earlierOf(
  query: CardQuery,
  comparison: Comparison,
  member: Member,
  conditions: Condition[],
  calendar: Calendar,
): Earlier {
  if (member.type !== "date") throw new QueryError("input_invalid", `"${member.name}" is not a date to compare along.`);
  const axis = query.dimensions.find(({ field }) => field === member.name);
  const grain = axis && (axis.grain ?? "day");
  const { distance, window } = distanceOf(query, comparison, conditions, calendar, grain);
  const where = conditions.map((condition) => moveCondition(condition, member, distance));
  if (window) where.push({ kind: "days", member, ranges: [moveRange(window, distance)], orNull: false });
  const bounded = window !== null;
  if (!grain) return { where, match: null, bounded };
  const byDate = comparison.period === "previousYear" || !window;
  const by: PeriodMatch = byDate
    ? { kind: "distance", shift: distance }
    : { kind: "place", ...anchors(window, distance, (day) => startOf(day, grain, calendar.weekStart)) };
  return { where, match: { name: member.name, grain, by }, bounded };
}

function distanceOf(
  query: CardQuery,
  { field, period }: Comparison,
  conditions: Condition[],
  calendar: Calendar,
  grain: TimeGrain | undefined,
): Distance {
  const window = windowOf(field, conditions, calendar.today);
  if (period === "previousYear" && grain) {
    return { distance: back(grain === "week" ? unitShift("week", 52) : unitShift("year", 1)), window };
  }
  if (period === "previousYear" && window) return { distance: back(yearsOf(window)), window };
  if (window) return { distance: back(stepOf(query.filters, field, window, calendar)), window };
  if (!grain) throw needsPeriod(field);
  return { distance: back(unitShift(grain, 1)), window };
}

/** One unit of each period, which stand beside each other. */
function anchors(window: Window, distance: Shift, startOfUnit: (day: Day) => Day): { start: Day; earlierStart: Day } {
  // Where both have as many days, the units in their middles: at its beginning a period may hold no more than a day of one.
  const inside = distance.months === 0 ? Math.floor(daysBetween(window.from, window.to) / 2) : 0;
  const day = addUnits(window.from, "day", inside);
  return { start: startOfUnit(day), earlierStart: startOfUnit(move(day, distance)) };
}

/** As many whole years as it takes for a period and the earlier one to share no day. */
function yearsOf(window: Window): Shift {
  let years = 1;
  while (endOf(moveRange(window, back(unitShift("year", years)))) > window.from) years += 1;
  return unitShift("year", years);
}

const endOf = ({ to = "" }: DayRange): Day => to;

function needsPeriod(field: string): QueryError {
  return new QueryError("input_invalid", `A comparison needs a filter that gives "${field}" a beginning.`);
}

/** What the filters leave of a date, where that is one period with a beginning. */
function windowOf(field: string, conditions: Condition[], today: Day): Window | null {
  const ranges = conditions.flatMap((condition) =>
    condition.kind === "days" && condition.member.name === field ? onlyRange(condition) : [],
  );
  const from = ranges
    .flatMap((range) => range.from ?? [])
    .sort()
    .at(-1);
  const to = ranges.flatMap((range) => range.to ?? []).sort()[0] ?? addUnits(today, "day", 1);
  return from !== undefined && from < to ? { from, to } : null;
}

function onlyRange(condition: Extract<Condition, { kind: "days" }>): DayRange[] {
  return condition.ranges.length === 1 && !condition.orNull ? condition.ranges : [];
}

/** How far one period lies from the next of its kind. */
function stepOf(filters: Filter[], field: string, window: Window, calendar: Calendar): Shift {
  for (const filter of filters) {
    if (filter.field !== field || !isRelative(filter.operator)) continue;
    const { range, step } = relativePeriod(filter.operator, filter, calendar);
    if (step && range.from === window.from && range.to === window.to) return step;
  }
  const months = wholeMonths(window);
  return months > 0 ? unitShift("month", months) : { days: daysBetween(window.from, window.to), months: 0 };
}

/** How many calendar months a period consists of; 0 where it begins or ends inside one. */
function wholeMonths({ from, to }: Window): number {
  if (!from.endsWith("-01") || !to.endsWith("-01")) return 0;
  const [year, month] = [
    Number(to.slice(0, 4)) - Number(from.slice(0, 4)),
    Number(to.slice(5, 7)) - Number(from.slice(5, 7)),
  ];
  return year * 12 + month;
}

function moveCondition(condition: Condition, member: Member, distance: Shift): Condition {
  if (condition.kind === "not") {
    return { kind: "not", condition: moveCondition(condition.condition, member, distance) };
  }
  if (condition.kind !== "days" || condition.member.name !== member.name) return condition;
  return { ...condition, ranges: condition.ranges.map((range) => moveRange(range, distance)) };
}
