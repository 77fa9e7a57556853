import { NavigationError } from "../page/navigation-error";
import type { Stack } from "../page/stack";
import { type ApiParts, type Apis, hostApi } from "./api";

/**
 * What changes the tab bar's pages: the stack decides, the client shows. Nothing changes the words of a tab: app.json's
 * `name_locale` does. https://open.dingtalk.com/document/development/dd-addtabbaritem
 */
export function tabBarApis(parts: ApiParts, stack: Stack): Apis {
  return {
    addTabBarItem: hostApi(parts, "addTabBarItem", (args) => {
      const { name, pagePath } = args;
      if (typeof name !== "string" || name === "") throw new NavigationError("name is missing");
      if (typeof pagePath !== "string") throw new NavigationError("pagePath is missing");
      const path = pagePath.replace(/^\//, "");
      stack.addTab(path, indexOf(args["index"]));
      return { ...args, pagePath: path };
    }),
    removeTabBarItem: hostApi(parts, "removeTabBarItem", (args) => {
      stack.removeTab(indexOf(args["index"]));
      return args;
    }),
  };
}

function indexOf(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new NavigationError("index is missing");
}
