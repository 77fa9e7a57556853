import type { CardElement } from "../../../client/stores/editor/look";
import type { Put } from "../../../client/stores/editor/wells";
import { useEditing } from "../context";
import { useEditorWords } from "../text";

export interface CardProps {
  id: string;
  element: CardElement;
}

/** Takes what came of moving a field: another element, or the reason why not, which is said. */
export function usePut({ id, element }: CardProps): (put: Put, field: string) => void {
  const { editor, datasets, announce } = useEditing();
  const words = useEditorWords();
  return (put, field) => {
    if ("element" in put) return editor.change(id, put.element);
    announce(words.refused[put.refused](datasets.labelOf(element.query.dataset, field)));
  };
}
