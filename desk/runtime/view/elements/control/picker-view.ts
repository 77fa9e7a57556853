import { h } from "preact";
import type { ComponentChild } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { textOf } from "../../expression";
import { numberOf } from "../../node";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

/** Height of one entry of a column, as the base style has it. */
const ENTRY = 34;
/** A column that stood still this long has settled. */
const SETTLED_MS = 120;

function columnsOf(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>("picker-view-column")];
}

/** `<picker-view value="{{[0, 1]}}" onChange>`. https://open.dingtalk.com/document/development/mini-app-picker-view-scroll-selector-1 */
export function PickerView({ info, children }: BuiltInProps): ComponentChild {
  const given: unknown = info.attributes["value"];
  const wanted: unknown[] = Array.isArray(given) ? given : [];
  const latest = useRef<number[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const read = (element: HTMLElement): number[] =>
    columnsOf(element).map((column) => Math.round(column.scrollTop / ENTRY));
  const { props, element, emit } = useElement<HTMLElement>(info, (found) => ({
    value: () => read(found),
    properties: { value: () => read(found) },
  }));
  useLayoutEffect(() => {
    if (!element.current) return;
    columnsOf(element.current).forEach((column, at) => {
      column.scrollTop = numberOf(wanted[at], 0) * ENTRY;
    });
    latest.current = read(element.current);
  }, [JSON.stringify(wanted)]);
  useLayoutEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  const onScrollCapture = (): void => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (!element.current) return;
      const value = read(element.current);
      if (String(value) === String(latest.current)) return;
      latest.current = value;
      emit("change", { value });
    }, SETTLED_MS);
  };
  const indicator = textOf(info.attributes["indicator-style"] ?? info.attributes["indicatorStyle"]);
  return h("picker-view", { ...props, onScrollCapture }, [
    children,
    h("div", { class: "a-indicator", style: indicator || undefined }),
  ]);
}
