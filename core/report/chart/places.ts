import type { CardData } from "../../contract/report/query";
import { fieldsOf, numbersOf } from "../card-data";
import { chart, type ChartElement } from "./chart";
import { slicesOf } from "./pie";

function sliceRows(data: CardData): (number | null)[] {
  const [measure] = fieldsOf(data, "measure");
  const values = measure ? numbersOf(measure) : [];
  const rows = values.map((_, row) => row).filter((row) => (values[row] ?? 0) > 0);
  rows.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const slices = slicesOf(data, "en-US").length; // the language names the slices and counts none
  return rows.slice(0, slices).map((row, place) => (slices < rows.length && place === slices - 1 ? null : row));
}

/** Which rows items stand for does not depend on how they look. */
const ANY_LOOK = { language: "en-US", width: 320, height: 240, theme: "light" } as const;

/**
 * For each category or slice of a chart, in the order of its tips, a row of the answer that it stands for: what a click on it
 * means. Null for the slice of all others.
 */
export function placesOf(element: ChartElement, data: CardData): (number | null)[] {
  if (element.type === "pie") return sliceRows(data);
  if (element.type !== "cartesian") return chart(element, data, ANY_LOOK).tips.map(({ row }) => row ?? null);
  const [axis] = fieldsOf(data, "dimension");
  const first = new Map<string, number>();
  for (let row = 0; row < data.rowCount; row += 1) {
    const key = String(axis?.values[row] ?? "");
    if (!first.has(key)) first.set(key, row);
  }
  return [...first.values()];
}
