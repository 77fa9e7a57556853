import type { ReportElement } from "../../contract/report/element";
import type { ReportPage } from "../../contract/report/report";

type Elements = Readonly<Record<string, ReportElement>>;

const isSection = (elements: Elements, id: string): boolean => elements[id]?.type === "section";

/** The sections that are folded as the report was made. */
export function foldedAtFirst(elements: Elements): Set<string> {
  const folded = Object.entries(elements).filter(([, element]) => element.type === "section" && element.folded);
  return new Set(folded.map(([id]) => id));
}

/** What lies below each section's heading, as far as the next one: whatever begins there belongs to it. */
export function sectionMembers(layout: ReportPage["layout"], elements: Elements): Map<string, string[]> {
  const sections = layout.filter(({ element }) => isSection(elements, element)).sort((a, b) => a.y - b.y);
  return new Map(
    sections.map((section, index) => {
      const next = sections[index + 1]?.y ?? Infinity;
      const inside = layout.filter(({ element, y }) => y > section.y && y < next && !isSection(elements, element));
      return [section.element, inside.map(({ element }) => element)];
    }),
  );
}
