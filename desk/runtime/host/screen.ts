import type { PageApp } from "../boot";
import { element } from "./element";
import {
  createNavigationBar,
  type NavigationActions,
  navigationState,
  type NavigationState,
} from "./bar/navigation-bar";
import { createTabBar, type TabBar } from "./bar/tab-bar";
import type { Words } from "./words";

export interface ScreenOptions {
  app: PageApp;
  words: Words;
  navigation: NavigationActions;
  assetUrl: (path: string) => string;
  /** A person pressed a tab. */
  tab: (path: string, index: number, name: string) => void;
}

/** The phone's screen around the pages. */
export interface Screen {
  root: HTMLElement;
  /** Page frames go in here. */
  pages: HTMLElement;
  tabBar: TabBar | null;
  /** Remembers a page's bar. */
  opened(pageId: string, path: string): void;
  closed(pageIds: string[]): void;
  /** Shows the bars of the page on top. `depth` is the height of the stack. */
  shown(pageId: string, depth: number): void;
  /** `dd.setNavigationBar` and the loading mark; of the page on top when `pageId` is null. */
  changeBar(pageId: string | null, change: Partial<NavigationState>): void;
  resetBar(pageId: string | null): void;
  /** Path of the page on top. */
  path(): string;
}

/** Builds the bars and the place for the pages. */
export function createScreen(options: ScreenOptions): Screen {
  const { app, assetUrl } = options;
  const bar = createNavigationBar(options.words, options.navigation);
  const pages = element("main", "pages");
  const tabBar = app.tabBar ? createTabBar(app.tabBar, assetUrl, options.tab) : null;
  const root = element("div", "screen", [bar.root, pages, ...(tabBar ? [tabBar.root] : [])]);
  const known = new Map<string, { path: string; state: NavigationState }>();
  let top: { pageId: string; depth: number } | null = null;

  const initial = (path: string): NavigationState => navigationState(app.window, app.page[path]?.window ?? {});

  function draw(): void {
    const page = top && known.get(top.pageId);
    if (page && top) bar.show(page.state, top.depth > 1);
  }

  function change(pageId: string | null, make: (path: string, state: NavigationState) => NavigationState): void {
    const page = known.get(pageId ?? top?.pageId ?? "");
    if (!page) return;
    page.state = make(page.path, page.state);
    draw();
  }

  return {
    root,
    pages,
    tabBar,
    opened: (pageId, path) => void known.set(pageId, { path, state: initial(path) }),
    closed: (pageIds) => pageIds.forEach((pageId) => known.delete(pageId)),
    shown(pageId, depth) {
      top = { pageId, depth };
      tabBar?.show(depth === 1 ? (known.get(pageId)?.path ?? "") : "");
      draw();
    },
    changeBar: (pageId, part) => change(pageId, (_path, state) => ({ ...state, ...part })),
    resetBar: (pageId) => change(pageId, initial),
    path: () => (top && known.get(top.pageId)?.path) ?? "",
  };
}
