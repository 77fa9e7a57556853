import type { Json, JsonObject } from "../protocol";
import type { View } from "../view/view";
import type { CallTable } from "./calls/table";
import { failureValue } from "./failure";

/** What a page inside `<web-view>` may say to the client around it. */
type FromWebView =
  { type: "dingtalk-jsapi"; id: number; m: string; args: JsonObject } | { type: "dingtalk-message"; data: Json };

/**
 * Answers the pages inside web-views. Only a frame that the view announced is heard, and only as long as it is on a
 * page; answers go to the origin that asked.
 */
export function createWebViewBridge(
  calls: CallTable,
  view: () => View,
): (pageId: string, frame: HTMLIFrameElement) => void {
  const frames = new Map<HTMLIFrameElement, string>();

  window.addEventListener("message", (event: MessageEvent<FromWebView | null>) => {
    const asking = [...frames].find(([frame]) => frame.contentWindow === event.source);
    if (!asking || !event.data || typeof event.data !== "object") return;
    const [frame, pageId] = asking;
    const message = event.data;
    if (message.type === "dingtalk-message") view().elements.trigger(frame, "message", message.data);
    if (message.type !== "dingtalk-jsapi") return;
    const answer = (ok: boolean, value: Json): void =>
      frame.contentWindow?.postMessage({ type: "dingtalk-jsapi-answer", id: message.id, ok, value }, event.origin);
    calls("dtBridge", { m: message.m, args: message.args }, pageId).then(
      (value) => answer(true, value),
      (error: unknown) => answer(false, failureValue(error)),
    );
  });

  return (pageId, frame) => {
    for (const known of frames.keys()) if (!known.isConnected) frames.delete(known);
    frames.set(frame, pageId);
  };
}
