import { h } from "preact";
import type { ComponentChild } from "preact";
import { isOn, numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** `<canvas id width height disable-scroll>`: width and height are its pixels, its style is its size. https://open.dingtalk.com/document/development/canvas-canvas-1 */
export function Canvas({ info }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const { props } = useElement(info);
  return h("canvas", {
    ...props,
    width: Math.round(numberOf(attributes["width"], 300)),
    height: Math.round(numberOf(attributes["height"], 225)),
    "disable-scroll": isOn(attributes["disable-scroll"]) ? "" : undefined,
  });
}
