import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DatasetProblem } from "../../../core/contract/dataset/edit";
import { finding, type Finding, type Path } from "../../analytics/check/finding";
import { isStorable } from "../../storable";
import { schemaFindings } from "./schema";

/** Deeper than any document of ours; a text that goes further would take our parsers' stack. */
const MAX_DEPTH = 40;

/** A dataset's text as its author wrote it, and what it says. */
export interface ReadText {
  /** Null where it says nothing that could be a model. */
  model: DatasetModel | null;
  problems: DatasetProblem[];
  /** Where findings stand in the text. */
  place(findings: readonly Finding[]): DatasetProblem[];
}

/** Reads a text. JSON without comments, no key twice: what we read is what anybody else would read. */
export function readDatasetText(text: string): ReadText {
  if (depthOf(text) > MAX_DEPTH) return unreadable(text, [{ offset: 0, words: "It is nested too deeply." }]);
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true });
  if (!tree || errors.length > 0) {
    return unreadable(
      text,
      errors.slice(0, 1).map(({ error, offset }) => ({ offset, words: wordsOf(printParseErrorCode(error)) })),
    );
  }
  const place = (findings: readonly Finding[]): DatasetProblem[] => findings.map((each) => placed(each, text, tree));
  const faults = [...keysTwice(tree, []), ...unstorable(tree, [])];
  if (faults.length > 0) return { model: null, problems: place(faults), place };
  const document: unknown = JSON.parse(text);
  const parsed = DatasetModel.safeParse(document);
  if (parsed.success) return { model: parsed.data, problems: [], place };
  return { model: null, problems: place(schemaFindings(parsed.error.issues, document)), place };
}

function unreadable(text: string, faults: { offset: number; words: string }[]): ReadText {
  const problems = (faults.length > 0 ? faults : [{ offset: 0, words: "Value expected." }]).map(
    ({ offset, words }): DatasetProblem => ({
      ...finding([], "json_syntax", { message: `This is not JSON: ${words}`, names: [words] }),
      ...lineAndColumn(text, offset),
    }),
  );
  return { model: null, problems, place: () => [] };
}

/** `CommaExpected` -> `Comma expected.` */
function wordsOf(code: string): string {
  const words = code.replace(
    /([a-z])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return `${words}.`;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (mark === "{" || mark === "[") deepest = Math.max(deepest, ++depth);
    else if (mark === "}" || mark === "]") depth -= 1;
  }
  return deepest;
}

function keysTwice(node: Node, path: Path): Finding[] {
  const children = node.children ?? [];
  if (node.type === "array") return children.flatMap((child, index) => keysTwice(child, [...path, index]));
  if (node.type !== "object") return [];
  const seen = new Set<string>();
  return children.flatMap(({ children: [key, value] = [] }) => {
    const name = String(key?.value);
    const own = [...path, name];
    const message = `"${name}" stands here twice.`;
    const again = seen.has(name) ? [finding(own, "duplicate_key", { message, names: [name] })] : [];
    seen.add(name);
    return value ? [...again, ...keysTwice(value, own)] : again;
  });
}

/** Texts that say what no database can keep. */
function unstorable(node: Node, path: Path): Finding[] {
  if (typeof node.value === "string" && !isStorable(node.value)) {
    const message = "This holds the character 0, or half of a character.";
    return [finding(path, "schema", { message, fault: { reason: "not_storable", names: [] } })];
  }
  return (node.children ?? []).flatMap((child, index) =>
    unstorable(
      child,
      node.type === "object" ? [...path, keyOf(child)] : node.type === "array" ? [...path, index] : path,
    ),
  );
}

function keyOf({ children: [key] = [] }: Node): string {
  return String(key?.value);
}

/** At the value, or where there is none at the nearest thing around it that there is; an unknown key at the key. */
function placed(each: Finding, text: string, tree: Node): DatasetProblem {
  for (let length = each.path.length; length >= 0; length--) {
    const node = findNodeAtLocation(tree, each.path.slice(0, length));
    if (!node) continue;
    const isKey = length === each.path.length && node.parent?.type === "property";
    const at = isKey && atKey(each) ? node.parent : node;
    return { ...each, ...lineAndColumn(text, (at ?? node).offset) };
  }
  return { ...each, line: 1, column: 1 };
}

function atKey({ code, reason }: Finding): boolean {
  return code === "duplicate_key" || reason === "key_unknown";
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
