/**
 * A number of DingTalk's, exact at any size: a `number` while that is exact, a `bigint` beyond. One value never has both
 * forms, so ids can be compared and used as keys.
 */
export type Id = number | bigint;

/** The id written in decimal digits; null for anything else. */
export function idFromText(text: string): Id | null {
  if (!/^-?\d{1,19}$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

const MARK = "\u0001integer:";
const LONG_INTEGERS = /"(?:[^"\\]|\\.)*"|-?\d{16,19}(?![\d.eE])/g;
const MARKED = new RegExp(`"${MARK.replace("\u0001", "\\\\u0001")}(-?\\d+)"`, "g");

/** JSON whose long integers keep every digit. Throws `SyntaxError` as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  const marked = text.replace(LONG_INTEGERS, (found) => (found.startsWith('"') ? found : JSON.stringify(MARK + found)));
  return JSON.parse(marked, (_name, value: unknown) =>
    typeof value === "string" && value.startsWith(MARK) ? idFromText(value.slice(MARK.length)) : value,
  );
}

/** JSON in which a `bigint` stands as the plain number it is. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, (_name, part: unknown) => (typeof part === "bigint" ? `${MARK}${part}` : part));
  return text.replace(MARKED, "$1");
}
