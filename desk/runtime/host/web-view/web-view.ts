import type { Json, JsonObject } from "../../protocol";
import { failure } from "../failure";

/**
 * What a page inside `<web-view>` may send to the client around it (`parent.postMessage`): a JSAPI call, answered by
 * `{ type: "dingtalk-jsapi-answer", id, ok, value }`, a message for the mini program's `onMessage`, or the way to a page.
 */
export type FromWebView =
  | { type: "dingtalk-jsapi"; id: number; m: string; args: JsonObject }
  | { type: "dingtalk-message"; data: Json }
  | { type: "dingtalk-navigate"; url: string };

/** What the mini program tells the page inside. */
export interface ToWebView {
  type: "dingtalk-message";
  data: Json;
}

interface Known {
  pageId: string;
  /** Where its page came from when it spoke last; null before its first word. */
  origin: string | null;
}

/** The web-views that are on pages. */
export interface WebViews {
  /** The view drew one. */
  appeared(pageId: string, frame: HTMLIFrameElement): void;
  /** The one whose page sent a message, which is remembered as its page's origin. */
  speaking(event: MessageEvent): { frame: HTMLIFrameElement; pageId: string } | null;
  /** Hands a message to the page inside; throws what `fail` gets when there is none, or when it never spoke. */
  post(pageId: string | null, id: string, data: Json): void;
}

/** None at first. A web-view is forgotten once it has left its page. */
export function createWebViews(): WebViews {
  const frames = new Map<HTMLIFrameElement, Known>();
  const live = (): [HTMLIFrameElement, Known][] => [...frames].filter(([frame]) => frame.isConnected);

  return {
    appeared(pageId, frame) {
      for (const known of frames.keys()) if (!known.isConnected) frames.delete(known);
      frames.set(frame, { pageId, origin: null });
    },
    speaking({ source, origin }) {
      const found = live().find(([frame]) => frame.contentWindow === source);
      if (!found) return null;
      const [frame, known] = found;
      known.origin = origin;
      return { frame, pageId: known.pageId };
    },
    post(pageId, id, data) {
      const found = live().find(([frame, known]) => known.pageId === pageId && frame.closest("web-view")?.id === id);
      if (!found) throw failure(2, `There is no <web-view id="${id}"> on the page.`);
      const [frame, { origin }] = found;
      // DingTalk documents this order; and only who spoke is known to be the page that should hear.
      if (origin === null) throw failure(2, `The page in <web-view id="${id}"> must send the first message.`);
      const message: ToWebView = { type: "dingtalk-message", data };
      frame.contentWindow?.postMessage(message, origin);
    },
  };
}
