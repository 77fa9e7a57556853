import { NavigationError } from "./navigation-error";

/** https://open.dingtalk.com/document/development/dd-addtabbaritem */
const MOST_TABS = 5;
const MOST_ADDED = 90;
/** The only number that DingTalk documents: the page on the screen is none of the tab bar. */
const NOT_ON_A_TAB = 11;

/** Pages of the tab bar, left to right. Changes throw a NavigationError and do nothing when they are refused. */
export interface TabList {
  has(path: string): boolean;
  /** A tab page was opened: the first one becomes the main page, which stays. */
  opened(path: string): void;
  /** `dd.addTabBarItem`; `shown` is the path of the page on the screen. */
  add(path: string, index: number, shown: string | null): void;
  /** `dd.removeTabBarItem`; returns the page that is no tab any more. */
  remove(index: number, shown: string | null): string;
}

/** Starts with the tabs of app.json; `pages` are all pages that it lists. */
export function createTabList(first: readonly string[], pages: readonly string[]): TabList {
  let paths = [...first];
  let main: string | null = null;
  let added = 0;

  const refuseUnless = (allowed: boolean, message: string, error?: number): void => {
    if (!allowed) throw new NavigationError(message, error);
  };
  const needTabPage = (shown: string | null): void =>
    refuseUnless(shown !== null && paths.includes(shown), "the page on the screen has no tab", NOT_ON_A_TAB);

  return {
    has: (path) => paths.includes(path),
    opened: (path) => void (main ??= path),
    add(path, index, shown) {
      needTabPage(shown);
      refuseUnless(pages.includes(path), `there is no page "${path}" in app.json`);
      refuseUnless(!paths.includes(path), `"${path}" is a tab already`);
      refuseUnless(paths.length < MOST_TABS, `a tab bar has at most ${MOST_TABS} tabs`);
      refuseUnless(added < MOST_ADDED, `at most ${MOST_ADDED} tabs can be added`);
      refuseUnless(index >= 0 && index <= paths.length, `there is no place ${index}`);
      added += 1;
      paths = [...paths.slice(0, index), path, ...paths.slice(index)];
    },
    remove(index, shown) {
      needTabPage(shown);
      const path = paths[index];
      if (path === undefined) throw new NavigationError(`there is no tab ${index}`);
      refuseUnless(path !== main, `"${path}" is the main page of the tab bar`);
      refuseUnless(path !== shown, `"${path}" is on the screen`);
      paths = paths.filter((other) => other !== path);
      return path;
    },
  };
}
