import { useLayoutEffect, useRef } from "preact/hooks";
import type { ComponentChild, ComponentChildren } from "preact";
import type { Json } from "../../protocol";
import { textOf } from "../expression";
import type { Control, ElementInfo } from "../node";
import { bindControl, bindInfo } from "../node";
import { inlineStyle } from "../style";

/** What every built-in component is drawn from. */
export interface BuiltInProps {
  info: ElementInfo;
  children?: ComponentChildren;
}

export type BuiltIn = (props: BuiltInProps) => ComponentChild;

const PASSED = /^(id|role|tabindex|title|aria-.+|data-.+)$/;

const PRESSED: ReadonlySet<string> = new Set(["button", "link", "tab", "option", "menuitem", "checkbox", "switch"]);

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** The DOM attributes that any element keeps, and the tie to its template. `also` sees the element too. */
export function domProps(info: ElementInfo, also?: (element: HTMLElement | null) => void): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(info.attributes)) {
    if (PASSED.test(name) && isPlain(value)) props[name] = String(value);
  }
  const { class: className, style, hidden } = info.attributes;
  if (className !== undefined) props["class"] = textOf(className);
  if (style !== undefined) props["style"] = inlineStyle(style);
  if (hidden) props["hidden"] = true;
  // What says that it can be pressed can be reached by keys too.
  if (PRESSED.has(textOf(info.attributes["role"])) && info.events["tap"]) props["tabindex"] ??= "0";
  props["ref"] = (element: HTMLElement | null): void => {
    if (element) bindInfo(element, info);
    also?.(element);
  };
  return props;
}

/** A box that a finger ticks, for eyes and for screen readers: checkbox, radio, switch. */
export function tickProps(
  role: string,
  props: Record<string, unknown>,
  state: { checked: boolean; disabled: boolean },
): Record<string, unknown> {
  return {
    role,
    tabindex: state.disabled ? undefined : "0",
    ...props,
    "aria-checked": String(state.checked),
    "aria-disabled": String(state.disabled),
  };
}

/** Runs the element's own handler for `type` (events that do not bubble). */
export type Emit = (type: string, detail: Json) => void;

/** The element of a built-in component: its DOM props, a way to emit, and its behaviour for others. */
export function useElement<Tag extends HTMLElement = HTMLElement>(
  info: ElementInfo,
  control?: (element: Tag, emit: Emit) => Control,
): { props: Record<string, unknown>; element: { current: Tag | null }; emit: Emit } {
  const element = useRef<Tag | null>(null);
  const emit: Emit = (type, detail) => {
    if (element.current) info.frame.page.emit(element.current, type, detail);
  };
  const props = domProps(info, (found) => {
    element.current = found as Tag | null;
  });
  useLayoutEffect(() => {
    if (element.current && control) bindControl(element.current, control(element.current, emit));
  });
  return { props, element, emit };
}
