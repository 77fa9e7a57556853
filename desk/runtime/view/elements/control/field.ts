import { useLayoutEffect, useRef } from "preact/hooks";
import type { Json } from "../../../protocol";
import { textOf } from "../../expression";
import type { Control, ElementInfo } from "../../node";
import { isOn, numberOf } from "../../node";
import type { Emit } from "../dom";
import { useElement } from "../dom";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** DingTalk's default; -1 lifts the limit. https://open.dingtalk.com/document/development/mini-app-basic-components-input-box-1 */
const MAX_LENGTH = 140;

function controlFor(info: ElementInfo, field: Field, emit: Emit): Control {
  const type = (value: Json): Json => {
    field.value = textOf(value);
    emit("input", { value: field.value });
    return null;
  };
  return {
    value: () => field.value,
    reset: () => {
      field.value = textOf(info.attributes["value"]);
    },
    properties: { value: () => field.value, focus: () => field.matches(":focus") },
    calls: { input: type },
  };
}

/** A field whose letters all were composed: an input method's half-typed syllables are not the value yet. */
function isComposing(event: Event): boolean {
  return (event as InputEvent).isComposing;
}

/**
 * What `<input>` and `<textarea>` share. The attribute `value` is what the field starts with; when the template changes
 * it, the field follows; what a person typed stays otherwise.
 */
export function useField<Tag extends Field>(info: ElementInfo): { props: Record<string, unknown>; emit: Emit } {
  const { attributes } = info;
  const { props, element, emit } = useElement<Tag>(info, (field, send) => controlFor(info, field, send));
  const value = textOf(attributes["value"]);
  const focus = isOn(attributes["focus"]);
  const controlled = isOn(attributes["controlled"]);
  const focused = useRef(false);
  useLayoutEffect(() => {
    if (element.current && element.current.value !== value) element.current.value = value;
  }, [value, controlled ? {} : null]);
  useLayoutEffect(() => {
    if (focus && !focused.current) element.current?.focus();
    if (!focus && focused.current) element.current?.blur();
    focused.current = focus;
  }, [focus]);
  const limit = numberOf(attributes["maxlength"], MAX_LENGTH);
  const detail = (): Json => ({ value: element.current?.value ?? "" });
  return {
    emit,
    props: {
      ...props,
      name: textOf(attributes["name"]) || undefined,
      placeholder: textOf(attributes["placeholder"]),
      disabled: isOn(attributes["disabled"]),
      maxLength: limit < 0 ? undefined : limit,
      autocomplete: "off",
      spellcheck: false,
      onInput: (event: Event) => {
        if (!isComposing(event)) emit("input", detail());
      },
      onCompositionEnd: () => emit("input", detail()),
      onFocus: () => emit("focus", detail()),
      onBlur: () => emit("blur", detail()),
    },
  };
}
