import { isDeeper } from "../storable";

/** Texts (skipped), and whole numbers of 16 digits or more. */
const LONG = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d{16,}(?![\w.])/g;

/** Deeper than anything that DingTalk tells; what goes further would take the stack of whoever reads it. */
const DEEPEST = 64;

/**
 * Reads JSON without rounding: whole numbers that a double cannot hold exactly, such as `order` in DingTalk's contacts,
 * arrive as texts. What PostgreSQL cannot keep is taken out of texts. Throws SyntaxError.
 * https://open.dingtalk.com/document/development/query-user-details
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text.replace(LONG, rewritten));
  if (isDeeper(value, DEEPEST)) throw new SyntaxError("It is nested too deeply.");
  return value;
}

function rewritten(found: string): string {
  if (!found.startsWith('"')) return Number.isSafeInteger(Number(found)) ? found : `"${found}"`;
  return found.includes("\\u") ? storable(found) : found;
}

/** Without the character 0; half of a character becomes the mark for what could not be read. */
function storable(quoted: string): string {
  const text = JSON.parse(quoted) as string;
  return JSON.stringify(text.replace(/\0/g, "").replace(/\p{Surrogate}/gu, "\uFFFD"));
}
