import { observer } from "mobx-react-lite";
import { useEditing } from "./context";
import { useEditorWords } from "./text";

/** What somebody must know before they go on: a copy of an earlier visit, what two people changed at once. */
export const Notes = observer(function Notes() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { left, conflicts, spec } = editor;
  const nameOf = (unit: string): string => {
    const [kind, id = ""] = unit.split("/");
    if (kind === "elements") return spec.elements[id]?.title ?? id;
    return (kind === "pages" && spec.pages.find((page) => page.id === id)?.title) || unit;
  };
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
          <span>{words.conflict(nameOf(conflict.unit))}</span>
          <button type="button" className="button" onClick={() => editor.dropConflict(conflict)}>
            {words.understood}
          </button>
        </div>
      ))}
    </>
  );
});
