import type { CardData, Column } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { comparisonOf, fieldsOf, numbersOf, type Field } from "../card-data";
import { wordsOf, type ChartLook } from "./look";
import { axisDates, formatValue } from "../format";

export type CartesianElement = Extract<ReportElement, { type: "cartesian" }>;

/** One line or group of bars, with a value (or null) for every category. */
export interface Series {
  name: string;
  /** The measure's column: how its numbers are shown. */
  column: Column;
  mark: "line" | "area" | "bar";
  axis: "left" | "right";
  /** Values of the earlier period: drawn dashed, or as paler bars in a ranking. */
  earlier: boolean;
  values: (number | null)[];
}

/** A cartesian card's answer, pivoted: names along the axis and the series over them. */
export interface Pivot {
  /** As the axis shows them, short. */
  labels: string[];
  /** As a tooltip shows them, in full. */
  titles: string[];
  dates: boolean;
  series: Series[];
}

type Style = Pick<Series, "mark" | "axis">;

function styleOf(element: CartesianElement, measure: string, dates: boolean): Style {
  const styles = element.visual?.series ?? [];
  const named = styles.find((style) => style.measure === measure) ?? styles[0];
  return named ? { mark: named.mark, axis: named.axis } : { mark: dates ? "line" : "bar", axis: "left" };
}

/** Row numbers by the value of the first dimension, in order of first appearance. */
function categoriesOf(axis: Field | undefined, rowCount: number): { keys: string[]; place: number[] } {
  const found = new Map<string, number>();
  const place = Array.from({ length: rowCount }, (_, row) => {
    const key = String(axis?.values[row] ?? "");
    const known = found.get(key) ?? found.size;
    found.set(key, known);
    return known;
  });
  return { keys: [...found.keys()], place };
}

function spread(values: (number | null)[], rows: number[], place: number[], size: number): (number | null)[] {
  const filled = new Array<number | null>(size).fill(null);
  for (const row of rows) filled[place[row] ?? 0] = values[row] ?? null;
  return filled;
}

/** The rows of each value of the second dimension, or all rows under the measure's own name. */
function splitRows(split: Field | undefined, rowCount: number, look: ChartLook): Map<string, number[]> {
  const parts = new Map<string, number[]>();
  for (let row = 0; row < rowCount; row += 1) {
    const name = split ? formatValue(split.values[row], split.column, look.language) : "";
    const rows = parts.get(name);
    if (rows) rows.push(row);
    else parts.set(name, [row]);
  }
  return parts;
}

function titlesOf(axis: Field | undefined, keys: string[], look: ChartLook): Pick<Pivot, "labels" | "titles"> {
  if (!axis) return { labels: keys, titles: keys };
  const value = (key: string) => axis.values.find((candidate) => String(candidate ?? "") === key) ?? null;
  const titles = keys.map((key) => formatValue(value(key), axis.column, look.language));
  if (axis.column.type !== "date") return { labels: titles, titles };
  const short = axisDates(keys, axis.column.grain, look.language);
  return { labels: short.map((label, index) => label || (titles[index] ?? "")), titles };
}

function seriesName(measure: Column, part: string, measures: number): string {
  if (part === "") return measure.label;
  return measures > 1 ? `${part} · ${measure.label}` : part;
}

/** Turns the rows of a cartesian card into series. A place the engine has nothing for stays null: a gap, never a zero. */
export function pivot(element: CartesianElement, data: CardData, look: ChartLook): Pivot {
  const [axis, split] = fieldsOf(data, "dimension");
  const measures = fieldsOf(data, "measure");
  const { keys, place } = categoriesOf(axis, data.rowCount);
  const parts = splitRows(split, data.rowCount, look);
  const dates = axis?.column.type === "date";
  const words = wordsOf(look);
  const series: Series[] = [];
  for (const field of measures) {
    const style = styleOf(element, field.column.name, dates);
    for (const [part, rows] of parts) {
      const name = seriesName(field.column, part, measures.length);
      const values = spread(numbersOf(field), rows, place, keys.length);
      series.push({ name, column: field.column, ...style, earlier: false, values });
    }
    const before = split ? undefined : comparisonOf(data, field.column.name);
    if (!before) continue;
    const period = element.query.compare?.period === "previousYear" ? words.lastYear : words.earlier;
    const name = measures.length > 1 ? `${field.column.label} · ${period}` : period;
    const rows = Array.from({ length: data.rowCount }, (_, row) => row);
    const values = spread(numbersOf(before), rows, place, keys.length);
    // A line across lying bars would join what has no order.
    const mark = element.visual?.horizontal ? "bar" : "line";
    series.push({ name, column: field.column, mark, axis: style.axis, earlier: true, values });
  }
  return { ...titlesOf(axis, keys, look), dates, series };
}
