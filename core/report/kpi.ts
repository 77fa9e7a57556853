import type { CardData, Column } from "../contract/report/query";
import { comparisonOf, fieldsOf, numbersOf, type Field } from "./card-data";
import { formatNumber, formatValue, NOTHING, toNumber, type Language } from "./format";

/** How a change is to be read: `good` and `bad` depend on whether more is better. */
export type Tone = "good" | "bad" | "neutral";

/** A measure's change against the earlier period. */
export interface Change {
  text: string;
  direction: "up" | "down" | "flat";
  tone: Tone;
}

/** One number of a KPI card, ready to be shown. */
export interface KpiFigure {
  name: string;
  label: string;
  value: string;
  /** Null where there is nothing to compare with, or the earlier value is zero. */
  change: Change | null;
  /** The earlier value, or null where the query does not compare. */
  previous: string | null;
}

/** A KPI card: the first measure large, the others beside it, and the points of its small line. */
export interface KpiView {
  main: KpiFigure;
  others: KpiFigure[];
  spark: (number | null)[];
}

function toneOf(direction: Change["direction"], column: Column): Tone {
  if (direction === "flat" || !column.direction || column.direction === "neutral") return "neutral";
  return (direction === "up") === (column.direction === "up_good") ? "good" : "bad";
}

function changeText(now: number, before: number, column: Column, language: Language): string | null {
  if (column.format?.kind === "percent") {
    const points = formatNumber(Math.abs(now - before) * 100, { kind: "number", decimals: 1 }, language);
    return language === "zh-CN" ? `${points}个百分点` : `${points} pp`;
  }
  if (before === 0) return null;
  return formatNumber(Math.abs((now - before) / before), { kind: "percent", decimals: 1 }, language);
}

/** The change of a measure against its earlier value; null where either is missing or a ratio makes no sense. */
export function changeOf(now: number | null, before: number | null, column: Column, language: Language): Change | null {
  if (now === null || before === null) return null;
  const text = changeText(now, before, column, language);
  if (text === null) return null;
  const direction = /[1-9]/.test(text) ? (now > before ? "up" : "down") : "flat";
  return { text, direction, tone: toneOf(direction, column) };
}

function figure(field: Field, data: CardData, language: Language): KpiFigure {
  const earlier = comparisonOf(data, field.column.name);
  const [value] = field.values;
  return {
    name: field.column.name,
    label: field.column.label,
    value: formatValue(value, field.column, language),
    change: earlier ? changeOf(toNumber(value), toNumber(earlier.values[0]), field.column, language) : null,
    previous: earlier ? formatValue(earlier.values[0], field.column, language) : null,
  };
}

/** A KPI card from its answer and, if asked for, the answer of its trend. An answer without rows shows nothing measured. */
export function kpiView(data: CardData, trend: CardData | undefined, language: Language): KpiView {
  const [main, ...others] = fieldsOf(data, "measure").map((field) => figure(field, data, language));
  const line = trend ? fieldsOf(trend, "measure")[0] : undefined;
  return {
    main: main ?? { name: "", label: "", value: NOTHING, change: null, previous: null },
    others,
    spark: line ? numbersOf(line) : [],
  };
}
