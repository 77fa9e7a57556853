import { observer } from "mobx-react-lite";
import { useEffect } from "react";
import {
  controlsOf,
  datasetsOf,
  moveFilter,
  operatorsOf,
  parentsFor,
  removeFilter,
  setFilter,
  withControl,
  withOperator,
  withSingle,
} from "../../../client/stores/editor/filters";
import type { ReportFilter } from "../../../core/contract/report/report";
import { controlOf, PRESETS, presetsOf } from "../../../core/report/question/filter";
import { presetText } from "../../../core/report/question/filter-text";
import type { Preset } from "../../../core/contract/report/report";
import { useApp } from "../../app-context";
import { copyText } from "../../clipboard";
import { reportLink } from "../../links";
import { useEditing } from "../context";
import { Choice, TextSetting, Tick } from "../panel/choice";
import { useFilterWords } from "../text";
import { DefaultValue } from "./default-value";
import { Reach } from "./reach";

interface PartProps {
  filter: ReportFilter;
  change: (filter: ReportFilter) => void;
}

const Presets = observer(function Presets({ filter, change }: PartProps) {
  const { language } = useApp();
  const words = useFilterWords();
  const offered = presetsOf(filter);
  const all = Object.keys(PRESETS) as Preset[];
  const toggle = (preset: Preset, on: boolean): void => {
    const next = all.filter((each) => (each === preset ? on : offered.includes(each)));
    const { presets: _presets, ...rest } = filter;
    if (next.length > 0) change(next.length === all.length ? rest : { ...rest, presets: next });
  };
  return (
    <fieldset className="setting-group preset-ticks">
      <legend>{words.presets}</legend>
      {all.map((preset) => (
        <Tick key={preset} on={offered.includes(preset)} change={(on) => toggle(preset, on)}>
          {presetText(preset, language.current)}
        </Tick>
      ))}
    </fieldset>
  );
});

/** How a filter is handled: its control, how it matches, whether it must be given. */
const Handling = observer(function Handling({ filter, change }: PartProps) {
  const { datasets } = useEditing();
  const words = useFilterWords();
  const control = controlOf(filter);
  const field = datasets.fields(filter.dataset).find(({ name }) => name === filter.field);
  const controls = field ? controlsOf(field.type) : [control];
  const operators = operatorsOf(control);
  return (
    <section className="panel-part">
      {controls.length > 1 && (
        <Choice
          label={words.control}
          value={control}
          options={controls.map((each) => [each, words.controls[each]])}
          choose={(next) => change(withControl(filter, next))}
        />
      )}
      {operators.length > 1 && (
        <Choice
          label={words.operator}
          value={filter.operator}
          options={operators.map((each) => [each, words.operators[each] ?? each])}
          choose={(next) => change(withOperator(filter, next))}
        />
      )}
      {control === "select" && (
        <Tick on={filter.single ?? false} change={(single) => change(withSingle(filter, single))}>
          {words.single}
        </Tick>
      )}
      <Tick on={filter.required} change={(required) => change({ ...filter, required })}>
        {words.required}
      </Tick>
      {filter.required && !filter.default && <p className="quiet-note">{words.requiredHint}</p>}
      <DefaultValue key={control} filter={filter} change={change} />
      {control === "dateRange" && <Presets filter={filter} change={change} />}
    </section>
  );
});

/** What stands above it, where phones show it, and what it is called in links. */
const Around = observer(function Around({ filter, change }: PartProps) {
  const { editor, announce } = useEditing();
  const { session } = useApp();
  const words = useFilterWords();
  const parents = parentsFor(editor.spec, filter);
  const { parent, phone, ...rest } = filter;
  const place = { ...(phone === undefined ? {} : { phone }) };
  const above = { ...(parent === undefined ? {} : { parent }) };
  const parameter = `filter.${filter.id}=`;
  const copy = async (): Promise<void> => {
    const link = reportLink(editor.draft.id, session);
    link.searchParams.set(`filter.${filter.id}`, "");
    announce((await copyText(link.href)) ? words.copied : words.notCopied);
  };
  return (
    <section className="panel-part">
      {parents.length > 0 && (
        <>
          <Choice
            label={words.parent}
            value={parent ?? ""}
            options={[["", words.noParent], ...parents.map(({ id, label }): [string, string] => [id, label])]}
            choose={(id) => change({ ...rest, ...place, ...(id ? { parent: id } : {}) })}
          />
          {parent && <p className="quiet-note">{words.parentHint}</p>}
        </>
      )}
      <Choice
        label={words.phone}
        value={phone ?? "drawer"}
        options={(["page", "drawer", "none"] as const).map((each) => [each, words.phones[each]])}
        choose={(next) => change({ ...rest, ...above, ...(next === "drawer" ? {} : { phone: next }) })}
      />
      <p className="quiet-note">
        {words.link}: <code>{parameter}…</code>
        <br />
        {words.linkHint}
      </p>
      <button type="button" className="button" onClick={() => void copy()}>
        {words.copyLink}
      </button>
    </section>
  );
});

/** One filter's settings. */
export const FilterPanel = observer(function FilterPanel({ filter }: { filter: ReportFilter }) {
  const { editor, datasets } = useEditing();
  const words = useFilterWords();
  useEffect(() => {
    for (const name of new Set([filter.dataset, ...datasetsOf(editor.spec)])) void datasets.load(name);
  }, [editor, datasets, filter.dataset]);
  const change = (next: ReportFilter): void => editor.run((spec) => setFilter(spec, next), `filter/${filter.id}`);
  const move = (by: number): void => editor.run((spec) => moveFilter(spec, filter.id, by));
  const remove = (): void => {
    editor.openFilter(null);
    editor.run((spec) => removeFilter(spec, filter.id));
  };
  const found = datasets.find(filter.dataset);
  const where = found?.state === "ready" ? found.dataset.label : filter.dataset;
  return (
    <>
      <section className="panel-part">
        <h2>{words.settings}</h2>
        <TextSetting
          label={words.label}
          max={100}
          value={filter.label}
          change={(label) => change({ ...filter, label })}
        />
        <p className="quiet-note">
          {words.field}: {datasets.labelOf(filter.dataset, filter.field)} · {where}
        </p>
      </section>
      <Handling filter={filter} change={change} />
      <Reach filter={filter} change={change} />
      <Around filter={filter} change={change} />
      <section className="panel-part panel-buttons">
        <button type="button" className="button" onClick={() => move(-1)}>
          {words.earlier}
        </button>
        <button type="button" className="button" onClick={() => move(1)}>
          {words.later}
        </button>
        <button type="button" className="button" onClick={remove}>
          {words.remove}
        </button>
      </section>
    </>
  );
});
