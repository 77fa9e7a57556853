import type { Json, JsonObject } from "../protocol";
import { startProgram, type FakeView } from "./fake-view";

type Self = Record<string, (...args: unknown[]) => unknown> & { data: Record<string, unknown> };

function start(): FakeView {
  const view = startProgram({
    "/app": ({ App }) => App({ globalData: { user: "li" } }),
    "/pages/a/a": ({ Page, dd, console }) =>
      Page({
        data: { list: [{ name: "x" }] },
        add: (a: number, b: number) => a + b,
        later: () => Promise.resolve("late"),
        say: () => console["warn"]?.("said", { n: 1 }),
        fails() {
          throw new Error("from a handler");
        },
        ask(this: Self) {
          dd["getAuthCode"]?.({
            success: ({ authCode }: { authCode: string }) => this["setData"]?.({ authCode }),
            fail: ({ error }: { error: number }) => this["setData"]?.({ error }),
          });
        },
      }),
    "/pages/b/b": ({ Page }) => Page({}),
    "/components/c/c": ({ Component }) => Component({ data: { n: 1 }, methods: { twice: (n: number) => n * 2 } }),
  });
  const mount = { pageId: "1", componentId: "c1", path: "/components/c/c", owner: null, props: {}, ref: null };
  view.receive({ type: "componentMount", ...mount });
  return view;
}

let count = 0;

/** Sends a method; `answer` waits for what comes back. */
async function ask(view: FakeView, method: string, params: JsonObject = {}, during?: () => void): Promise<Json> {
  const id = `${++count}`;
  view.receive({ type: "automator", id, method, params });
  await view.settle();
  during?.();
  await view.settle();
  const failed = view.of("automatorError").find((message) => message.id === id);
  if (failed) throw new Error(failed.message);
  const answered = view.of("automatorResult").find((message) => message.id === id);
  if (!answered) throw new Error(`${method} was not answered`);
  return answered.result;
}

describe("pages", () => {
  it("tells the stack and the page on top", async () => {
    const view = start();
    await ask(view, "App.callWxMethod", { method: "navigateTo", args: [{ url: "/pages/b/b?id=1" }] });
    const [a, b] = [
      { pageId: "1", path: "pages/a/a", query: {} },
      { pageId: "2", path: "pages/b/b", query: { id: "1" } },
    ];
    expect(await ask(view, "App.getPageStack")).toEqual({ pageStack: [a, b] });
    expect(await ask(view, "App.getCurrentPage")).toEqual(b);
  });

  it("reads and changes data; a change is answered when it is on the screen", async () => {
    const view = start();
    expect(await ask(view, "Page.getData", { pageId: "1", path: "list[0].name" })).toEqual({ data: "x" });
    const change = { pageId: "1", data: { "list[0].name": "y" } };
    await expect(ask(view, "Page.setData", change)).rejects.toThrow("was not answered");
    await ask(view, "Page.setData", change, () => view.applyAll());
    expect(await ask(view, "Page.getData", { pageId: "1" })).toEqual({ data: { list: [{ name: "y" }] } });
  });

  it("calls methods, also asynchronous ones, and names one that is missing", async () => {
    const view = start();
    const call = (method: string, args: Json[] = []): Promise<Json> =>
      ask(view, "Page.callMethod", { pageId: "1", method, args });
    expect(await call("add", [2, 3])).toEqual({ result: 5 });
    expect(await call("later")).toEqual({ result: "late" });
    await expect(call("gone")).rejects.toThrow('pages/a/a has no method "gone"');
    await expect(call("fails")).rejects.toThrow("from a handler");
    await expect(ask(view, "Page.getData", { pageId: "9" })).rejects.toThrow("There is no page 9");
  });

  it("does the same for a component by its nodeId", async () => {
    const view = start();
    const node = { pageId: "1", elementId: "e", nodeId: "c1" };
    await ask(view, "Element.setData", { ...node, data: { n: 2 } }, () => view.applyAll());
    expect(await ask(view, "Element.getData", { ...node, path: "n" })).toEqual({ data: 2 });
    expect(await ask(view, "Element.callMethod", { ...node, method: "twice", args: [4] })).toEqual({ result: 8 });
  });
});

