import type { Json, JsonObject } from "../../protocol";
import type { Client, Handlers } from "../client";
import { failure } from "../failure";
import { dateCalls } from "./date";
import { deviceCalls } from "./device";
import { feedbackCalls } from "./feedback";
import { jsapiCalls } from "./jsapi";
import { pageCalls } from "./page";
import { tabBarCalls } from "./tab-bar";

/** Carries out a call by its name; one that is not here fails with that name. */
export type CallTable = (name: string, args: JsonObject, pageId: string | null) => Promise<Json>;

/** Every `dd` call that the client itself carries out. */
export function createCallTable(client: Client): CallTable {
  const calls: Handlers = {
    ...feedbackCalls(client),
    ...pageCalls(client),
    ...tabBarCalls(client),
    ...deviceCalls(client),
    ...dateCalls(client),
  };
  Object.assign(calls, jsapiCalls(client, calls));
  return async (name, args, pageId) => {
    const handler = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (!handler) throw failure(4, `dd.${name} is not on this phone.`);
    return (await handler(args, pageId)) ?? {};
  };
}
