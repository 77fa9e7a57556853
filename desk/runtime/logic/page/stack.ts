import type { ToView } from "../../protocol";
import type { AppInfo } from "../app-info";
import { callIfThere, type InstanceParts } from "../instance";
import { cloneObject, type Fields } from "../json";
import { NavigationError } from "./navigation-error";
import { createPage, type PageEntry } from "./page";
import { createTabList } from "./tab-list";
import { parseUrl, type Target } from "./url";

/** https://open.dingtalk.com/document/development/dd-navigateto */
const MAX_PAGES = 5;

/** The page stack. Navigations throw a NavigationError and change nothing when they are refused. */
export interface Stack {
  /** Bottom to top. */
  pages(): readonly PageEntry[];
  current(): PageEntry | null;
  /** A page of the stack or a hidden tab page. */
  find(pageId: string): PageEntry | null;
  navigateTo(url: string): void;
  redirectTo(url: string): void;
  reLaunch(url: string): void;
  switchTab(url: string): void;
  navigateBack(delta: number): void;
  /** Makes a page a tab at that place. */
  addTab(path: string, index: number): void;
  removeTab(index: number): void;
  /** Path of the first page of app.json. */
  readonly home: string;
  /** The first page; false when there is no such page. */
  launch(target: Target): boolean;
  /** As reLaunch, for a link that opens the running mini program. */
  reLaunchTo(target: Target): void;
  /** The mini program went to the background, or came back: the page on top hears of it. */
  hidden(): void;
  shownAgain(): void;
  /** The first rendering of a page is on the screen. */
  rendered(pageId: string): void;
}

/** What the stack is built from. */
export interface StackParts extends InstanceParts {
  send(message: ToView): void;
  info: AppInfo;
  /** What the page gave to `Page()`, if it did. */
  definition(path: string): Fields | undefined;
  /** Why its code did not come to that, as the end of a message; empty where nothing is known. */
  cause(path: string): string;
  /** Pages went away, top first. */
  closed(pageIds: string[]): void;
}

/** An empty stack: `launch` opens the first page. https://open.dingtalk.com/document/development/getcurrentpages-methods-1 */
export function createStack(parts: StackParts): Stack {
  const { info, send } = parts;
  const firstTabs = (info.tabBar?.items ?? []).map((item) => item.pagePath.replace(/^\//, ""));
  const tabList = createTabList(firstTabs, info.pages);
  /** Tab pages live on behind other tabs until a reLaunch. */
  const tabs = new Map<string, PageEntry>();
  let stack: PageEntry[] = [];
  let count = 0;

  const current = (): PageEntry | null => stack[stack.length - 1] ?? null;
  const call = (page: PageEntry, name: string, ...args: unknown[]): unknown =>
    callIfThere(page.instance, name, args, parts);

  function target(url: string): Target {
    const found = parseUrl(String(url), current()?.path ?? null, info.pages);
    if (!info.pages.includes(found.path)) throw new NavigationError(`There is no page "${found.path}" in app.json`);
    return found;
  }

  function pageTarget(url: string): Target {
    const found = target(url);
    if (!tabList.has(found.path)) return found;
    throw new NavigationError(`"${found.path}" is a page of the tab bar: only switchTab leads there`);
  }

  function definitionOf(path: string): Fields {
    const definition = parts.definition(path);
    if (!definition) throw new NavigationError(`${path}.js did not call Page()${parts.cause(`/${path}`)}`);
    return definition;
  }

  function open({ path, query }: Target): void {
    const definition = definitionOf(path);
    count += 1;
    const tab = tabList.has(path);
    const page = createPage(definition, { pageId: String(count), path, query, tab }, parts);
    stack.push(page);
    if (tab) {
      tabs.set(path, page);
      tabList.opened(path);
    }
    const data = cloneObject(page.instance["data"], "data", "drop");
    send({ type: "pageOpen", pageId: page.pageId, path, query, data, tab });
    tellShown(page);
    call(page, "onLoad", query);
    call(page, "onShow");
  }

  function tellShown(page: PageEntry): void {
    send({ type: "pageShow", pageId: page.pageId, stack: stack.map(({ pageId }) => pageId) });
  }

  /** Ends pages, top first; what it returns takes them off the screen, once the next page is there. */
  function unload(pages: readonly PageEntry[]): () => void {
    for (const page of pages) {
      call(page, "onUnload");
      page.place.alive = false;
      if (tabs.get(page.path) === page) tabs.delete(page.path);
    }
    const pageIds = pages.map(({ pageId }) => pageId);
    parts.updates.forget(pageIds);
    parts.closed(pageIds);
    return () => {
      if (pageIds.length > 0) send({ type: "pageClose", pageIds });
    };
  }

  function reLaunchTo(to: Target): void {
    definitionOf(to.path);
    const hidden = [...tabs.values()].filter((page) => !stack.includes(page));
    const close = unload([...topFirst(stack), ...hidden]);
    stack = [];
    open(to);
    close();
  }

  const topFirst = (pages: readonly PageEntry[]): PageEntry[] => [...pages].reverse();

  return {
    pages: () => stack,
    current,
    find: (pageId) => [...stack, ...tabs.values()].find((page) => page.pageId === pageId) ?? null,
    navigateTo(url) {
      const to = pageTarget(url);
      definitionOf(to.path);
      if (stack.length >= MAX_PAGES)
        throw new NavigationError(`At most ${MAX_PAGES} pages can be open: use redirectTo`);
      const left = current();
      if (left) call(left, "onHide");
      open(to);
    },
    redirectTo(url) {
      const to = pageTarget(url);
      definitionOf(to.path);
      const close = unload(stack.slice(-1));
      stack = stack.slice(0, -1);
      open(to);
      close();
    },
    home: info.pages[0] ?? "",
    reLaunch: (url) => reLaunchTo(target(url)),
    reLaunchTo: ({ path, query }) => reLaunchTo({ ...target(`/${path}`), query }),
    switchTab(url) {
      const to = target(url);
      if (!tabList.has(to.path)) throw new NavigationError(`"${to.path}" is no page of the tab bar`);
      definitionOf(to.path);
      const known = tabs.get(to.path);
      const left = current();
      if (known && known === left) return;
      if (left?.tab) call(left, "onHide");
      const close = unload(topFirst(stack).filter((page) => !page.tab));
      stack = [];
      if (known) {
        stack = [known];
        tellShown(known);
        close();
        call(known, "onShow");
        return;
      }
      open({ path: to.path, query: {} });
      close();
    },
    navigateBack(delta) {
      const keep = Math.max(1, stack.length - Math.max(1, Math.floor(delta)));
      if (keep >= stack.length) return;
      const close = unload(topFirst(stack.slice(keep)));
      stack = stack.slice(0, keep);
      const shown = current();
      if (!shown) return;
      tellShown(shown);
      close();
      call(shown, "onShow");
    },
    addTab: (path, index) => tabList.add(path, index, current()?.path ?? null),
    removeTab(index) {
      const hiddenPage = tabs.get(tabList.remove(index, current()?.path ?? null));
      if (hiddenPage) unload([hiddenPage])();
    },
    launch(to) {
      if (!info.pages.includes(to.path)) return false;
      open(to);
      return true;
    },
    hidden() {
      const page = current();
      if (page) call(page, "onHide");
    },
    shownAgain() {
      const page = current();
      if (page) call(page, "onShow");
    },
    rendered(pageId) {
      const page = [...stack, ...tabs.values()].find((entry) => entry.pageId === pageId);
      if (!page || page.ready) return;
      page.ready = true;
      call(page, "onReady");
    },
  };
}
