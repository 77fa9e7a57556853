import { startProgram, type FakeView } from "../fake-view";
import { startDd } from "./fake-dd";

type Context = Record<string, (...args: unknown[]) => unknown>;

/** A context of canvas `chart` in that profile. */
function startCanvas(canvasProfile: "documented" | "client" = "documented"): { context: Context; view: FakeView } {
  const { dd, view } = startDd({ boot: { canvasProfile } });
  return { context: dd["createCanvasContext"]?.("chart") as Context, view };
}

/** As listed in https://open.dingtalk.com/document/development/overview-of-canvascontext, without addColorStop, which gradients have. */
const DOCUMENTED =
  `toTempFilePath setTextAlign setTextBaseline setFillStyle setStrokeStyle setShadow createLinearGradient
  createCircularGradient setLineWidth setLineCap setLineJoin setMiterLimit rect fillRect strokeRect clearRect fill stroke
  beginPath closePath moveTo lineTo arc bezierCurveTo clip quadraticCurveTo scale rotate translate setFontSize fillText
  drawImage setGlobalAlpha save restore draw getImageData putImageData`.split(/\s+/);

const UNDOCUMENTED = `measureText transform setTransform setLineDash strokeText arcTo ellipse createPattern font
  globalCompositeOperation createRadialGradient isPointInPath resetTransform`.split(/\s+/);

