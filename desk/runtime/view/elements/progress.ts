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
  const grow = isOn(attributes["active"]) ? "transition:width 0.6s;" : "";
  return h("progress", { "aria-valuenow": String(percent), "aria-label": "progress", ...props }, [
    h(
      "div",
      { class: "a-track", style: `height:${height}px;background:${back}` },
      h("div", { class: "a-fill", style: `${grow}width:${percent}%;background:${front}` }),
    ),
    isOn(attributes["show-info"]) ? h("div", { class: "a-number" }, `${percent}%`) : null,
  ]);
}
