import { own } from "../../own";
import type { CardQuery, FieldName, Filter, Scalar } from "../../contract/report/query";
import type { DrillStep, Question } from "../../contract/report/question";
import type { AskingElement, ReportElement } from "../../contract/report/element";
import type { z } from "zod";

type Field = z.infer<typeof FieldName>;

/** Elements that have dimensions and show them. */
export type DimensionedElement = Exclude<AskingElement, { type: "kpi" | "gauge" }>;

export function isDimensioned(element: ReportElement | undefined): element is DimensionedElement {
  return element !== undefined && "query" in element && element.type !== "kpi" && element.type !== "gauge";
}

/** The way down that was gone in an element; empty at its top. */
export function pathOf(question: Pick<Question, "drill">, elementId: string): DrillStep[] {
  return own(question.drill, elementId) ?? [];
}

/** Whether a path follows an element's hierarchy and stops before its end. */
export function pathFits(element: ReportElement | undefined, path: readonly DrillStep[]): boolean {
  const levels = isDimensioned(element) ? (element.drill ?? []) : [];
  return path.length < Math.max(levels.length, 1) && path.every((step, index) => step.field === levels[index]);
}

/** The field that the element shows first, as deep as the path leads. */
export function levelOf(element: DimensionedElement, path: readonly DrillStep[]): Field | undefined {
  return path.length === 0 ? element.query.dimensions[0]?.field : element.drill?.[path.length];
}

/** Whether a value that the element shows now has something below it. */
export function goesDown(element: ReportElement | undefined, path: readonly DrillStep[]): boolean {
  return isDimensioned(element) && (element.drill?.length ?? 0) > path.length + 1;
}

function renamed<Item extends { field: string }>(items: Item[], from: string, to: string): Item[] {
  const taken = items.some((item) => item.field === to);
  return items.reduce<Item[]>((kept, item) => {
    if (item.field !== from) return [...kept, item];
    return taken ? kept : [...kept, { ...item, field: to }];
  }, []);
}

function drilledQuery(query: CardQuery, path: readonly DrillStep[], level: Field): CardQuery {
  const [first, ...others] = query.dimensions;
  if (!first) return query;
  const steps = path.map(({ field, value }): Filter => ({ field, operator: "equals", values: [value] }));
  return {
    ...query,
    dimensions: [{ field: level }, ...others.filter(({ field }) => field !== level)],
    filters: [...query.filters, ...steps],
    sort: renamed(query.sort, first.field, level),
  };
}

/** An element as it is after going down a path: the next field in the first one's place, for the chosen values alone. */
export function drilled<Element extends ReportElement>(element: Element, path: readonly DrillStep[]): Element {
  if (path.length === 0 || !isDimensioned(element)) return element;
  const from = element.query.dimensions[0]?.field;
  const level = levelOf(element, path);
  if (from === undefined || level === undefined) return element;
  const query = drilledQuery(element.query, path, level);
  if (element.type !== "table" || !element.visual) return { ...element, query };
  const { columns, pivot } = element.visual;
  const visual = {
    ...element.visual,
    ...(columns ? { columns: renamed(columns, from, level) } : {}),
    ...(pivot ? { pivot: { ...pivot, columns: pivot.columns.map((field) => (field === from ? level : field)) } } : {}),
  };
  return { ...element, query, visual };
}

/** A question after an element went to a path. What was picked on its former level filters nothing any more. */
export function withPath(question: Question, elementId: string, path: DrillStep[]): Question {
  const { [elementId]: _before, ...others } = question.drill;
  const drill = path.length > 0 ? { ...others, [elementId]: path } : others;
  return { ...question, drill, cross: question.cross.filter(({ element }) => element !== elementId) };
}

/** One step down from where the element stands; the same question where there is nothing below. */
export function drillDown(question: Question, elementId: string, element: ReportElement, value: Scalar): Question {
  const path = pathOf(question, elementId);
  if (!isDimensioned(element) || !goesDown(element, path)) return question;
  const field = levelOf(element, path);
  return field === undefined ? question : withPath(question, elementId, [...path, { field, value }]);
}

/** Back to a depth: 0 is the top of the hierarchy. */
export function drillBack(question: Question, elementId: string, depth: number): Question {
  const path = pathOf(question, elementId);
  return depth >= path.length ? question : withPath(question, elementId, path.slice(0, depth));
}
