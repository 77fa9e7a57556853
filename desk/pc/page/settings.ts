import type { JsonObject } from "../../runtime/protocol";
import type { Surface } from "../surface";

/** What the surface's script is told, as the global `__desk`. */
export interface PageSettings {
  surface: Surface;
  userAgent: string;
  /** The desk's language; null where the page was not opened from it. */
  language: string | null;
  /** The product's own address, which a person sees in the address bar. */
  product: string;
  /** The address of DingTalk's sign-in page, to which the product sends browsers. */
  login: string;
}

/** What a page tells the window around it. */
export type FromPage =
  /** Another document begins: what the one before was allowed is over. */
  | { type: "desk-document" }
  | { type: "dingtalk-jsapi"; id: number; m: string; args: JsonObject }
  /** After each way that the page went: its address as the product has it, and its title. */
  | { type: "desk-place"; url: string; title: string; canGoBack: boolean; canGoForward: boolean };

/** What the window tells its page. */
export type ToPage =
  | { type: "dingtalk-jsapi-answer"; id: number; ok: boolean; value: unknown }
  | { type: "desk-step"; step: "back" | "forward" | "reload" };
