const PLAIN = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;
/** What the engine takes as decimal text. */
const MOST_DIGITS = 30;
const MOST_PLACES = 8;
const MOST_SAFE = 9_007_199_254_740_991;

/** A number that somebody typed, none of its digits lost: as text where a double would round it. Null for what is none. */
export function typedNumber(text: string): number | string | null {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) return null;
  const plain = plainOf(text.trim());
  // A whole number beyond 2^53 may be a double, and still be compared as one with its neighbours.
  const isExact = plain === plainOf(String(number)) && Math.abs(number) <= MOST_SAFE;
  if (plain === null || isExact) return number;
  const [whole = "", places = ""] = plain.replace("-", "").split(".");
  return whole.length <= MOST_DIGITS && places.length <= MOST_PLACES ? plain : number;
}

/** The order of two numbers, texts of digits among them, as a sort function answers it. */
export function compareNumbers(left: number | string, right: number | string): number {
  const [a, b] = [plainOf(String(left)), plainOf(String(right))];
  if (a === null || b === null) return Number(left) - Number(right);
  const [below, above] = [a.charAt(0) === "-", b.charAt(0) === "-"];
  if (below !== above) return below ? -1 : 1;
  return below ? comparePlain(b.slice(1), a.slice(1)) : comparePlain(a, b);
}

/** Without the zeros that mean nothing; null for what is not written plainly. */
function plainOf(text: string): string | null {
  const [, sign = "", whole = "", fraction = ""] = PLAIN.exec(text) ?? [];
  if (whole === "") return null;
  const size = fraction ? `${whole}.${fraction}` : whole;
  return size === "0" ? size : sign + size;
}

function comparePlain(left: string, right: string): number {
  const [a = "", b = ""] = [left.split(".")[0], right.split(".")[0]];
  if (a.length !== b.length) return a.length - b.length;
  return left < right ? -1 : left > right ? 1 : 0;
}
