/** One request to our server, without anything a platform adds. Paths start with `/`. */
export interface ApiRequest {
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  /** Bearer of a mini program's session; browsers have a cookie instead. */
  accessToken?: string;
}

/** Carries a request and answers its parsed body. Throws `ApiError`, whatever went wrong. */
export type Transport = (request: ApiRequest) => Promise<unknown>;

/** Anything that can ask our server: the plain transport, or one that adds the session's token. */
export type Caller = Transport;

/** A query string with its question mark; empty without values. */
export function queryString(query: ApiRequest["query"]): string {
  const pairs = Object.keys(query ?? {})
    .filter((key) => query?.[key] !== undefined && query[key] !== "")
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(String(query?.[key]))}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}
