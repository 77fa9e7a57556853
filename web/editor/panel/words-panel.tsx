import { observer } from "mobx-react-lite";
import { useState } from "react";
import type { AskingElement, ReportElement } from "../../../core/contract/report/element";
import { LINK_ADDRESS } from "../../../core/contract/report/link-address";
import { useEditing } from "../context";
import { useCanvasWords, useEditorWords } from "../text";
import { CardButtons } from "./card-buttons";
import { TextSetting, Tick } from "./choice";

type Wordless = Exclude<ReportElement, AskingElement>;
type LinkElement = Extract<Wordless, { type: "link" }>;

/** An address is kept once it is one. */
const Address = observer(function Address({ id, element }: { id: string; element: LinkElement }) {
  const { editor } = useEditing();
  const words = useCanvasWords();
  const [typed, setTyped] = useState(element.url);
  const bad = !LINK_ADDRESS.test(typed);
  return (
    <label className="setting">
      <span>{words.address}</span>
      <input
        type="url"
        className="field"
        maxLength={2_000}
        value={typed}
        aria-invalid={bad}
        aria-describedby={bad ? "address-fault" : undefined}
        onInput={(event) => {
          const url = event.currentTarget.value.trim();
          setTyped(url);
          if (LINK_ADDRESS.test(url)) editor.change(id, { ...element, url }, "url");
        }}
      />
      {bad && <span id="address-fault">{words.addressFault}</span>}
    </label>
  );
});

/** What an element that asks no data says. */
export const WordsPanel = observer(function WordsPanel({ id, element }: { id: string; element: Wordless }) {
  const { editor } = useEditing();
  const words = useCanvasWords();
  const editorWords = useEditorWords();
  const change = (next: Wordless): void => editor.change(id, next, "words");
  return (
    <section className="panel-part">
      <h2>{words.kinds[element.type]}</h2>
      <TextSetting
        label={editorWords.title}
        max={200}
        value={element.title}
        change={(title) => change({ ...element, title })}
      />
      {element.type === "text" && (
        <TextSetting
          label={editorWords.text}
          long
          max={10_000}
          value={element.text}
          change={(text) => change({ ...element, text })}
        >
          <span>{words.markdown}</span>
        </TextSetting>
      )}
      {element.type === "link" && (
        <>
          <TextSetting
            label={editorWords.description}
            max={1_000}
            value={element.description ?? ""}
            change={(description) => change({ ...element, description })}
          />
          <Address id={id} element={element} />
        </>
      )}
      {element.type === "section" && (
        <>
          <p className="quiet-note">{words.sectionHint}</p>
          <Tick on={element.folded ?? false} change={(folded) => change({ ...element, folded })}>
            {words.folded}
          </Tick>
        </>
      )}
      <CardButtons />
    </section>
  );
});
