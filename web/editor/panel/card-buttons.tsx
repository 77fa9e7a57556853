import { observer } from "mobx-react-lite";
import { useEditing } from "../context";
import { useEditorWords } from "../text";

/** What can be done with the chosen card as a whole. */
export const CardButtons = observer(function CardButtons() {
  const { editor } = useEditing();
  const words = useEditorWords();
  return (
    <div className="panel-buttons">
      <button type="button" className="button" onClick={() => editor.duplicate()}>
        {words.duplicate}
      </button>
      <button type="button" className="button" onClick={() => editor.remove()}>
        {words.remove}
      </button>
    </div>
  );
});
