import { NavigationError } from "../page/navigation-error";
import type { Stack } from "../page/stack";
import { type ApiParts, type Apis, localApi } from "./api";

/**
 * Navigation. It happens a moment after the call, as in DingTalk: until then getCurrentPages is as before. A refused one is
 * an error on the console too, since nothing else would show it.
 * https://open.dingtalk.com/document/development/dd-navigateto
 */
export function navigationApis(parts: ApiParts, stack: Stack, logError: (message: string) => void): Apis {
  const navigation = (name: string, go: (url: string) => void): Apis => ({
    [name]: localApi(parts, name, (args) => {
      const { url } = args;
      try {
        if (typeof url !== "string" || url === "") throw new NavigationError("url is missing");
        go(url);
      } catch (thrown) {
        logError(
          `dd.${name}(${JSON.stringify(url ?? null)}): ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        );
        throw thrown;
      }
      return {};
    }),
  });
  return {
    ...navigation("navigateTo", stack.navigateTo),
    ...navigation("redirectTo", stack.redirectTo),
    ...navigation("reLaunch", stack.reLaunch),
    ...navigation("switchTab", stack.switchTab),
    navigateBack: localApi(parts, "navigateBack", (args) => {
      stack.navigateBack(Number(args["delta"] ?? 1) || 1);
      return {};
    }),
  };
}
