import type { DatasetProblem } from "../core/contract/dataset/edit";
import { ERRORS, type ErrorCode, type NotBoundDetail } from "../core/contract/error";

interface Details extends ErrorOptions {
  notBound?: NotBoundDetail;
  /** Seconds to wait. */
  retryAfter?: number;
  /** Of a dataset's text. */
  problems?: DatasetProblem[];
}

/** Every failure a client is told about. Clients read `code`; people read `message`; logs get `cause`. */
export class AppError extends Error {
  readonly notBound: NotBoundDetail | undefined;
  readonly retryAfter: number | undefined;
  readonly problems: DatasetProblem[] | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: Details = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "AppError";
    this.notBound = details.notBound;
    this.retryAfter = details.retryAfter;
    this.problems = details.problems;
  }

  get status(): number {
    return ERRORS[this.code];
  }
}

/** Something an operator must put right before the server can start; its message is meant for the terminal. */
export class StartError extends Error {
  override readonly name = "StartError";
}
