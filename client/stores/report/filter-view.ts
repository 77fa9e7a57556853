import type { Scalar } from "../../../core/contract/report/query";
import type { FilterOptions, Question } from "../../../core/contract/report/question";
import type { FilterControl, Preset, ReportFilter } from "../../../core/contract/report/report";
import { controlOf, currentValue, presetOf, presetsOf, rangeOf } from "../../../core/report/question/filter";
import { optionText, presetText, valueText } from "../../../core/report/question/filter-text";
import type { Language } from "../../../core/report/format";

export type OptionsState = { kind: "loading" } | { kind: "failed" } | ({ kind: "ready" } & FilterOptions);

/** One value of a select. */
export interface OptionView {
  /** Unlike any other option's, also where texts are alike. */
  key: string;
  value: Scalar;
  text: string;
  on: boolean;
}

/** One filter as its control shows it. */
export interface FilterView {
  id: string;
  label: string;
  control: FilterControl;
  required: boolean;
  /** One value of a select at a time. */
  single: boolean;
  phone: "page" | "drawer" | "none";
  /** What is chosen, as people read it; empty without a restriction. */
  text: string;
  /** For date ranges. */
  presets: { name: Preset; text: string; on: boolean }[];
  /** The ends of a range of days or numbers; empty where open. */
  from: string;
  to: string;
  /** The typed text of a text filter. */
  typed: string;
  /** For selects, once asked for. What is chosen is among them as long as nothing is searched. */
  options: { state: OptionsState["kind"] | "none"; items: OptionView[]; truncated: boolean; search: string };
}

type Loaded = { filterId: string; search: string; state: OptionsState } | null;

function itemsOf(
  found: readonly Scalar[],
  chosen: readonly Scalar[],
  search: string,
  language: Language,
): OptionView[] {
  const elsewhere = search === "" ? chosen.filter((value) => found.indexOf(value) < 0) : [];
  const values = [...elsewhere, ...found];
  return values.map((value) => ({
    key: `${typeof value}:${String(value)}`,
    value,
    text: optionText(value, language, { type: typeof value === "boolean" ? "boolean" : "string" }),
    on: chosen.indexOf(value) >= 0,
  }));
}

function optionsView(filter: ReportFilter, chosen: readonly Scalar[], loaded: Loaded, language: Language) {
  if (loaded?.filterId !== filter.id) return { state: "none" as const, items: [], truncated: false, search: "" };
  const { state, search } = loaded;
  if (state.kind !== "ready") return { state: state.kind, items: [], truncated: false, search };
  const items = itemsOf(state.values, chosen, search, language);
  return { state: state.kind, items, truncated: state.truncated, search };
}

function handlingOf({ single, phone }: ReportFilter): Pick<FilterView, "single" | "phone"> {
  return { single: single ?? false, phone: phone ?? "drawer" };
}

/** A filter under a question, with what is known of its options. */
export function filterView(filter: ReportFilter, question: Question, loaded: Loaded, language: Language): FilterView {
  const value = currentValue(filter, question);
  const control = controlOf(filter);
  const preset = value && presetOf(value);
  const { from, to } = rangeOf(value);
  const presets = control === "dateRange" ? presetsOf(filter) : [];
  return {
    id: filter.id,
    label: filter.label,
    control,
    required: filter.required,
    ...handlingOf(filter),
    text: value ? valueText(filter, value, language) : "",
    presets: presets.map((name) => ({ name, text: presetText(name, language), on: name === preset })),
    from: from === null ? "" : String(from),
    to: to === null ? "" : String(to),
    typed: control === "text" ? String(value?.values[0] ?? "") : "",
    options: optionsView(filter, value?.values ?? [], loaded, language),
  };
}
