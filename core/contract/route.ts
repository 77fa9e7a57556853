import type { z } from "zod";

/** Who may call a route: anybody, anybody with a running session, or the instance owner. */
export type Access = "open" | "session" | "owner";

/**
 * One route as both sides know it. Clients use the types; the server checks input and cuts output with the schemas,
 * and the OpenAPI document is generated from them.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  method: "GET" | "POST";
  /** Koa router syntax, e.g. `/api/reports/:reportId/view`. */
  path: string;
  summary: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  reply: Reply;
}

/** Keeps the exact schema types of a route while checking its shape. */
export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodUndefined,
>(spec: Route<Params, Query, Body, Reply>): Route<Params, Query, Body, Reply> {
  return spec;
}
