import { h } from "preact";
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { textOf } from "../expression";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** `<web-view src onMessage>` covers its page; the host hears its messages and triggers `message` on it. https://open.dingtalk.com/document/development/mini-app-web-view */
export function WebView({ info }: BuiltInProps): ComponentChild {
  const { page } = info.frame;
  const frame = useRef<HTMLIFrameElement | null>(null);
  const { props } = useElement(info);
  useLayoutEffect(() => {
    if (frame.current) page.options.webViewAppeared?.(page.pageId, frame.current);
  }, []);
  const source = textOf(info.attributes["src"]);
  const src = source && (page.options.webViewUrl?.(source) ?? source);
  return h("web-view", props, h("iframe", { ref: frame, src: src || undefined, title: "web-view" }));
}
