import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../../expression";
import { isOn, numberOf } from "../../node";
import { useGiven } from "./checkbox";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

interface Range {
  min: number;
  max: number;
  step: number;
}

function snap(value: number, { min, max, step }: Range): number {
  const steps = Math.round((Math.min(max, Math.max(min, value)) - min) / step);
  return Math.min(max, Number((min + steps * step).toFixed(6)));
}

function rangeOf(attributes: Record<string, unknown>): Range {
  const step = numberOf(attributes["step"], 1);
  return { min: numberOf(attributes["min"], 0), max: numberOf(attributes["max"], 100), step: step > 0 ? step : 1 };
}

function lookOf(attributes: Record<string, unknown>): Record<"size" | "thickness" | "back" | "front" | "knob", string> {
  const given = (camel: string, hyphened: string, otherwise: string): string =>
    textOf(attributes[camel] ?? attributes[hyphened]) || otherwise;
  return {
    size: given("handleSize", "handle-size", "22"),
    thickness: given("trackSize", "track-size", "4"),
    back: given("backgroundColor", "background-color", "#ddd"),
    front: given("activeColor", "active-color", "#108ee9"),
    knob: given("handleColor", "handle-color", "#fff"),
  };
}

/** `<slider min max step value show-value onChange onChanging>`. https://open.dingtalk.com/document/development/mini-app-slider-slide-selector-1 */
export function Slider({ info }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  const range = rangeOf(attributes);
  const disabled = isOn(attributes["disabled"]);
  const given = snap(numberOf(attributes["value"], range.min), range);
  const [value, setValue] = useGiven(given);
  const { props } = useElement<HTMLElement>(info, (element, emit) => {
    let latest = value;
    const moveTo = (x: number): void => {
      const track = element.querySelector(".a-track")?.getBoundingClientRect();
      if (!track || disabled) return;
      const next = snap(range.min + ((x - track.left) / track.width) * (range.max - range.min), range);
      if (next === latest) return;
      latest = next;
      setValue(next);
      emit("changing", { value: next });
    };
    const settle = (): void => {
      if (!disabled) emit("change", { value: latest });
    };
    return {
      start: moveTo,
      move: moveTo,
      end: settle,
      value: () => latest,
      reset: () => setValue(given),
      properties: { value: () => latest },
      calls: {
        slideTo: (target) => {
          latest = snap(numberOf(target, latest), range);
          setValue(latest);
          settle();
          return null;
        },
      },
    };
  });
  const percent = range.max > range.min ? ((value - range.min) / (range.max - range.min)) * 100 : 0;
  const look = lookOf(attributes);
  return h(
    "slider",
    {
      role: "slider",
      tabindex: disabled ? undefined : "0",
      "aria-valuenow": String(value),
      "aria-valuemin": String(range.min),
      "aria-valuemax": String(range.max),
      ...props,
      "aria-disabled": String(disabled),
    },
    [
      h("div", { class: "a-track", style: `height:${look.thickness}px;background:${look.back}` }, [
        h("div", { class: "a-fill", style: `width:${percent}%;background:${look.front}` }),
        h("div", {
          class: "a-knob",
          style: `left:${percent}%;width:${look.size}px;height:${look.size}px;background:${look.knob}`,
        }),
      ]),
      isOn(attributes["show-value"]) ? h("div", { class: "a-number" }, String(value)) : null,
    ],
  );
}
