import type { PageApp } from "../../boot";
import type { PageWindow, Translations } from "../../compiled";

/** `zh-CN`, as the client says it, is `zh_CN` in a mini program's files. */
const inWords = (texts: Translations | undefined, language: string): string | undefined =>
  texts?.[language.replace("-", "_")];

function titled(window: PageWindow, language: string): PageWindow {
  const defaultTitle = inWords(window.defaultTitleLocale, language);
  return defaultTitle === undefined ? window : { ...window, defaultTitle };
}

/**
 * The mini program with its titles and tabs in the client's language, where it has them in that language.
 * https://open.dingtalk.com/document/development/multi-language-configuration-1
 */
export function inLanguage(app: PageApp, language: string): PageApp {
  const page = Object.fromEntries(
    Object.entries(app.page).map(([path, one]) => [path, { ...one, window: titled(one.window, language) }]),
  );
  const items = app.tabBar?.items.map((item) => ({ ...item, name: inWords(item.nameLocale, language) ?? item.name }));
  const tabBar = app.tabBar && items ? { ...app.tabBar, items } : null;
  return { ...app, page, tabBar, window: titled(app.window, language) };
}
