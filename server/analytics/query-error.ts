import type { Fault, ProblemReason } from "../../core/contract/dataset/reason";
import { AppError } from "../errors";

/** What can go wrong with a card query, in the words of the contract's error codes. */
export type QueryErrorCode = "input_invalid" | "forbidden" | "query_failed" | "query_timeout" | "unavailable";

/**
 * A card query that has no answer. The message is for the person who made the report (it names the field or the rule);
 * it holds no SQL, no path and no data. What the engine said is the `cause`.
 */
export class QueryError extends AppError {
  constructor(
    code: QueryErrorCode,
    message: string,
    cause?: unknown,
    /** Where the model itself is at fault: exactly how. */
    readonly modelFault: Fault | null = null,
  ) {
    super(code, message, cause === undefined ? {} : { cause });
    this.name = "QueryError";
  }
}

/** A filter that does not fit its field. */
export function unsuitable(message: string, reason: ProblemReason, ...names: string[]): QueryError {
  return new QueryError("input_invalid", message, undefined, { reason, names });
}
