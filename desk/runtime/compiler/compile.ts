import { join } from "node:path";
import type { CompiledApp, CompiledComponent, CompiledPage, CompileFault, PageWindow } from "../compiled";
import { AxmlFiles } from "./axml/file";
import { Broken } from "./broken";
import { Components } from "./components";
import { Faults, SourceText } from "./fault";
import { ProjectFiles } from "./files";
import { Manifest, readPages, readTabBar, readWindow } from "./manifest";
import { Scripts } from "./script";
import { SjsModules } from "./sjs/sjs";
import { StyleSheets } from "./style";
import { compileTemplate } from "./axml/template";

export interface CompileOptions {
  /** Where mini.project.json and node_modules are, if not in the folder itself. */
  projectFolder?: string;
  /**
   * The letter of DingTalk's documents, the default: any fault is an error. Off, what devices are known to take is a
   * warning, and a program with faults runs in all its other pages and components; those show what is wrong in their place.
   */
  strict?: boolean;
}

/** Without `app` nothing can run. */
export interface CompileResult {
  app?: CompiledApp;
  faults: CompileFault[];
  /** What DingTalk's documents advise against, but its client runs. */
  warnings: CompileFault[];
}

/**
 * Compiles a built mini program: the folder with app.json, or one whose mini.project.json names it as miniprogramRoot.
 * All faults that can be found are returned together, in the order of files and lines.
 */
export async function compileMiniProgram(folder: string, options: CompileOptions = {}): Promise<CompileResult> {
  const strict = options.strict ?? true;
  const warnings = new Faults();
  const faults = new Faults(strict ? null : warnings);
  const project = readProject(folder, options.projectFolder ?? folder, faults);
  const app = await compileApp(project, strict, { faults, warnings });
  const found = { faults: inOrder(faults.list), warnings: inOrder(warnings.list) };
  return app === null || (strict && found.faults.length > 0) ? found : { app, ...found };
}

interface Project {
  files: ProjectFiles;
  component2: boolean;
}

/** mini.project.json. https://open.dingtalk.com/document/development/mini-app-directory-structure-of-mini-programs */
function readProject(folder: string, projectFolder: string, faults: Faults): Project {
  const [text = null] = [projectFolder, folder]
    .map((place) => new ProjectFiles(place, place).read("/mini.project.json"))
    .filter((found) => found !== null);
  const settings = text === null ? null : Manifest.parse(new SourceText("/mini.project.json", text), faults);
  const miniprogramRoot = settings?.string(["miniprogramRoot"]);
  const hasApp = new ProjectFiles(folder, folder).isFile("/app.json");
  const root = miniprogramRoot !== undefined && !hasApp ? join(projectFolder, miniprogramRoot) : folder;
  const component2 = settings?.boolean(["component2"]) ?? settings?.boolean(["compileOptions", "component2"]) ?? false;
  return { files: new ProjectFiles(root, projectFolder), component2 };
}

async function compileApp(
  project: Project,
  strict: boolean,
  { faults, warnings }: { faults: Faults; warnings: Faults },
): Promise<CompiledApp | null> {
  const { files, component2 } = project;
  const manifest = Manifest.read("/app.json", files, faults);
  if (!files.isFile("/app.json")) missing("/app.json", faults);
  if (!files.isFile("/app.js")) missing("/app.js", faults);
  if (manifest === null) return null;

  const scripts = new Scripts(files, faults, strict);
  const styles = new StyleSheets(files, faults, warnings);
  const sjs = new SjsModules(files, faults);
  const axml = new AxmlFiles(files, sjs, faults, warnings);
  const components = new Components(files, manifest, faults);

  const pages = readPages(manifest, files);
  if (pages.length === 0) return null;
  const tabBar = readTabBar(manifest, { pages }, files);
  const window = readWindow(manifest, ["window"]);
  if (files.isFile("/app.js")) scripts.add("/app.js");

  const page: Record<string, CompiledPage> = {};
  for (const path of pages) {
    const own = Manifest.read(`/${path}.json`, files, faults);
    const used = components.of(`/${path}`, own);
    const template = compileTemplate(`/${path}.axml`, used.names, axml, faults, warnings);
    // A page's rules win over those of its components, and a component's over those of the components it uses.
    const style = [...used.all.reverse(), `/${path}`].map((part) => styles.css(`${part}.acss`)).join("\n");
    page[path] = { path, window: windowOf(window, own), template, style };
    scripts.add(`/${path}.js`);
  }
  const compiled: Record<string, CompiledComponent> = {};
  for (const [path, names] of components.found) {
    compiled[path] = { path, component2, template: compileTemplate(`${path}.axml`, names, axml, faults, warnings) };
    scripts.add(`${path}.js`);
  }
  const appStyle = styles.css("/app.acss");
  await scripts.compile();
  const sjsScript = await sjs.script();
  const broken = new Broken(files, scripts, faults.list);
  for (const path of pages) broken.show(page[path], `/${path}`, "Page");
  for (const path of Object.keys(compiled)) broken.show(compiled[path], path, "Component");
  if (broken.faultsOf(["/app.js"]).length > 0) scripts.replace("/app.js", "App({});");
  return {
    pages,
    window,
    tabBar,
    page,
    components: compiled,
    appStyle,
    logicScript: scripts.script(),
    sjsScript,
    assets: [...new Set([...files.assets(), ...styles.assets])],
  };
}

/** `window` of app.json with the page's own settings over it; the app's translations are of the app's title only. */
function windowOf(app: PageWindow, page: Manifest | null): PageWindow {
  const own = page ? readWindow(page, []) : {};
  const { defaultTitleLocale: _ofTheApp, ...rest } = app;
  return own.defaultTitle === undefined ? { ...app, ...own } : { ...rest, ...own };
}

function missing(file: string, faults: Faults): void {
  faults.add({ file, line: 1, column: 1 }, "file_missing", `There is no ${file.slice(1)}.`);
}

function inOrder(faults: CompileFault[]): CompileFault[] {
  return [...faults].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}
