import type { Json, JsonObject } from "../../protocol";
import type { SyntheticTouch } from "../../view/view-elements";
import type { Client } from "../client";
import type { Method, Methods } from "./method";
import { elementOf, findAll, firstOf, namesOf, textOf } from "./target";

const TOUCHES = {
  touchstart: "touchStart",
  touchmove: "touchMove",
  touchend: "touchEnd",
  touchcancel: "touchCancel",
} as const;
const PUBLIC = "__propPublic";
/** What each form control answers besides its attributes. */
const STATE: Record<string, string[]> = {
  input: ["value", "focus"],
  textarea: ["value", "focus"],
  switch: ["checked"],
  slider: ["value"],
  checkbox: ["checked", "value"],
  radio: ["checked", "value"],
  "checkbox-group": ["value"],
  "radio-group": ["value"],
  picker: ["value"],
  "picker-view": ["value"],
  swiper: ["current"],
  "scroll-view": ["scrollTop", "scrollLeft"],
};

/** `Element.*` methods. */
export function elementMethods({ view }: Client): Methods {
  const on =
    (act: (element: Element, params: JsonObject) => JsonObject): Method =>
    (params) =>
      act(elementOf(view, params), params);

  const within = on((element, params) => ({
    elements: findAll(view, String(params["pageId"]), String(params["selector"]), element),
  }));

  const touch = (type: keyof typeof TOUCHES): Method =>
    on((element, params) => {
      view.elements.touch(element, TOUCHES[type], touchesOf(params["touches"]), touchesOf(params["changedTouches"]));
      return {};
    });

  return {
    "Element.getElement": async (params) => {
      const { elements } = await within(params);
      return firstOf(elements as JsonObject[], String(params["selector"]));
    },
    "Element.getElements": within,
    "Element.getDOMProperties": on((element, params) => ({
      properties: namesOf(params).map((name) =>
        name === "innerText" ? textOf(view, params) : domProperty(element, name),
      ),
    })),
    "Element.getOffset": on((element, params) =>
      offsetOf(element, view.pageElement(String(params["pageId"]))?.scroller),
    ),
    "Element.getAttributes": on((element, params) => {
      const given = view.elements.attributes(element);
      return { attributes: namesOf(params).map((name) => attributeText(element, given, name)) };
    }),
    "Element.getProperties": on((element, params) => ({
      properties: namesOf(params).map((name) =>
        name === PUBLIC
          ? publicProperties(element, view.elements.attributes(element))
          : ((view.elements.property(element, name) ?? null) as Json),
      ),
    })),
    "Element.getStyles": on((element, params) => {
      const style = getComputedStyle(element);
      return { styles: namesOf(params).map((name) => style.getPropertyValue(hyphened(name))) };
    }),
    "Element.getWXML": on((element, params) => ({
      wxml: view.elements.markup(element, params["type"] === "outer" ? "outer" : "inner"),
    })),
    "Element.tap": on((element) => {
      view.elements.tap(element);
      return {};
    }),
    "Element.touchstart": touch("touchstart"),
    "Element.touchmove": touch("touchmove"),
    "Element.touchend": touch("touchend"),
    "Element.triggerEvent": on((element, params) => {
      view.elements.trigger(element, String(params["type"]), params["detail"] ?? null);
      return {};
    }),
    "Element.dispatchEvent": on((element, params) => dispatch(element, params)),
    "Element.callFunction": on((element, params) => {
      const args = Array.isArray(params["args"]) ? params["args"] : [];
      return { result: view.elements.call(element, String(params["functionName"]), args) };
    }),
  };

  function dispatch(element: Element, params: JsonObject): JsonObject {
    const name = String(params["eventName"]);
    const type = Object.hasOwn(TOUCHES, name.toLowerCase())
      ? TOUCHES[name.toLowerCase() as keyof typeof TOUCHES]
      : undefined;
    // The package spells it `changeTouches` here and `changedTouches` in touchstart.
    if (type) view.elements.touch(element, type, touchesOf(params["touches"]), touchesOf(params["changeTouches"]));
    else view.elements.trigger(element, name, params["detail"] ?? null);
    return {};
  }
}

const touchesOf = (value: Json | undefined): SyntheticTouch[] =>
  Array.isArray(value) ? (value as SyntheticTouch[]) : [];

const hyphened = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function domProperty(element: Element, name: string): Json {
  return (element as unknown as Record<string, Json | undefined>)[name] ?? null;
}

function offsetOf(element: Element, scroller: HTMLElement | undefined): JsonObject {
  const box = element.getBoundingClientRect();
  const page = scroller?.getBoundingClientRect();
  return {
    left: box.left - (page?.left ?? 0) + (scroller?.scrollLeft ?? 0),
    top: box.top - (page?.top ?? 0) + (scroller?.scrollTop ?? 0),
  };
}

function attributeText(element: Element, given: Record<string, unknown>, name: string): Json {
  const value = given[name] ?? element.getAttribute(name);
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Which properties may be asked for: the automator reads this list first and wants a true value behind each name. */
function publicProperties(element: Element, given: Record<string, unknown>): Json {
  const names = [...Object.keys(given), ...(STATE[element.localName] ?? [])];
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, true],
      [camelCased(name), true],
    ]),
  );
}

const camelCased = (name: string): string => name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
