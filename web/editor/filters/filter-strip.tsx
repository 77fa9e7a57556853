import { observer } from "mobx-react-lite";
import { useEffect, useState, type DragEvent, type KeyboardEvent } from "react";
import { addFilter, datasetsOf, MOST_FILTERS, moveFilter, removeFilter } from "../../../client/stores/editor/filters";
import type { DatasetField } from "../../../core/contract/dataset/edit";
import type { ReportFilter } from "../../../core/contract/report/report";
import { valueText } from "../../../core/report/question/filter-text";
import { useApp } from "../../app-context";
import { Icon } from "../../components/icon";
import { Popover } from "../../components/popover";
import { useEditing } from "../context";
import { Choice } from "../panel/choice";
import { useEditorWords, useFilterWords } from "../text";

const DRAGGED = "application/x-dingboard-filter";

/** One filter as readers see it; a press opens its settings. */
const FilterChip = observer(function FilterChip({ filter, index }: { filter: ReportFilter; index: number }) {
  const { editor } = useEditing();
  const { language } = useApp();
  const words = useFilterWords();
  const move = (id: string, by: number): void => editor.run((spec) => moveFilter(spec, id, by));
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.altKey) move(filter.id, step);
    else if (event.key === "Delete") {
      editor.openFilter(null);
      editor.run((spec) => removeFilter(spec, filter.id));
    } else return;
    event.preventDefault();
    event.stopPropagation(); // the same keys mean cards elsewhere
  };
  const drop = (event: DragEvent): void => {
    const id = event.dataTransfer?.getData(DRAGGED);
    const from = editor.spec.filters.findIndex((each) => each.id === id);
    if (!id || from < 0) return;
    event.preventDefault();
    move(id, index - from);
  };
  const value = filter.default && valueText(filter, filter.default, language.current);
  return (
    <button
      type="button"
      className="button filter"
      draggable
      aria-describedby="filter-keys"
      aria-pressed={editor.filterId === filter.id}
      onClick={() => editor.openFilter(filter.id)}
      onKeyDown={press}
      onDragStart={(event) => event.dataTransfer?.setData(DRAGGED, filter.id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <span className="filter-label">{filter.label}</span>
      <span className="filter-value">{value || words.all}</span>
      {filter.required && <span aria-hidden="true">*</span>}
    </button>
  );
});

const NewFilter = observer(function NewFilter({ close }: { close: () => void }) {
  const { editor, datasets } = useEditing();
  const words = useFilterWords();
  const editorWords = useEditorWords();
  const names = datasetsOf(editor.spec);
  const [chosen, choose] = useState(names[0] ?? "");
  useEffect(() => {
    for (const name of datasetsOf(editor.spec)) void datasets.load(name);
  }, [editor, datasets]);
  const fields = datasets.fields(chosen).filter(({ role }) => role === "dimension");
  const add = (field: DatasetField): void => {
    const others = new Map(names.map((name) => [name, datasets.fields(name)]));
    const added = addFilter(editor.spec, { dataset: chosen, field, others });
    editor.run(() => added.spec);
    close();
    editor.openFilter(added.id);
  };
  const labelOf = (name: string): string => {
    const found = datasets.find(name);
    return found?.state === "ready" ? found.dataset.label : name;
  };
  return (
    <>
      <p className="quiet-note">{words.addHint}</p>
      {names.length > 1 && (
        <Choice
          label={editorWords.dataset}
          value={chosen}
          options={names.map((name) => [name, labelOf(name)])}
          choose={choose}
        />
      )}
      <div className="filter-fields">
        {fields.map((field) => (
          <button key={field.name} type="button" className="field-button" onClick={() => add(field)}>
            <span className="field-name">{field.label}</span>
          </button>
        ))}
        {datasets.find(chosen)?.state === "loading" && <p className="quiet-note">{editorWords.loadingFields}</p>}
      </div>
    </>
  );
});

/** The report's filters in their order, above its cards as readers have them. */
export const FilterStrip = observer(function FilterStrip() {
  const { editor } = useEditing();
  const words = useFilterWords();
  const { filters } = editor.spec;
  if (filters.length === 0 && datasetsOf(editor.spec).length === 0) return null;
  return (
    <div className="filters editor-filters" role="group" aria-label={words.filters}>
      <span className="unseen" id="filter-keys">
        {words.keys}
      </span>
      {filters.map((filter, index) => (
        <FilterChip key={filter.id} filter={filter} index={index} />
      ))}
      {filters.length < MOST_FILTERS && datasetsOf(editor.spec).length > 0 && (
        <Popover
          label={words.add}
          className="button button-plain"
          button={
            <>
              <Icon name="filter" size={16} /> {words.add}
            </>
          }
        >
          {(close) => <NewFilter close={close} />}
        </Popover>
      )}
    </div>
  );
});
