import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { controlOf, infoOf, isOn } from "../../node";
import { useGiven } from "./checkbox";
import type { BuiltInProps } from "../dom";
import { tickProps, useElement } from "../dom";

/** `<radio value checked disabled>`. https://open.dingtalk.com/document/development/mini-app-radio-button-1 */
export function Radio({ info }: BuiltInProps): ComponentChild {
  const given = isOn(info.attributes["checked"]);
  const disabled = isOn(info.attributes["disabled"]);
  const value = textOf(info.attributes["value"]);
  const [checked, setChecked] = useGiven(given);
  const { props } = useElement<HTMLElement>(info, (element) => {
    let latest = checked;
    const check = (next: boolean): void => {
      latest = next;
      setChecked(next);
    };
    return {
      activate: () => {
        if (disabled || latest) return;
        const group = element.closest("radio-group");
        for (const other of group?.querySelectorAll("radio") ?? []) controlOf(other)?.check?.(other === element);
        check(true);
        if (group) info.frame.page.emit(group, "change", { value });
      },
      check,
      reset: () => check(given),
      properties: { checked: () => latest, value: () => value },
    };
  });
  return h("radio", tickProps("radio", props, { checked, disabled }));
}

function groupValue(group: Element): string {
  const chosen = [...group.querySelectorAll("radio")].find((radio) => controlOf(radio)?.properties?.["checked"]?.());
  return chosen ? textOf(infoOf(chosen)?.attributes["value"]) : "";
}

/** `<radio-group name onChange>`. https://open.dingtalk.com/document/development/mini-app-radio-group-individual-project-group-1 */
export function RadioGroup({ info, children }: BuiltInProps): ComponentChild {
  const { props } = useElement<HTMLElement>(info, (element) => ({ value: () => groupValue(element) }));
  return h("radio-group", { role: "radiogroup", ...props }, children);
}
