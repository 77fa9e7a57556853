import { h, toChildArray } from "preact";
import type { ComponentChild } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { textOf } from "../expression";
import { isOn, numberOf } from "../node";
import { useGiven } from "./control/checkbox";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

/** A drag longer than this share of the swiper turns the page. */
const TURN_SHARE = 0.2;

interface Drag {
  x: number;
  y: number;
  moved: number;
}

function dots(count: number, current: number, attributes: Record<string, unknown>): ComponentChild | null {
  if (!isOn(attributes["indicator-dots"])) return null;
  const idle = textOf(attributes["indicator-color"]) || "rgba(0, 0, 0, .3)";
  const active = textOf(attributes["indicator-active-color"]) || "#000";
  const all = Array.from({ length: count }, (_, at) =>
    h("div", { class: "a-dot", key: at, style: `background:${at === current ? active : idle}` }),
  );
  return h("div", { class: "a-dots", "aria-hidden": "true" }, all);
}

/** `<swiper current autoplay circular vertical indicator-dots onChange>`. https://open.dingtalk.com/document/development/mini-app-swiper-slider-view-container */
export function Swiper({ info, children }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const vertical = isOn(attributes["vertical"]);
  const [current, setCurrent] = useGiven(numberOf(attributes["current"], 0));
  const [count, setCount] = useState(toChildArray(children).length);
  const [shift, setShift] = useState(0);
  const drag = useRef<Drag | null>(null);
  const slides = useRef<HTMLElement | null>(null);
  // A slow page draws late: the next tick turns on from what was told last, not from what is still drawn.
  const told = useRef(current);
  told.current = current;

  const turnTo = (wanted: number, emit: (type: string, detail: { current: number }) => void): void => {
    const around = isOn(attributes["circular"]) || isOn(attributes["autoplay"]);
    const next = around ? (wanted + count) % count : Math.min(count - 1, Math.max(0, wanted));
    if (count === 0 || next === told.current) return;
    told.current = next;
    setCurrent(next);
    emit("change", { current: next });
  };
  const { props, emit } = useElement<HTMLElement>(info, (element, send) => ({
    start: (x, y) => {
      drag.current = { x, y, moved: 0 };
    },
    move: (x, y) => {
      if (!drag.current) return;
      drag.current.moved = vertical ? y - drag.current.y : x - drag.current.x;
      setShift(drag.current.moved);
    },
    end: () => {
      const moved = drag.current?.moved ?? 0;
      drag.current = null;
      setShift(0);
      const size = vertical ? element.clientHeight : element.clientWidth;
      if (Math.abs(moved) > size * TURN_SHARE) turnTo(told.current + (moved < 0 ? 1 : -1), send);
    },
    properties: { current: () => current },
    calls: {
      swipeTo: (index) => {
        turnTo(numberOf(index, current), send);
        return null;
      },
    },
  }));
  // Items come and go inside loops, so they are counted where they end up.
  useLayoutEffect(() => setCount(slides.current?.querySelectorAll(":scope > swiper-item").length ?? 0));
  useEffect(() => {
    if (!isOn(attributes["autoplay"]) || count < 2) return undefined;
    const timer = setInterval(() => turnTo(told.current + 1, emit), numberOf(attributes["interval"], 5000));
    return () => clearInterval(timer);
  }, [attributes["autoplay"], attributes["interval"], count, current]);

  const place = `calc(${-100 * current}% + ${shift}px)`;
  const glide = drag.current ? "none" : `transform ${numberOf(attributes["duration"], 500)}ms`;
  const style = `transition:${glide};transform:translate${vertical ? "Y" : "X"}(${place})`;
  return h("swiper", { ...props, "a-vertical": vertical ? "" : undefined }, [
    h("div", { class: "a-slides", ref: slides, style }, children),
    dots(count, current, attributes),
  ]);
}
