import type { Json, JsonObject } from "../../protocol";
import type { Client, Handler, Handlers } from "../client";
import { failure } from "../failure";
import type { TabBar } from "../tab-bar";

/** The tab bar's badges, items and style. https://open.dingtalk.com/document/development/dd-showtabbar */
export function tabBarCalls({ screen }: Client): Handlers {
  const on =
    (act: (bar: TabBar, args: JsonObject, index: number) => void): Handler =>
    (args) => {
      if (!screen.tabBar) throw failure(2, "This mini program has no tab bar.");
      act(screen.tabBar, args, Number(args["index"]) || 0);
    };
  return {
    showTabBar: on((bar) => bar.setVisible(true)),
    hideTabBar: on((bar) => bar.setVisible(false)),
    setTabBarBadge: on((bar, args, index) => bar.setBadge(index, String(args["text"] ?? ""))),
    removeTabBarBadge: on((bar, _args, index) => bar.setBadge(index, null)),
    showTabBarRedDot: on((bar, _args, index) => bar.setBadge(index, "")),
    hideTabBarRedDot: on((bar, _args, index) => bar.setBadge(index, null)),
    setTabBarItem: on((bar, args, index) =>
      bar.setItem(index, strings({ text: args["text"], icon: args["iconPath"], activeIcon: args["selectedIconPath"] })),
    ),
    setTabBarStyle: on((bar, args) => {
      const { color, selectedColor, backgroundColor } = args;
      bar.setStyle(strings({ color, selectedColor, backgroundColor }));
    }),
  };
}

/** Only what was given as a string. */
function strings(given: Record<string, Json | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
