import { h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import type { ElementInfo } from "../node";
import { isOn, numberOf } from "../node";
import { domProps } from "./dom";

/** Lines that only lay out the source around a text are not part of it. */
function withoutEdges(children: ComponentChildren[]): ComponentChildren[] {
  return children.map((child, at) => {
    if (typeof child !== "string") return child;
    const opened = at === 0 ? child.replace(/^[^\S\n]*\n\s*/, "") : child;
    return at === children.length - 1 ? opened.replace(/\s*\n[^\S\n]*$/, "") : opened;
  });
}

/** `<text selectable number-of-lines>`; no component of its own, since tables are made of texts. https://open.dingtalk.com/document/development/mini-app-text */
export function drawText(info: ElementInfo, children: ComponentChildren[], keyed: { key?: string }): ComponentChild {
  const props = domProps(info);
  const lines = numberOf(info.attributes["number-of-lines"] ?? info.attributes["numberOfLines"], 0);
  if (isOn(info.attributes["selectable"])) props["selectable"] = "true";
  if (lines > 0) {
    const clamp = `display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:${lines};overflow:hidden;`;
    props["style"] = clamp + String(props["style"] ?? "");
  }
  return h("text", { ...props, ...keyed }, withoutEdges(children));
}
