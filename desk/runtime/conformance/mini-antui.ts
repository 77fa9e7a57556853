import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MINI_ANTUI_USES, type ComponentUse } from "./mini-antui-uses";

/** One page of the generated app: it uses one component of mini-antui. */
export interface ConformancePage extends ComponentUse {
  /** As in app.json: `pages/list-list-item/index`. */
  page: string;
}

/** A page per component of npm's mini-antui; components that live inside another one are shown in it. */
export function miniAntuiPages(): ConformancePage[] {
  return MINI_ANTUI_USES.map((use) => ({ ...use, page: `pages/${use.component.replaceAll("/", "-")}/index` }));
}

/**
 * Writes a mini program into an empty folder that shows the unmodified components of `packageFolder`
 * (node_modules/mini-antui, linked and not copied), one page each; with `pages` only those.
 */
export function writeMiniAntuiApp(folder: string, packageFolder: string, pages = miniAntuiPages()): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(packageFolder, join(folder, "node_modules/mini-antui"), "dir");
  write("app.json", JSON.stringify({ pages: pages.map(({ page }) => page), window: { defaultTitle: "mini-antui" } }));
  write("app.js", "App({});\n");
  for (const { page, component, inside = [], axml, data } of pages) {
    const used = [component, ...inside].map((path) => [tagOf(path), `mini-antui/es/${path}/index`]);
    write(`${page}.json`, JSON.stringify({ usingComponents: Object.fromEntries(used) as object }));
    write(`${page}.axml`, `${axml}\n`);
    write(`${page}.js`, `Page({ data: ${JSON.stringify(data ?? {})}, noop() {} });\n`);
  }
}

function tagOf(component: string): string {
  return component.split("/").at(-1) ?? component;
}
