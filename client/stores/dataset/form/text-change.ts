import { applyEdits, modify, type JSONPath } from "jsonc-parser";

/** Our documents are indented by two spaces. */
const LOOK = { formattingOptions: { insertSpaces: true, tabSize: 2, eol: "\n" } };

/** The text with another value at a place, which is made where it is missing; `undefined` takes the place away. All else stays as it is written. */
export function withValue(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, LOOK));
}

/** The text with one more member of a list, before the one that is at `index` now. The list is made where it is missing. */
export function withMember(text: string, list: JSONPath, index: number, value: unknown): string {
  const edits = modify(text, [...list, index], value, { ...LOOK, isArrayInsertion: true });
  return applyEdits(text, edits);
}
