import { observer } from "mobx-react-lite";
import { alignItems, distributeItems, moveItems, type Place } from "../../../core/report/layout/grid";
import { useEditing } from "../context";
import { FilterPanel } from "../filters/filter-panel";
import { useCanvasWords, useEditorWords, useFilterWords } from "../text";
import { CardPanel } from "./card-panel";
import { ReportPanel } from "./report-panel";
import { WordsPanel } from "./words-panel";

/** What several chosen cards can be told together. */
const Several = observer(function Several() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const names = { ...words.align, ...useCanvasWords().align };
  const layout = editor.page?.layout ?? [];
  const chosen = layout.filter(({ element }) => editor.selected.has(element));
  const place = (places: Map<string, Place>): void => editor.arrange(moveItems(layout, places));
  return (
    <section className="panel-part">
      <h2>{words.chosen(editor.selected.size)}</h2>
      <div className="panel-buttons">
        {(["left", "centre", "right", "top", "bottom"] as const).map((edge) => (
          <button key={edge} type="button" className="button" onClick={() => place(alignItems(chosen, edge))}>
            {names[edge]}
          </button>
        ))}
        {(["x", "y"] as const).map((axis) => (
          <button
            key={axis}
            type="button"
            className="button"
            disabled={chosen.length < 3}
            onClick={() => place(distributeItems(chosen, axis))}
          >
            {axis === "x" ? names.distribute : names.distributeDown}
          </button>
        ))}
        <button type="button" className="button" onClick={() => editor.duplicate()}>
          {words.duplicate}
        </button>
        <button type="button" className="button" onClick={() => editor.remove()}>
          {words.remove}
        </button>
      </div>
    </section>
  );
});

/** The settings of what is chosen: a card, several, or the report itself. */
export const Panel = observer(function Panel() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const filterWords = useFilterWords();
  const { open, selected } = editor;
  const filter = editor.spec.filters.find(({ id }) => id === editor.filterId);
  if (filter)
    return (
      <aside className="panel" aria-label={filterWords.settings}>
        <FilterPanel key={filter.id} filter={filter} />
      </aside>
    );
  if (open && "query" in open.element) return <CardPanel key={open.id} id={open.id} element={open.element} />;
  return (
    <aside className="panel" aria-label={open ? words.settings : words.report}>
      {open && !("query" in open.element) && <WordsPanel key={open.id} id={open.id} element={open.element} />}
      {!open && selected.size > 1 && <Several />}
      {selected.size === 0 && <ReportPanel />}
    </aside>
  );
});
