import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { previewDataset } from "../../../client/api/dataset";
import { withDefault } from "../../../client/stores/editor/filters";
import type { Scalar } from "../../../core/contract/report/query";
import type { FilterValue } from "../../../core/contract/report/question";
import type { Preset, ReportFilter } from "../../../core/contract/report/report";
import { typedNumber } from "../../../core/report/digits";
import { controlOf, presetOf, PRESETS, presetsOf, rangeOf, rangeValue } from "../../../core/report/question/filter";
import { optionText, presetText } from "../../../core/report/question/filter-text";
import { useApp } from "../../app-context";
import { useEditing } from "../context";
import { Choice, TextSetting, Tick } from "../panel/choice";
import { useFilterWords } from "../text";

interface DefaultProps {
  filter: ReportFilter;
  change: (filter: ReportFilter) => void;
}

const MOST_VALUES = 50;

/** The first values of a filter's field, as the person who edits may see them; null before they are known. */
function useValues({ dataset, field }: ReportFilter): Scalar[] | null {
  const { call } = useApp();
  const { datasets } = useEditing();
  const [values, setValues] = useState<Scalar[] | null>(null);
  const measure = datasets.fields(dataset).find(({ role }) => role === "measure")?.name;
  useEffect(() => {
    let gone = false;
    const put = (found: Scalar[]): void => void (gone || setValues(found));
    if (measure === undefined) return undefined;
    const body = { dimensions: [{ field }], measures: [measure], limit: MOST_VALUES };
    previewDataset(call, dataset, body).then(
      (data) => put(data.values[0] ?? []),
      () => put([]),
    );
    return () => {
      gone = true;
    };
  }, [call, dataset, field, measure]);
  return values;
}

