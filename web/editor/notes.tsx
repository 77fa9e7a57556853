import { observer } from "mobx-react-lite";
import type { DraftConflict } from "../../client/api/draft";
import { useEditing } from "./context";
import { useCanvasWords, useEditorWords } from "./text";

/** What a unit is called: the thing that it belongs to and, where it is one of its parts, which. */
function useUnitName(): (unit: string) => string {
  const { editor } = useEditing();
  const words = useCanvasWords();
  const editorWords = useEditorWords();
  const cardName = (id: string): string => editor.spec.elements[id]?.title || id;
  const pageName = (id: string): string => {
    const at = editor.spec.pages.findIndex((page) => page.id === id);
    return editor.spec.pages[at]?.title || editorWords.pageName(at + 1);
  };
  return (unit) => {
    const [room = "", id = "", part = "", last = ""] = unit.split("/");
    const rooms: Partial<Record<string, () => string>> = {
      elements: () => cardName(id),
      filters: () => editor.spec.filters.find((filter) => filter.id === id)?.label ?? id,
      pages: () => (last ? cardName(last) : pageName(id)),
    };
    const thing = id === "" ? undefined : rooms[room]?.();
    if (thing === undefined) return words.units[room] ?? room;
    return part ? `${thing} · ${words.units[part] ?? part}` : thing;
  };
}

/** A text that both sides wrote differently, to be compared at a glance; other things are named by the note alone. */
function Values({ mine, theirs }: { mine: unknown; theirs: unknown }) {
  const words = useCanvasWords();
  if (typeof mine !== "string" && typeof theirs !== "string") return null;
  const shown = (value: unknown): string => (typeof value === "string" ? value.slice(0, 100) : "–");
  return (
    <small>
      {words.theirs(shown(theirs))} {words.mine(shown(mine))}
    </small>
  );
}

const ConflictNote = observer(function ConflictNote({ conflict }: { conflict: DraftConflict }) {
  const { editor } = useEditing();
  const words = useCanvasWords();
  const editorWords = useEditorWords();
  const nameOf = useUnitName();
  const name = nameOf(conflict.unit);
  const drop = (): void => editor.dropConflict(conflict);
  if (conflict.kind === "both")
    return (
      <>
        <span>
          {editorWords.conflict(name)} <Values mine={conflict.mine} theirs={conflict.theirs} />
        </span>
        <button type="button" className="button" onClick={() => editor.takeMine(conflict)}>
          {words.takeMine}
        </button>
        <button type="button" className="button" onClick={drop}>
          {words.keepTheirs}
        </button>
      </>
    );
  const text =
    conflict.kind === "renamed" ? words.renamed(nameOf(`elements/${conflict.to}`)) : words[conflict.kind](name);
  return (
    <>
      <span>{text}</span>
      <button type="button" className="button" onClick={drop}>
        {editorWords.understood}
      </button>
    </>
  );
});

/** What somebody must know before they go on: a copy of an earlier visit, what two people changed at once. */
export const Notes = observer(function Notes() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { left, conflicts } = editor;
  return (
    <>
      {left && (
        <div className="warning editor-note" role="alert">
          <span>{words.leftCopy}</span>
          <button type="button" className="button" onClick={() => editor.takeCopy()}>
            {words.takeCopy}
          </button>
          <button type="button" className="button" onClick={() => editor.dropCopy()}>
            {words.dropCopy}
          </button>
        </div>
      )}
      {conflicts.map((conflict, index) => (
        <div key={`${conflict.unit}/${index}`} className="warning editor-note" role="alert">
          <ConflictNote conflict={conflict} />
        </div>
      ))}
    </>
  );
});