describe("the documented canvas", () => {
  it("has every documented method and no other", () => {
    const { context } = startCanvas();
    expect(Object.keys(context).sort()).toEqual([...DOCUMENTED].sort());
    expect(DOCUMENTED.filter((name) => typeof context[name] !== "function")).toEqual([]);
    expect(UNDOCUMENTED.filter((name) => context[name] !== undefined)).toEqual([]);
    expect(typeof (context["createLinearGradient"]?.(0, 0, 1, 1) as Context)["addColorStop"]).toBe("function");
  });

  it("records until draw, and begins anew after it", () => {
    const { context, view } = startCanvas();
    context["setFillStyle"]?.("red");
    context["fillRect"]?.(0, 0, 10, 20);
    expect(view.of("canvasDraw")).toEqual([]);
    context["draw"]?.();
    context["fillText"]?.("文", 1, 2, undefined);
    context["draw"]?.(true);
    expect(
      view.of("canvasDraw").map(({ pageId, canvasId, reserve, actions }) => [pageId, canvasId, reserve, actions]),
    ).toEqual([
      [
        ...["1", "chart", false],
        [
          ["setFillStyle", "red"],
          ["fillRect", 0, 0, 10, 20],
        ],
      ],
      ["1", "chart", true, [["fillText", "文", 1, 2, null]]],
    ]);
  });

  it("is drawn and measured after the data that the same handler set before, which may be its size", () => {
    const view = startProgram({
      "/pages/a/a": ({ Page, dd }) =>
        Page({
          act(this: Context) {
            this["setData"]?.({ width: 100 });
            (dd["createCanvasContext"]?.("chart") as Context)["draw"]?.();
            this["setData"]?.({ drawn: true });
            const query = (dd["createSelectorQuery"]?.() as Context)["selectViewport"]?.() as Context;
            (query["boundingClientRect"]?.() as Context)["exec"]?.();
          },
        }),
    });
    const before = view.sent.length;
    view.event("act");
    expect(view.sent.slice(before).map(({ type }) => type)).toEqual(["data", "canvasDraw", "data", "call"]);
  });

  it("calls back when it is drawn, and tells a canvas that is not there", () => {
    const { context, view } = startCanvas();
    const heard: string[] = [];
    for (const ok of [true, false]) {
      context["draw"]?.(false, () => heard.push("drawn"));
      expect(heard).toHaveLength(ok ? 0 : 1);
      view.receive({
        type: "result",
        callId: view.last("canvasDraw").callId,
        ok,
        value: { errorMessage: "no canvas" },
      });
    }
    expect(heard).toEqual(["drawn", "drawn"]);
    expect(view.last("exception").message).toContain("Canvas chart: draw failed");
  });

  it("sends gradients with the stops they have when they are drawn", () => {
    const { context, view } = startCanvas();
    const linear = context["createLinearGradient"]?.(0, 0, 0, 9) as Context;
    const circular = context["createCircularGradient"]?.(5, 5, 3) as Context;
    context["setFillStyle"]?.(linear);
    context["setStrokeStyle"]?.(circular);
    linear["addColorStop"]?.(0, "#fff");
    linear["addColorStop"]?.(1, "#000");
    context["draw"]?.();
    const stops = [
      [0, "#fff"],
      [1, "#000"],
    ];
    expect(view.last("canvasDraw").actions).toEqual([
      ["setFillStyle", { gradient: "linear", args: [0, 0, 0, 9], stops }],
      ["setStrokeStyle", { gradient: "circular", args: [5, 5, 3], stops: [] }],
    ]);
  });

  it("draws nothing for an assigned property, and says so once", () => {
    const { context, view } = startCanvas();
    for (const color of ["red", "blue"]) Object.assign(context, { fillStyle: color });
    Object.assign(context, { owner: "an adapter's own field" });
    context["draw"]?.();
    expect(view.last("canvasDraw").actions).toEqual([]);
    expect(view.of("log").map(({ args }) => args[0])).toEqual([
      expect.stringContaining("assigning fillStyle does nothing"),
    ]);
  });

  it("reads and writes pixels by calls that name the canvas", () => {
    const { context, view } = startCanvas();
    const heard: unknown[] = [];
    context["toTempFilePath"]?.({ x: 1, success: (value: unknown) => heard.push(value) });
    view.answer("canvasToTempFilePath", true, { filePath: "blob:1" });
    context["getImageData"]?.({ x: 0, y: 0, width: 1, height: 1, success: (value: unknown) => heard.push(value) });
    view.answer("canvasGetImageData", true, { width: 1, height: 1, data: [1, 2, 3, 255] });
    context["putImageData"]?.({ x: 0, y: 0, width: 1, height: 1, data: new Uint8ClampedArray([9, 8, 7, 255]) });

    expect(heard).toEqual([
      { filePath: "blob:1" },
      { width: 1, height: 1, data: new Uint8ClampedArray([1, 2, 3, 255]) },
    ]);
    expect(view.of("call").map(({ name, args }) => [name, args])).toEqual([
      ["canvasToTempFilePath", { x: 1, canvasId: "chart" }],
      ["canvasGetImageData", { x: 0, y: 0, width: 1, height: 1, canvasId: "chart" }],
      ["canvasPutImageData", { x: 0, y: 0, width: 1, height: 1, data: [9, 8, 7, 255], canvasId: "chart" }],
    ]);
  });

  it("refuses what cannot cross", () => {
    const { context } = startCanvas();
    context["setFillStyle"]?.(() => "red");
    expect(() => context["draw"]?.()).toThrow("canvas chart, setFillStyle.1 is a function");
  });
});

describe("the client's canvas", () => {
  it("adds what the real client is known to have", () => {
    const { context, view } = startCanvas("client");
    const added = ["transform", "setTransform", "setLineDash", "strokeText", "measureText"];
    expect([...DOCUMENTED, ...added].filter((name) => typeof context[name] !== "function")).toEqual([]);
    context["setTransform"]?.(1, 0, 0, 1, 0, 0);
    Object.assign(context, { fillStyle: "red", font: "20px serif", globalCompositeOperation: "lighter" });
    context["draw"]?.();
    expect(view.last("canvasDraw").actions).toEqual([
      ["setTransform", 1, 0, 0, 1, 0, 0],
      ["setFillStyle", "red"],
      ["font", "20px serif"],
      ["globalCompositeOperation", "lighter"],
    ]);
    expect((context as Record<string, unknown>)["fillStyle"]).toBe("red");
  });

  it("estimates a text's width by its size: a Chinese character is as wide as high", () => {
    const { context } = startCanvas("client");
    context["setFontSize"]?.(20);
    expect(context["measureText"]?.("报表")).toEqual({ width: 40 });
    const widths = ["i", "a", "W"].map((text) => (context["measureText"]?.(text) as { width: number }).width);
    expect(widths).toEqual([...widths].sort((a, b) => a - b));
  });
});
