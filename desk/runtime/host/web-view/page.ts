import type { Json } from "../../protocol";
import type { FromWebView, ToWebView } from "./web-view";

/** What DingTalk gives a page inside a web-view that includes `https://appx/web-view.min.js`. */
interface WebViewDd {
  /** To the mini program's `onMessage`. */
  postMessage(data: Json): void;
  /** Set by the page: hears what the mini program's WebViewContext posts. */
  onMessage?: (data: Json) => void;
  navigateTo(options: { url: string }): void;
}

declare global {
  interface Window {
    dd?: WebViewDd;
  }
}

const send = (message: FromWebView): void => window.parent.postMessage(message, "*");

// As in DingTalk this is for a page inside a web-view only: anywhere else it does nothing.
if (window.parent !== window) {
  const dd: WebViewDd = {
    postMessage: (data) => send({ type: "dingtalk-message", data }),
    navigateTo: ({ url }) => send({ type: "dingtalk-navigate", url }),
  };
  window.dd = dd;
  window.addEventListener("message", ({ source, data }: MessageEvent<ToWebView | null>) => {
    if (source === window.parent && data?.type === "dingtalk-message") dd.onMessage?.(data.data);
  });
}
