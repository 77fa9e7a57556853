import { h } from "preact";
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { textOf } from "../expression";
import type { Control } from "../node";
import { isOn, numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** Pixels from the edge at which onScrollToUpper and onScrollToLower come. */
const THRESHOLD = 50;

interface Reach {
  left: number;
  top: number;
  upper: boolean;
  lower: boolean;
}

function scrollTo(element: HTMLElement, place: { top?: number; left?: number }, animated: boolean): void {
  element.scrollTo({ ...place, behavior: animated ? "smooth" : "instant" });
}

function controlFor(element: HTMLElement): Control {
  return {
    properties: { scrollTop: () => element.scrollTop, scrollLeft: () => element.scrollLeft },
    calls: {
      scrollTo: (x, y) => {
        scrollTo(element, { left: numberOf(x, 0), top: numberOf(y, 0) }, false);
        return null;
      },
      scrollTop: () => element.scrollTop,
      scrollLeft: () => element.scrollLeft,
      scrollWidth: () => element.scrollWidth,
      scrollHeight: () => element.scrollHeight,
    },
  };
}

/** `<scroll-view scroll-x scroll-y …>`. https://open.dingtalk.com/document/development/mini-app-scroll-view-the-scrollable-area */
export function ScrollView({ info, children }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const { props, element, emit } = useElement<HTMLElement>(info, controlFor);
  const reach = useRef<Reach>({ left: 0, top: 0, upper: true, lower: false });
  const top = attributes["scroll-top"];
  const left = attributes["scroll-left"];
  const into = textOf(attributes["scroll-into-view"]);
  const animated = isOn(attributes["scroll-with-animation"]);

  useLayoutEffect(() => {
    if (!element.current || into || (top === undefined && left === undefined)) return;
    const { scrollTop, scrollLeft } = element.current;
    scrollTo(element.current, { top: numberOf(top, scrollTop), left: numberOf(left, scrollLeft) }, animated);
  }, [top, left]);
  useLayoutEffect(() => {
    const area = element.current;
    const target = into ? area?.querySelector(`#${CSS.escape(into)}`) : null;
    if (!area || !target) return;
    const from = area.getBoundingClientRect();
    const place = target.getBoundingClientRect();
    const topOf = area.scrollTop + place.top - from.top - area.clientTop;
    const leftOf = area.scrollLeft + place.left - from.left - area.clientLeft;
    scrollTo(area, { top: topOf, left: leftOf }, animated);
  }, [into]);

  const onScroll = (): void => {
    const area = element.current;
    if (!area) return;
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth } = area;
    const was = reach.current;
    const along = isOn(attributes["scroll-y"])
      ? { at: scrollTop, rest: scrollHeight - scrollTop - area.clientHeight, moved: scrollTop - was.top }
      : { at: scrollLeft, rest: scrollWidth - scrollLeft - area.clientWidth, moved: scrollLeft - was.left };
    const upper = along.at <= numberOf(attributes["upper-threshold"], THRESHOLD);
    const lower = along.rest <= numberOf(attributes["lower-threshold"], THRESHOLD);
    const deltaX = scrollLeft - was.left;
    const deltaY = scrollTop - was.top;
    reach.current = { left: scrollLeft, top: scrollTop, upper, lower };
    emit("scroll", { scrollLeft, scrollTop, scrollHeight, scrollWidth, deltaX, deltaY });
    if (upper && !was.upper && along.moved < 0) emit("scrollToUpper", {});
    if (lower && !was.lower && along.moved > 0) emit("scrollToLower", {});
  };
  const axes = { "a-x": attributes["scroll-x"], "a-y": attributes["scroll-y"] };
  const on = Object.fromEntries(Object.entries(axes).map(([name, value]) => [name, isOn(value) ? "" : undefined]));
  return h("scroll-view", { ...props, ...on, onScroll }, children);
}
