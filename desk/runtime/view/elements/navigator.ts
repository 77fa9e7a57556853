import { h } from "preact";
import type { ComponentChild } from "preact";
import type { ToLogic } from "../../protocol";
import { textOf } from "../expression";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";

type Method = Extract<ToLogic, { type: "navigate" }>["method"];

const METHODS: Record<string, Method> = {
  navigate: "navigateTo",
  redirect: "redirectTo",
  switchTab: "switchTab",
  reLaunch: "reLaunch",
  navigateBack: "navigateBack",
};

/** `<navigator url open-type>`. https://open.dingtalk.com/document/development/mini-app-navigator-page-link-1 */
export function Navigator({ info, children }: BuiltInProps): ComponentChild {
  const { page } = info.frame;
  const { props } = useElement(info, () => ({
    activate: () => {
      const open = textOf(info.attributes["open-type"] ?? info.attributes["openType"]) || "navigate";
      const method = METHODS[open];
      if (!method) page.fault(`<navigator> does not support open-type "${open}" in this host.`);
      else page.send({ type: "navigate", pageId: page.pageId, method, url: textOf(info.attributes["url"]) });
    },
  }));
  return h("navigator", { role: "link", tabindex: "0", ...props }, children);
}
