/**
 * What crosses between the logic worker and the page that shows the views. Every message is sent as one JSON string:
 * what JSON cannot carry (functions, dates, undefined) does not cross, as in DingTalk.
 * The logic side owns the page stack and all instances; the view side owns pixels, input and everything the client does.
 */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** One change of an instance's data. `path` is parsed (`a.b[0]` is ["a","b",0]); a splice follows Array.prototype.splice. */
export type Patch = { path: (string | number)[]; value: Json } | { path: (string | number)[]; splice: Json[] };

/** A prop as the view sends it: data, or the mark of a function prop (`onChange="save"`), called on its owner. */
export interface FunctionProp {
  $handler: string;
  /** The component instance that owns the handler; null is the page. */
  $owner: string | null;
}

/**
 * Which canvas a phone has: the methods that DingTalk documents; those besides that clients are known to have; or what one
 * iPhone of 2020 showed (`logic/dd/canvas-methods.ts` lists each).
 */
export type CanvasProfile = "documented" | "client" | "recorded";

export interface BootMessage {
  type: "boot";
  launch: { path: string; query: Record<string, string>; scene?: string; referrerInfo?: JsonObject };
  systemInfo: JsonObject;
  /** What `navigator.swuserAgent` says; absent: there is no `navigator`. */
  userAgent?: string;
  /** Everything `dd.setStorage` kept, by key. */
  storage: Record<string, Json>;
  corpId: string | null;
  canvasProfile: CanvasProfile;
  /** The letter of the documents: what programs may get away with on devices throws. Absent: as devices do. */
  strict?: boolean;
}

/** From the view to the logic. */
export type ToLogic =
  | BootMessage
  /** The page's first rendering is on the screen: onReady. */
  | { type: "pageRendered"; pageId: string }
  /** `setData` number `seq` is on the screen: its callback runs. */
  | { type: "dataApplied"; seq: number }
  | { type: "event"; pageId: string; owner: string | null; handler: string; event: JsonObject }
  /** The view met a custom component: make an instance. `componentId` is chosen by the view, unique for the run. */
  | {
      type: "componentMount";
      pageId: string;
      componentId: string;
      path: string;
      owner: string | null;
      props: JsonObject;
      ref: string | null;
      /** The component that it is drawn in, be it in the template or in a slot: its didMount waits for this one's. Absent: the owner. */
      inside?: string | null;
    }
  /** Its first rendering is on the screen: didMount. */
  | { type: "componentRendered"; componentId: string }
  | { type: "componentUpdate"; componentId: string; props: JsonObject }
  | { type: "componentUnmount"; componentId: string }
  | {
      type: "pageEvent";
      pageId: string;
      name:
        | "onPullDownRefresh"
        | "onReachBottom"
        | "onPageScroll"
        | "onTitleClick"
        | "onShareAppMessage"
        | "onTabItemTap"
        | "back";
      argument: Json;
    }
  /** The client went to the background or came back. */
  | { type: "appEvent"; name: "onShow" | "onHide"; argument: Json }
  | { type: "tab"; path: string }
  /** A tap on `<navigator>`: as if the page had called `dd[method]({ url })`. */
  | {
      type: "navigate";
      pageId: string;
      method: "navigateTo" | "redirectTo" | "reLaunch" | "switchTab" | "navigateBack";
      url: string;
    }
  /** The answer to `call`: what `success` or `fail` gets. */
  | { type: "result"; callId: number; ok: boolean; value: Json }
  /** Something a subscribed API reports (`dd.onNetworkStatusChange` and the like). */
  | { type: "notice"; name: string; value: Json }
  /** From the automator endpoint; answered by `automatorResult`. */
  | { type: "automator"; id: string; method: string; params: JsonObject };

/** A fill or stroke style that is a gradient, as an argument of `setFillStyle` and `setStrokeStyle` in `canvasDraw`. */
export interface CanvasGradient {
  /** `createLinearGradient(x0, y0, x1, y1)` or `createCircularGradient(x, y, r)`. */
  gradient: "linear" | "circular";
  args: number[];
  /** What `addColorStop(stop, color)` was told, in that order. */
  stops: [number, string][];
}

/** From the logic to the view. */
export type ToView =
  | { type: "booted" }
  | { type: "pageOpen"; pageId: string; path: string; query: Record<string, string>; data: JsonObject; tab: boolean }
  | { type: "pageClose"; pageIds: string[] }
  /** The page on top after every change of the stack. `stack` is bottom to top. */
  | { type: "pageShow"; pageId: string; stack: string[] }
  /** One `setData`, of a page (`componentId` null) or a component. */
  | { type: "data"; pageId: string; componentId: string | null; patches: Patch[]; seq: number }
  /** The instance that `componentMount` asked for: its first data, after onInit and deriveDataFromProps. */
  | { type: "componentReady"; componentId: string; data: JsonObject; props: JsonObject }
  /** A `dd` call that the client carries out. */
  | { type: "call"; callId: number; name: string; args: JsonObject; pageId: string | null }
  /**
   * What `draw()` recorded: method calls `[name, ...args]` (null where JSON has no value) and, in the "client" profile,
   * assignments of properties that have no method, `[property, value]`. Answered by `result` with this `callId` when it is drawn.
   */
  | { type: "canvasDraw"; pageId: string; canvasId: string; actions: Json[][]; reserve: boolean; callId: number }
  | { type: "log"; level: "log" | "info" | "warn" | "error" | "debug"; args: Json[] }
  | { type: "exception"; message: string; stack: string }
  | { type: "automatorResult"; id: string; result: Json }
  | { type: "automatorError"; id: string; message: string }
  | { type: "automatorEvent"; method: string; params: JsonObject };
