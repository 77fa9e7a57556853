import { h } from "preact";
import type { ComponentChild } from "preact";
import type { Json, JsonObject } from "../../../protocol";
import { textOf } from "../../expression";
import { controlOf, infoOf } from "../../node";
import type { Emit } from "../dom";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

/** Every named control's value; a control with a name of its own inside a named group belongs to the group. */
function valuesIn(form: Element): JsonObject {
  const values: JsonObject = {};
  for (const element of form.querySelectorAll("*")) {
    const name = textOf(infoOf(element)?.attributes["name"]);
    const value = controlOf(element)?.value;
    if (name && value) values[name] = value();
  }
  return values;
}

function submit(form: Element, emit: Emit): void {
  emit("submit", { value: valuesIn(form) as Json, buttonTarget: {} });
}

function reset(form: Element, emit: Emit): void {
  for (const element of form.querySelectorAll("*")) controlOf(element)?.reset?.();
  emit("reset", {});
}

/** `<form onSubmit onReset>`; buttons with `form-type` inside finish it. https://open.dingtalk.com/document/development/mini-app-form-form-1 */
export function Form({ info, children }: BuiltInProps): ComponentChild {
  const { props } = useElement<HTMLElement>(info, (element, emit) => ({
    reset: () => reset(element, emit),
    // Only its buttons call this: a tap never rises to a form (see `actsOnTap`).
    activate: () => submit(element, emit),
  }));
  return h("form", { ...props, noValidate: true, onSubmit: (event: Event) => event.preventDefault() }, children);
}
