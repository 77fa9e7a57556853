import { buildSync } from "esbuild";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { LOGIC_NAMES, LOGIC_SHADOWED } from "../compiled";
import type { ToLogic, ToView } from "../protocol";

const bundle = buildSync({
  entryPoints: [join(process.cwd(), "desk/runtime/logic/worker.ts")],
  ...{ bundle: true, write: false, format: "iife", target: "es2022" },
}).outputFiles[0]?.text;

const ABSENT = [
  ...LOGIC_SHADOWED.filter((name) => name !== "Function").map(String),
  ...["WebAssembly", "queueMicrotask", "structuredClone", "URL", "TextEncoder", "Blob", "MessageChannel", "console"],
  ...[
    "navigator",
    "addEventListener",
    "close",
    "name",
    "atob",
    "SharedArrayBuffer",
    "Atomics",
    "WeakRef",
    "__define",
    "__start",
  ],
];

/** Runs the worker's bundle, then a page, in a realm with a worker's globals; returns what the page found and what was sent. */
async function runSealed(code: string): Promise<{ found: unknown; sent: ToView[] }> {
  const sent: ToView[] = [];
  const found: { value: unknown } = { value: undefined };
  const listeners: Record<string, (event: object) => void> = {};
  const scope: Record<string, unknown> = {
    postMessage: (text: string) => void sent.push(JSON.parse(text) as ToView),
    addEventListener: (type: string, listener: (event: object) => void) => (listeners[type] = listener),
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, structuredClone, console },
  };
  for (const name of ABSENT.filter((name) => name !== "globalThis")) scope[name] ??= class Native {};
  const realm = createContext(scope);
  runInContext(bundle ?? "", realm);
  scope["found"] = found;
  runInContext(
    `const define = __define, begin = __start;
    define("/app.js", (require, module, exports, App) => App({}));
    define("/pages/a/a.js", function (require, module, exports, ${LOGIC_NAMES.join(", ")}) {
      "use strict";
      Page({ onLoad() { found.value = (${code}); } });
    });
    begin({ pages: ["pages/a/a"], components: [], tabBar: null, window: {} });`,
    realm,
  );
  const boot: ToLogic = {
    ...{ type: "boot", launch: { path: "", query: {} }, systemInfo: {}, storage: {}, corpId: null },
    canvasProfile: "documented",
  };
  const call: ToLogic = {
    ...{ type: "automator", id: "1", method: "App.callFunction" },
    params: { functionDeclaration: "(a, b) => a + b", args: [1, 2] },
  };
  for (const message of [boot, call]) listeners["message"]?.({ data: JSON.stringify(message) });
  await new Promise((resolve) => setImmediate(resolve));
  return { found: JSON.parse(JSON.stringify(found.value ?? null)) as unknown, sent };
}

describe("the sealed worker", () => {
  it("has none of the globals that DingTalk lacks", async () => {
    const { found } = await runSealed(`[${ABSENT.map((name) => `typeof ${name}`).join(", ")}]`);
    const there = ABSENT.filter((_name, index) => (found as string[])[index] !== "undefined");
    expect(there).toEqual(["console"]); // the mini program's own
  });

  it.each([
    ["eval", "(0, eval)('1')"],
    ["new Function", "new Function('return 1')"],
    ["a function's constructor", "(function () {}).constructor('return 1')()"],
    ["an arrow function's constructor", "(() => 1).constructor('return 1')()"],
    ["an async function's constructor", "(async function () {}).constructor('return 1')()"],
    ["a generator's constructor", "(function* () {}).constructor('return 1')()"],
    ["an async generator's constructor", "(async function* () {}).constructor('return 1')()"],
    ["the constructor of a method of dd", "dd.alert.constructor('return 1')()"],
    ["Reflect.construct", "Reflect.construct((() => 1).constructor, ['return 1'])"],
  ])("makes no code from text by %s", async (_how, code) => {
    const { found, sent } = await runSealed(code);
    expect(found).toBeNull();
    const messages = sent.flatMap((message) => (message.type === "exception" ? [message.message] : []));
    expect(messages).toEqual([expect.stringContaining("cannot make code from text")]);
  });

  it("takes only functions in timers", async () => {
    const { sent } = await runSealed(`setTimeout("1", 0)`);
    expect(sent.find(({ type }) => type === "exception")).toMatchObject({
      message: "TypeError: setTimeout takes a function",
    });
  });

  it("tells an error in a timer", async () => {
    const { sent } = await runSealed(`setTimeout(() => { throw new Error("late"); }, 0) && 1`);
    while (!sent.some(({ type }) => type === "exception")) await new Promise((resolve) => setImmediate(resolve));
    expect(sent.find(({ type }) => type === "exception")).toMatchObject({ message: "Error: late" });
  });

  it("keeps the language as old as DingTalk's engine", async () => {
    const young = [
      "Object.fromEntries",
      "[].at",
      "''.replaceAll",
      "Promise.allSettled",
      "Symbol().description",
      "Intl.ListFormat",
    ];
    young.push("new Uint8Array(1).at", "[].values().map", "typeof AggregateError === 'undefined' ? undefined : 1");
    const old = ["[].flat", "Promise.prototype.finally", "''.padStart", "Map", "Proxy", "BigInt", "Intl.NumberFormat"];
    const { found } = await runSealed(`[${[...young, ...old].map((name) => `typeof (${name})`).join(", ")}]`);
    expect(found).toEqual([...young.map(() => "undefined"), ...old.map(() => "function")]);
  });

  it("lets code ask whether something is a function", async () => {
    expect((await runSealed("[(() => 1) instanceof Function, Function.prototype.call.call(() => 2)]")).found).toEqual([
      true,
      2,
    ]);
  });

  it("still evaluates for the automator", async () => {
    const { sent } = await runSealed("1");
    expect(sent.find(({ type }) => type === "automatorResult")).toEqual({
      ...{ type: "automatorResult", id: "1", result: { result: 3 } },
    });
  });
});
