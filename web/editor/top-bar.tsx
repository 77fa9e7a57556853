import { observer } from "mobx-react-lite";
import { useEffect, useState } from "react";
import { setHead } from "../../client/stores/editor/commands";
import { errorText } from "../../client/text/text";
import { useApp } from "../app-context";
import { Icon } from "../components/icon";
import { Popover } from "../components/popover";
import { Link } from "../router";
import { useEditing } from "./context";
import { useEditorWords } from "./text";

/** A field that tells its value as it is typed, and keeps what is typed when it means nothing yet. */
export function TextField({
  label,
  value,
  className = "field",
  max,
  long = false,
  change,
}: {
  label: string;
  value: string;
  className?: string;
  max: number;
  /** Several lines. */
  long?: boolean;
  change: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(null), [value]);
  const props = {
    className,
    "aria-label": label,
    maxLength: max,
    value: typed ?? value,
    onInput: (event: { currentTarget: { value: string } }) => {
      setTyped(event.currentTarget.value);
      change(event.currentTarget.value);
    },
    onBlur: () => setTyped(null),
  };
  return long ? <textarea rows={5} {...props} /> : <input {...props} />;
}

const SaveState = observer(function SaveState() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { state, isDraft, revision } = editor.sync;
  const published = revision === 0 ? words.never : isDraft ? words.changedSince : words.published(revision);
  return (
    <p className={`save-state save-${state}`} role="status">
      <span>{words.save[state]}</span> · <span>{published}</span>
    </p>
  );
});

const Publish = observer(function Publish() {
  const { editor } = useEditing();
  const { texts } = useApp();
  const words = useEditorWords();
  const [note, setNote] = useState("");
  const { isDraft, state, revision } = editor.sync;
  const nothing = !isDraft && state === "saved" && revision > 0;
  return (
    <Popover label={words.publish} className="button button-primary" button={words.publish}>
      {(close) => (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void editor.publish(note).then((done) => {
              if (!done) return;
              setNote("");
              close();
            });
          }}
        >
          <p className="quiet-note">{nothing ? words.nothingToPublish : words.publishHint}</p>
          <input
            className="field"
            aria-label={words.note}
            placeholder={words.note}
            maxLength={500}
            value={note}
            onInput={(event) => setNote(event.currentTarget.value)}
          />
          {editor.error && (
            <p className="form-told" role="alert">
              {errorText(texts, editor.error).title} {errorText(texts, editor.error).advice}
            </p>
          )}
          <div className="popover-foot">
            <button type="submit" className="button button-primary" disabled={nothing} aria-busy={editor.publishing}>
              {words.publish}
            </button>
          </div>
        </form>
      )}
    </Popover>
  );
});

const Discard = observer(function Discard() {
  const { editor } = useEditing();
  const words = useEditorWords();
  const { isDraft, revision } = editor.sync;
  if (!isDraft || revision === 0) return null;
  return (
    <Popover label={words.discard} className="button button-plain" button={words.discard}>
      {(close) => (
        <>
          <p className="quiet-note">{words.discardAsk}</p>
          <div className="popover-foot">
            <button type="button" className="button" onClick={close}>
              {words.keepDraft}
            </button>
            <button type="button" className="button" onClick={() => void editor.discard().then(close)}>
              {words.discard}
            </button>
          </div>
        </>
      )}
    </Popover>
  );
});

/** The report's name, how its draft stands, and what concerns the whole of it. */
export const TopBar = observer(function TopBar({ phone, togglePhone }: { phone: boolean; togglePhone: () => void }) {
  const { editor } = useEditing();
  const words = useEditorWords();
  const names = [...new Set(editor.people.map(({ user }) => user.name))];
  return (
    <header className="editor-bar">
      <Link
        href={editor.sync.revision > 0 ? `/r/${encodeURIComponent(editor.draft.id)}` : "/"}
        className="button button-icon"
        aria-label={words.read}
        title={words.read}
      >
        <Icon name="back" />
      </Link>
      <h1 className="unseen">{words.editing}</h1>
      <TextField
        label={words.reportTitle}
        className="field editor-title"
        max={200}
        value={editor.spec.title}
        change={(title) => editor.run((spec) => setHead(spec, { title }), "title")}
      />
      <SaveState />
      <span className="bar-space" />
      {names.length > 0 && <span className="quiet-note">{words.here(names)}</span>}
      <button
        type="button"
        className="button button-icon"
        aria-label={words.undo}
        title={words.undo}
        disabled={!editor.canUndo}
        onClick={() => editor.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={words.redo}
        title={words.redo}
        disabled={!editor.canRedo}
        onClick={() => editor.redo()}
      >
        <Icon name="redo" />
      </button>
      <button type="button" className="button" aria-pressed={phone} onClick={togglePhone}>
        {words.phone}
      </button>
      <Discard />
      <Publish />
    </header>
  );
});
