import type { LaunchState } from "../../core/contract/session/launch";
import type { Caller } from "./transport";

/** How the app opens on this person's PC. */
export async function launchState(call: Caller): Promise<LaunchState> {
  return (await call({ method: "GET", path: "/api/launch" })) as LaunchState;
}

/** Remembers whether DingTalk keeps all pages inside on this device. */
export async function learnKeptInside(call: Caller, keptInside: boolean): Promise<LaunchState> {
  return (await call({ method: "POST", path: "/api/launch/kept-inside", body: { keptInside } })) as LaunchState;
}
