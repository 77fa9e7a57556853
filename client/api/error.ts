import type { DatasetProblem } from "../../core/contract/dataset/edit";
import type { ErrorBody, ErrorCode, NotBoundDetail } from "../../core/contract/error";

/** Failures that never reached our server or never came from it, besides the server's own codes. */
export type ClientErrorCode =
  | ErrorCode
  /** No network, or the server does not answer. */
  | "offline"
  /** The server's domain is not listed as trusted in DingTalk's console. */
  | "domain_not_listed"
  /** What came back is not what our server sends: a proxy, a wrong address. */
  | "bad_reply"
  /** Opened without an enterprise: nobody to sign in to. */
  | "corp_unknown"
  /** A file of the person's computer was changed or moved while it was uploaded. */
  | "file_unreadable"
  /** DingTalk gave no auth code. */
  | "auth_code_failed";

/** What a failed request says besides its code. */
export interface ApiErrorDetail {
  requestId?: string;
  /** Seconds to wait. */
  retryAfter?: number;
  notBound?: NotBoundDetail;
  /** Of a dataset's text. */
  problems?: DatasetProblem[];
}

/** The one way that a request fails. People read the text made from `code`; `message` is for logs. */
export class ApiError extends Error {
  readonly code: ClientErrorCode;
  readonly detail: ApiErrorDetail;

  constructor(code: ClientErrorCode, message: string, detail: ApiErrorDetail = {}) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.detail = detail;
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}

/** The failure that a body tells of; undefined for the body of a success. */
export function errorIn(body: unknown): ApiError | undefined {
  if (!isErrorBody(body)) return undefined;
  const { code, message, requestId, retryAfter, notBound, problems } = body.error;
  return new ApiError(code, message, {
    requestId,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(notBound === undefined ? {} : { notBound }),
    ...(problems === undefined ? {} : { problems }),
  });
}

/** Whatever was thrown, as the failure that it is to a person. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError("bad_reply", thrown instanceof Error ? thrown.message : String(thrown));
}
