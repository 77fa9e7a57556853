import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { controlOf, infoOf } from "../../node";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

const LABELLED = "checkbox, radio, switch, button, input, textarea, picker";

/** `<label for>`: a tap on it acts on the control inside, or the one named. https://open.dingtalk.com/document/development/mini-app-label-1 */
export function Label({ info, children }: BuiltInProps): ComponentChild {
  const { props } = useElement<HTMLElement>(info, (element) => ({
    activate: () => {
      const id = textOf(info.attributes["for"]);
      const found = id ? info.frame.page.shadow.getElementById(id) : element.querySelector<HTMLElement>(LABELLED);
      if (!found || !infoOf(found)) return;
      if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) found.focus();
      else controlOf(found)?.activate?.();
    },
  }));
  return h("label", props, children);
}
