import { h } from "preact";
import type { ComponentChild } from "preact";

/** What stands where something could not be drawn: loud, so that nobody takes the page for complete. */
export function faultBox(message: string): ComponentChild {
  return h("div", { class: "a-fault", role: "alert" }, message);
}
