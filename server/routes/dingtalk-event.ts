import type Router from "@koa/router";
import type { Logger } from "pino";
import type { Domain } from "../compose";
import type { Delivery } from "../domain/event/inbox";
import { AppError } from "../errors";
import type { Context, RequestState } from "../middleware/state";

/** Where DingTalk posts events. It wants its own JSON back within a second; what it told is worked off later. */
export function mountDingTalkEvents(router: Router<RequestState>, { inbox, suiteInbox }: Domain, log: Logger): void {
  const answer = async (
    ctx: Context,
    path: string,
    receive: (delivery: Delivery) => Promise<object>,
  ): Promise<void> => {
    ctx.state.route = path;
    ctx.set("cache-control", "no-store");
    const body: unknown = "body" in ctx.request ? ctx.request.body : undefined;
    try {
      ctx.body = await receive({ query: { ...ctx.query }, body });
    } catch (error) {
      if (error instanceof AppError && error.code !== "internal") {
        log.warn({ route: path, code: error.code, why: whyOf(error), address: ctx.ip }, "event refused");
      }
      throw error;
    }
  };
  router.post("/dingtalk/suite/events", (ctx: Context) =>
    answer(ctx, "/dingtalk/suite/events", (delivery) => suiteInbox.receive(delivery)),
  );
  router.post("/dingtalk/events/:enterpriseId", (ctx: Context) => {
    const params = ("params" in ctx ? ctx["params"] : {}) as Record<string, string>;
    const id = params["enterpriseId"] ?? "";
    return answer(ctx, "/dingtalk/events/:enterpriseId", (delivery) => inbox.receive(id, delivery));
  });
}

function whyOf({ cause, message }: AppError): string {
  return cause instanceof Error ? cause.message : message;
}
