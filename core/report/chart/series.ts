import type { CardData, Column } from "../../contract/report/query";
import type { ReportElement } from "../../contract/report/element";
import { comparisonOf, fieldsOf, numbersOf, type Field } from "../card-data";
import { joined } from "./item";
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
  /** Values to compare with, of the earlier period or a target: drawn dashed, or as paler bars in a ranking. */
  earlier: boolean;
  values: (number | null)[];
  /** Where shares are drawn: what they are shares of. */
  said?: Pick<Series, "column" | "values">;
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

/** The first dimension's values, row by row, as axes and tips show them. */
export function axisNames(data: CardData, look: ChartLook): Pick<Pivot, "labels" | "titles"> {
  const [axis] = fieldsOf(data, "dimension");
  return titlesOf(
    axis,
    (axis?.values ?? []).map((value) => String(value ?? "")),
    look,
  );
}

function seriesName(measure: Column, part: string, measures: number): string {
  if (part === "") return measure.label;
  return measures > 1 ? `${part} · ${measure.label}` : part;
}

/** Measures that are targets of others, and what they are called. */
function targetsOf(element: CartesianElement): Map<string, string | undefined> {
  const references = element.visual?.references ?? [];
  const targets = new Map<string, string | undefined>();
  for (const line of references) if (line.kind === "target") targets.set(line.measure, line.label);
  return targets;
}

/** Parts of what all series of an axis come to in each category, as fractions; a category without anything stays empty. */
function asShares(series: Series[]): Series[] {
  return series.map((one) => {
    if (one.earlier) return one;
    const whole = (at: number): number =>
      series
        .filter(({ axis, earlier }) => axis === one.axis && !earlier)
        .reduce((sum, { values }) => sum + Math.abs(values[at] ?? 0), 0);
    const values = one.values.map((value, at) => (value === null || whole(at) === 0 ? null : value / whole(at)));
    return { ...one, values, said: one, column: { ...one.column, format: { kind: "percent", decimals: 1 } } };
  });
}

/** Where one measure's series come from. */
interface Source {
  element: CartesianElement;
  data: CardData;
  parts: Map<string, number[]>;
  place: number[];
  size: number;
  dates: boolean;
  look: ChartLook;
}

function allRows(data: CardData): number[] {
  return Array.from({ length: data.rowCount }, (_, row) => row);
}

function seriesOf(
  field: Field,
  measures: number,
  { element, data, parts, place, size, dates, look }: Source,
): Series[] {
  const style = styleOf(element, field.column.name, dates);
  const series = [...parts].map(([part, rows]): Series => {
    const name = seriesName(field.column, part, measures);
    return {
      name,
      column: field.column,
      ...style,
      earlier: false,
      values: spread(numbersOf(field), rows, place, size),
    };
  });
  const before = parts.has("") ? comparisonOf(data, field.column.name) : undefined;
  if (!before) return series;
  const words = wordsOf(look);
  const period = element.query.compare?.period === "previousYear" ? words.lastYear : words.earlier;
  const name = measures > 1 ? `${field.column.label} · ${period}` : period;
  // A line across lying bars would join what has no order.
  const mark = element.visual?.horizontal ? "bar" : "line";
  const values = spread(numbersOf(before), allRows(data), place, size);
  return [...series, { name, column: field.column, mark, axis: style.axis, earlier: true, values }];
}

/** Turns the rows of a cartesian card into series. A place the engine has nothing for stays null: a gap, never a zero. */
export function pivot(element: CartesianElement, data: CardData, look: ChartLook): Pivot {
  const [axis, split] = fieldsOf(data, "dimension");
  const targets = targetsOf(element);
  const all = fieldsOf(data, "measure");
  const measures = all.filter(({ column }) => !targets.has(column.name));
  const { keys, place } = categoriesOf(axis, data.rowCount);
  const dates = axis?.column.type === "date";
  const parts = splitRows(split, data.rowCount, look);
  const source = { element, data, parts, place, size: keys.length, dates, look };
  const own = joined(measures.map((field) => seriesOf(field, measures.length, source)));
  const aims = all
    .filter(({ column }) => targets.has(column.name))
    .map(({ column, ...field }): Series => {
      const values = spread(numbersOf({ column, ...field }), allRows(data), place, keys.length);
      const { axis: side } = styleOf(element, column.name, dates);
      const mark = element.visual?.horizontal ? "bar" : "line";
      return { name: targets.get(column.name) ?? column.label, column, mark, axis: side, earlier: true, values };
    });
  const { stacked = false, share = false } = element.visual ?? {};
  return { ...titlesOf(axis, keys, look), dates, series: [...(stacked && share ? asShares(own) : own), ...aims] };
}
