import type { Json } from "../../protocol";
import type { Client } from "../client";
import type { Methods } from "./method";
import { describe, findAll, firstOf, namesOf } from "./target";

/** `Page.*` methods about pixels. */
export function pageMethods({ view }: Client): Methods {
  const all = (params: { [key: string]: Json }): { [key: string]: Json }[] =>
    findAll(view, String(params["pageId"]), String(params["selector"]));
  const byPath = (params: { [key: string]: Json }): { [key: string]: Json }[] =>
    view.elements
      .findByXPath(String(params["pageId"]), String(params["selector"]))
      .map((found) => describe(view, found));

  return {
    "Page.getElement": (params) => firstOf(all(params), String(params["selector"])),
    "Page.getElements": (params) => ({ elements: all(params) }),
    "Page.getElementByXpath": (params) => firstOf(byPath(params), String(params["selector"])),
    "Page.getElementsByXpath": (params) => ({ elements: byPath(params) }),
    "Page.getWindowProperties": (params) => {
      const page = view.pageElement(String(params["pageId"]));
      if (!page) throw new Error(`The page ${String(params["pageId"])} is closed.`);
      const scroller = page.scroller as unknown as Record<string, Json>;
      // Names are paths into a web page's window; only the last word matters here, as one element scrolls.
      return { properties: namesOf(params).map((name) => scroller[name.slice(name.lastIndexOf(".") + 1)] ?? null) };
    },
  };
}
