import { observer } from "mobx-react-lite";
import type { ReportElement } from "../../../core/contract/report/element";
import { useEditing } from "../context";
import { useEditorWords } from "../text";
import { TextField } from "../top-bar";
import { CardButtons } from "./card-buttons";

/** A text card's words. */
export const TextPanel = observer(function TextPanel({
  id,
  element,
}: {
  id: string;
  element: Extract<ReportElement, { type: "text" }>;
}) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const change = (part: Partial<typeof element>): void => editor.change(id, { ...element, ...part }, "text");
  return (
    <section className="panel-part">
      <h2>{words.textTitle}</h2>
      <label className="setting">
        <span>{words.title}</span>
        <TextField label={words.title} max={200} value={element.title} change={(title) => change({ title })} />
      </label>
      <label className="setting">
        <span>{words.text}</span>
        <TextField label={words.text} long max={10_000} value={element.text} change={(text) => change({ text })} />
      </label>
      <CardButtons />
    </section>
  );
});
