import { z } from "zod";
import type { Route } from "../../core/contract/route";
import type { Session } from "../domain/access/signed-in";
import { endpoint, type Call, type Endpoint } from "./endpoint";

/** A file for download. */
export interface FileAnswer {
  name: string;
  /** Its MIME type. */
  type: string;
  content: Buffer;
}

/** A route for people who are signed in that answers a file instead of JSON. Failures stay JSON. */
export function fileEndpoint<R extends Route>(
  route: R,
  run: (call: Call<R, Session>) => Promise<FileAnswer>,
): Endpoint {
  const { answer } = endpoint({ ...route, reply: z.custom<FileAnswer>() }, run as never);
  return {
    route,
    answer: async (ctx, parts) => {
      const { name, type, content } = (await answer(ctx, parts)) as FileAnswer;
      ctx.attachment(name);
      ctx.type = type;
      return content;
    },
  };
}
