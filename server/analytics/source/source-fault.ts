import type { SourceFaultCode as Fault } from "../../../core/contract/source/data-source";
import { QueryError } from "../query-error";
import type { QueryErrorCode } from "../query-error";

const CODES: Record<Fault, QueryErrorCode> = {
  host_refused: "unavailable",
  host_unknown: "unavailable",
  unreachable: "unavailable",
  tls_failed: "unavailable",
  login_failed: "unavailable",
  database_missing: "unavailable",
  not_permitted: "query_failed",
  timeout: "query_timeout",
  overloaded: "unavailable",
  too_large: "query_failed",
  lost: "unavailable",
  changed: "query_failed",
  failed: "query_failed",
};

const TEXTS: Record<Fault, string> = {
  host_refused: "The data source's host is not one that this server may reach.",
  host_unknown: "The data source's host name is not known.",
  unreachable: "The data source does not answer.",
  tls_failed: "The data source's TLS certificate could not be verified.",
  login_failed: "The data source does not accept the user or the password.",
  database_missing: "The data source has no such database.",
  not_permitted: "The data source's user may not read this table.",
  timeout: "The query took too long. Narrow it down with a filter.",
  overloaded: "Too many queries of this data source are running. Try again shortly.",
  too_large: "The answer is larger than it may be. Ask for fewer rows.",
  lost: "The connection to the data source broke. Try again.",
  changed: "The dataset's model does not fit the data source: a table or a column is missing or has another type.",
  failed: "The data source could not answer the query.",
};

const MAX_SAID = 500;

/** A data source's failure. As a query's error it says what to do, without any of the source's own words. */
export class SourceFault extends QueryError {
  constructor(
    readonly fault: Fault,
    cause?: unknown,
  ) {
    super(CODES[fault], TEXTS[fault], cause);
    this.name = "SourceFault";
  }

  /**
   * What the engine or the operating system said, in its own words. For those who connected the source: they know all that
   * it could name, and must mend it.
   */
  get said(): string | null {
    const { cause } = this;
    if (!(cause instanceof Error)) return null;
    const text = cause.message || ("code" in cause ? String(cause.code) : "");
    return text === "" ? null : text.slice(0, MAX_SAID);
  }
}

/** The failures of opening a connection that the operating system and Node tell by a code. */
export function networkFault(error: unknown): Fault | null {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA"].includes(code)) return "host_unknown";
  if (["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT", "EADDRNOTAVAIL"].includes(code))
    return "unreachable";
  if (["ECONNRESET", "EPIPE", "PROTOCOL_CONNECTION_LOST"].includes(code)) return "lost";
  if (/^(EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HANDSHAKE_)/.test(code)) return "tls_failed";
  return null;
}
