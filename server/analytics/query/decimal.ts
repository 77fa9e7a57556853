import type { Scalar } from "../../../core/contract/report/query";

const SHAPE = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;
/** A double with an exponent beyond this is added as a double: nobody measures to so many digits. */
const MAX_SCALE = 60;
/** What a double holds exactly, whatever the digits are. */
const EXACT_DIGITS = 15;

interface Decimal {
  digits: bigint;
  scale: number;
}

/**
 * The sum of two numbers, none of their digits lost: what is beyond a double's exact digits is a decimal text, as in
 * answers. Null where neither was measured.
 */
export function added(left: Scalar, right: Scalar): Scalar {
  if (left === null || right === null) return left ?? right;
  const [first, second] = [decimalOf(left), decimalOf(right)];
  if (!first || !second) return Number(left) + Number(right);
  const scale = Math.max(first.scale, second.scale);
  return show(raised(first, scale) + raised(second, scale), scale);
}

function decimalOf(value: Scalar): Decimal | null {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = SHAPE.exec(String(value)) ?? [];
  const scale = fraction.length - Number(exponent);
  if (whole === "" || Math.abs(scale) > MAX_SCALE) return null;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return scale < 0 ? { digits: digits * 10n ** BigInt(0 - scale), scale: 0 } : { digits, scale };
}

function raised({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale);
}

function show(digits: bigint, scale: number): Scalar {
  const sign = digits < 0n ? "-" : "";
  const plain = (digits < 0n ? 0n - digits : digits).toString().padStart(scale + 1, "0");
  const whole = plain.slice(0, plain.length - scale);
  const fraction = plain.slice(plain.length - scale).replace(/0+$/, "");
  const text = `${sign}${whole}${fraction ? `.${fraction}` : ""}`;
  const isExact = fraction
    ? (whole + fraction).replace(/^0+/, "").length <= EXACT_DIGITS
    : Number.isSafeInteger(Number(text));
  return isExact ? Number(text) : text;
}
