import type { Expression, Value } from "../../compiled";
import { decodeEntities } from "./entities";
import type { ReadExpression } from "./expression";
import type { Faults, SourceText } from "../fault";
import { mustacheEnd } from "./mustache-end";

interface Piece {
  /** Text between mustaches, or what stands between `{{` and `}}`. */
  kind: "text" | "expression";
  text: string;
  /** Offset of `text` in the file. */
  start: number;
}

/** The value of an attribute or text that may hold mustaches. `start` is where `raw` stands in the file. */
export function readValue(raw: string, start: number, read: ReadExpression): Value {
  const pieces = split(raw, start, read.source, read.faults);
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === "expression")
    return { kind: "expression", expression: read(only.text, only.start) };
  const parts = pieces.map((piece): string | Expression =>
    piece.kind === "text" ? decodeEntities(piece.text) : read(piece.text, piece.start),
  );
  return { kind: "parts", parts: parts.length === 0 ? [""] : parts };
}

/** What stands inside the mustache, where the whole value is exactly one. */
export function onlyMustache(
  raw: string,
  start: number,
  source: SourceText,
  faults: Faults,
): { text: string; start: number } | null {
  const leading = raw.length - raw.trimStart().length;
  const pieces = split(raw.trim(), start + leading, source, faults);
  const [only] = pieces;
  return pieces.length === 1 && only?.kind === "expression" ? only : null;
}

function split(raw: string, start: number, source: SourceText, faults: Faults): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < raw.length) {
    const open = raw.indexOf("{{", at);
    const close = open < 0 ? -1 : mustacheEnd(raw, open + 2);
    if (open >= 0 && close < 0) {
      faults.add(source.place(start + open), "mustache_unclosed", "This {{ has no }}.");
    }
    if (close < 0) {
      pieces.push({ kind: "text", text: raw.slice(at), start: start + at });
      break;
    }
    if (open > at) pieces.push({ kind: "text", text: raw.slice(at, open), start: start + at });
    pieces.push({ kind: "expression", text: raw.slice(open + 2, close), start: start + open + 2 });
    at = close + 2;
  }
  return pieces;
}
