import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { isOn } from "../../node";
import type { BuiltInProps } from "../dom";
import { useField } from "./field";

/** `<textarea auto-height onConfirm>`; done is Ctrl+Enter here, where no keyboard has a "done" key. https://open.dingtalk.com/document/development/mini-app-textarea-multi-line-input-box-1 */
export function Textarea({ info }: BuiltInProps): ComponentChild {
  const { props, emit } = useField<HTMLTextAreaElement>(info);
  const grows = isOn(info.attributes["auto-height"] ?? info.attributes["autoHeight"]);
  return h("textarea", {
    ...props,
    style: `${grows ? "field-sizing:content;height:auto;min-height:1.5em;" : ""}${textOf(props["style"])}` || undefined,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !event.ctrlKey) return;
      emit("confirm", { value: (event.target as HTMLTextAreaElement).value });
    },
  });
}
