import type { z } from "zod";

/** What a route of the contract answers. */
export type Reply<R extends { reply: z.ZodType }> = z.output<R["reply"]>;

/** What a route takes in its body, before defaults are filled in. */
export type Body<R extends { body?: z.ZodType }> = z.input<NonNullable<R["body"]>>;

/** What a route takes in its query, before texts are read as numbers. */
export type Query<R extends { query?: z.ZodType }> = z.input<NonNullable<R["query"]>>;
