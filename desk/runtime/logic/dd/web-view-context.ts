import { cloneObject, isFields } from "../json";
import type { Api, ApiParts } from "./api";

/** What a web-view's context needs besides. */
export interface WebViewParts extends ApiParts {
  pageId(): string | null;
}

/**
 * `dd.createWebViewContext(id)`: speaks to the page inside `<web-view id>` of the page on top. `postMessage` asks the client as
 * `postToWebView` with `{ webViewId, data }`; a message that cannot be handed over is an exception, since DingTalk documents
 * no callback that could hear it. https://open.dingtalk.com/document/development/mini-app-web-view
 */
export function createWebViewContext(parts: WebViewParts): Api {
  return (webViewId) => {
    if (typeof webViewId !== "string" || webViewId === "")
      throw new TypeError("dd.createWebViewContext takes the id of a web-view");
    const pageId = parts.pageId();
    return {
      postMessage(message: unknown) {
        if (!isFields(message)) throw new TypeError("WebViewContext.postMessage takes an object");
        const data = cloneObject(message, "WebViewContext.postMessage", "drop");
        const done = (ok: boolean, value: unknown): void => {
          if (!ok) parts.guard.report(new Error(`WebViewContext.postMessage: ${JSON.stringify(value)}`));
        };
        parts.updates.flush();
        parts.calls.ask("postToWebView", { webViewId, data }, done, pageId);
      },
    };
  };
}
