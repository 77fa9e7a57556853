import type { ReportElement } from "../../../core/contract/report/element";
import type { ReportFilter, ReportPage, ReportSpec } from "../../../core/contract/report/report";
import { addItems, firstFreePlace, moveItems, removeItems, type GridItem } from "../../../core/report/layout/grid";

/** Cards with their places to each other, as they are copied. */
export interface CopiedCards {
  elements: Record<string, ReportElement>;
  layout: GridItem[];
}

type Size = Pick<GridItem, "w" | "h">;

/** A name that is not taken: `sales`, `sales-2`, `sales-3`. */
export function freeId(wanted: string, taken: (id: string) => boolean): string {
  const stem = wanted.replace(/-\d+$/, "").slice(0, 55);
  let id = taken(wanted) ? `${stem}-2` : wanted;
  for (let serial = 3; taken(id); serial += 1) id = `${stem}-${serial}`;
  return id;
}

export const pageOf = (spec: ReportSpec, pageId: string): ReportPage | undefined =>
  spec.pages.find(({ id }) => id === pageId);

function changePage(spec: ReportSpec, pageId: string, change: (page: ReportPage) => ReportPage): ReportSpec {
  return { ...spec, pages: spec.pages.map((page) => (page.id === pageId ? change(page) : page)) };
}

/** Another arrangement of a page's cards. */
export function arrange(spec: ReportSpec, pageId: string, layout: GridItem[]): ReportSpec {
  return changePage(spec, pageId, (page) => ({ ...page, layout }));
}

/** The row below the heading of a page's last section; 0 where it has none. */
function lastSection(spec: ReportSpec, layout: readonly GridItem[]): number {
  const sections = layout.filter((item) => spec.elements[item.element]?.type === "section");
  return Math.max(0, ...sections.map(({ y, h }) => y + h));
}

/** A new card at the first free place of the page's last section, and its name. */
export function addCard(
  spec: ReportSpec,
  pageId: string,
  { element, size, name }: { element: ReportElement; size: Size; name: string },
): { spec: ReportSpec; id: string } {
  const id = freeId(name, (taken) => taken in spec.elements);
  const layout = pageOf(spec, pageId)?.layout ?? [];
  const place = { element: id, ...firstFreePlace(layout, size, lastSection(spec, layout)) };
  const elements = { ...spec.elements, [id]: element };
  return { spec: arrange({ ...spec, elements }, pageId, [...layout, place]), id };
}

/** Another element in a card's place. */
export function setElement(spec: ReportSpec, id: string, element: ReportElement): ReportSpec {
  return id in spec.elements ? { ...spec, elements: { ...spec.elements, [id]: element } } : spec;
}

/** Without some cards of a page. An element that no page shows any more is gone. */
export function removeCards(spec: ReportSpec, pageId: string, ids: ReadonlySet<string>): ReportSpec {
  return withoutUnused(changePage(spec, pageId, (page) => ({ ...page, layout: removeItems(page.layout, ids) })));
}

function withoutUnused(spec: ReportSpec): ReportSpec {
  const shown = new Set(spec.pages.flatMap(({ layout }) => layout.map(({ element }) => element)));
  const elements = Object.fromEntries(Object.entries(spec.elements).filter(([id]) => shown.has(id)));
  return { ...spec, elements };
}

/** What `pasteCards` puts anywhere else. */
export function copyCards(spec: ReportSpec, pageId: string, ids: ReadonlySet<string>): CopiedCards {
  const layout = (pageOf(spec, pageId)?.layout ?? []).filter(({ element }) => ids.has(element));
  const elements = layout.flatMap(({ element: id }): [string, ReportElement][] => {
    const element = spec.elements[id];
    return element ? [[id, element]] : [];
  });
  return { elements: Object.fromEntries(elements), layout };
}

