import type { Json, JsonObject } from "../../protocol";
import type { FakeView } from "../fake-view";
import { callbacks, startDd } from "./fake-dd";
import { DD_TABLE } from "./table";

const warnings = (view: FakeView): Json[] =>
  view.of("log").flatMap(({ level, args }) => (level === "warn" ? args : []));

describe("dd", () => {
  it("has exactly what its table lists, each with a document or none that exists", () => {
    const { dd } = startDd();
    expect(Object.keys(dd).sort()).toEqual(Object.keys(DD_TABLE).sort());
    for (const [name, { kind }] of Object.entries(DD_TABLE)) {
      expect([name, typeof dd[name] === "function"]).toEqual([name, kind !== "value"]);
    }
  });

  it("reads a name it does not have as undefined, warns of it once, and fails with that name when it is called", () => {
    const { dd, view } = startDd();
    expect(typeof dd["chooseInvoice"]).toBe("undefined");
    expect(() => (dd as Record<string, () => void>)["chooseInvoice"]!()).toThrow(TypeError);
    expect(warnings(view)).toEqual([
      "dd.chooseInvoice does not exist here: it reads as undefined, and calling it throws",
    ]);
  });

  it("is my too, and gives corpId and the library's version", () => {
    const { dd } = startDd();
    expect([dd["corpId"], dd["SDKVersion"]]).toEqual(["ding-one", "1.24.3"]);
  });

  it("gives no promise: DingTalk documents none", () => {
    const { dd } = startDd();
    expect([dd["getAuthCode"]?.({ corpId: "ding-one" }), dd["getSystemInfo"]?.({})]).toEqual([undefined, undefined]);
  });
});

describe("a call that the client carries out", () => {
  it("crosses with its arguments and the page, and tells success, then complete", () => {
    const { dd, view } = startDd();
    const { heard, ...calls } = callbacks();
    dd["getAuthCode"]?.({ corpId: "ding-one", ...calls });
    expect(view.last("call")).toMatchObject({ name: "getAuthCode", args: { corpId: "ding-one" }, pageId: "1" });
    view.answer("getAuthCode", true, { authCode: "code-1" });
    expect(heard).toEqual([
      ["success", { authCode: "code-1" }],
      ["complete", { authCode: "code-1" }],
    ]);
  });

  it("tells fail, then complete; and warns where nobody listens", () => {
    const { dd, view } = startDd();
    const { heard, ...calls } = callbacks();
    dd["getAuthCode"]?.({ corpId: "x", ...calls });
    view.answer("getAuthCode", false, { error: 3, errorMessage: "system" });
    expect(heard.map(([name]) => name)).toEqual(["fail", "complete"]);
    dd["openLink"]?.({ url: "x" });
    view.answer("openLink", false, { error: 2, errorMessage: "no URL" });
    expect(warnings(view)).toEqual([expect.stringContaining("dd.openLink failed and nobody listens")]);
  });

  it("answers each of several calls its own", () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    for (const n of [1, 2]) dd["confirm"]?.({ title: `${n}`, success: (value: Json) => heard.push([n, value]) });
    view.answer("confirm", true, "second");
    view.answer("confirm", true, "first");
    expect(heard).toEqual([
      [2, "second"],
      [1, "first"],
    ]);
  });

  it("whose callback throws is told and ends nothing", () => {
    const { dd, view } = startDd();
    const { heard, complete } = callbacks();
    const success = (): void => {
      throw new Error("in success");
    };
    dd["alert"]?.({ title: "x", success, complete });
    view.answer("alert", true, {});
    expect(heard).toHaveLength(1);
    expect(view.last("exception").message).toBe("Error: in success");
  });

  it("dtBridge hands a JSAPI on and answers onSuccess and onFail", () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    const call = (): unknown =>
      dd["dtBridge"]?.({
        ...{ m: "biz.util.openLink", args: { url: "https://a" } },
        onSuccess: (value: Json) => heard.push(["ok", value]),
        onFail: (value: Json) => heard.push(["fail", value]),
      });
    call();
    expect(view.last("call")).toMatchObject({
      name: "dtBridge",
      args: { m: "biz.util.openLink", args: { url: "https://a" } },
    });
    view.answer("dtBridge", true, {});
    call();
    view.answer("dtBridge", false, { errorCode: "3" });
    expect(heard).toEqual([
      ["ok", {}],
      ["fail", { errorCode: "3" }],
    ]);
  });
});

