import { h, toChildArray } from "preact";
import type { ComponentChild } from "preact";
import { isOn, numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** Lines that only lay out the source around a text are not part of it. */
function withoutEdges(children: ComponentChild[]): ComponentChild[] {
  return children.map((child, at) => {
    if (typeof child !== "string") return child;
    const opened = at === 0 ? child.replace(/^[^\S\n]*\n\s*/, "") : child;
    return at === children.length - 1 ? opened.replace(/\s*\n[^\S\n]*$/, "") : opened;
  });
}

/** `<text selectable number-of-lines>`. https://open.dingtalk.com/document/development/mini-app-text */
export function Text({ info, children }: BuiltInProps): ComponentChild {
  const { props } = useElement(info);
  const lines = numberOf(info.attributes["number-of-lines"] ?? info.attributes["numberOfLines"], 0);
  if (isOn(info.attributes["selectable"])) props["selectable"] = "true";
  if (lines > 0) {
    const clamp = `display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:${lines};overflow:hidden;`;
    props["style"] = clamp + String(props["style"] ?? "");
  }
  return h("text", props, withoutEdges(toChildArray(children)));
}
