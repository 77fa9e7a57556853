import { own } from "../../own";
import { fieldIn } from "../../contract/report/filter-field";
import type { CardQuery } from "../../contract/report/query";
import type { CrossFilter, Question } from "../../contract/report/question";
import type { ReportElement } from "../../contract/report/element";
import type { ReportFilter, ReportSpec } from "../../contract/report/report";
import { crossCondition, crossFits } from "./cross";
import { drilled, pathFits, pathOf } from "./drill";
import { currentValue, reaches, suits, withFilter, writtenValue } from "./filter";
import { withTotals } from "../table/totals";

/** The report as it was made: every filter at its default. */
export const NO_QUESTION: Question = { filters: {}, cross: [], drill: {} };

/** What an element asks of the engine under a question; `waiting` names the required filters that have no value yet. */
export type Effect =
  { state: "none" } | { state: "waiting"; needs: string[] } | { state: "ask"; query: CardQuery; trend?: CardQuery };

function filtersOf(spec: ReportSpec, elementId: string, query: CardQuery): ReportFilter[] {
  return spec.filters.filter((filter) => reaches(filter, elementId, query));
}

/** The cross filters that reach an element: those of others over the same dataset. */
function crossesOf(spec: ReportSpec, question: Question, elementId: string, query: CardQuery): CrossFilter[] {
  return question.cross.filter(({ element: id }) => {
    const from = own(spec.elements, id);
    return id !== elementId && from !== undefined && "query" in from && from.query.dataset === query.dataset;
  });
}

/** A query of an element with everything that restricts it: the report's filters, then what was picked in other elements. */
function restricted(spec: ReportSpec, question: Question, elementId: string, query: CardQuery): CardQuery {
  const filtered = filtersOf(spec, elementId, query).reduce((asked, filter) => {
    const value = currentValue(filter, question);
    return value === null ? asked : withFilter(asked, fieldIn(filter, query.dataset) ?? filter.field, value);
  }, query);
  const picked = crossesOf(spec, question, elementId, query).map((cross) =>
    crossCondition(own(spec.elements, cross.element), cross),
  );
  return picked.length === 0 ? filtered : { ...filtered, filters: [...filtered.filters, ...picked] };
}

/** What one element asks under a question: the one meaning of filters, picks and hierarchies, on every client and the server. */
export function effectOf(spec: ReportSpec, question: Question, elementId: string): Effect {
  const element = own(spec.elements, elementId);
  if (!element || !("query" in element)) return { state: "none" };
  const needs = filtersOf(spec, elementId, element.query)
    .filter((filter) => filter.required && currentValue(filter, question) === null)
    .map(({ id }) => id);
  if (needs.length > 0) return { state: "waiting", needs };
  const shown = drilled(element, pathOf(question, elementId));
  const query = withTotals(shown, restricted(spec, question, elementId, shown.query));
  const trend = element.type === "kpi" ? element.trend : undefined;
  return trend ? { state: "ask", query, trend: restricted(spec, question, elementId, trend) } : { state: "ask", query };
}

/** An element as a question shows it: under a hierarchy's lower level its own description names that level's field. */
export function shownElement(spec: ReportSpec, question: Question, elementId: string): ReportElement | undefined {
  const element = own(spec.elements, elementId);
  return element && drilled(element, pathOf(question, elementId));
}

/** The elements whose data differs between two questions: only these need to be asked again. */
export function changedElements(spec: ReportSpec, before: Question, after: Question): string[] {
  const effect = (question: Question, id: string): string => JSON.stringify(effectOf(spec, question, id));
  return Object.keys(spec.elements).filter((id) => effect(before, id) !== effect(after, id));
}

function filterFits(spec: ReportSpec, id: string, value: Question["filters"][string]): boolean {
  const filter = spec.filters.find((one) => one.id === id);
  return filter !== undefined && (value === null || suits(filter, value));
}

/** The first part of a question that does not fit the report, in words for the person who asks; null where all fits. */
export function questionFault(spec: ReportSpec, question: Question): string | null {
  const filter = Object.keys(question.filters).find((id) => !filterFits(spec, id, question.filters[id] ?? null));
  if (filter !== undefined) return `The report has no filter "${filter}" that takes this value.`;
  const cross = question.cross.find((one) => !crossFits(own(spec.elements, one.element), one));
  if (cross) return `The element "${cross.element}" does not filter others by "${cross.field}".`;
  const drill = Object.keys(question.drill).find((id) => !pathFits(own(spec.elements, id), pathOf(question, id)));
  return drill === undefined ? null : `The element "${drill}" has no such way down.`;
}

function pickedKeys<Value>(record: Record<string, Value>, keep: (id: string) => boolean): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const id of Object.keys(record)) if (keep(id)) kept[id] = record[id] as Value;
  return kept;
}

/** Parameters of a link stand for values that only the report's filters know. */
function fittingFilters(spec: ReportSpec, asked: Question["filters"]): Question["filters"] {
  const values: Question["filters"] = {};
  for (const id of Object.keys(asked)) {
    const value = asked[id] ?? null;
    const filter = spec.filters.find((one) => one.id === id);
    const written = value?.operator === "equals" && filter && !suits(filter, value);
    const meant = written ? writtenValue(filter, value.values) : value;
    if (meant !== undefined && filterFits(spec, id, meant)) values[id] = meant;
  }
  return values;
}

/** What of a question still fits a report that may have changed since it was asked. */
export function fitQuestion(spec: ReportSpec, question: Question): Question {
  return {
    filters: fittingFilters(spec, question.filters),
    cross: question.cross.filter((cross) => crossFits(own(spec.elements, cross.element), cross)),
    drill: pickedKeys(question.drill, (id) => pathFits(own(spec.elements, id), pathOf(question, id))),
  };
}
