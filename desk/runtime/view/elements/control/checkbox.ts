import { h } from "preact";
import type { ComponentChild } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { textOf } from "../../expression";
import { controlOf, infoOf, isOn } from "../../node";
import type { BuiltInProps } from "../dom";
import { tickProps, useElement } from "../dom";

/** State that a template sets and a finger changes: a new value of the attribute wins. */
export function useGiven<Value>(given: Value): [Value, (value: Value) => void] {
  const [value, setValue] = useState(given);
  useLayoutEffect(() => setValue(given), [given]);
  return [value, setValue];
}

function groupValue(group: Element): string[] {
  return [...group.querySelectorAll("checkbox")]
    .filter((box) => controlOf(box)?.properties?.["checked"]?.())
    .map((box) => textOf(infoOf(box)?.attributes["value"]));
}

/** `<checkbox value checked disabled onChange>`. https://open.dingtalk.com/document/development/mini-app-checkbox-multiple-selectors-1 */
export function Checkbox({ info }: BuiltInProps): ComponentChild {
  const given = isOn(info.attributes["checked"]);
  const disabled = isOn(info.attributes["disabled"]);
  const [checked, setChecked] = useGiven(given);
  const { props } = useElement<HTMLElement>(info, (element, emit) => {
    // The group reads its boxes before this one is drawn again, so the latest state is kept beside the drawn one.
    let latest = checked;
    return {
      activate: () => {
        if (disabled) return;
        latest = !latest;
        setChecked(latest);
        emit("change", { value: latest });
        const group = element.closest("checkbox-group");
        if (group) info.frame.page.emit(group, "change", { value: groupValue(group) });
      },
      reset: () => {
        latest = given;
        setChecked(given);
      },
      properties: { checked: () => latest, value: () => textOf(info.attributes["value"]) },
    };
  });
  return h("checkbox", tickProps("checkbox", props, { checked, disabled }));
}

/** `<checkbox-group name onChange>`: the values of its checked boxes. */
export function CheckboxGroup({ info, children }: BuiltInProps): ComponentChild {
  const { props } = useElement<HTMLElement>(info, (element) => ({ value: () => groupValue(element) }));
  return h("checkbox-group", { role: "group", ...props }, children);
}
