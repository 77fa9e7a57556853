import type { CanvasProfile } from "../../protocol";
import type { Fields } from "../json";
import { CLIENT, DOCUMENTED_METHODS, RECORDED } from "./canvas-methods";
import { DD_TABLE } from "./table";

/** Built-in components of the desk. */
const COMPONENTS = [
  ...["view", "scroll-view", "swiper", "swiper-item", "movable-area", "movable-view", "text", "icon", "progress"],
  ...["button", "form", "label", "input", "textarea", "radio", "radio-group", "checkbox", "checkbox-group", "switch"],
  ...["slider", "picker", "picker-view", "picker-view-column", "navigator", "image", "canvas", "web-view", "rich-text"],
];

/** Questions of one word that are answered with yes. */
const WHOLE = new Set([...Object.keys(DD_TABLE), ...COMPONENTS, "component2"]);

const PAGE_METHODS = ["$spliceData", "$batchedUpdates", "setData"];

const CANVAS_CALLS = [
  "createLinearGradient",
  "createCircularGradient",
  "draw",
  "toTempFilePath",
  "getImageData",
  "putImageData",
];

/**
 * `dd.canIUse`. Names of functions, of the canvas' methods, of fields of getSystemInfo, of built-in components. What it cannot
 * tell (a component's attribute, a parameter) it denies, so that the mini program takes its fallback.
 * https://open.dingtalk.com/document/development/dd-caniuse
 */
export function canIUse(question: unknown, profile: CanvasProfile, systemInfo: Fields): boolean {
  const [name = "", first, second] = String(question).split(".");
  if (first === undefined) return WHOLE.has(name);
  switch (name) {
    case "page":
      return PAGE_METHODS.includes(first);
    case "createCanvasContext":
      return canvasMethods(profile).includes(second ?? first);
    case "getSystemInfo":
    case "getSystemInfoSync":
      return first === "return" && (second === undefined || second in systemInfo);
    default:
      return false;
  }
}

function canvasMethods(profile: CanvasProfile): string[] {
  const documented = [...DOCUMENTED_METHODS, ...CANVAS_CALLS];
  if (profile === "documented") return documented;
  const { methods, measures } = profile === "client" ? CLIENT : RECORDED;
  return [...documented, ...methods, ...(measures ? ["measureText"] : [])];
}
