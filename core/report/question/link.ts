import type { Scalar } from "../../contract/report/query";
import type { CrossFilter, DrillStep, FilterValue, Question } from "../../contract/report/question";
import { decoded } from "../../decoded";
import { NO_QUESTION } from "./question";

/** A question as a link carries it: JSON without the parts that ask nothing; empty for the report as it was made. */
export function writeQuestion({ filters, cross, drill }: Question): string {
  const parts = {
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(cross.length > 0 ? { cross } : {}),
    ...(Object.keys(drill).length > 0 ? { drill } : {}),
  };
  return Object.keys(parts).length > 0 ? JSON.stringify(parts) : "";
}

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

const UNITS: NonNullable<FilterValue["unit"]>[] = ["days", "weeks", "months", "quarters", "years"];

function isUnit(value: unknown): value is NonNullable<FilterValue["unit"]> {
  return UNITS.some((unit) => unit === value);
}

function areScalars(value: unknown): value is Scalar[] {
  return Array.isArray(value) && value.every(isScalar);
}

function filterValue(value: unknown): FilterValue | null | undefined {
  if (value === null) return null;
  if (!isPlain(value) || typeof value["operator"] !== "string") return undefined;
  const { operator, values = [], unit, completed } = value;
  if (!areScalars(values)) return undefined;
  return {
    operator: operator as FilterValue["operator"],
    values,
    ...(isUnit(unit) ? { unit } : {}),
    ...(typeof completed === "boolean" ? { completed } : {}),
  };
}

function crossFilter(value: unknown): CrossFilter[] {
  if (!isPlain(value)) return [];
  const { element, field, values } = value;
  if (typeof element !== "string" || typeof field !== "string") return [];
  return areScalars(values) && values.length > 0 ? [{ element, field, values }] : [];
}

function drillStep(value: unknown): DrillStep[] {
  if (!isPlain(value) || typeof value["field"] !== "string" || !isScalar(value["value"])) return [];
  return [{ field: value["field"], value: value["value"] }];
}

function listed<Item>(value: unknown, read: (item: unknown) => Item[]): Item[] {
  return Array.isArray(value) ? value.reduce<Item[]>((all, item) => [...all, ...read(item)], []) : [];
}

function collected<Item>(value: unknown, read: (item: unknown) => Item | undefined): Record<string, Item> {
  const items: Record<string, Item> = {};
  if (!isPlain(value)) return items;
  for (const key of Object.keys(value)) {
    const item = read(value[key]);
    if (item !== undefined) items[key] = item;
  }
  return items;
}

/** A link's JSON: decoded by whoever opened it, as mini program pages get it, or not yet. Undefined where it is none. */
function partsOf(text: string): unknown {
  for (const json of [text, decoded(text)]) {
    try {
      return JSON.parse(json);
    } catch {
      // the next one
    }
  }
  return undefined;
}

/** The question of a link. What is none of its parts is left out: an old or damaged link still opens the report. */
export function readQuestion(text: string): Question {
  const parts = partsOf(text);
  if (!isPlain(parts)) return NO_QUESTION;
  return {
    filters: collected(parts["filters"], filterValue),
    cross: listed(parts["cross"], crossFilter),
    drill: collected(parts["drill"], (path) => listed(path, drillStep)),
  };
}
