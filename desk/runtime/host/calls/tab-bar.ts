import type { Json, JsonObject } from "../../protocol";
import type { Client, Handler, Handlers } from "../client";
import { failure } from "../failure";
import type { TabBar } from "../bar/tab-bar";

/** The tab bar's badges and tabs. https://open.dingtalk.com/document/development/dd-settabbarbadge */
export function tabBarCalls({ screen }: Client): Handlers {
  const on =
    (act: (bar: TabBar, index: number, args: JsonObject) => void): Handler =>
    (args) => {
      if (!screen.tabBar) throw failure(2, "This mini program has no tab bar.");
      act(screen.tabBar, Number(args["index"]), args);
    };
  return {
    setTabBarBadge: on((bar, index, args) => bar.setBadge(index, String(args["text"] ?? ""))),
    removeTabBarBadge: on((bar, index) => bar.setBadge(index, null)),
    showTabBarRedDot: on((bar, index) => bar.setBadge(index, "")),
    hideTabBarRedDot: on((bar, index) => bar.setBadge(index, null)),
    addTabBarItem: on((bar, index, { pagePath, name, icon, activeIcon }) =>
      bar.insert(index, {
        ...{ pagePath: String(pagePath), name: String(name) },
        ...strings({ icon, activeIcon }),
      }),
    ),
    removeTabBarItem: on((bar, index) => bar.remove(index)),
  };
}

/** Only what was given as a string. */
function strings(given: Record<string, Json | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
