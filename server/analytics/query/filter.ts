import type { Filter, FilterOperator, Scalar } from "../../../core/contract/report/query";
import { unsuitable } from "../query-error";
import { addUnits, isDay, LAST_DAY } from "./calendar";
import type { Calendar, Day, DayRange } from "./calendar";
import type { Member } from "./query-model";
import { relativePeriod } from "./period";
import type { RelativeOperator } from "./period";
import type { Condition } from "./plan";

type Value = Exclude<Scalar, null>;
type Order = "<" | "<=" | ">" | ">=";

const NEGATIVE: Partial<Record<FilterOperator, FilterOperator>> = {
  notEquals: "equals",
  notNull: "isNull",
  doesNotInclude: "include",
  notInBetween: "inBetween",
  notInThePast: "inThePast",
  notInTheCurrent: "inTheCurrent",
};

const TEXT = { startsWith: "starts", endsWith: "ends", include: "contains" } as const;
const ORDER: Partial<Record<FilterOperator, Order>> = {
  lessThan: "<",
  lessThanOrEqual: "<=",
  greaterThan: ">",
  greaterThanOrEqual: ">=",
};
const RELATIVE = new Set<FilterOperator>(["inThePast", "inTheNext", "inTheCurrent", "inPeriodToDate"]);
const WITHOUT_VALUES = new Set<FilterOperator>([
  "isNull",
  "notNull",
  "inTheCurrent",
  "notInTheCurrent",
  "inPeriodToDate",
]);

/**
 * What a filter lets through; null where it has no value yet, which restricts nothing.
 * A negative operator lets through exactly what the positive one drops: rows without a value too.
 * Throws `input_invalid` where operator or values do not suit the field.
 */
export function conditionOf(filter: Filter, member: Member, calendar: Calendar): Condition | null {
  if (filter.values.length === 0 && !WITHOUT_VALUES.has(filter.operator)) return null;
  const positive = NEGATIVE[filter.operator];
  if (positive)
    return { kind: "not", condition: positiveCondition({ ...filter, operator: positive }, member, calendar) };
  return positiveCondition(filter, member, calendar);
}

function positiveCondition(filter: Filter, member: Member, calendar: Calendar): Condition {
  const { operator } = filter;
  if (operator === "isNull") return { kind: "isNull", member };
  if (isText(operator)) return textCondition(filter, member, TEXT[operator]);
  if (member.type === "date") return { kind: "days", member, ...dayRanges(filter, calendar) };
  if (RELATIVE.has(operator)) throw unsuitable(`"${member.name}" is not a date.`, "no_date");
  return valueCondition(filter, member);
}

function valueCondition(filter: Filter, member: Member): Condition {
  const order = ORDER[filter.operator];
  if (order) return { kind: "order", member, order, value: operand(filter, member, 0) };
  if (filter.operator === "inBetween") {
    return { kind: "between", member, low: operand(filter, member, 0), high: operand(filter, member, 1) };
  }
  const values = filter.values.filter((value) => value !== null);
  values.forEach((value) => requireType(value, member));
  return { kind: "oneOf", member, values, orNull: values.length < filter.values.length };
}

function textCondition(filter: Filter, member: Member, match: (typeof TEXT)[keyof typeof TEXT]): Condition {
  if (member.type !== "string") throw unsuitable(`"${member.name}" is not a text.`, "no_text");
  const values = filter.values.map((value) => {
    if (typeof value !== "string") throw unsuitable(`"${member.name}" needs texts.`, "texts_needed");
    return value;
  });
  return { kind: "text", member, match, values };
}

/** On dates every operator means whole days: `lessThanOrEqual 2026-01-31` lets that day's last minute through. */
function dayRanges(filter: Filter, calendar: Calendar): { ranges: DayRange[]; orNull: boolean } {
  if (isRelative(filter.operator)) {
    return { ranges: [relativePeriod(filter.operator, filter, calendar).range], orNull: false };
  }
  if (filter.operator === "equals") {
    const days = filter.values.filter((value) => value !== null).map((value) => requireDay(value, filter));
    return { ranges: days.map((day) => ({ from: day, ...through(day) })), orNull: days.length < filter.values.length };
  }
  const first = requireDay(filter.values[0], filter);
  switch (filter.operator) {
    case "lessThan":
      return { ranges: [{ to: first }], orNull: false };
    case "lessThanOrEqual":
      return { ranges: [through(first)], orNull: false };
    case "greaterThan":
      return { ranges: first === LAST_DAY ? [] : [{ from: addUnits(first, "day", 1) }], orNull: false };
    case "greaterThanOrEqual":
      return { ranges: [{ from: first }], orNull: false };
    default:
      return { ranges: [{ from: first, ...through(requireDay(filter.values[1], filter)) }], orNull: false };
  }
}

/** The end of a range that a day still belongs to; behind the last day there is none. */
function through(day: Day): Pick<DayRange, "to"> {
  return day === LAST_DAY ? {} : { to: addUnits(day, "day", 1) };
}

/** Whether a filter is a period that moves with today. */
export function isRelative(operator: FilterOperator): operator is RelativeOperator {
  return RELATIVE.has(operator);
}

function isText(operator: FilterOperator): operator is keyof typeof TEXT {
  return operator in TEXT;
}

function operand(filter: Filter, member: Member, index: number): Value {
  const value = filter.values[index];
  if (value === undefined || value === null) {
    const count = String(index + 1);
    throw unsuitable(`The filter on "${member.name}" needs ${count} value(s).`, "values_needed", count);
  }
  requireType(value, member);
  return value;
}

/** Numbers may come as decimal text: integers beyond 2^53 have no other form. */
function requireType(value: Value, member: Member): void {
  const fits =
    member.type === "number"
      ? Number.isFinite(value) || (typeof value === "string" && /^-?\d{1,30}(\.\d{1,8})?$/.test(value))
      : typeof value === member.type;
  if (fits) return;
  throw unsuitable(`A value of the filter on "${member.name}" is not a ${member.type}.`, "value_differs", member.type);
}

function requireDay(value: Scalar | undefined, filter: Filter): Day {
  if (!isDay(value)) {
    throw unsuitable(`The filter on "${filter.field}" needs days written as YYYY-MM-DD.`, "days_needed");
  }
  return value;
}
