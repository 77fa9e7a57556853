import type { CompiledApp, PageWindow, TabBar, Translations } from "../compiled";
import type { Json, JsonObject } from "../protocol";
import { SourceText, type Faults } from "./fault";
import type { ProjectFiles } from "./files";
import { readJson, type LocatedJson } from "./json";

export type Path = readonly (string | number)[];

/** A JSON file of the project whose parts are asked for by path and type; a wrong type is a fault at its place. */
export class Manifest {
  private constructor(
    readonly file: string,
    private readonly json: LocatedJson,
    private readonly faults: Faults,
  ) {}

  /** Null where there is no such file, or it is no JSON object (a fault). */
  static read(file: string, files: ProjectFiles, faults: Faults): Manifest | null {
    const text = files.read(file);
    return text === null ? null : Manifest.parse(new SourceText(file, text), faults);
  }

  static parse(source: SourceText, faults: Faults): Manifest | null {
    const json = readJson(source, faults);
    if (json === null) return null;
    const manifest = new Manifest(source.file, json, faults);
    if (isObject(json.value)) return manifest;
    manifest.report([], "json_type", "This must be an object.");
    return null;
  }

  get(path: Path): Json | undefined {
    let value: Json | undefined = this.json.value;
    for (const step of path) {
      if (Array.isArray(value) && typeof step === "number") value = value[step];
      else if (isObject(value) && typeof step === "string" && Object.hasOwn(value, step)) value = value[step];
      else return undefined;
    }
    return value;
  }

  string(path: Path): string | undefined {
    return this.typed(path, "a string", (value) => typeof value === "string") as string | undefined;
  }

  boolean(path: Path): boolean | undefined {
    return this.typed(path, "true or false", (value) => typeof value === "boolean") as boolean | undefined;
  }

  object(path: Path): JsonObject | undefined {
    return this.typed(path, "an object", isObject) as JsonObject | undefined;
  }

  array(path: Path): Json[] | undefined {
    return this.typed(path, "an array", Array.isArray) as Json[] | undefined;
  }

  report(path: Path, code: Parameters<Faults["add"]>[1], message: string): void {
    this.faults.add(this.json.placeOf(path), code, message);
  }

