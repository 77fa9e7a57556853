import type { AuthCodes } from "../auth-code";
import type { Clock } from "../clock";
import type { App, Organisation } from "../contacts/organisation";
import type { Directory } from "../directory";
import type { StreamGateway } from "../events/stream-gateway";
import type { Answer, Dialect, JsonFields } from "./exchange";
import { type Id, idFromText } from "../id";
import type { TokenOwner, Tokens } from "../token";

/** Everything an API may look at or change. */
export interface World {
  directory: Directory;
  tokens: Tokens;
  codes: AuthCodes;
  clock: Clock;
  gateway: StreamGateway;
}

/** A call whose caller has no token yet: it brings an app's key and secret. */
export interface OpenCall {
  /** Parts of the path in braces, by name. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Fields of the body; empty where it was neither the JSON nor the form that the dialect takes. */
  input: JsonFields;
  /** The `Host` and the `Accept` that the caller wrote. */
  host: string;
  accept: string;
  /** The token that the caller brought in the way of the API's dialect; null where it brought none. */
  token: string | null;
}

/** A call with a good token, of the kind that the API asks for. */
export interface TokenCall extends OpenCall {
  owner: TokenOwner;
  app: App;
  organisation: Organisation;
}

interface ApiCommon {
  /** As it stands in the ledger, `{name}` for changing parts: `/v1.0/oauth2/{corpId}/token`. */
  path: string;
  method: "GET" | "POST";
  dialect: Dialect;
  /** Whether the call uses up the month. https://open.dingtalk.com/document/development/basic-interfaces-such-as-log-off-and-address-book */
  counted: boolean;
}

/** An API without token. `appKey` finds the app for rate limit and quota; null when the caller named none. */
export interface OpenApi extends ApiCommon {
  access: "open";
  appKey(call: OpenCall): string | null;
  /** The organisation that a suite's call is about; an internal app's is known by its key. */
  corpId?(call: OpenCall): string | null;
  run(call: OpenCall, world: World): Answer;
}

/** An API that takes an app's or a person's token, and a permission point of the app. */
export interface TokenApi extends ApiCommon {
  access: "app" | "user";
  permission: string;
  run(call: TokenCall, world: World): Answer;
}

export type Api = OpenApi | TokenApi;

/** A field that must be text; null when it is missing, empty or something else. */
export function textOf(input: JsonFields, name: string): string | null {
  const value = input[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** A whole number, also written as text (forms have nothing else); null otherwise. */
export function integerOf(input: JsonFields, name: string): number | null {
  const value = input[name];
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

/** An id of any size, also written as text; null otherwise. */
export function idOf(input: JsonFields, name: string): Id | null {
  const value = input[name];
  if (typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value))) return value;
  return typeof value === "string" ? idFromText(value) : null;
}
