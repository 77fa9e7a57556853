import type { ReportPage, ReportSpec } from "../../contract/report/report";
import { own } from "../../own";
import { moveItems, type Place } from "../layout/grid";
import { elementOf, elementParts, type Parts } from "./parts";

type Part = Record<string, unknown>;

const isPart = (value: unknown): value is Part => typeof value === "object" && value !== null && !Array.isArray(value);

function withElement(spec: ReportSpec, id: string, part: string | undefined, value: unknown): ReportSpec {
  const element = own(spec.elements, id);
  if (!element) return spec;
  if (part === undefined && !isPart(value)) return spec;
  const parts: Parts = part === undefined ? {} : { ...elementParts(element), [part]: value ?? undefined };
  const next = part === undefined ? (value as typeof element) : elementOf(parts);
  return { ...spec, elements: { ...spec.elements, [id]: next } };
}

function isPlace(value: unknown): value is Place {
  return isPart(value) && ["x", "y", "w", "h"].every((key) => typeof value[key] === "number");
}

function withPage(page: ReportPage, [part = "", element = ""]: string[], value: unknown): ReportPage {
  if (part !== "layout") return { ...page, [part]: value };
  return isPlace(value) ? { ...page, layout: moveItems(page.layout, new Map([[element, value]])) } : page;
}

function inOrder(pages: ReportPage[], ids: unknown): ReportPage[] {
  if (!Array.isArray(ids)) return pages;
  const rank = ({ id }: ReportPage): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return [...pages].sort((a, b) => rank(a) - rank(b));
}

type Unit = { id: string; rest: string[] };

/** How a unit of each part of a report is put back. */
const ROOMS: Partial<Record<string, (spec: ReportSpec, unit: Unit, value: unknown) => ReportSpec>> = {
  elements: (spec, { id, rest }, value) => withElement(spec, id, rest[0], value),
  filters: (spec, { id }, value) =>
    isPart(value)
      ? { ...spec, filters: spec.filters.map((filter) => (filter.id === id ? { ...filter, ...value } : filter)) }
      : spec,
  pages: (spec, { id, rest }, value) => {
    if (id === "") return { ...spec, pages: inOrder(spec.pages, value) };
    if (rest.length === 0) return spec;
    return { ...spec, pages: spec.pages.map((page) => (page.id === id ? withPage(page, rest, value) : page)) };
  },
  title: (spec, _unit, value) => (typeof value === "string" ? { ...spec, title: value } : spec),
  description: ({ description: _before, ...head }, _unit, value) =>
    typeof value === "string" ? { ...head, description: value } : head,
};

/**
 * A report with one unit of a conflict as its other side had it: `unit` and `value` are those of the conflict. What is gone
 * since, and what cannot be put back alone, stays as it is.
 */
export function withUnit(spec: ReportSpec, unit: string, value: unknown): ReportSpec {
  const [room = "", id = "", ...rest] = unit.split("/");
  return ROOMS[room]?.(spec, { id, rest }, value) ?? spec;
}
