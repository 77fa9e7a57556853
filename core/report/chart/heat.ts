import { blend } from "./colour";
import { entry, short, type Numbers } from "./item";
import type { ChartLook, LegendEntry } from "./look";

/** Colours for a measure's numbers, from the least to the largest. */
export function heatOf({ values }: Numbers, scale: string[]): (value: number) => string {
  const known = values.filter((value) => value !== null);
  const least = Math.min(...known);
  const span = Math.max(...known) - least;
  return (value) => blend(scale, span === 0 ? 1 : (value - least) / span);
}

/** The ends of the scale, in words. */
export function heatLegend(numbers: Numbers, scale: string[], look: ChartLook): LegendEntry[] {
  const known = numbers.values.filter((value) => value !== null);
  if (known.length === 0) return [];
  const ends = [Math.min(...known), Math.max(...known)].map((value) => short(value, numbers.column.format, look));
  if (ends[0] === ends[1]) return [];
  return ends.map((text, index) => entry(text, (index === 0 ? scale[0] : scale[scale.length - 1]) ?? ""));
}
