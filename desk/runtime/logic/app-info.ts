import type { CompiledApp, PageWindow, TabBar } from "../compiled";

/** What the worker must know of the manifest: the argument of `__start`, which follows the mini program's own script. */
export interface AppInfo {
  /** Page paths in order; the first one is the home page. */
  pages: string[];
  components: { path: string; component2: boolean }[];
  tabBar: TabBar | null;
  window: PageWindow;
}

/** Picks it out of a compiled mini program: the worker's script ends with `__start(${JSON.stringify(appInfoOf(app))})`. */
export function appInfoOf(app: CompiledApp): AppInfo {
  return {
    pages: app.pages,
    components: Object.values(app.components).map(({ path, component2 }) => ({ path, component2 })),
    tabBar: app.tabBar,
    window: app.window,
  };
}
