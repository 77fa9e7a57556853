import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { isOn } from "../../node";
import { useGiven } from "./checkbox";
import type { BuiltInProps } from "../dom";
import { tickProps, useElement } from "../dom";

/** `<switch name checked disabled color onChange>`. https://open.dingtalk.com/document/development/mini-app-switch-radio-switch-1 */
export function Switch({ info }: BuiltInProps): ComponentChild {
  const given = isOn(info.attributes["checked"]);
  const disabled = isOn(info.attributes["disabled"]);
  const color = textOf(info.attributes["color"]);
  const [checked, setChecked] = useGiven(given);
  const { props } = useElement(info, (_, emit) => {
    let latest = checked;
    const activate = (): void => {
      if (disabled) return;
      latest = !latest;
      setChecked(latest);
      emit("change", { value: latest });
    };
    return {
      activate,
      value: () => latest,
      reset: () => {
        latest = given;
        setChecked(given);
      },
      properties: { checked: () => latest },
      calls: {
        tap: () => {
          activate();
          return null;
        },
      },
    };
  });
  const style = `${textOf(props["style"])}${color ? `;--a-color:${color}` : ""}`;
  return h("switch", tickProps("switch", { ...props, style: style || undefined }, { checked, disabled }));
}
