import type { Json, JsonObject, ToLogic } from "../../protocol";
import type { View } from "../../view/view";
import type { CallTable } from "../calls/table";
import { failure, failureValue } from "../failure";
import type { FromWebView, WebViews } from "./web-view";

/** What answering the pages inside web-views needs. */
export interface WebViewParts {
  webViews: WebViews;
  calls: CallTable;
  view: View;
  send(message: ToLogic): void;
}

/**
 * Answers the pages inside web-views, as long as they are on a page; answers go to the origin that asked. JSAPIs need
 * `enhanced` on the web-view. https://open.dingtalk.com/document/development/mini-app-web-view
 */
export function answerWebViews({ webViews, calls, view, send }: WebViewParts): void {
  async function run(element: Element | null, pageId: string, m: string, args: JsonObject): Promise<Json> {
    const enhanced = element ? view.elements.attributes(element)["enhanced"] : undefined;
    if (enhanced !== true && enhanced !== "true") throw failure(4, `${m}: the web-view has no enhanced="{{true}}".`);
    return calls("dtBridge", { m, args }, pageId);
  }

  window.addEventListener("message", (event: MessageEvent<FromWebView | null>) => {
    const speaking = webViews.speaking(event);
    if (!speaking || !event.data || typeof event.data !== "object") return;
    const { frame, pageId } = speaking;
    const message = event.data;
    const element = frame.closest("web-view");
    if (message.type === "dingtalk-message" && element) view.elements.trigger(element, "message", message.data);
    if (message.type === "dingtalk-navigate")
      send({ type: "navigate", pageId, method: "navigateTo", url: String(message.url) });
    if (message.type !== "dingtalk-jsapi") return;
    const answer = (ok: boolean, value: Json): void =>
      frame.contentWindow?.postMessage({ type: "dingtalk-jsapi-answer", id: message.id, ok, value }, event.origin);
    run(element, pageId, message.m, message.args).then(
      (value) => answer(true, value),
      (error: unknown) => answer(false, failureValue(error)),
    );
  });
}