describe("App.callWxMethod", () => {
  it("returns what a synchronous function returns", async () => {
    const result = { platform: "Android", windowWidth: 375, pixelRatio: 2 };
    expect(await ask(start(), "App.callWxMethod", { method: "getSystemInfoSync", args: [] })).toEqual({ result });
  });

  it("waits for success or fail of an asynchronous one", async () => {
    const view = start();
    const call = (ok: boolean, value: Json): Promise<Json> =>
      ask(view, "App.callWxMethod", { method: "getAuthCode", args: [{ corpId: "x" }] }, () =>
        view.answer("getAuthCode", ok, value),
      );
    expect(await call(true, { authCode: "1" })).toEqual({ result: { authCode: "1" } });
    await expect(call(false, { error: 3, errorMessage: "system" })).rejects.toThrow("system");
  });

  it("refuses a function that is not there, and a navigation that fails", async () => {
    const view = start();
    await expect(ask(view, "App.callWxMethod", { method: "pay", args: [] })).rejects.toThrow("dd.pay is not supported");
    const none = { method: "navigateTo", args: [{ url: "/none" }] };
    await expect(ask(view, "App.callWxMethod", none)).rejects.toThrow('There is no page "none"');
  });
});

describe("App.mockWxMethod", () => {
  const data = async (view: FakeView): Promise<Json> => {
    view.event("ask");
    await view.settle();
    return ((await ask(view, "Page.getData", { pageId: "1" })) as { data: Json }).data;
  };

  it("answers success with a value, fail with one that has an error, until it is restored", async () => {
    const view = start();
    await ask(view, "App.mockWxMethod", { method: "getAuthCode", result: { authCode: "mocked" } });
    expect(await data(view)).toMatchObject({ authCode: "mocked" });
    await ask(view, "App.mockWxMethod", { method: "getAuthCode", result: { error: 3 } });
    expect(await data(view)).toMatchObject({ error: 3 });
    expect(view.of("call")).toEqual([]);
    await ask(view, "App.mockWxMethod", { method: "getAuthCode" });
    await data(view);
    expect(view.last("call").name).toBe("getAuthCode");
  });

  it("takes a function with further arguments, which may call the original", async () => {
    const view = start();
    const functionDeclaration = "function (options, extra) { return { ...this.origin(options), extra }; }";
    await ask(view, "App.mockWxMethod", { method: "getSystemInfoSync", functionDeclaration, args: ["more"] });
    const { result } = (await ask(view, "App.callWxMethod", { method: "getSystemInfoSync", args: [{}] })) as JsonObject;
    expect(result).toMatchObject({ platform: "Android", extra: "more" });
    const promised = "() => Promise.resolve({ authCode: 'from a promise' })";
    await ask(view, "App.mockWxMethod", { method: "getAuthCode", functionDeclaration: promised, args: [] });
    expect(await data(view)).toMatchObject({ authCode: "from a promise" });
  });
});

describe("App.callFunction", () => {
  it("runs with the program's names and gives the result", async () => {
    const view = start();
    const call = (functionDeclaration: string, args: Json[] = []): Promise<Json> =>
      ask(view, "App.callFunction", { functionDeclaration, args });
    expect(await call("(a, b) => a + b", [1, 2])).toEqual({ result: 3 });
    expect(await call("() => getApp().globalData.user + getCurrentPages().length")).toEqual({ result: "li1" });
    expect(await call("async function () { return wx.getSystemInfoSync().platform + dd.corpId }")).toEqual({
      result: "Androidding-one",
    });
    expect(await call("() => undefined")).toEqual({});
    await expect(call("() => { throw new Error('inside') }")).rejects.toThrow("inside");
  });
});

describe("events", () => {
  const events = (view: FakeView): [string, JsonObject][] =>
    view.of("automatorEvent").map(({ method, params }) => [method, params]);

  it("logs are told once they are wanted", async () => {
    const view = start();
    view.event("say");
    await ask(view, "App.enableLog");
    view.event("say");
    expect(events(view)).toEqual([["App.logAdded", { type: "warn", args: ["said", { n: 1 }] }]]);
    expect(view.of("log")).toHaveLength(2);
  });

  it("a binding tells of its calls", async () => {
    const view = start();
    await ask(view, "App.addBinding", { name: "told" });
    await ask(view, "App.callFunction", { functionDeclaration: "() => told(1, { a: 2 })", args: [] });
    expect(events(view)).toEqual([["App.bindingCalled", { name: "told", args: [1, { a: 2 }] }]]);
  });

  it("an exception is told", () => {
    const view = start();
    view.event("fails");
    expect(events(view)).toEqual([
      ["App.exceptionThrown", { message: "Error: from a handler", stack: expect.any(String) as string }],
    ]);
  });

  it("a method that is not there is an error", async () => {
    await expect(ask(start(), "App.jump")).rejects.toThrow("App.jump is not supported");
  });
});
