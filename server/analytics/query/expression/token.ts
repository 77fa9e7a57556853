import { ExpressionError } from "./fault";

export type Token =
  | { kind: "number"; text: string; at: number }
  | { kind: "text"; text: string; at: number }
  /** `quoted` names are never words of SQL. */
  | { kind: "name"; text: string; quoted: boolean; at: number }
  | { kind: "mark"; text: string; at: number };

const PATTERNS: [Token["kind"] | "space", RegExp][] = [
  ["space", /(?:\s|--[^\n]*(?:\n|$))+/y],
  ["number", /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["text", /'(?:[^']|'')*'/y],
  ["name", /"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_]*/uy],
  ["mark", /::|\|\||<>|!=|<=|>=|[-+*/%=<>(),.]/y],
];

/** Drivers end a statement at a zero, or have a meaning of their own for others. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** The words and marks of an expression. Throws an ExpressionError where something is none of them. */
export function tokensOf(expression: string): Token[] {
  if (CONTROLS.test(expression)) throw new ExpressionError("control_character");
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length;) {
    const found = nextToken(expression, at);
    if (!found) throw new ExpressionError("unreadable", expression.slice(at, at + 20));
    if (found.token) tokens.push(found.token);
    at = found.end;
  }
  return tokens;
}

function nextToken(expression: string, at: number): { token: Token | null; end: number } | null {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const text = pattern.exec(expression)?.[0];
    if (text !== undefined) return { token: kind === "space" ? null : tokenOf(kind, text, at), end: at + text.length };
  }
  return null;
}

function tokenOf(kind: Token["kind"], text: string, at: number): Token {
  if (kind === "text") return { kind, text: text.slice(1, -1).replaceAll("''", "'"), at };
  if (kind !== "name") return { kind, text, at };
  const quoted = text.startsWith('"');
  return { kind, text: quoted ? text.slice(1, -1).replaceAll('""', '"') : text, quoted, at };
}
