import { BIGINT, BOOLEAN, DOUBLE, DuckDBDecimalValue, VARCHAR } from "@duckdb/node-api";
import type { DuckDBType, DuckDBValue } from "@duckdb/node-api";
import type { Scalar } from "../../../core/contract/report/query";
import type { BoundValue } from "../query/render";

/** Digits that a double holds exactly, whatever they are. */
const EXACT_DIGITS = 15;

/**
 * A value of DuckDB as plain JSON, none of its digits lost: integers beyond 2^53 and decimals with more digits than a
 * double holds are decimal texts. What is not a number (0/0, 1/0) was not measured: null.
 */
export function toScalar(value: DuckDBValue): Scalar {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof DuckDBDecimalValue) {
    const digits = value.value.toString().replace("-", "");
    return digits.length <= EXACT_DIGITS ? Number(value.toString()) : value.toString();
  }
  return value.toString();
}

/** A bound value as DuckDB takes it. Integers are bound as such, so that comparing them with a column stays exact. */
export function toBound({ type, value }: BoundValue): { value: DuckDBValue; type: DuckDBType } {
  switch (type) {
    case "integer":
      return { value: BigInt(value), type: BIGINT };
    case "double":
      return { value: Number(value), type: DOUBLE };
    case "boolean":
      return { value: Boolean(value), type: BOOLEAN };
    case "text":
    case "day":
    case "decimal":
      return { value: String(value), type: VARCHAR };
  }
}
