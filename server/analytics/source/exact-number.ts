import type { Scalar } from "../../../core/contract/report/query";

/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;
const PLAIN = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;

/**
 * A number that an engine wrote out, none of its digits lost: as a number where a double holds it exactly, else as the
 * shortest decimal text. What is not a number (NaN, infinity) was not measured: null.
 */
export function exactNumber(text: string): Scalar {
  const [, sign = "", whole = "", fraction = ""] = PLAIN.exec(text) ?? [];
  if (whole === "") return finite(Number(text));
  const number = Number(text);
  if (fraction === "") return Number.isSafeInteger(number) ? number : `${sign}${whole}`;
  return (whole + fraction).replace(/^0+/, "").length <= EXACT_DIGITS ? number : `${sign}${whole}.${fraction}`;
}

/** What is not a number was not measured. */
export function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
