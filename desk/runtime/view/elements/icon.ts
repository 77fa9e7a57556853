import { h } from "preact";
import type { ComponentChild } from "preact";
import { textOf } from "../expression";
import { numberOf } from "../node";
import type { BuiltInProps } from "./dom";
import { useElement } from "./dom";
import { faultBox } from "./fault-box";

/** Colour and drawing (24 x 24) of each type. https://open.dingtalk.com/document/development/mini-app-icon-1 */
const ICONS: Record<string, { color: string; disc: boolean; path: string }> = {
  info: { color: "#3296fa", disc: true, path: "M12 10.5v6M12 7v.2" },
  warn: { color: "#f96268", disc: true, path: "M12 6.5v7M12 17v.2" },
  waiting: { color: "#3296fa", disc: true, path: "M12 6.5V12l4 3" },
  cancel: { color: "#f96268", disc: true, path: "M8.5 8.5l7 7M15.5 8.5l-7 7" },
  clear: { color: "#b2b2b2", disc: true, path: "M8.5 8.5l7 7M15.5 8.5l-7 7" },
  success: { color: "#15bc83", disc: true, path: "M7 12.5l3.5 3.5L17 9" },
  success_no_circle: { color: "#15bc83", disc: false, path: "M4 12.5l5.5 5.5L20 7" },
  download: { color: "#3296fa", disc: false, path: "M12 4v11M7 11l5 5 5-5M5 20h14" },
  search: { color: "#b2b2b2", disc: false, path: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L21 21" },
};

/** `<icon type size color>`. */
export function Icon({ info }: BuiltInProps): ComponentChild {
  const { props } = useElement(info);
  const type = textOf(info.attributes["type"]);
  const icon = ICONS[type];
  if (!icon) {
    info.frame.page.fault(`<icon> has no type "${type}".`);
    return faultBox(`icon: ${type}`);
  }
  const size = numberOf(info.attributes["size"], 23);
  const color = textOf(info.attributes["color"]) || icon.color;
  const stroke = { fill: "none", stroke: icon.disc ? "#fff" : color, "stroke-width": 2, "stroke-linecap": "round" };
  return h(
    "icon",
    { role: "img", "aria-label": type, ...props },
    h("svg", { width: size, height: size, viewBox: "0 0 24 24" }, [
      icon.disc ? h("circle", { cx: 12, cy: 12, r: 11, fill: color }) : null,
      h("path", { d: icon.path, ...stroke, "stroke-linejoin": "round" }),
    ]),
  );
}
