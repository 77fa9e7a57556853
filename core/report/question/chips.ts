import type { Column, Scalar } from "../../contract/report/query";
import type { Question } from "../../contract/report/question";
import type { ReportSpec } from "../../contract/report/report";
import { pathOf } from "./drill";
import { currentValue } from "./filter";
import { optionText, valuesText, valueText } from "./filter-text";
import type { Language } from "../format";

/** Something that restricts the report now, to be shown above it. */
export interface Chip {
  /** Unlike any other chip's. */
  key: string;
  kind: "filter" | "cross";
  /** The filter's id, or that of the element in which it was picked. */
  id: string;
  label: string;
  text: string;
  /** False where the report needs a value. */
  removable: boolean;
}

/** How a chip learns what a field is called in an element. */
export type ColumnOf = (elementId: string, field: string) => Column | undefined;

/** All that restricts a report: its filters in their order, then what was picked in elements. */
export function chipsOf(spec: ReportSpec, question: Question, language: Language, columnOf: ColumnOf): Chip[] {
  const filters = spec.filters.reduce<Chip[]>((chips, filter) => {
    const value = currentValue(filter, question);
    if (value === null) return chips;
    const text = valueText(filter, value, language);
    const { id, label, required } = filter;
    return [...chips, { key: `filter:${id}`, kind: "filter", id, label, text, removable: !required }];
  }, []);
  const crosses = question.cross.map(({ element, field, values }): Chip => {
    const column = columnOf(element, field);
    const label = column?.label ?? spec.elements[element]?.title ?? "";
    const text = valuesText(values, language, column);
    return { key: `cross:${element}`, kind: "cross", id: element, label, text, removable: true };
  });
  return [...filters, ...crosses];
}

/** A question without what a chip stands for. */
export function withoutChip(question: Question, { kind, id }: Pick<Chip, "kind" | "id">): Question {
  if (kind === "filter") return { ...question, filters: { ...question.filters, [id]: null } };
  return { ...question, cross: question.cross.filter(({ element }) => element !== id) };
}

/** One place on the way down: `depth` leads back to the level on which its value was chosen. */
export interface TrailStep {
  depth: number;
  text: string;
}

/** The values chosen on the way down an element's hierarchy, from the top. */
export function trailOf(question: Question, elementId: string, language: Language): TrailStep[] {
  return pathOf(question, elementId).map(({ value }: { value: Scalar }, depth) => ({
    depth,
    text: optionText(value, language),
  }));
}