describe("dd.httpRequest", () => {
  it("fills in DingTalk's defaults", () => {
    const { dd, view } = startDd();
    dd["httpRequest"]?.({ url: "https://a/b", data: { q: 1 } });
    expect(view.last("call").args).toEqual({
      ...{ url: "https://a/b", data: { q: 1 }, method: "GET", dataType: "json", timeout: 30000 },
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
  });

  it.each<[string, JsonObject]>([
    ["DingTalk has the methods GET and POST only", { method: "PUT" }],
    ["url must be an http(s) address", { url: "/api" }],
    ["dataType must be one of json, text, base64", { dataType: "arraybuffer" }],
    ["the field is called headers", { header: {} }],
    [
      "with Content-Type application/json, data must be a JSON string (JSON.stringify)",
      { method: "POST", headers: { "content-type": "application/json" }, data: {} },
    ],
  ])("is refused: %s", async (why, request) => {
    const { dd, view } = startDd();
    const { heard, ...calls } = callbacks();
    dd["httpRequest"]?.({ url: "https://a", ...request, ...calls });
    await view.settle();
    expect(heard[0]).toEqual(["fail", { error: 2, errorMessage: `dd.httpRequest: ${why}` }]);
    expect(view.of("call")).toEqual([]);
  });
});

describe("dd.canIUse", () => {
  it.each([
    ["httpRequest", true],
    ["chooseInvoice", false],
    ["scroll-view", true],
    ["rich-text", true],
    ["open-avatar", false],
    ["page.$batchedUpdates", true],
    ["createCanvasContext.getImageData", true],
    ["createCanvasContext.measureText", false],
    ["getSystemInfo.return.pixelRatio", true],
    ["getSystemInfo.return.none", false],
    ["button.open-type.share", false],
    ["component2", true],
  ])("%s: %p", (question, answer) => {
    expect(startDd().dd["canIUse"]?.(question)).toBe(answer);
  });
});

describe("dd.createSelectorQuery", () => {
  it("measures in order and hands the answers to exec", () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    type Query = Record<string, (argument?: unknown) => Query>;
    const query = dd["createSelectorQuery"]?.() as Query;
    expect([query["node"], query["fields"]]).toEqual([undefined, undefined]);
    query["select"]?.("#one")["boundingClientRect"]?.()["selectAll"]?.(".all")["boundingClientRect"]?.();
    query["selectViewport"]?.()
      ["scrollOffset"]?.()
      ["exec"]?.((value: Json) => heard.push(value));
    expect(view.last("call")).toMatchObject({
      name: "selectorQuery",
      args: {
        steps: [
          { target: "select", selector: "#one", measure: "boundingClientRect" },
          { target: "selectAll", selector: ".all", measure: "boundingClientRect" },
          { target: "selectViewport", selector: "", measure: "scrollOffset" },
        ],
      },
    });
    view.answer("selectorQuery", true, [null, [], { scrollTop: 0 }]);
    expect(heard).toEqual([[null, [], { scrollTop: 0 }]]);
  });
});

describe("what happens by itself", () => {
  it("reaches its listeners until they are taken away", () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    const listener = (value: Json): void => void heard.push(value);
    dd["onNetworkStatusChange"]?.(listener);
    view.receive({ type: "notice", name: "onNetworkStatusChange", value: { isConnected: false } });
    dd["offNetworkStatusChange"]?.(listener);
    view.receive({ type: "notice", name: "onNetworkStatusChange", value: { isConnected: true } });
    expect(heard).toEqual([{ isConnected: false }]);
  });

  it("intersections reach the observer that asked", () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    type Observer = Record<string, (...args: unknown[]) => Observer>;
    const observer = dd["createIntersectionObserver"]?.({ thresholds: [0.5] }) as Observer;
    observer["relativeToViewport"]?.({ bottom: 10 })["observe"]?.(".card", (value: Json) => heard.push(value));
    const { name, args } = view.last("call");
    expect([name, args]).toEqual([
      "observeIntersection",
      {
        ...{ observerId: "1", selector: ".card", thresholds: [0.5], initialRatio: 0, selectAll: false },
        relativeTo: [{ selector: null, margins: { bottom: 10 } }],
      },
    ]);
    view.receive({ type: "notice", name: "intersection", value: { observerId: "2", intersectionRatio: 1 } });
    view.receive({ type: "notice", name: "intersection", value: { observerId: "1", intersectionRatio: 0.5 } });
    observer["disconnect"]?.();
    view.receive({ type: "notice", name: "intersection", value: { observerId: "1", intersectionRatio: 1 } });
    expect(heard).toEqual([{ intersectionRatio: 0.5 }]);
    expect(view.last("call")).toMatchObject({ name: "endIntersection", args: { observerId: "1" } });
  });
});

