import { createPortal, h } from "preact";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { textOf } from "../../expression";
import { isOn, numberOf } from "../../node";
import { useGiven } from "./checkbox";
import type { BuiltInProps } from "../dom";
import { useElement } from "../dom";

function labelsOf(attributes: Record<string, unknown>): string[] {
  const range: unknown = attributes["range"];
  const key = textOf(attributes["range-key"] ?? attributes["rangeKey"]);
  if (!Array.isArray(range)) return [];
  return (range as unknown[]).map((item) =>
    key && typeof item === "object" && item !== null ? textOf((item as Record<string, unknown>)[key]) : textOf(item),
  );
}

interface SheetProps {
  labels: string[];
  chosen: number;
  onDone(index: number | null): void;
}

/** The client's own words follow the language of its document. */
const WORDS = { zh: { cancel: "取消", done: "确定" }, en: { cancel: "Cancel", done: "Done" } };

/** The list that rises from the bottom edge: a tap on an entry marks it, "done" takes it. */
function Sheet({ labels, chosen, onDone }: SheetProps): ComponentChild {
  const [marked, setMarked] = useState(chosen);
  const button = (text: string, quiet: boolean, act: () => void): ComponentChild =>
    h(
      "button",
      { type: "button", class: "a-panel-button", "data-quiet": quiet ? "" : undefined, onClick: act, key: text },
      text,
    );
  const words = document.documentElement.lang.startsWith("en") ? WORDS.en : WORDS.zh;
  const inside = (event: Event): void => event.stopPropagation();
  return h("div", { class: "a-sheet", onClick: () => onDone(null) }, [
    h("div", { class: "a-panel", role: "dialog", onClick: inside }, [
      h("div", { class: "a-panel-bar" }, [
        button(words.cancel, true, () => onDone(null)),
        button(words.done, false, () => onDone(marked)),
      ]),
      h(
        "div",
        { class: "a-options", role: "listbox" },
        labels.map((label, at) =>
          h(
            "div",
            {
              class: "a-option",
              role: "option",
              "aria-selected": String(at === marked),
              onClick: () => setMarked(at),
              key: at,
            },
            label,
          ),
        ),
      ),
    ]),
  ]);
}

/** `<picker range range-key value disabled onChange>`. https://open.dingtalk.com/document/development/mini-app-scroll-picker-that-pops-up-on-the-bottom-of-the-1 */
export function Picker({ info, children }: BuiltInProps): ComponentChild {
  const { attributes } = info;
  // Above the page and outside of the picker: a finger on the list does not touch the picker.
  const { overlay } = info.frame.page;
  const disabled = isOn(attributes["disabled"]);
  const [value, setValue] = useGiven(numberOf(attributes["value"], 0));
  const [open, setOpen] = useState(false);
  const { props, emit } = useElement(info, () => ({
    activate: () => {
      if (!disabled) setOpen(true);
    },
    value: () => value,
    properties: { value: () => value },
  }));
  const done = (index: number | null): void => {
    setOpen(false);
    if (index === null) return;
    setValue(index);
    emit("change", { value: index });
  };
  return h(
    "picker",
    {
      role: "button",
      "aria-haspopup": "listbox",
      tabindex: disabled ? undefined : "0",
      ...props,
      "aria-disabled": String(disabled),
    },
    [
      children,
      open ? createPortal(h(Sheet, { labels: labelsOf(attributes), chosen: value, onDone: done }), overlay) : null,
    ],
  );
}
