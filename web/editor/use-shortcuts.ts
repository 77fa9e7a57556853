import { useEffect } from "react";
import type { EditorStore } from "../../client/stores/editor/editor";
import { copyText } from "../clipboard";
import { copiedFrom, copiedText } from "./clipboard-cards";

/** Keys belong to a field while somebody types there, and to a window that is open. */
function elsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog, [role=menu]") !== null;
}

const STEPS: Record<string, [x: number, y: number] | undefined> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function withControl(editor: EditorStore, key: string, shift: boolean): (() => void) | undefined {
  const runs: Record<string, () => void> = {
    z: () => (shift ? editor.redo() : editor.undo()),
    y: () => editor.redo(),
    a: () => editor.select((editor.page?.layout ?? []).map(({ element }) => element)),
    d: () => editor.duplicate(),
  };
  return runs[key];
}

/** Arrow keys follow the focus: they move cards only where a card has it. */
function plain(editor: EditorStore, event: KeyboardEvent): (() => void) | undefined {
  const onCard = event.target instanceof HTMLElement && event.target.matches(".frame-grab");
  const step = onCard ? STEPS[event.key] : undefined;
  if (step) return () => (event.shiftKey ? editor.resizeBy(...step) : editor.nudge(...step));
  if (event.key === "Delete" || event.key === "Backspace") return () => editor.remove();
  return event.key === "Escape" ? () => editor.select([]) : undefined;
}

/** The editor's keys: undo and redo, choosing all, duplicating, moving, resizing and removing cards, copying and pasting. */
export function useShortcuts(editor: EditorStore): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (elsewhere(event.target)) return;
      const control = event.ctrlKey || event.metaKey;
      const run = control ? withControl(editor, event.key.toLowerCase(), event.shiftKey) : plain(editor, event);
      if (!run) return;
      event.preventDefault();
      run();
    };
    const copy = (event: ClipboardEvent): void => {
      const copied = elsewhere(event.target) ? null : editor.copied();
      if (!copied || getSelection()?.toString()) return;
      event.preventDefault();
      if (event.clipboardData) event.clipboardData.setData("text/plain", copiedText(copied));
      else void copyText(copiedText(copied));
      if (event.type === "cut") editor.remove();
    };
    const paste = (event: ClipboardEvent): void => {
      if (elsewhere(event.target)) return;
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      void copiedFrom(text).then((copied) => editor.paste(copied));
    };
    addEventListener("keydown", press);
    addEventListener("copy", copy);
    addEventListener("cut", copy);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("keydown", press);
      removeEventListener("copy", copy);
      removeEventListener("cut", copy);
      removeEventListener("paste", paste);
    };
  }, [editor]);
}
