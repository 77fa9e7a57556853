import type { Logger } from "pino";
import type { Domain } from "../../compose";
import type { Delivery } from "../../domain/event/inbox";
import { AppError } from "../../errors";
import type { Routing } from "../../middleware/routing";
import type { Context } from "../../middleware/state";

/** Where DingTalk posts events. It wants its own JSON back within a second; what it told is worked off later. */
export function mountDingTalkEvents(routing: Routing, { inbox, suiteInbox }: Domain, log: Logger): void {
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
  routing.add("POST", "/dingtalk/suite/events", (ctx) =>
    answer(ctx, "/dingtalk/suite/events", (delivery) => suiteInbox.receive(delivery)),
  );
  routing.add("POST", "/dingtalk/events/:enterpriseId", (ctx) => {
    const id = ctx.state.params?.["enterpriseId"] ?? "";
    return answer(ctx, "/dingtalk/events/:enterpriseId", (delivery) => inbox.receive(id, delivery));
  });
}

function whyOf({ cause, message }: AppError): string {
  return cause instanceof Error ? cause.message : message;
}
