/** What is known when the app, or a link into it, is opened. */
export interface Launch {
  platform: "mobile" | "pc";
  /** Where the page that asks is already shown. `workbench` is any web page inside DingTalk. */
  place: "mini-program" | "workbench" | "browser";
  /** The enterprise's setting. */
  opening: "workbench" | "browser";
  /**
   * Whether this person's client on this device keeps all pages inside ("open all pages of Workbench apps in DingTalk"):
   * then `openLink` ends in the Workbench. No API tells it, so it is learned.
   * https://open.dingtalk.com/document/development/jsapi-open-link
   */
  keptInside: boolean;
  /** Whether this launch has handed over to the browser already. */
  attempted: boolean;
}

/**
 * - `stay`: show the wanted page right here.
 * - `show-pc-page`: the mini program shows `/pc` in its `web-view`, and the page there decides again.
 * - `hand-over`: make a ticket and open the browser, once.
 * - `say-continued`: say that it continued in the browser, with "open again" and "stay here".
 * - `stay-with-hint`: show the wanted page here, with a hint that DingTalk's own setting won and "try the browser again".
 */
export type LaunchAction = "stay" | "show-pc-page" | "hand-over" | "say-continued" | "stay-with-hint";

/** What to do at a launch. All cases are a table in docs/launch.md, which the test of this function reads. */
export function decideLaunch(launch: Launch): LaunchAction {
  if (launch.platform === "mobile" || launch.place === "browser") return "stay";
  if (launch.place === "mini-program") return "show-pc-page";
  if (launch.opening === "workbench") return "stay";
  if (launch.keptInside) return "stay-with-hint";
  return launch.attempted ? "say-continued" : "hand-over";
}
