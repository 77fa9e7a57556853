import type { CardData, Column, Format } from "../../contract/report/query";
import { fieldsOf, numbersOf } from "../card-data";
import { formatNumber, formatValue, NOTHING } from "../format";
import { frame, legend, type ChartLook, type JsonObject, type LegendEntry } from "./look";

/** Lists one behind the other; phones have no `flatMap`. */
export function joined<Item>(lists: readonly Item[][]): Item[] {
  return ([] as Item[]).concat(...lists);
}

/** A measure's numbers by row, and how they are written. */
export interface Numbers {
  column: Column;
  values: (number | null)[];
}

/** All measures of an answer as numbers. */
export function measuresOf(data: CardData): Numbers[] {
  return fieldsOf(data, "measure").map((field) => ({ column: field.column, values: numbersOf(field) }));
}

/** A dimension's values as readers see them, by row; none where the answer has no such dimension. */
export function namesOf(data: CardData, place: number, look: ChartLook): string[] {
  const field = fieldsOf(data, "dimension")[place];
  return field ? field.values.map((value) => formatValue(value, field.column, look.language)) : [];
}

/** A number in full, or nothing where none was measured. */
export function written(value: number | null, format: Format | undefined, look: ChartLook): string {
  return value === null ? NOTHING : formatNumber(value, format, look.language);
}

/** A number as short as a label needs it. */
export function short(value: number | null, format: Format | undefined, look: ChartLook): string {
  return value === null ? NOTHING : formatNumber(value, { kind: "number", ...format, compact: true }, look.language);
}

export function percent(share: number, look: Pick<ChartLook, "language">): string {
  return formatNumber(share, { kind: "percent", decimals: 1 }, look.language);
}

/** A text that a label shows as it is: ECharts takes braces for its own words. */
export function plain(text: string): string {
  return text.replace(/\{/g, "｛").replace(/\}/g, "｝");
}

/** How much room a legend takes above the drawing. */
export function legendRoom(look: ChartLook, entries: readonly LegendEntry[]): number {
  return !look.bare && entries.length > 1 ? 30 : 0;
}

/** What charts of items have in common: they are touched one by one, and may have a legend above. */
export function itemFrame(look: ChartLook, entries: readonly LegendEntry[] = []): JsonObject {
  const base = frame(look);
  const names = entries.map(({ name }) => name);
  return {
    ...base,
    tooltip: { ...(base["tooltip"] as JsonObject), trigger: "item" },
    ...(legendRoom(look, entries) > 0 ? { legend: { ...legend(look, names), selectedMode: false } } : {}),
  };
}

export function entry(name: string, colour: string, note = ""): LegendEntry {
  return { name, colour, dashed: false, note };
}

/** Axes of a plane whose units are px: what is placed there stands exactly where it was reckoned to be. */
export function pixelPlane(look: ChartLook): JsonObject {
  const axis = { type: "value", show: false, min: 0 };
  return {
    grid: { left: 0, top: 0, right: 0, bottom: 0, outerBoundsMode: "none" },
    xAxis: { ...axis, max: look.width },
    yAxis: { ...axis, max: look.height, inverse: true },
  };
}
