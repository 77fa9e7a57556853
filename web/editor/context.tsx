import { createContext, useContext } from "react";
import type { DatasetShelf } from "../../client/stores/editor/datasets";
import type { EditorStore } from "../../client/stores/editor/editor";

/** What the parts of one open editor share. */
export interface Editing {
  editor: EditorStore;
  datasets: DatasetShelf;
  /** Says something for a moment, on screen and to screen readers. */
  announce: (text: string) => void;
}

const EditingContext = createContext<Editing | null>(null);
export const EditingProvider = EditingContext.Provider;

/** The editor around the calling component. */
export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error("useEditing outside of EditingProvider");
  return editing;
}
