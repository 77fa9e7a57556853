import type { ReportPage, ReportSpec } from "../../../core/contract/report/report";
import { freeId, pageOf } from "./commands";

export const MOST_PAGES = 20;

/** A page's twin behind it, with cards of its own: each may be changed without the other. */
export function duplicatePage(spec: ReportSpec, pageId: string, title: string): { spec: ReportSpec; id: string } {
  const page = pageOf(spec, pageId);
  if (!page || spec.pages.length >= MOST_PAGES) return { spec, id: pageId };
  const elements = { ...spec.elements };
  const names = new Map<string, string>();
  for (const { element } of page.layout) {
    const found = elements[element];
    if (!found) continue;
    const name = freeId(element, (taken) => taken in elements);
    elements[name] = found;
    names.set(element, name);
  }
  const named = (ids: readonly string[]): string[] => ids.flatMap((id) => names.get(id) ?? []);
  const { order, hidden, aspect, ...mobile } = page.mobile;
  const aspects = Object.entries(aspect ?? {}).flatMap(([element, value]): [string, number][] => {
    const name = names.get(element);
    return name === undefined ? [] : [[name, value]];
  });
  const id = freeId("page-1", (taken) => spec.pages.some((each) => each.id === taken));
  const twin: ReportPage = {
    ...page,
    id,
    title: title.slice(0, 100),
    layout: page.layout.flatMap((item) => {
      const element = names.get(item.element);
      return element === undefined ? [] : [{ ...item, element }];
    }),
    mobile: {
      ...mobile,
      ...(order ? { order: named(order) } : {}),
      ...(hidden ? { hidden: named(hidden) } : {}),
      ...(aspects.length > 0 ? { aspect: Object.fromEntries(aspects) } : {}),
    },
  };
  const filters = spec.filters.map((filter) =>
    filter.targets ? { ...filter, targets: [...filter.targets, ...named(filter.targets)] } : filter,
  );
  const at = spec.pages.indexOf(page) + 1;
  const pages = [...spec.pages.slice(0, at), twin, ...spec.pages.slice(at)];
  return { spec: { ...spec, elements, filters, pages }, id };
}
