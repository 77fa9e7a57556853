import type { ReportElement } from "../../contract/report/element";
import type { ReportFilter, ReportSpec } from "../../contract/report/report";
import type { Conflict } from "./conflict";
import { mendElements, mendFilters, mendRoom } from "./mend";
import { mergeOrder } from "./order";
import { elementOf, elementParts, filterParts, headParts, mergeParts, type Parts } from "./parts";
import { mergePages } from "./places";
import { renameTwins } from "./rename";
import { same } from "./same";
import { each, type Three } from "./three";

export interface Merged {
  spec: ReportSpec;
  conflicts: Conflict[];
}

/**
 * Two people's changes of one report in one: each unit that one of them changed as that person left it. Units are title and
 * description, an element's question, visual and headings, a place by page and element, a page's title and phone layout, a
 * filter, the order of pages. Where both changed a unit differently, or one changed what the other removed, see `Conflict`.
 * Pure: server and browsers come to the same.
 */
export function mergeSpecs(given: Three<ReportSpec>): Merged {
  const { base, theirs } = given;
  if (same(given.mine, theirs) || same(given.mine, base)) return { spec: theirs, conflicts: [] };
  if (same(theirs, base)) return { spec: given.mine, conflicts: [] };
  const { mine, conflicts } = renameTwins(base, given.mine, theirs);
  const three: Three<ReportSpec> = { base, mine, theirs };

  const { left: elements, kept } = mergeElements(three, conflicts);
  const pages = mergePages(three, { elements, kept }, conflicts);
  const filters = mergeFilters(three, conflicts);
  const head = mergeParts(each(three, headParts), "", conflicts);
  const spec = {
    ...head,
    pages: mendRoom({ name: "pages", limit: 20 }, three, pages, conflicts),
    elements: Object.fromEntries(mendElements(three, elements, conflicts)),
    filters: mendRoom({ name: "filters", limit: 30 }, three, mendFilters(three, filters, conflicts), conflicts),
  } as ReportSpec;
  return { spec, conflicts };
}

/** What is left of things with ids, and which of them stay although one side removed them. */
function mergeThings<Thing>(
  three: Three<ReadonlyMap<string, Thing>>,
  how: { room: string; split: (thing: Thing) => Parts; join: (parts: Parts) => Thing; path: (id: string) => string },
  conflicts: Conflict[],
): { left: Map<string, Thing>; kept: Set<string> } {
  const left = new Map<string, Thing>();
  const kept = new Set<string>();
  for (const id of new Set([...three.theirs.keys(), ...three.mine.keys()])) {
    const { base, mine, theirs } = each(three, (things) => things.get(id));
    if (mine && theirs) {
      const parts = { base: base ? how.split(base) : {}, mine: how.split(mine), theirs: how.split(theirs) };
      left.set(id, how.join(mergeParts(parts, how.path(id), conflicts)));
      continue;
    }
    const only = mine ?? theirs;
    if (!only || (base && same(only, base))) continue;
    left.set(id, only);
    if (!base) continue;
    kept.add(id);
    conflicts.push({ kind: "kept", unit: `${how.room}/${id}`, removedBy: mine ? "theirs" : "mine" });
  }
  return { left, kept };
}

function mergeElements(three: Three<ReportSpec>, conflicts: Conflict[]) {
  const things = each(three, ({ elements }) => new Map<string, ReportElement>(Object.entries(elements)));
  const how = { room: "elements", split: elementParts, join: elementOf, path: (id: string) => `elements/${id}/` };
  return mergeThings(things, how, conflicts);
}

function mergeFilters(three: Three<ReportSpec>, conflicts: Conflict[]): ReportFilter[] {
  const things = each(three, ({ filters }) => new Map(filters.map((filter) => [filter.id, filter])));
  const found: Conflict[] = [];
  const join = (parts: Parts): ReportFilter => parts["filter"] as ReportFilter;
  const how = { room: "filters", split: filterParts, join, path: (id: string) => `filters/${id}/` };
  const { left } = mergeThings(things, how, found);
  // A filter is one unit: it is called by its own path.
  conflicts.push(...found.map((conflict) => ({ ...conflict, unit: conflict.unit.replace(/\/filter$/, "") })));
  const ids = each(three, ({ filters }) => filters.map(({ id }) => id));
  return mergeOrder(ids, new Set(left.keys())).order.flatMap((id) => left.get(id) ?? []);
}
