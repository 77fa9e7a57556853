import type { GateView } from "../client/stores/session/session";
import { navigateTo } from "./dingtalk/client";
import { parts } from "./parts";
import type { WebPageView } from "./pc-start";

/**
 * What stands in front of a page until somebody is signed in. On a PC the web page at `webPath` stands there for good; pages
 * that have none show the list of reports.
 */
export function gateView(webPath?: string): GateView | WebPageView {
  const { pc, session } = parts();
  if (!pc) return session.view;
  return webPath === undefined ? pc.home : pc.view(webPath);
}

/** A page opened that has a page on the web. On a phone that means nothing. */
export function openOnPc(webPath: string): void {
  void parts().pc?.open(webPath);
}

/** The gate's one button: bind the account, or sign in anew. */
export function passGate(kind: unknown, webPath = "/"): void {
  const { pc, session } = parts();
  if (pc) void pc.open(webPath);
  else if (kind === "notBound") navigateTo("/pages/bind/bind");
  else void session.retry();
}
