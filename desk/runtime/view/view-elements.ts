import type { Json } from "../protocol";

/** A custom component's instance on a page; it has no DOM element of its own, as in DingTalk. */
export interface ComponentPlace {
  componentId: string;
  tag: string;
  /** Key of `CompiledApp.components`. */
  path: string;
  /** The top elements that its template drew. */
  elements: Element[];
}

/** A touch as the automator gives it; coordinates are CSS pixels in the page's frame. */
export interface SyntheticTouch {
  identifier?: number;
  clientX?: number;
  clientY?: number;
  pageX?: number;
  pageY?: number;
  x?: number;
  y?: number;
}

/** Elements for the automator: lookups and the acts of a finger, without real pointer events. */
export interface ViewElements {
  /** Elements for a CSS selector in tree order. A custom component's tag (alone or as first word) names its top elements. */
  find(pageId: string, selector: string, within?: Element): Element[];
  /** Elements by XPath over AXML tag names. */
  findByXPath(pageId: string, expression: string, within?: Element): Element[];
  /** A stable id for an element. */
  idOf(element: Element): string;
  /** The element with that id while it is on a page. */
  byId(elementId: string): Element | undefined;
  components(pageId: string): ComponentPlace[];
  /** The component whose top element this is, innermost template first. */
  componentOf(element: Element): ComponentPlace | undefined;
  /** The element's attributes as its template gave them (types kept). */
  attributes(element: Element): Record<string, unknown>;
  /** A property: the state of a form control or scroller (`value`, `checked`, `current`, `scrollTop`), else the attribute. */
  property(element: Element, name: string): unknown;
  /** touchStart, touchEnd and tap in its middle, with what a tap does (toggle, navigate, submit). */
  tap(element: Element): void;
  touch(
    element: Element,
    type: "touchStart" | "touchMove" | "touchEnd" | "touchCancel",
    touches: SyntheticTouch[],
    changedTouches: SyntheticTouch[],
  ): void;
  /** Runs the handlers of any event of that type (`tap`, `change`) with that detail; touch events and taps bubble. */
  trigger(element: Element, type: string, detail: Json): void;
  /** `input.input`, `textarea.input`, `scroll-view.scrollTo|scrollTop|scrollLeft|scrollWidth|scrollHeight`, `swiper.swipeTo`, `movable-view.moveTo`, `switch.tap`, `slider.slideTo`. */
  call(element: Element, functionName: string, args: Json[]): Json;
  /** The element as AXML text. */
  markup(element: Element, type: "inner" | "outer"): string;
}
