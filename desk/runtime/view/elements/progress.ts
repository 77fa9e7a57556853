import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../expression";
import { isOn, numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** `<progress percent show-info stroke-width>`. https://open.dingtalk.com/document/development/mini-app-progress-progress-bar-1 */
export function Progress({ info }: BuiltInProps): ComponentChild {
  const { props } = useElement(info);
  const { attributes } = info;
  const percent = Math.min(100, Math.max(0, numberOf(attributes["percent"], 0)));
  const height = numberOf(attributes["stroke-width"], 6);
  const back = textOf(attributes["backgroundColor"]) || "#ebebeb";
  const front = textOf(attributes["activeColor"]) || "#09bb07";
  // The DOM's own <progress>: it shows no children, so its parts are styled and the number is generated content.
  const look = `--a-thickness:${height}px;--a-back:${back};--a-front:${front};`;
  return h("progress", {
    "aria-label": "progress",
    ...props,
    value: percent,
    max: 100,
    style: look + textOf(props["style"]),
    "a-active": isOn(attributes["active"]) ? "" : undefined,
    "a-info": isOn(attributes["show-info"]) ? `${percent}%` : undefined,
  });
}