/** Copies below what they were copied from, else at the page's end; with their new names. */
export function pasteCards(spec: ReportSpec, pageId: string, copied: CopiedCards): { spec: ReportSpec; ids: string[] } {
  const page = pageOf(spec, pageId);
  if (!page) return { spec, ids: [] };
  const elements = { ...spec.elements };
  const names = new Map<string, string>();
  for (const [id, element] of Object.entries(copied.elements)) {
    const name = freeId(id, (taken) => taken in elements);
    elements[name] = element;
    names.set(id, name);
  }
  const top = Math.min(...copied.layout.map(({ y }) => y));
  const below = Math.max(0, ...page.layout.filter(({ element }) => names.has(element)).map(({ y, h }) => y + h));
  const start = below || Math.max(0, ...page.layout.map(({ y, h }) => y + h));
  const items = copied.layout.flatMap((item) => {
    const element = names.get(item.element);
    return element === undefined ? [] : [{ ...item, element, y: item.y - top + start }];
  });
  return {
    spec: arrange({ ...spec, elements }, pageId, addItems(page.layout, items)),
    ids: items.map((item) => item.element),
  };
}

/** Cards moved or made larger together, by so many columns and rows. */
export function nudge(layout: readonly GridItem[], ids: ReadonlySet<string>, by: { x: number; y: number }): GridItem[] {
  const chosen = layout.filter(({ element }) => ids.has(element));
  const left = Math.min(...chosen.map(({ x }) => x));
  const right = Math.max(...chosen.map(({ x, w }) => x + w));
  const x = Math.max(-left, Math.min(36 - right, by.x));
  return moveItems(layout, new Map(chosen.map((item) => [item.element, { ...item, x: item.x + x, y: item.y + by.y }])));
}

/** A new page behind another one, and its id. */
export function addPage(spec: ReportSpec, afterId: string, title: string): { spec: ReportSpec; id: string } {
  const id = freeId("page-1", (taken) => spec.pages.some((page) => page.id === taken));
  const page: ReportPage = { id, title, layout: [], mobile: { mode: "auto" } };
  const at = spec.pages.findIndex((each) => each.id === afterId) + 1 || spec.pages.length;
  return { spec: { ...spec, pages: [...spec.pages.slice(0, at), page, ...spec.pages.slice(at)] }, id };
}

export function renamePage(spec: ReportSpec, pageId: string, title: string): ReportSpec {
  return changePage(spec, pageId, (page) => ({ ...page, title }));
}

/** Without a page and the elements that only it showed; a report keeps its last page. */
export function removePage(spec: ReportSpec, pageId: string): ReportSpec {
  const pages = spec.pages.filter(({ id }) => id !== pageId);
  return pages.length === 0 ? spec : withoutUnused({ ...spec, pages });
}

/** A page so many places further to the right, or to the left. */
export function movePage(spec: ReportSpec, pageId: string, by: number): ReportSpec {
  const from = spec.pages.findIndex(({ id }) => id === pageId);
  const to = Math.max(0, Math.min(spec.pages.length - 1, from + by));
  const page = spec.pages[from];
  if (!page || to === from) return spec;
  const pages = spec.pages.filter(({ id }) => id !== pageId);
  pages.splice(to, 0, page);
  return { ...spec, pages };
}

/** How phones show a page. */
export function setPhone(spec: ReportSpec, pageId: string, mobile: ReportPage["mobile"]): ReportSpec {
  return changePage(spec, pageId, (page) => ({ ...page, mobile }));
}

/** Name and description of the report; an empty name stays what it was. */
export function setHead(spec: ReportSpec, head: { title?: string; description?: string }): ReportSpec {
  const title = head.title?.trim() || spec.title;
  const { description: before, ...rest } = spec;
  const description = head.description ?? before;
  return { ...rest, title, ...(description ? { description } : {}) };
}

export function setFilters(spec: ReportSpec, filters: ReportFilter[]): ReportSpec {
  return { ...spec, filters };
}
