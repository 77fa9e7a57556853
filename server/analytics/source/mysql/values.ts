import mysql from "mysql2";
import { BOUND_MARK } from "../../query/dialect/mysql";
import type { BoundValue, Statement } from "../../query/render";

const PLACES = new RegExp(`${BOUND_MARK}(\\d+)${BOUND_MARK}`, "g");

/** The statement with its values written out, each by the rules of its type: these engines are not asked to prepare any. */
export function withValues({ sql, values }: Statement): string {
  return sql.replace(PLACES, (_, number: string) => {
    const bound = values[Number(number) - 1];
    if (!bound) throw new Error(`The statement has no value ${number}.`);
    return written(bound);
  });
}

function written({ type, value }: BoundValue): string {
  switch (type) {
    case "integer":
      return String(BigInt(value));
    case "double":
      // Without an exponent it would be a decimal, which compares otherwise.
      return Number(value).toExponential();
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "day":
      return `CAST(${mysql.escape(String(value))} AS DATE)`;
    case "decimal":
      return `CAST(${mysql.escape(String(value))} AS DECIMAL(38, 8))`;
    case "text":
      return mysql.escape(String(value));
  }
}
