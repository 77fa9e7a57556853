import { h } from "preact";
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { textOf } from "../expression";
import { isOn, numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

interface Place {
  x: number;
  y: number;
}

function between(value: number, room: number): number {
  return Math.min(Math.max(0, room), Math.max(Math.min(0, room), value));
}

/** Inside its area when smaller than it, around it when larger. */
function bounded(element: HTMLElement, place: Place): Place {
  const area = element.closest("movable-area");
  if (!area) return place;
  return {
    x: between(place.x, area.clientWidth - element.offsetWidth),
    y: between(place.y, area.clientHeight - element.offsetHeight),
  };
}

/** `<movable-view direction x y disabled out-of-bounds onChange onChangeEnd>`; scaling is not supported. https://open.dingtalk.com/document/development/mini-app-movable-view-movable-view-container */
export function MovableView({ info, children }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const place = useRef<Place>({ x: 0, y: 0 });
  const grip = useRef<Place | null>(null);
  const direction = textOf(attributes["direction"]) || "none";
  const free = isOn(attributes["out-of-bounds"]);

  const put = (element: HTMLElement, wanted: Place, limited: boolean): boolean => {
    const next = limited ? bounded(element, wanted) : wanted;
    const moved = next.x !== place.current.x || next.y !== place.current.y;
    place.current = next;
    element.style.transform = `translate(${next.x}px, ${next.y}px)`;
    return moved;
  };
  const { props, element } = useElement<HTMLElement>(info, (found, emit) => ({
    start: (x, y) => {
      const held = direction === "none" || isOn(attributes["disabled"]);
      grip.current = held ? null : { x: x - place.current.x, y: y - place.current.y };
    },
    move: (x, y) => {
      if (!grip.current) return;
      const wanted = {
        x: direction === "vertical" ? place.current.x : x - grip.current.x,
        y: direction === "horizontal" ? place.current.y : y - grip.current.y,
      };
      if (put(found, wanted, !free)) emit("change", { ...place.current, source: "touch" });
    },
    end: () => {
      if (!grip.current) return;
      grip.current = null;
      if (put(found, place.current, true)) emit("change", { ...place.current, source: "out-of-bounds" });
      emit("changeEnd", { ...place.current });
    },
    properties: { _translateX: () => place.current.x, _translateY: () => place.current.y },
    calls: {
      moveTo: (x, y) => {
        if (put(found, { x: numberOf(x, 0), y: numberOf(y, 0) }, true))
          emit("change", { ...place.current, source: "" });
        return null;
      },
    },
  }));
  const x = numberOf(attributes["x"], 0);
  const y = numberOf(attributes["y"], 0);
  useLayoutEffect(() => {
    if (element.current) put(element.current, { x, y }, true);
  }, [x, y]);
  // The style attribute may be drawn anew; the place on the area survives it.
  useLayoutEffect(() => {
    if (element.current) put(element.current, place.current, false);
  }, [props["style"]]);
  return h("movable-view", props, children);
}