describe("dd.createWebViewContext", () => {
  type Context = Record<string, (value?: unknown) => void>;

  it("posts an object to the web-view of the page that it was made on", () => {
    const { dd, view } = startDd();
    const context = dd["createWebViewContext"]?.("inside") as Context;
    context["postMessage"]?.({ sendToWebView: "1", skipped: () => 1 });
    expect(view.last("call")).toMatchObject({
      ...{ name: "postToWebView", pageId: "1" },
      args: { webViewId: "inside", data: { sendToWebView: "1" } },
    });
  });

  it("reports a message that nobody could hear", () => {
    const { dd, view } = startDd();
    (dd["createWebViewContext"]?.("inside") as Context)["postMessage"]?.({});
    view.answer("postToWebView", false, { error: 2, errorMessage: "There is no such web-view." });
    expect(view.last("exception").message).toContain("There is no such web-view.");
  });

  it("takes an id and objects only", () => {
    const { dd } = startDd();
    expect(() => dd["createWebViewContext"]?.()).toThrow("the id of a web-view");
    const context = dd["createWebViewContext"]?.("inside") as Context;
    expect(() => context["postMessage"]?.("text")).toThrow("takes an object");
  });
});

describe("what the worker answers itself", () => {
  it("getSystemInfo gives what getSystemInfoSync gives", async () => {
    const { dd, view } = startDd();
    const { heard, ...calls } = callbacks();
    dd["getSystemInfo"]?.(calls);
    expect(heard).toEqual([]);
    await view.settle();
    expect(heard[0]).toEqual(["success", dd["getSystemInfoSync"]?.()]);
  });

  it("getLaunchOptionsSync gives what onLaunch was given", () => {
    const { dd } = startDd({ boot: { launch: { path: "pages/a/a", query: { id: "1" } } } });
    expect(dd["getLaunchOptionsSync"]?.()).toEqual({ path: "pages/a/a", query: { id: "1" } });
  });

  it("createAnimation exports its steps once", () => {
    type Animation = Record<string, (...args: unknown[]) => Animation>;
    const animation = startDd().dd["createAnimation"]?.({ duration: 1000 }) as Animation;
    animation["scale"]?.(3, 3)["rotate"]?.(60)["step"]?.()["translate"]?.(35)["step"]?.({ delay: 5 });
    const option = { duration: 1000, timeFunction: "linear", delay: 0, transformOrigin: "50% 50% 0" };
    expect(animation["export"]?.()).toEqual({
      actions: [
        {
          animates: [
            { type: "scale", args: [3, 3] },
            { type: "rotate", args: [60] },
          ],
          option,
        },
        { animates: [{ type: "translate", args: [35] }], option: { ...option, delay: 5 } },
      ],
    });
    expect(animation["export"]?.()).toEqual({ actions: [] });
  });

  it("getUpdateManager finds no update", async () => {
    const { dd, view } = startDd();
    const heard: unknown[] = [];
    const manager = dd["getUpdateManager"]?.() as Record<string, (listener: unknown) => void>;
    manager["onCheckForUpdate"]?.((value: Json) => heard.push(value));
    await view.settle();
    expect(heard).toEqual([{ hasUpdate: false }]);
  });
});
