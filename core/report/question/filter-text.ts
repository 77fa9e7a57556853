import type { FilterOperator, Scalar } from "../../contract/report/query";
import type { FilterValue } from "../../contract/report/question";
import type { Preset, ReportFilter } from "../../contract/report/report";
import { controlOf, presetOf, rangeOf } from "./filter";
import { formatValue, type Language, type Shown } from "../format";

interface Words {
  presets: Record<Preset, string>;
  past: (count: number, unit: Unit, completed: boolean) => string;
  units: Record<Unit, string>;
  from: (end: string) => string;
  to: (end: string) => string;
  between: (from: string, to: string) => string;
  and: string;
  some: (first: string, count: number) => string;
  except: (values: string) => string;
  like: Partial<Record<FilterOperator, (values: string) => string>>;
  nothing: string;
  something: string;
}

type Unit = NonNullable<FilterValue["unit"]>;

const WORDS: Record<Language, Words> = {
  "zh-CN": {
    presets: {
      today: "当天",
      last7Days: "近 7 天",
      last30Days: "近 30 天",
      last90Days: "近 90 天",
      thisMonth: "本月",
      lastMonth: "上月",
      thisQuarter: "本季度",
      lastQuarter: "上季度",
      thisYear: "今年",
      lastYear: "去年",
      yearToDate: "今年至今",
    },
    units: { days: "天", weeks: "周", months: "个月", quarters: "个季度", years: "年" },
    past: (count, unit, completed) => `近 ${count} ${completed ? "个完整" : ""}${WORDS["zh-CN"].units[unit]}`,
    from: (end) => `${end} 起`,
    to: (end) => `至 ${end}`,
    between: (from, to) => `${from} 至 ${to}`,
    and: "、",
    some: (first, count) => `${first} 等 ${count} 项`,
    except: (values) => `不含 ${values}`,
    like: {
      include: (values) => `包含“${values}”`,
      doesNotInclude: (values) => `不包含“${values}”`,
      startsWith: (values) => `以“${values}”开头`,
      endsWith: (values) => `以“${values}”结尾`,
    },
    nothing: "（空）",
    something: "（非空）",
  },
  "en-US": {
    presets: {
      today: "Today",
      last7Days: "Last 7 days",
      last30Days: "Last 30 days",
      last90Days: "Last 90 days",
      thisMonth: "This month",
      lastMonth: "Last month",
      thisQuarter: "This quarter",
      lastQuarter: "Last quarter",
      thisYear: "This year",
      lastYear: "Last year",
      yearToDate: "Year to date",
    },
    units: { days: "days", weeks: "weeks", months: "months", quarters: "quarters", years: "years" },
    past: (count, unit, completed) => `Last ${count} ${completed ? "whole " : ""}${WORDS["en-US"].units[unit]}`,
    from: (end) => `From ${end}`,
    to: (end) => `Up to ${end}`,
    between: (from, to) => `${from} – ${to}`,
    and: ", ",
    some: (first, count) => `${first} and ${count - 1} more`,
    except: (values) => `Not ${values}`,
    like: {
      include: (values) => `Contains “${values}”`,
      doesNotInclude: (values) => `Does not contain “${values}”`,
      startsWith: (values) => `Starts with “${values}”`,
      endsWith: (values) => `Ends with “${values}”`,
    },
    nothing: "(empty)",
    something: "(not empty)",
  },
};

/** A preset's name. */
export function presetText(preset: Preset, language: Language): string {
  return WORDS[language].presets[preset];
}

/** One value to choose or chosen, as people read it; rows without a value have a name too. */
export function optionText(value: Scalar, language: Language, shown: Shown = { type: "string" }): string {
  return value === null ? WORDS[language].nothing : formatValue(value, shown, language);
}

const SHOWN = 2;

/** Chosen values, short: two by name, more by number. */
export function valuesText(values: readonly Scalar[], language: Language, shown?: Shown): string {
  const texts = values.map((value) =>
    optionText(value, language, typeof value === "boolean" ? { type: "boolean" } : shown),
  );
  const words = WORDS[language];
  return texts.length <= SHOWN ? texts.join(words.and) : words.some(texts[0] ?? "", texts.length);
}

function rangeText(value: FilterValue, language: Language): string | null {
  const words = WORDS[language];
  const { from, to } = rangeOf(value);
  if (from !== null && to !== null) return from === to ? String(from) : words.between(String(from), String(to));
  if (from !== null) return words.from(String(from));
  return to === null ? null : words.to(String(to));
}

function periodText(value: FilterValue, language: Language): string | null {
  const preset = presetOf(value);
  if (preset) return presetText(preset, language);
  const count = Number(value.values[0]);
  if (value.operator !== "inThePast" || !value.unit || !count) return null;
  return WORDS[language].past(count, value.unit, value.completed ?? false);
}

/** A filter's value as people read it, without the filter's name. */
export function valueText(filter: ReportFilter, value: FilterValue, language: Language): string {
  const words = WORDS[language];
  if (value.operator === "isNull") return words.nothing;
  if (value.operator === "notNull") return words.something;
  const texts = valuesText(value.values, language);
  if (value.operator === "notEquals") return words.except(texts);
  const like = words.like[value.operator]?.(texts);
  const ranged = controlOf(filter) === "select" ? null : (periodText(value, language) ?? rangeText(value, language));
  return like ?? ranged ?? texts;
}
