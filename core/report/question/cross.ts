import dayjs from "dayjs";
import type { Filter, Scalar, TimeGrain } from "../../contract/report/query";
import type { CrossFilter, Question } from "../../contract/report/question";
import type { ReportElement } from "../../contract/report/element";
import { isDimensioned, levelOf, pathOf } from "./drill";

/** The field whose values an element hands on when they are tapped; null where it hands on none. */
export function emittedField(element: ReportElement | undefined, question: Pick<Question, "drill">, elementId: string) {
  if (!isDimensioned(element) || element.emits === false) return null;
  const path = pathOf(question, elementId);
  if (typeof element.emits === "string" && path.length === 0) return element.emits;
  return levelOf(element, path) ?? null;
}

/** Whether an element shows the field that a cross filter names. */
export function crossFits(element: ReportElement | undefined, { field }: Pick<CrossFilter, "field">): boolean {
  if (!isDimensioned(element) || element.emits === false) return false;
  return element.query.dimensions.some((one) => one.field === field) || (element.drill ?? []).indexOf(field) >= 0;
}

/** The last day of the unit that begins on a day. */
function lastDay(day: string, grain: TimeGrain): string {
  const months: Partial<Record<TimeGrain, number>> = { month: 1, quarter: 3, year: 12 };
  const count = months[grain];
  const next = count === undefined ? dayjs(day).add(grain === "week" ? 7 : 1, "day") : dayjs(day).add(count, "month");
  return next.subtract(1, "day").format("YYYY-MM-DD");
}

/** Dates stand for whole weeks, months … where the element shows such: from the first of them to the end of the last. */
function unitsFilter(field: string, values: Scalar[], grain: TimeGrain): Filter {
  const days = values.filter((value): value is string => typeof value === "string").sort();
  const [first] = days;
  const last = days[days.length - 1];
  if (first === undefined || last === undefined) return { field, operator: "isNull", values: [] };
  return { field, operator: "inBetween", values: [first, lastDay(last, grain)] };
}

/** What a cross filter asks of the other elements. */
export function crossCondition(element: ReportElement | undefined, { field, values }: CrossFilter): Filter {
  const grain = isDimensioned(element)
    ? element.query.dimensions.find((dimension) => dimension.field === field)?.grain
    : undefined;
  return grain && grain !== "day" ? unitsFilter(field, values, grain) : { field, operator: "equals", values };
}

/** Picks a value, or lets it go where it is picked already. `more` keeps what the element picked before. */
export function toggleCross(
  question: Question,
  pick: { element: string; field: string; value: Scalar; more?: boolean },
) {
  const { element, field, value, more = false } = pick;
  const others = question.cross.filter((cross) => cross.element !== element);
  const before = question.cross.find((cross) => cross.element === element && cross.field === field)?.values ?? [];
  const picked = before.indexOf(value) >= 0;
  const kept = more ? before.filter((one) => one !== value) : [];
  // Tapping the one of several picked values leaves that one alone.
  const values = picked && (more || before.length === 1) ? kept : [...kept, value];
  return { ...question, cross: values.length > 0 ? [...others, { element, field, values }] : others };
}
