import type { Hierarchy } from "../../contract/dataset/dataset";
import type { ReportElement } from "../../contract/report/element";
import type { ReportSpec } from "../../contract/report/report";
import { isDimensioned, type DimensionedElement } from "./drill";

/** Where an element leads down by its dataset's hierarchies: from the level that it shows first, by the first that goes on. */
function wayDown(element: DimensionedElement, hierarchies: readonly Hierarchy[]): string[] | undefined {
  const first = element.query.dimensions[0]?.field;
  const ways = hierarchies.map(({ levels }) =>
    levels.slice(first === undefined ? levels.length : levels.indexOf(first)),
  );
  return ways.find((levels) => levels[0] === first && levels.length > 1);
}

/**
 * The report with its datasets' hierarchies in the elements that say nothing of their own: neither a way down nor what a
 * tap does.
 */
export function withHierarchies(spec: ReportSpec, of: (dataset: string) => readonly Hierarchy[]): ReportSpec {
  const elements: Record<string, ReportElement> = {};
  for (const [id, element] of Object.entries(spec.elements)) {
    const isOpen = isDimensioned(element) && !element.drill && element.emits === undefined;
    const drill = isOpen ? wayDown(element, of(element.query.dataset)) : undefined;
    elements[id] = isOpen && drill ? { ...element, drill } : element;
  }
  return { ...spec, elements };
}
