import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Our colours, which the page's theme decides. */
const LOOK: Extension = [
  EditorView.theme({
    "&": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: "8px" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
    ".cm-scroller": { fontFamily: "ui-monospace, Menlo, Consolas, monospace", fontSize: "13px", lineHeight: "1.55" },
    ".cm-gutters": { backgroundColor: "var(--stripe)", color: "var(--quiet)", borderRight: "1px solid var(--line)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "var(--accent-soft) !important",
    },
    ".cm-diagnostic": { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
    ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)" },
    // What differs is read in the colour of the text: on red and green no other has contrast enough.
    ".cm-deletedChunk, .cm-deletedChunk *, .cm-changedLine, .cm-changedLine *": { color: "var(--ink) !important" },
    ".cm-deletedChunk": { backgroundColor: "color-mix(in srgb, var(--bad) 12%, transparent)" },
    ".cm-changedLine": { backgroundColor: "color-mix(in srgb, var(--good) 12%, transparent) !important" },
    ".cm-deletedText, .cm-deletedLine del": { textDecoration: "none" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: "var(--accent)" },
      { tag: tags.string, color: "var(--good)" },
      { tag: [tags.number, tags.bool, tags.null], color: "var(--warning)" },
    ]),
  ),
];

/** A place in the text with something to say about it. */
export interface Mark {
  line: number;
  column: number;
  severity: "error" | "warning";
  text: string;
}

export interface Code {
  /** Replaces the text where it is another one. */
  setText(text: string): void;
  mark(marks: readonly Mark[]): void;
  /** Puts the cursor there and shows it. */
  goTo(line: number, column: number): void;
  close(): void;
}

/** An editor for JSON with line numbers; problems stand at their lines. */
export function openCode(
  parent: HTMLElement,
  { text, label, changed }: { text: string; label: string; changed: (text: string) => void },
): Code {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        history(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        json(),
        LOOK,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  const offsetOf = (line: number, column: number): number => {
    const { doc } = view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return Math.min(at.from + column - 1, at.to);
  };
  return {
    setText: (next) => {
      if (next !== view.state.doc.toString()) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      }
    },
    mark: (marks) => {
      const diagnostics = marks.map(({ line, column, severity, text: message }): Diagnostic => {
        const from = offsetOf(line, column);
        return { from, to: Math.max(from, view.state.doc.lineAt(from).to), severity, message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo: (line, column) => {
      view.dispatch({
        selection: { anchor: offsetOf(line, column) },
        effects: EditorView.scrollIntoView(offsetOf(line, column), { y: "center" }),
      });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

/** Shows how one text differs from another, unchanged parts folded; `folded` says so, `$` being how many lines. */
export function openDifference(
  parent: HTMLElement,
  { before, after, label, folded }: { before: string; after: string; label: string; folded: string },
): { close(): void } {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: after,
      extensions: [
        lineNumbers(),
        json(),
        LOOK,
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorState.phrases.of({ "$ unchanged lines": folded }),
        EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true", tabindex: "0" }),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 3, minSize: 6 } }),
      ],
    }),
  });
  return { close: () => view.destroy() };
}
