import type { Json, JsonObject, ToView } from "../protocol";
import type { Components } from "./component/components";
import type { Apis } from "./dd/api";
import type { Mocks } from "./dd/mocks";
import { DD_TABLE } from "./dd/table";
import { errorOf, type Guard } from "./guard";
import type { Instance } from "./instance";
import { cloneJson, isFields, type Fields } from "./json";
import type { Evaluate } from "./logic-parts";
import { parsePath, valueAt } from "./path";
import type { PageEntry } from "./page/page";
import type { Stack } from "./page/stack";

/** The logic's half of the automator: its methods are those of the protocol of miniprogram-automator 0.12.1. */
export interface Automator {
  receive(id: string, method: string, params: JsonObject): void;
  heardLog(level: string, args: Json[]): void;
}

/** What it acts on. */
export interface AutomatorParts {
  send(message: ToView): void;
  evaluate: Evaluate;
  expose(name: string, code: (...args: unknown[]) => unknown): void;
  stack: Stack;
  components: Components;
  dd: Apis;
  mocks: Mocks;
  guard: Guard;
  /** Names that evaluated code sees: `dd`, `getApp` and so on. */
  scope: Fields;
}

type Method = (params: JsonObject) => unknown;

/** Answers each method by `automatorResult` or `automatorError`; events go as `automatorEvent`. */
export function createAutomator(parts: AutomatorParts): Automator {
  const { send, stack } = parts;
  let logs = false;
  const bindings: Fields = {};
  const event = (method: string, params: JsonObject): void => send({ type: "automatorEvent", method, params });

  parts.guard.listen((error) => {
    event("App.exceptionThrown", { message: String(error), stack: error.stack ?? "" });
  });

  const methods: Record<string, Method> = {
    "App.getPageStack": () => ({ pageStack: stack.pages().map(pageFacts) }),
    "App.getCurrentPage": () => pageFacts(need(stack.current(), "No page is open")),
    "App.callWxMethod": ({ method, args }) => callDd(parts, String(method), list(args)),
    "App.mockWxMethod": (params) => mock(parts, params),
    "App.callFunction": async ({ functionDeclaration, args }) => {
      const code = evaluated(parts, { ...parts.scope, wx: parts.dd, ...bindings }, String(functionDeclaration));
      return { result: await code(...list(args)) };
    },
    "App.enableLog": () => {
      logs = true;
    },
    "App.addBinding": ({ name }) => {
      const binding = (...args: unknown[]): void =>
        event("App.bindingCalled", { name: String(name), args: cloneJson(args, "arguments", "drop") });
      bindings[String(name)] = binding;
      parts.expose(String(name), binding);
    },
    "Page.getData": (params) => getData(page(params).instance, params),
    "Page.setData": (params) => setData(page(params).instance, params),
    "Page.callMethod": (params) => callMethod(page(params), params),
    "Element.getData": (params) => getData(component(params).instance, params),
    "Element.setData": (params) => setData(component(params).instance, params),
    "Element.callMethod": (params) => callMethod(component(params), params),
  };

  const page = ({ pageId }: JsonObject): PageEntry =>
    need(stack.find(String(pageId)), `There is no page ${String(pageId)}`);
  const component = ({ nodeId }: JsonObject): { path: string; instance: Instance } =>
    need(parts.components.find(String(nodeId)), `There is no component ${String(nodeId)}`);

  async function answer(id: string, method: string, params: JsonObject): Promise<void> {
    try {
      const run = methods[method];
      if (!run) throw new Error(`${method} is not supported`);
      const result = cloneJson((await run(params)) ?? {}, method, "drop");
      send({ type: "automatorResult", id, result });
    } catch (thrown) {
      send({ type: "automatorError", id, message: messageOf(thrown) });
    }
  }

  return {
    receive: (id, method, params) => void answer(id, method, params),
    heardLog(level, args) {
      if (logs) event("App.logAdded", { type: level, args });
    },
  };
}

function need<Value>(value: Value | null, message: string): Value {
  if (value === null) throw new Error(message);
  return value;
}

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** What went wrong, also where it is the argument of a `fail`. */
function messageOf(thrown: unknown): string {
  if (isFields(thrown) && typeof thrown["errorMessage"] === "string") return thrown["errorMessage"];
  return errorOf(thrown).message;
}

function pageFacts({ pageId, path, query }: PageEntry): JsonObject {
  return { pageId, path, query };
}

/** Calls a function of `dd`: asynchronous ones give what success gets, or fail with what fail gets. */
async function callDd(parts: AutomatorParts, name: string, args: Json[]): Promise<unknown> {
  const code = name in DD_TABLE || parts.mocks.has(name) ? parts.dd[name] : undefined;
  if (typeof code !== "function") throw new Error(`dd.${name} is not supported`);
  const kind = DD_TABLE[name]?.kind;
  if (kind !== "host" && kind !== "local") return { result: code(...args) };
  const result = await new Promise((success, fail) => {
    const [options] = args;
    code({ ...(isFields(options) ? options : {}), success, fail, onSuccess: success, onFail: fail });
  });
  return { result };
}

/** A value, a function's text, or neither: the real function again. */
function mock({ mocks, ...parts }: AutomatorParts, params: JsonObject): void {
  const name = String(params["method"]);
  const { functionDeclaration, result } = params;
  if (typeof functionDeclaration === "string") {
    const code = evaluated({ mocks, ...parts }, { ...parts.scope, wx: parts.dd }, functionDeclaration);
    mocks.set(name, { kind: "function", code, args: list(params["args"]) });
  } else if (result !== undefined) mocks.set(name, { kind: "result", value: result });
  else mocks.restore(name);
}

type Code = (this: unknown, ...args: unknown[]) => unknown;

function evaluated(parts: AutomatorParts, scope: Fields, declaration: string): Code {
  const code = parts.evaluate(Object.keys(scope), declaration)(...Object.values(scope));
  if (typeof code !== "function") throw new Error("The function's text is not a function");
  return code as Code;
}

function getData(instance: Instance, { path }: JsonObject): unknown {
  const data = instance["data"];
  return { data: typeof path === "string" && path !== "" ? valueAt(data, parsePath(path)) : data };
}

/** Done when the view shows it. */
function setData(instance: Instance, { data }: JsonObject): Promise<unknown> {
  return new Promise((resolve) => {
    (instance["setData"] as (data: unknown, callback: () => void) => void)(data, () => resolve({}));
  });
}

async function callMethod(
  { path, instance }: { path: string; instance: Instance },
  params: JsonObject,
): Promise<unknown> {
  const method = instance[String(params["method"])];
  if (typeof method !== "function") throw new Error(`${path} has no method "${String(params["method"])}"`);
  return { result: await (method.apply(instance, list(params["args"])) as unknown) };
}
