/** Texts (skipped), and whole numbers of 16 digits or more. */
const LONG = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d{16,}(?![\w.])/g;

/**
 * Reads JSON without rounding: whole numbers that a double cannot hold exactly, such as `order` in DingTalk's contacts,
 * arrive as texts. Throws SyntaxError.
 * https://open.dingtalk.com/document/development/query-user-details
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(
    text.replace(LONG, (found) =>
      found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}"`,
    ),
  );
}
