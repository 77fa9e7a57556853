import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { isOn } from "../../node";
import type { BuiltInProps } from "../dom";
import { useField } from "./field";

/** Keyboards by the attribute `type`; documented are text and search, the rest is what the view layer takes besides. */
const KEYBOARDS: Record<string, string> = { number: "numeric", digit: "decimal", idcard: "text", tel: "tel" };

/** `<input value password type maxlength onInput onConfirm onFocus onBlur>`. https://open.dingtalk.com/document/development/mini-app-basic-components-input-box-1 */
export function Input({ info }: BuiltInProps): ComponentChild {
  const { props, emit } = useField<HTMLInputElement>(info);
  const type = textOf(info.attributes["type"]);
  const plainType = type === "search" ? "search" : "text";
  return h("input", {
    ...props,
    type: isOn(info.attributes["password"]) ? "password" : plainType,
    inputMode: KEYBOARDS[type],
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.isComposing) return;
      emit("confirm", { value: (event.target as HTMLInputElement).value });
    },
  });
}
