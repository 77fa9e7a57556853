import { compareNumbers, typedNumber } from "../digits";
import { own } from "../../own";
import { fieldIn } from "../../contract/report/filter-field";
import type { CardQuery, Filter, FilterOperator, Scalar } from "../../contract/report/query";
import type { FilterValue, Question } from "../../contract/report/question";
import type { FilterControl, Preset, ReportFilter } from "../../contract/report/report";

const CONTROLS: Partial<Record<FilterOperator, FilterControl>> = {
  startsWith: "text",
  endsWith: "text",
  include: "text",
  doesNotInclude: "text",
  lessThan: "numberRange",
  lessThanOrEqual: "numberRange",
  greaterThan: "numberRange",
  greaterThanOrEqual: "numberRange",
  inBetween: "numberRange",
  notInBetween: "numberRange",
  inThePast: "dateRange",
  notInThePast: "dateRange",
  inTheNext: "dateRange",
  inTheCurrent: "dateRange",
  notInTheCurrent: "dateRange",
  inPeriodToDate: "dateRange",
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function isDay(value: unknown): value is string {
  return typeof value === "string" && DAY.test(value);
}

/** What a person handles a filter with: as the report says, else as its operator suggests; days and presets mean dates. */
export function controlOf(filter: ReportFilter): FilterControl {
  if (filter.control) return filter.control;
  const dates = filter.presets !== undefined || (filter.default?.values ?? []).some(isDay);
  const suggested = CONTROLS[filter.operator] ?? "select";
  return suggested === "numberRange" && dates ? "dateRange" : suggested;
}

const RANGE: FilterOperator[] = ["inBetween", "greaterThanOrEqual", "lessThanOrEqual"];
const PERIODS: FilterOperator[] = ["inThePast", "inTheNext", "inTheCurrent", "inPeriodToDate"];

/** What a reader may ask of a filter besides its own operator and its default's. */
const ALLOWED: Record<FilterControl, FilterOperator[]> = {
  dateRange: [...RANGE, ...PERIODS],
  select: [],
  numberRange: RANGE,
  text: [],
};

/** Whether a value suits a filter. That its operands suit the field is seen by the engine. */
export function suits(filter: ReportFilter, { operator, values }: FilterValue): boolean {
  if (filter.single && values.length > 1 && controlOf(filter) === "select") return false;
  return (
    operator === filter.operator ||
    operator === filter.default?.operator ||
    ALLOWED[controlOf(filter)].some((allowed) => allowed === operator)
  );
}

const WITHOUT_VALUES: FilterOperator[] = ["isNull", "notNull", "inTheCurrent", "notInTheCurrent", "inPeriodToDate"];

/** Whether a value restricts anything. */
export function restricts(value: FilterValue): boolean {
  return value.values.length > 0 || WITHOUT_VALUES.some((operator) => operator === value.operator);
}

/** What holds for a filter now: what the reader chose, else its default; null where nothing restricts. */
export function currentValue(filter: ReportFilter, question: Pick<Question, "filters">): FilterValue | null {
  const chosen = own(question.filters, filter.id);
  const value = chosen === undefined ? (filter.default ?? null) : chosen;
  return value !== null && restricts(value) ? value : null;
}

/** Whether a filter reaches a query of an element: those of its datasets, or the ones of them that it names. */
export function reaches(filter: ReportFilter, elementId: string, query: CardQuery): boolean {
  if (fieldIn(filter, query.dataset) === undefined) return false;
  return filter.targets === undefined || filter.targets.indexOf(elementId) >= 0;
}

export function isPeriod(operator: FilterOperator): boolean {
  return PERIODS.some((period) => period === operator);
}

/** A filter over a field, with the operands of a value. */
export function filterOn(field: string, { operator, values, unit, completed }: FilterValue): Filter {
  return {
    field,
    operator,
    values,
    ...(unit === undefined ? {} : { unit }),
    ...(completed === undefined ? {} : { completed }),
  };
}

/**
 * A query under one of the report's filters. A card's own moving period ("the past 30 days") is what it shows until
 * somebody chooses a period: the chosen one takes its place. All else adds up.
 */
export function withFilter(query: CardQuery, field: string, value: FilterValue): CardQuery {
  const own = query.filters.filter((filter) => filter.field === field && isPeriod(filter.operator));
  const dated = isPeriod(value.operator) || value.values.some(isDay);
  const kept = dated ? query.filters.filter((filter) => own.indexOf(filter) < 0) : query.filters;
  const { compare, ...rest } = query;
  const filters = [...kept, filterOn(field, value)];
  // A period without a beginning has none before it.
  const endless = dated && own.length > 0 && value.operator === "lessThanOrEqual" && compare?.field === field;
  return { ...rest, filters, ...(compare && !endless ? { compare } : {}) };
}

const period = (
  operator: FilterOperator,
  unit: FilterValue["unit"],
  count?: number,
  completed?: boolean,
): FilterValue => ({
  operator,
  values: count === undefined ? [] : [count],
  ...(unit ? { unit } : {}),
  ...(completed === undefined ? {} : { completed }),
});

/** The presets as filter values. They end where the data does, or today, as the dataset says. */
export const PRESETS: Record<Preset, FilterValue> = {
  today: period("inThePast", "days", 1),
  last7Days: period("inThePast", "days", 7),
  last30Days: period("inThePast", "days", 30),
  last90Days: period("inThePast", "days", 90),
  thisMonth: period("inTheCurrent", "months"),
  lastMonth: period("inThePast", "months", 1, true),
  thisQuarter: period("inTheCurrent", "quarters"),
  lastQuarter: period("inThePast", "quarters", 1, true),
  thisYear: period("inTheCurrent", "years"),
  lastYear: period("inThePast", "years", 1, true),
  yearToDate: period("inPeriodToDate", "years"),
};

/** The presets that a filter offers. */
export function presetsOf(filter: ReportFilter): Preset[] {
  return filter.presets ?? (Object.keys(PRESETS) as Preset[]);
}

const isPreset = (text: string): text is Preset => own(PRESETS, text as Preset) !== undefined;
const EVERYTHING = "..";

function writtenEnd(control: FilterControl, text: string): string | number | null | undefined {
  if (text === "") return null;
  if (control === "dateRange") return isDay(text) ? text : undefined;
  return typedNumber(text) ?? undefined;
}

function writtenRange(control: FilterControl, text: string): FilterValue | null | undefined {
  if (control === "dateRange" && isPreset(text)) return PRESETS[text];
  const [first = "", second = first] = text.split(EVERYTHING);
  const [from, to] = [writtenEnd(control, first), writtenEnd(control, second)];
  return from === undefined || to === undefined ? undefined : rangeValue(from, to);
}

/**
 * What a parameter of a link, written by hand, asks of a filter: values to choose, a text, a preset's name or a range with
 * `..` between its ends, either of which may be open. Undefined where it means nothing to this filter.
 */
export function writtenValue(filter: ReportFilter, values: readonly Scalar[]): FilterValue | null | undefined {
  const control = controlOf(filter);
  if (control === "select" || control === "text") return { operator: filter.operator, values: [...values] };
  const [text] = values;
  return typeof text === "string" && values.length === 1 ? writtenRange(control, text) : undefined;
}

/** The preset that a value is, or null. */
export function presetOf(value: FilterValue): Preset | null {
  const same = (other: FilterValue): boolean =>
    other.operator === value.operator &&
    other.unit === value.unit &&
    (other.completed ?? false) === (value.completed ?? false) &&
    other.values[0] === value.values[0];
  return (Object.keys(PRESETS) as Preset[]).find((name) => same(PRESETS[name])) ?? null;
}

/** A range with one or both ends, days or numbers; null without either. */
export function rangeValue(from: string | number | null, to: string | number | null): FilterValue | null {
  if (from !== null && to !== null) {
    const inOrder = isDay(from) || isDay(to) ? from <= to : compareNumbers(from, to) <= 0;
    return { operator: "inBetween", values: inOrder ? [from, to] : [to, from] };
  }
  if (from !== null) return { operator: "greaterThanOrEqual", values: [from] };
  return to === null ? null : { operator: "lessThanOrEqual", values: [to] };
}

/** The ends of a range value; both null for anything else. */
export function rangeOf(value: FilterValue | null): { from: string | number | null; to: string | number | null } {
  const end = (index: number): string | number | null => {
    const given = value?.values[index];
    return typeof given === "string" || typeof given === "number" ? given : null;
  };
  switch (value?.operator) {
    case "inBetween":
      return { from: end(0), to: end(1) };
    case "greaterThanOrEqual":
      return { from: end(0), to: null };
    case "lessThanOrEqual":
      return { from: null, to: end(0) };
    default:
      return { from: null, to: null };
  }
}
