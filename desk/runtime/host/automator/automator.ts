import type { Json, JsonObject, ToLogic } from "../../protocol";
import type { Client } from "../client";
import type { PageStack } from "../stack";
import { elementMethods } from "./element";
import type { Methods } from "./method";
import { nativeMethods } from "./native";
import { pageMethods } from "./page";

/** Answers the automator: pixels here, everything about data and methods in the logic. */
export interface PhoneAutomator {
  ask(method: string, params: JsonObject): Promise<JsonObject>;
  /** The logic answered a request that was passed on. */
  answered(id: string, result: Json): void;
  failed(id: string, message: string): void;
}

const LOGIC = new Set([
  "App.getPageStack",
  "App.getCurrentPage",
  "App.callWxMethod",
  "App.mockWxMethod",
  "App.callFunction",
  "App.addBinding",
  "Page.getData",
  "Page.setData",
  "Page.callMethod",
  "Element.getData",
  "Element.setData",
  "Element.callMethod",
]);

export function createPhoneAutomator(
  client: Client,
  stack: PageStack,
  send: (message: ToLogic) => void,
): PhoneAutomator {
  const methods: Methods = { ...pageMethods(client), ...elementMethods(client), ...nativeMethods(client, stack) };
  const pending = new Map<string, { resolve: (result: JsonObject) => void; reject: (error: Error) => void }>();
  let lastId = 0;

  function askLogic(method: string, params: JsonObject): Promise<JsonObject> {
    const id = `${++lastId}`;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      send({ type: "automator", id, method, params });
    });
  }

  function take(id: string): { resolve: (result: JsonObject) => void; reject: (error: Error) => void } | undefined {
    const waiting = pending.get(id);
    pending.delete(id);
    return waiting;
  }

  return {
    async ask(method, params) {
      if (LOGIC.has(method)) return askLogic(method, params);
      const own = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!own) throw new Error(`The automator method ${method} is not supported.`);
      return own(params);
    },
    answered: (id, result) => take(id)?.resolve((result ?? {}) as JsonObject),
    failed: (id, message) => take(id)?.reject(new Error(message)),
  };
}
