import type { ProblemCode } from "../../core/contract/dataset/edit";
import { lineOf } from "./datasets";

/** Something that an author does to the text of the shops' dataset, and what they are told of it. */
interface Mistake {
  what: string;
  before: string;
  after: string;
  code: ProblemCode;
}

export const mistake = (what: string, before: string, after: string, code: ProblemCode): Mistake => ({
  what,
  before,
  after,
  code,
});

/** Those that can be made over any source. */
export const MISTAKES: Mistake[] = [
  mistake("not JSON", '"label": "Shops"', '"label": "Shops",,', "json_syntax"),
  mistake("a comment", '"version"', '// no\n"version"', "json_syntax"),
  mistake("a key twice", '"label"', '"label": "Twice",\n"label"', "duplicate_key"),
  mistake("the character 0", '"label": "Shops"', '"label": "Sh\\u0000ops"', "schema"),
  mistake("half of a character", '"label": "Shops"', '"label": "Sh\\ud83dops"', "schema"),
  mistake("an unknown key", '"label"', '"colour": "red",\n"label"', "schema"),
  mistake("an unknown column", "SUM(amount)", "SUM(amuont)", "unknown_column"),
  mistake("a wrong datatype", '"Date"', '"Boolean"', "wrong_datatype"),
  mistake("no expression", "SUM(amount)", "SUM(amount", "expression_invalid"),
  mistake("a function", "SUM(amount)", "SUM(sleep(amount))", "function_not_allowed"),
  mistake("a sub-query", "SUM(amount)", "(SELECT 1)", "expression_invalid"),
  mistake("a key that is none", keyOf("primary_key", "id"), keyOf("primary_key", "shop"), "key_not_unique"),
  mistake("a join of no column", keyOf("to_columns", "name"), keyOf("to_columns", "nmae"), "unknown_column"),
  mistake("a join of unlike types", keyOf("from_columns", "shop"), keyOf("from_columns", "id"), "join_types_differ"),
];

export function keyOf(key: string, column: string): string {
  return `"${key}": [\n          "${column}"`;
}

/** The text with the mistake in it, and the line at which it should be told. */
export function made(
  { before, after, code }: Mistake,
  text: string,
): { text: string; line: number; code: ProblemCode } {
  if (!text.includes(before)) throw new Error(`The text does not hold ${before}.`);
  const wrong = text.replace(before, after);
  // A key stands at its list, what is joined at its column, all else where the change begins.
  const at = after.includes("_columns") ? after : (after.split("\n")[0] ?? "");
  return { text: wrong, line: lineOf(wrong, at), code };
}
