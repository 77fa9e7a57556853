import type { GateView } from "../client/stores/session";
import { navigateTo } from "./dingtalk/client";
import { parts } from "./parts";

/** What stands in front of a page until somebody is signed in. */
export function gateView(): GateView {
  return parts().session.view;
}

/** The gate's one button: bind the account, or sign in anew. */
export function passGate(kind: unknown): void {
  if (kind === "notBound") navigateTo("/pages/bind/bind");
  else void parts().session.retry();
}
