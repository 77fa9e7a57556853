import type { Filter, TimeGrain } from "../../../core/contract/report/query";
import { unsuitable } from "../query-error";
import { addUnits, startOf, unitShift } from "./calendar";
import type { Calendar, DayRange, Shift } from "./calendar";

/** A relative period, and how far back the one before it lies. */
export interface Period {
  range: DayRange;
  /**
   * A calendar period is followed by the next of its kind, so "the one before" is a unit back. Null where the period is
   * none: months that end today have as many days before them as they have, however long the months are.
   */
  step: Shift | null;
}

const GRAINS: Record<NonNullable<Filter["unit"]>, TimeGrain> = {
  days: "day",
  weeks: "week",
  months: "month",
  quarters: "quarter",
  years: "year",
};

/** The relative operators that are true inside their period; the `not…` ones are their complements. */
export type RelativeOperator = "inThePast" | "inTheNext" | "inTheCurrent" | "inPeriodToDate";

/**
 * The days that a relative filter means, seen from the calendar's today.
 * - `inThePast 7 days`: the seven days that end today. `3 months`: back to the day after the same day three months ago.
 * - `inThePast 3 months completed`: the three calendar months before the running one.
 * - `inTheNext 7 days`: today and the six days after it; `completed`: the seven whole units after the running one.
 * - `inTheCurrent months`: the running calendar month, to its end.
 * - `inPeriodToDate months`: the first of the month to today.
 */
export function relativePeriod(operator: RelativeOperator, filter: Filter, calendar: Calendar): Period {
  if (!filter.unit) throw unsuitable(`The filter on "${filter.field}" needs a unit.`, "unit_needed");
  const grain = GRAINS[filter.unit];
  const { today, weekStart } = calendar;
  const first = startOf(today, grain, weekStart);
  const tomorrow = addUnits(today, "day", 1);
  const one = unitShift(grain, 1);
  if (operator === "inTheCurrent") return { range: { from: first, to: addUnits(first, grain, 1) }, step: one };
  if (operator === "inPeriodToDate") return { range: { from: first, to: tomorrow }, step: one };
  const count = countOf(filter);
  const distance = unitShift(grain, count);
  const step = filter.completed || distance.months === 0 ? distance : null;
  if (operator === "inThePast") {
    return filter.completed
      ? { range: { from: addUnits(first, grain, 0 - count), to: first }, step }
      : { range: { from: addUnits(addUnits(today, grain, 0 - count), "day", 1), to: tomorrow }, step };
  }
  const next = addUnits(first, grain, 1);
  return filter.completed
    ? { range: { from: next, to: addUnits(next, grain, count) }, step }
    : { range: { from: today, to: addUnits(today, grain, count) }, step };
}

function countOf(filter: Filter): number {
  const count = Number(filter.values[0]);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) {
    const unit = filter.unit ?? "";
    throw unsuitable(`The filter on "${filter.field}" needs a whole number of ${unit}.`, "count_needed", unit);
  }
  return count;
}
