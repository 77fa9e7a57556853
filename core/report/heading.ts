import type { Column } from "../contract/report/query";
import type { Language } from "./format";

const EARLIER: Record<Language, (label: string) => string> = {
  "zh-CN": (label) => `${label}（对比期）`,
  "en-US": (label) => `${label} (earlier)`,
};

/** A column's heading, on screens and in files; a comparison is told from its measure. */
export function headingOf({ role, label }: Pick<Column, "role" | "label">, language: Language): string {
  return role === "comparison" ? EARLIER[language](label) : label;
}
