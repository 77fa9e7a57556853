import type { BridgeReply } from "../bridge";
import type { Json, JsonObject } from "../protocol";

/**
 * Numbers that `fail` of `dd.httpRequest` gets.
 * https://open.dingtalk.com/document/development/send-network-requests
 */
const ERROR = { invalid: 2, domain: 11, network: 12, timeout: 13, decode: 14, status: 19 } as const;
const DEFAULT_TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;
const FORM = "application/x-www-form-urlencoded";

interface Outgoing {
  url: URL;
  method: "GET" | "POST";
  headers: Headers;
  body: string | null;
  timeoutMs: number;
  dataType: "json" | "text" | "base64";
}

class Refused extends Error {
  constructor(
    readonly error: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Carries out `dd.httpRequest` for the phone: GET and POST only, listed domains only, no cookies kept, and nothing but
 * `{error: 19}` for a status outside 2xx, as DingTalk documents no body there.
 */
export async function relay(
  args: JsonObject,
  trustedDomains: readonly string[],
  userAgent: string,
  gone: AbortSignal,
): Promise<BridgeReply> {
  try {
    const request = toOutgoing(args, userAgent);
    const late = AbortSignal.timeout(request.timeoutMs);
    const signal = AbortSignal.any([late, gone]);
    try {
      return await decode(await send(request, trustedDomains, signal), request.dataType);
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (late.aborted) throw new Refused(ERROR.timeout, `No answer within ${request.timeoutMs} ms.`);
      throw new Refused(ERROR.network, `The network failed: ${reasonOf(error)}`);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, value: { error: error.error, errorMessage: error.message } };
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

function toOutgoing(args: JsonObject, userAgent: string): Outgoing {
  const method = oneOf(["GET", "POST"], "method", String(args["method"] ?? "GET").toUpperCase());
  const dataType = oneOf(["json", "text", "base64"], "dataType", String(args["dataType"] ?? "json"));
  const url = toUrl(args["url"]);
  const headers = toHeaders(args["headers"], userAgent);
  const timeout = Number(args["timeout"] ?? DEFAULT_TIMEOUT_MS);
  const timeoutMs = timeout > 0 ? timeout : DEFAULT_TIMEOUT_MS;
  const data = args["data"] ?? null;
  if (method === "POST") return { url, method, headers, body: toBody(data), timeoutMs, dataType };
  for (const [name, value] of fieldsOf(data)) url.searchParams.append(name, value);
  return { url, method, headers, body: null, timeoutMs, dataType };
}

function oneOf<Choice extends string>(choices: readonly Choice[], field: string, given: string): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw new Refused(ERROR.invalid, `dd.httpRequest has no ${field} ${given}.`);
  return found;
}

function toUrl(value: Json | undefined): URL {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw new Refused(ERROR.invalid, `dd.httpRequest needs an http(s) URL, not ${JSON.stringify(value)}.`);
}

function toHeaders(value: Json | undefined, userAgent: string): Headers {
  const headers = new Headers({ "content-type": FORM });
  if (value && typeof value === "object" && !Array.isArray(value))
    for (const [name, item] of Object.entries(value)) headers.set(name, String(item));
  headers.set("user-agent", userAgent);
  headers.delete("cookie");
  return headers;
}

function fieldsOf(data: Json): [string, string][] {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return [];
  return Object.entries(data).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
}

/** A JSON body must already be a string: objects are sent as a form, whatever the header says. */
function toBody(data: Json): string | null {
  if (data === null) return null;
  return typeof data === "string" ? data : new URLSearchParams(fieldsOf(data)).toString();
}

async function send(request: Outgoing, trustedDomains: readonly string[], signal: AbortSignal): Promise<Response> {
  let { url, method, body } = request;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (!trustedDomains.some((domain) => domain.toLowerCase() === url.host))
      throw new Refused(ERROR.domain, `${url.host} is not among the HTTP trusted domains of this mini program.`);
    const response = await fetch(url, { method, headers: request.headers, body, signal, redirect: "manual" });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
    if (response.status < 307) [method, body] = ["GET", null];
  }
  throw new Refused(ERROR.network, `More than ${MOST_REDIRECTS} redirects.`);
}

async function decode(response: Response, dataType: Outgoing["dataType"]): Promise<BridgeReply> {
  if (!response.ok) {
    await response.body?.cancel();
    return { ok: false, value: { error: ERROR.status } };
  }
  const bytes = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  return { ok: true, value: { data: toData(bytes, dataType), status: response.status, headers } };
}

function toData(bytes: Buffer, dataType: Outgoing["dataType"]): Json {
  if (dataType === "base64") return bytes.toString("base64");
  const text = bytes.toString("utf8");
  if (dataType === "text") return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refused(ERROR.decode, "The answer is not JSON, but dataType says so.");
  }
}
