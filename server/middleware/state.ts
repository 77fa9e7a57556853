import type { ParameterizedContext } from "koa";

/** What the middleware knows of a request beside Koa's own context. */
export interface RequestState {
  requestId: string;
  /** Aborted when the client is gone or the time is up. */
  signal: () => AbortSignal;
  /** The route's pattern, once it is known: logs show it instead of the address. */
  route?: string;
  /** What stands in the address for the names in that pattern. */
  params?: Record<string, string>;
  /** The code of the failure that was answered. */
  failure?: string;
}

export type Context = ParameterizedContext<RequestState>;
export type Next = () => Promise<unknown>;