  private typed(path: Path, what: string, is: (value: Json) => boolean): Json | undefined {
    const value = this.get(path);
    if (value === undefined || is(value)) return value;
    this.report(path, "json_type", `${String(path.at(-1))} must be ${what}.`);
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `window` of app.json, or a page's own .json. https://open.dingtalk.com/document/development/app-json-global-configuration-1 */
export function readWindow(manifest: Manifest, at: Path): PageWindow {
  const window: PageWindow = {};
  for (const name of ["defaultTitle", "titleBarColor", "backgroundColor"] as const) {
    const value = manifest.string([...at, name]);
    if (value !== undefined) window[name] = value;
  }
  const titles = readTranslations(manifest, [...at, "defaultTitle_locale"]);
  if (titles !== undefined) window.defaultTitleLocale = titles;
  const pullRefresh = readPullRefresh(manifest, [...at, "pullRefresh"]);
  if (pullRefresh !== undefined) window.pullRefresh = pullRefresh;
  const bounce = manifest.get([...at, "allowsBounceVertical"]);
  if (bounce === "YES" || bounce === "NO") window.allowsBounceVertical = bounce === "YES";
  else if (typeof bounce === "boolean") window.allowsBounceVertical = bounce;
  else if (bounce !== undefined)
    manifest.report([...at, "allowsBounceVertical"], "json_type", 'This must be "YES" or "NO".');
  const style = manifest.get([...at, "navigationBarTextStyle"]);
  if (style === "black" || style === "white") window.navigationBarTextStyle = style;
  return window;
}

/** Documented are true and false; published programs write "YES" and "NO" as for `allowsBounceVertical`. */
function readPullRefresh(manifest: Manifest, at: Path): boolean | undefined {
  const written = manifest.get(at);
  if (written !== "YES" && written !== "NO") return manifest.boolean(at);
  manifest.report(at, "json_yes_no", "pullRefresh must be true or false.");
  return written === "YES";
}

/** A text by language. https://open.dingtalk.com/document/development/multi-language-configuration-1 */
function readTranslations(manifest: Manifest, at: Path): Translations | undefined {
  const given = manifest.object(at);
  if (given === undefined) return undefined;
  const texts = Object.keys(given).map((language) => [language, manifest.string([...at, language]) ?? ""]);
  return Object.fromEntries(texts) as Translations;
}

/** `pages` of app.json: each listed once, each with its .axml and .js. */
export function readPages(manifest: Manifest, files: ProjectFiles): string[] {
  const listed = manifest.array(["pages"]);
  if (!listed?.length) {
    if (listed || manifest.get(["pages"]) === undefined) {
      manifest.report(["pages"], "page_missing", "app.json must list at least one page.");
    }
    return [];
  }
  const pages: string[] = [];
  listed.forEach((_item, index) => {
    const written = manifest.string(["pages", index]);
    if (written === undefined) return;
    const path = written.replace(/^\//, "");
    if (pages.includes(path)) manifest.report(["pages", index], "page_duplicated", `${path} is listed twice.`);
    else if (hasFiles(path, manifest, ["pages", index], files)) pages.push(path);
  });
  return pages;
}

function hasFiles(path: string, manifest: Manifest, at: Path, files: ProjectFiles): boolean {
  const missing = [".axml", ".js"].filter((ending) => !files.isFile(`/${path}${ending}`));
  if (missing.length > 0) manifest.report(at, "page_missing", `There is no ${path}${missing.join(" and no ")}.`);
  return missing.length === 0;
}

/** `tabBar` of app.json: its pages are listed, and the first is the home page. */
export function readTabBar(manifest: Manifest, app: Pick<CompiledApp, "pages">, files: ProjectFiles): TabBar | null {
  if (manifest.object(["tabBar"]) === undefined) return null;
  const listed = manifest.array(["tabBar", "items"]);
  if (manifest.get(["tabBar", "items"]) === undefined) manifest.report(["tabBar"], "json_type", "tabBar needs items.");
  // DingTalk's own empty project has a tab bar without tabs.
  if (!listed?.length) return null;
  const items = listed.map((_item, index) => readTab(manifest, index, app, files));
  const bar: TabBar = { items };
  for (const name of ["textColor", "selectedColor", "backgroundColor"] as const) {
    const value = manifest.string(["tabBar", name]);
    if (value !== undefined) bar[name] = value;
  }
  return bar;
}

function readTab(
  manifest: Manifest,
  index: number,
  app: Pick<CompiledApp, "pages">,
  files: ProjectFiles,
): TabBar["items"][number] {
  const at = ["tabBar", "items", index];
  const pagePath = (manifest.string([...at, "pagePath"]) ?? "").replace(/^\//, "");
  if (!app.pages.includes(pagePath)) {
    manifest.report([...at, "pagePath"], "tab_page_missing", `${pagePath || "A tab"} is not among the pages.`);
  } else if (index === 0 && pagePath !== app.pages[0]) {
    manifest.report([...at, "pagePath"], "tab_first_not_home", "The first tab must be the first page.");
  }
  const name = manifest.string([...at, "name"]);
  if (name === undefined) manifest.report(at, "json_type", "A tab needs a name.");
  const item: TabBar["items"][number] = { pagePath, name: name ?? "" };
  const names = readTranslations(manifest, [...at, "name_locale"]);
  if (names !== undefined) item.nameLocale = names;
  for (const kind of ["icon", "activeIcon"] as const) {
    const icon = readIcon(manifest, [...at, kind], files);
    if (icon !== undefined) item[kind] = icon;
  }
  return item;
}

function readIcon(manifest: Manifest, at: Path, files: ProjectFiles): string | undefined {
  const icon = manifest.string(at);
  if (icon === undefined || /^[a-z]+:/i.test(icon)) return icon;
  if (!files.isFile(`/${icon.replace(/^\//, "")}`))
    manifest.report(at, "tab_icon_missing", `There is no file ${icon}.`);
  return icon;
}
