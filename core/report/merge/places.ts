import type { ReportElement } from "../../contract/report/element";
import type { ReportPage, ReportSpec } from "../../contract/report/report";
import { withoutOverlaps } from "../layout/grid";
import { both, type Conflict } from "./conflict";
import { mergeOrder } from "./order";
import { mergeParts, pageParts, type Parts } from "./parts";
import { same } from "./same";
import { each, type Three } from "./three";

type Place = ReportPage["layout"][number];
type Page = { parts: Parts; places: Map<string, Place> };
type Pages = Map<string, ReportPage>;

/** What of a report's elements is left, and which of them stay although one side removed them. */
interface Left {
  elements: ReadonlyMap<string, ReportElement>;
  kept: ReadonlySet<string>;
}

/** Pages with what stands on them. A place that one side removed is gone, however the other moved it. */
export function mergePages(three: Three<ReportSpec>, left: Left, conflicts: Conflict[]): ReportPage[] {
  const pages = each(three, (spec): Pages => new Map(spec.pages.map((page) => [page.id, page])));
  const merged = new Map<string, Page>();
  for (const id of new Set([...pages.theirs.keys(), ...pages.mine.keys()])) {
    const own = each(pages, (known) => known.get(id));
    if (!stays(own, left, id, conflicts)) continue;
    merged.set(id, {
      parts: partsOf(own, id, conflicts),
      places: placesOf(own, left, `pages/${id}/layout/`, conflicts),
    });
  }
  for (const id of left.kept) placeAgain(id, pages, merged, conflicts);
  for (const id of left.elements.keys()) placeOnce(id, pages, merged, conflicts);
  if (merged.size === 0) keepAll(pages.theirs, merged, conflicts);

  const ids = each(three, (spec) => spec.pages.map(({ id }) => id));
  const { order, differ } = mergeOrder(ids, new Set(merged.keys()));
  if (differ) conflicts.push(both("pages", ids.mine, ids.theirs));
  return order.flatMap((id) => {
    const page = merged.get(id);
    return page
      ? pageOf(
          id,
          page,
          each(pages, (known) => known.get(id)?.layout ?? []),
        )
      : [];
  });
}

/** Whether a page is there after all: one that a side removed stays where the other changed it, or put something on it. */
function stays(
  { base, mine, theirs }: Three<ReportPage | undefined>,
  { elements }: Left,
  id: string,
  conflicts: Conflict[],
): boolean {
  const only = mine ?? theirs;
  if (!base || !only || (mine && theirs)) return true;
  const known = new Set(base.layout.map(({ element }) => element));
  const hasNew = only.layout.some(({ element }) => !known.has(element) && elements.has(element));
  if (!hasNew && same(pageParts(only), pageParts(base))) return false;
  conflicts.push({ kind: "kept", unit: `pages/${id}`, removedBy: mine ? "theirs" : "mine" });
  return true;
}

function partsOf({ base, mine, theirs }: Three<ReportPage | undefined>, id: string, conflicts: Conflict[]): Parts {
  const split = (page: ReportPage | undefined): Parts => (page ? pageParts(page) : {});
  if (!mine || !theirs) return split(theirs ?? mine);
  return mergeParts({ base: split(base), mine: split(mine), theirs: split(theirs) }, `pages/${id}/`, conflicts);
}

function placesOf(
  pages: Three<ReportPage | undefined>,
  { elements }: Left,
  path: string,
  conflicts: Conflict[],
): Map<string, Place> {
  const places = each(pages, placesOn);
  const removed = [...places.base.keys()].filter((id) => !places.mine.has(id) || !places.theirs.has(id));
  const left = each(places, (known) => {
    const standing = [...known].filter(([id]) => elements.has(id) && !removed.includes(id));
    return Object.fromEntries(standing) as Parts;
  });
  return new Map(Object.entries(mergeParts(left, path, conflicts) as Record<string, Place>));
}

function placesOn(page: ReportPage | undefined): Map<string, Place> {
  return new Map((page?.layout ?? []).map((place) => [place.element, place]));
}

/** What stays although one side removed it stands where the other had it. */
function placeAgain(
  id: string,
  { mine, theirs }: Three<Pages>,
  merged: Map<string, Page>,
  conflicts: Conflict[],
): void {
  if ([...merged.values()].some(({ places }) => places.has(id))) return;
  for (const side of ["theirs", "mine"] as const) {
    for (const page of (side === "mine" ? mine : theirs).values()) {
      const place = page.layout.find(({ element }) => element === id);
      if (!place || [...merged.values()].some(({ places }) => places.has(id))) continue;
      const known = merged.get(page.id) ?? { parts: pageParts(page), places: new Map<string, Place>() };
      known.places.set(id, place);
      if (merged.has(page.id)) continue;
      merged.set(page.id, known);
      conflicts.push({ kind: "kept", unit: `pages/${page.id}`, removedBy: side === "mine" ? "theirs" : "mine" });
    }
  }
}

/** What both moved to other pages does not stand on both: it stands where they put it. */
function placeOnce(id: string, pages: Three<Pages>, merged: Map<string, Page>, conflicts: Conflict[]): void {
  const on = each(pages, (known) => [...known.values()].flatMap((page) => (placesOn(page).has(id) ? page.id : [])));
  const now = [...merged].flatMap(([page, { places }]) => (places.has(id) ? page : []));
  if (now.length <= Math.max(on.mine.length, on.theirs.length)) return;
  const extra = now.filter((page) => !on.theirs.includes(page));
  if (extra.length === 0) return;
  for (const page of extra) merged.get(page)?.places.delete(id);
  conflicts.push(both(`layout/${id}`, on.mine, on.theirs));
}

/** A report without a page is none: where each side removed what the other left, theirs stay. */
function keepAll(theirs: Pages, merged: Map<string, Page>, conflicts: Conflict[]): void {
  for (const page of theirs.values()) {
    merged.set(page.id, { parts: pageParts(page), places: new Map() });
    conflicts.push({ kind: "kept", unit: `pages/${page.id}`, removedBy: "mine" });
  }
}

function pageOf(id: string, { parts, places }: Page, layouts: Three<ReportPage["layout"]>): ReportPage {
  const ids = each(layouts, (layout) => layout.map(({ element }) => element));
  const { order } = mergeOrder(ids, new Set(places.keys()));
  const layout = withoutOverlaps(order.flatMap((element) => places.get(element) ?? []));
  return { ...(parts as Omit<ReportPage, "id" | "layout">), id, layout };
}
