import type { Json, JsonObject } from "../protocol";
import type { View } from "../view/view";
import type { CallTable } from "./calls/table";
import { failure, failureValue } from "./failure";

/**
 * What a page inside `<web-view>` may send to the client around it (`parent.postMessage`): a JSAPI call, answered by
 * `{ type: "dingtalk-jsapi-answer", id, ok, value }`, or a message for the mini program's `onMessage`.
 */
export type FromWebView =
  { type: "dingtalk-jsapi"; id: number; m: string; args: JsonObject } | { type: "dingtalk-message"; data: Json };

/**
 * Answers the pages inside web-views. Only a frame that the view announced is heard, and only as long as it is on a
 * page; answers go to the origin that asked. JSAPIs need `enhanced` on the web-view.
 * https://open.dingtalk.com/document/development/mini-app-web-view
 */
export function createWebViewBridge(
  calls: CallTable,
  view: () => View,
): (pageId: string, frame: HTMLIFrameElement) => void {
  const frames = new Map<HTMLIFrameElement, string>();

  async function run(frame: HTMLIFrameElement, pageId: string, m: string, args: JsonObject): Promise<Json> {
    const element = frame.closest("web-view");
    const enhanced = element ? view().elements.attributes(element)["enhanced"] : undefined;
    if (enhanced !== true && enhanced !== "true") throw failure(4, `${m}: the web-view has no enhanced="{{true}}".`);
    return calls("dtBridge", { m, args }, pageId);
  }

  window.addEventListener("message", (event: MessageEvent<FromWebView | null>) => {
    const asking = [...frames].find(([frame]) => frame.contentWindow === event.source);
    if (!asking || !event.data || typeof event.data !== "object") return;
    const [frame, pageId] = asking;
    const message = event.data;
    const element = frame.closest("web-view");
    if (message.type === "dingtalk-message" && element) view().elements.trigger(element, "message", message.data);
    if (message.type !== "dingtalk-jsapi") return;
    const answer = (ok: boolean, value: Json): void =>
      frame.contentWindow?.postMessage({ type: "dingtalk-jsapi-answer", id: message.id, ok, value }, event.origin);
    run(frame, pageId, message.m, message.args).then(
      (value) => answer(true, value),
      (error: unknown) => answer(false, failureValue(error)),
    );
  });

  return (pageId, frame) => {
    for (const known of frames.keys()) if (!known.isConnected) frames.delete(known);
    frames.set(frame, pageId);
  };
}
