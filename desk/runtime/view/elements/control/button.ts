import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import type { ElementInfo } from "../../node";
import { controlOf, infoOf, isOn } from "../../node";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

function shareFrom(info: ElementInfo, element: HTMLElement): void {
  const { page } = info.frame;
  const target = { id: element.id, tagName: "button", dataset: info.dataset, targetDataset: info.dataset };
  page.send({
    type: "pageEvent",
    pageId: page.pageId,
    name: "onShareAppMessage",
    argument: { from: "button", target },
  });
}

function finishForm(element: HTMLElement, act: string): void {
  const form = element.closest("form");
  const control = form && infoOf(form) ? controlOf(form) : undefined;
  if (act === "submit") control?.activate?.();
  if (act === "reset") control?.reset?.();
}

/** What a tap on the button does beside its onTap; undefined lets the tap act on what is around. */
function actOf(info: ElementInfo, element: HTMLElement): (() => void) | undefined {
  const { attributes } = info;
  const act = textOf(attributes["form-type"] ?? attributes["formType"]);
  if (act) return () => finishForm(element, act);
  const open = textOf(attributes["open-type"] ?? attributes["openType"]);
  if (open === "share") return () => shareFrom(info, element);
  if (open) return () => info.frame.page.fault(`<button> does not support open-type "${open}" in this host.`);
  return undefined;
}

/** `<button type size plain disabled loading form-type open-type>`. https://open.dingtalk.com/document/development/mini-app-button-1 */
export function Button({ info, children }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const { props } = useElement<HTMLElement>(info, (element) => {
    const activate = actOf(info, element);
    return activate ? { activate } : {};
  });
  const loading = isOn(attributes["loading"]) ? h("span", { class: "a-spinner" }) : null;
  return h(
    "button",
    {
      ...props,
      // The HTML attribute of that name would submit the form by itself.
      type: "button",
      "a-type": textOf(attributes["type"]) || undefined,
      "a-size": textOf(attributes["size"]) || undefined,
      "a-plain": isOn(attributes["plain"]) ? "" : undefined,
      disabled: isOn(attributes["disabled"]),
    },
    [loading, children],
  );
}
