import { fieldIn } from "../../contract/report/filter-field";
import type { ReportElement } from "../../contract/report/element";
import type { ReportFilter, ReportPage, ReportSpec } from "../../contract/report/report";
import { both, type Conflict } from "./conflict";
import { same } from "./same";
import type { Three } from "./three";

const PLACES_ON_A_PAGE = 60;

/** Elements whose parts, merged each for itself, do not hold together: theirs stays as a whole. */
export function mendElements(
  { mine, theirs }: Three<ReportSpec>,
  elements: ReadonlyMap<string, ReportElement>,
  conflicts: Conflict[],
): Map<string, ReportElement> {
  const mended = new Map(elements);
  for (const [id, element] of elements) {
    const other = theirs.elements[id];
    if (!other || same(element, other) || holdsTogether(element)) continue;
    mended.set(id, other);
    conflicts.push(both(`elements/${id}`, mine.elements[id], other));
  }
  return mended;
}

/** A hierarchy begins with the first dimension, and a pivot's columns are some, but not all, of the dimensions. */
function holdsTogether(element: ReportElement): boolean {
  if (!("query" in element)) return true;
  const fields = element.query.dimensions.map(({ field }) => field);
  if ("drill" in element && element.drill && element.drill[0] !== fields[0]) return false;
  const across = element.type === "table" ? element.visual?.pivot?.columns : undefined;
  if (!across) return true;
  return across.every((field) => fields.includes(field)) && new Set(across).size < new Set(fields).size;
}

/** Filters whose parent is gone, does not reach their dataset or has become a child of theirs: theirs stays, or it has none. */
export function mendFilters(
  { mine, theirs }: Three<ReportSpec>,
  filters: readonly ReportFilter[],
  conflicts: Conflict[],
): ReportFilter[] {
  let mended = [...filters];
  for (const { id } of filters) {
    const now = mended.find((filter) => filter.id === id);
    if (!now || leadsUp(now, mended)) continue;
    const other = theirs.filters.find((filter) => filter.id === id);
    const put = (next: ReportFilter): ReportFilter[] => mended.map((filter) => (filter.id === id ? next : filter));
    const { parent: _parent, ...alone } = now;
    mended = other && leadsUp(other, put(other)) ? put(other) : put(alone);
    conflicts.push(
      both(
        `filters/${id}`,
        mine.filters.find((filter) => filter.id === id),
        other,
      ),
    );
  }
  return mended;
}

function leadsUp(filter: ReportFilter, filters: readonly ReportFilter[]): boolean {
  const seen = new Set<string>();
  for (let at: ReportFilter | undefined = filter; at?.parent !== undefined;) {
    const parent: ReportFilter | undefined = filters.find(({ id }) => id === at?.parent);
    if (!parent || fieldIn(parent, at.dataset) === undefined || seen.has(parent.id)) return false;
    seen.add(parent.id);
    at = parent;
  }
  return true;
}

/** At most so many: what I added last gives way. On a page, the same holds for what stands on it. */
export function mendRoom<Thing extends ReportPage | ReportFilter>(
  { name, limit }: { name: "pages" | "filters"; limit: number },
  { theirs }: Three<ReportSpec>,
  things: readonly Thing[],
  conflicts: Conflict[],
): Thing[] {
  const known = new Set<string>(theirs[name].map(({ id }) => id));
  const fitting = fit(things, { limit, isTheirs: ({ id }) => known.has(id) }, (thing) =>
    conflicts.push({ kind: "full", unit: `${name}/${thing.id}`, mine: thing }),
  );
  return fitting.map((thing) => {
    if (!("layout" in thing) || thing.layout.length <= PLACES_ON_A_PAGE) return thing;
    const placed = theirs.pages.find(({ id }) => id === thing.id)?.layout.map(({ element }) => element);
    const how = { limit: PLACES_ON_A_PAGE, isTheirs: (place: { element: string }) => placed?.includes(place.element) };
    const layout = fit(thing.layout, how, (place) =>
      conflicts.push({ kind: "full", unit: `pages/${thing.id}/layout/${place.element}`, mine: place }),
    );
    return { ...thing, layout };
  });
}

function fit<Each>(
  all: readonly Each[],
  { limit, isTheirs }: { limit: number; isTheirs: (one: Each) => boolean | undefined },
  drop: (one: Each) => void,
): Each[] {
  let over = all.length - limit;
  const left: Each[] = [];
  for (const one of [...all].reverse()) {
    if (over > 0 && !isTheirs(one)) {
      over -= 1;
      drop(one);
    } else left.unshift(one);
  }
  return left;
}