/** Values to tick; what is chosen and not among the listed ones stays to be unticked. */
const ChosenValues = observer(function ChosenValues({ filter, change }: DefaultProps) {
  const { language } = useApp();
  const words = useFilterWords();
  const [search, setSearch] = useState("");
  const found = useValues(filter);
  const chosen = filter.default?.values ?? [];
  const listed = [...new Set([...chosen, ...(found ?? [])])];
  const textOf = (value: Scalar): string =>
    optionText(value, language.current, { type: typeof value === "boolean" ? "boolean" : "string" });
  const shown = listed.filter((value) => textOf(value).toLowerCase().includes(search.trim().toLowerCase()));
  const toggle = (value: Scalar, on: boolean): void => {
    const others = filter.single ? [] : chosen.filter((each) => each !== value);
    const values = on ? [...others, value] : others;
    change(withDefault(filter, values.length > 0 ? { operator: filter.operator, values } : null));
  };
  return (
    <fieldset className="setting-group">
      <legend>{words.values}</legend>
      {listed.length > 8 && (
        <input
          type="search"
          className="field"
          aria-label={words.searchValues}
          placeholder={words.searchValues}
          onInput={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className="filter-values" aria-busy={found === null}>
        {shown.map((value) => (
          <Tick key={`${typeof value}:${String(value)}`} on={chosen.includes(value)} change={(on) => toggle(value, on)}>
            {textOf(value)}
          </Tick>
        ))}
      </div>
      {found?.length === 0 && <p className="quiet-note">{words.noValues}</p>}
      {found?.length === MOST_VALUES && <p className="quiet-note">{words.moreValues}</p>}
    </fieldset>
  );
});

/** Two ends; either of them may stay open. */
const Ends = observer(function Ends({ filter, change }: DefaultProps) {
  const words = useFilterWords();
  const dates = controlOf(filter) === "dateRange";
  const { from, to } = rangeOf(filter.default ?? null);
  const set = (side: "from" | "to", text: string): void => {
    const typed = dates ? text || null : typedNumber(text);
    const ends = { from, to, [side]: typed };
    change(withDefault(filter, rangeValue(ends.from, ends.to)));
  };
  return (
    <div className="ends">
      {(["from", "to"] as const).map((side) => (
        <label key={side} className="setting">
          <span>{words[side]}</span>
          <input
            type={dates ? "date" : "number"}
            {...(dates ? {} : { step: "any" })}
            className="field"
            value={String({ from, to }[side] ?? "")}
            onChange={(event) => set(side, event.currentTarget.value)}
          />
        </label>
      ))}
    </div>
  );
});

type Kind = Preset | "none" | "days" | "past";
const UNITS = ["days", "weeks", "months", "quarters", "years"] as const;
const LAST_WEEKS: FilterValue = { operator: "inThePast", values: [2], unit: "weeks", completed: false };

function kindOf(value: FilterValue | undefined): Kind {
  if (!value) return "none";
  return presetOf(value) ?? (value.operator === "inThePast" ? "past" : "days");
}

/** So many units before today, or before the data's last day as the dataset says. */
const Past = observer(function Past({ filter, change }: DefaultProps) {
  const words = useFilterWords();
  const value = filter.default ?? LAST_WEEKS;
  const set = (part: Partial<FilterValue>): void => change(withDefault(filter, { ...value, ...part }));
  return (
    <>
      <div className="ends">
        <label className="setting">
          <span>{words.count}</span>
          <input
            type="number"
            className="field"
            min={1}
            max={1_000}
            value={String(value.values[0] ?? 1)}
            onChange={(event) => {
              const count = Math.round(Number(event.currentTarget.value));
              if (count >= 1 && count <= 1_000) set({ values: [count] });
            }}
          />
        </label>
        <Choice
          label={words.unit}
          value={value.unit ?? "days"}
          options={UNITS.map((unit) => [unit, words.units[unit]])}
          choose={(unit) => set({ unit })}
        />
      </div>
      <Tick on={value.completed ?? false} change={(completed) => set({ completed })}>
        {words.completed}
      </Tick>
    </>
  );
});

const Dates = observer(function Dates({ filter, change }: DefaultProps) {
  const { language } = useApp();
  const words = useFilterWords();
  // "The last two weeks" is also what a person sees who is about to write fixed days.
  const [kind, setKind] = useState<Kind>(kindOf(filter.default));
  const choose = (next: Kind): void => {
    setKind(next);
    if (next === "past") change(withDefault(filter, LAST_WEEKS));
    else if (next === "none" || next === "days") change(withDefault(filter, null));
    else change(withDefault(filter, PRESETS[next]));
  };
  const shown = kindOf(filter.default) === "none" && kind === "days" ? "days" : kindOf(filter.default);
  const presets = presetsOf(filter).map((preset): [Kind, string] => [preset, presetText(preset, language.current)]);
  return (
    <>
      <Choice
        label={words.initial}
        value={shown}
        options={[["none", words.initialNone], ...presets, ["past", words.initialPast], ["days", words.initialDays]]}
        choose={choose}
      />
      {shown === "past" && <Past filter={filter} change={change} />}
      {shown === "days" && <Ends filter={filter} change={change} />}
    </>
  );
});

/** What a filter asks before anybody has chosen anything. */
export const DefaultValue = observer(function DefaultValue({ filter, change }: DefaultProps) {
  const words = useFilterWords();
  const control = controlOf(filter);
  if (control === "select") return <ChosenValues filter={filter} change={change} />;
  if (control === "dateRange") return <Dates filter={filter} change={change} />;
  if (control === "numberRange")
    return (
      <fieldset className="setting-group">
        <legend>{words.initial}</legend>
        <Ends filter={filter} change={change} />
      </fieldset>
    );
  const write = (text: string): void =>
    change(withDefault(filter, text.trim() ? { operator: filter.operator, values: [text.trim()] } : null));
  return <TextSetting label={words.value} max={200} value={String(filter.default?.values[0] ?? "")} change={write} />;
});
