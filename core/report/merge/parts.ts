import type { ReportElement } from "../../contract/report/element";
import type { ReportFilter, ReportPage, ReportSpec } from "../../contract/report/report";
import { both, type Conflict } from "./conflict";
import { same } from "./same";
import type { Three } from "./three";

/** The units of one thing by name; one that is absent is undefined. */
export type Parts = Record<string, unknown>;

/** Units are merged each for itself: what one side changed is taken, what both changed differently stays theirs. */
export function mergeParts({ base, mine, theirs }: Three<Parts>, path: string, conflicts: Conflict[]): Parts {
  const merged: Parts = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine), ...Object.keys(base)])) {
    const [before, own, other] = [base[name], mine[name], theirs[name]];
    const isMine = same(other, before) && !same(own, before);
    if (!isMine && !same(own, before) && !same(own, other)) conflicts.push(both(path + name, own, other));
    const taken = isMine ? own : other;
    if (taken !== undefined) merged[name] = taken;
  }
  return merged;
}

/** What asks, what draws, and each of its headings. */
export function elementParts(element: ReportElement): Parts {
  const { title, description, query, trend, drill, emits, ...visual } = element as ReportElement & Parts;
  const asks = { query, trend, drill, emits };
  return { title, description, query: asks, visual };
}

export function elementOf({ title, description, query, visual }: Parts): ReportElement {
  const whole = { ...(visual as object), title, description, ...(query as object) };
  return withoutUndefined(whole) as unknown as ReportElement;
}

/** All of a page but where things stand on it. */
export function pageParts(page: ReportPage): Parts {
  const { id: _id, layout: _layout, ...parts } = page;
  return parts;
}

/** All of a report but its pages, elements and filters. */
export function headParts(spec: ReportSpec): Parts {
  const { pages: _pages, elements: _elements, filters: _filters, ...parts } = spec;
  return parts;
}

/** A filter is one unit. */
export function filterParts(filter: ReportFilter): Parts {
  return { filter };
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}
