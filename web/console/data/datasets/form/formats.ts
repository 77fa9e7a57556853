import type { Format } from "../../../../../core/contract/report/query";

/** Formats that a person chooses by a name; a text may say others, which stay as they are. */
export const FORMATS = {
  none: undefined,
  integer: { kind: "number", decimals: 0 },
  decimal: { kind: "number", decimals: 2 },
  compact: { kind: "number", compact: true },
  currency: { kind: "currency", currency: "CNY" },
  percent: { kind: "percent", decimals: 1 },
  text: { kind: "text" },
} as const satisfies Record<string, Format | undefined>;
export type FormatName = keyof typeof FORMATS;

const same = (a: Format | undefined, b: Format | undefined): boolean =>
  JSON.stringify(Object.entries(a ?? {}).sort()) === JSON.stringify(Object.entries(b ?? {}).sort());

/** The name of a format; `own` where it has none here. */
export function formatName(format: Format | undefined): FormatName | "own" {
  return (Object.keys(FORMATS) as FormatName[]).find((name) => same(FORMATS[name], format)) ?? "own";
}

/** What a chosen name means: no change where the format was and stays its own. */
export function formatChange(name: FormatName | "own"): { format?: Format | undefined } {
  return name === "own" ? {} : { format: FORMATS[name] };
}
