import { join } from "node:path";
import { Script, createContext } from "node:vm";
import type { CompiledApp } from "../compiled";
import { compileMiniProgram } from "./compile";
import { appOf, compileFiles } from "./project.testing";

/** Runs the logic as a worker would, and gives a module's exports. */
function runLogic(app: CompiledApp, entry: string): unknown {
  const factories = new Map<string, (...given: unknown[]) => void>();
  const loaded = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const module = loaded.get(path) ?? { exports: {} };
    if (!loaded.has(path)) {
      loaded.set(path, module);
      const factory = factories.get(path);
      if (!factory) throw new Error(`no ${path}`);
      factory(
        load,
        module,
        module.exports,
        () => {},
        () => {},
        () => {},
      );
    }
    return module.exports;
  };
  const define = (path: string, factory: (...given: unknown[]) => void): void => void factories.set(path, factory);
  new Script(app.logicScript).runInContext(createContext({ __define: define }));
  return load(entry);
}

/** Runs the sjs modules and gives one's exports. */
function runSjs(app: CompiledApp, entry: string): Record<string, unknown> {
  const loaded = new Map<string, Record<string, unknown>>();
  const factories = new Map<string, (...given: unknown[]) => void>();
  const load = (path: string): Record<string, unknown> => {
    const known = loaded.get(path);
    if (known) return known;
    const module = { exports: {} as Record<string, unknown> };
    factories.get(path)?.(load, module, module.exports);
    loaded.set(path, module.exports);
    return module.exports;
  };
  const define = (path: string, factory: (...given: unknown[]) => void): void => void factories.set(path, factory);
  new Script(app.sjsScript).runInContext(createContext({ __sjs: define }));
  return load(entry);
}

describe("a whole program", () => {
  it("compiles the example: pages, components, styles, scripts and assets", async () => {
    const result = await compileMiniProgram(join(process.cwd(), "desk/runtime/example"));
    if (!result.app) throw new Error(JSON.stringify(result.faults));
    const { app, warnings } = result;

    expect(warnings).toEqual([]);
    expect(app.pages).toEqual(Object.keys(app.page));
    expect(Object.keys(app.components)).toEqual([
      "/components/counter/counter",
      "/components/card/card",
      "/components/tree/tree",
    ]);
    expect(app.components["/components/card/card"]?.component2).toBe(true);
    expect(app.page["pages/home/home"]?.window).toMatchObject({
      defaultTitle: "Home",
      pullRefresh: true,
      titleBarColor: "#ffffff",
    });
    expect(app.assets).toContain("/images/dot.png");
    expect(app.appStyle).toContain(".accent");
  });

  it("finds the program below miniprogramRoot and packages beside it", async () => {
    const moved = Object.fromEntries(
      ["app.json", "app.js", "pages/a/a.axml", "pages/a/a.js", "pages/a/a.json"].map((file) => [file, null]),
    );
    const app = await appOf({
      ...moved,
      "mini.project.json": '{ "miniprogramRoot": "dist", "component2": true }',
      "dist/app.json": '{ "pages": ["pages/a/a"] }',
      "dist/app.js": "App({});",
      "dist/pages/a/a.axml": "<shared/>",
      "dist/pages/a/a.js": 'require("lib"); Page({});',
      "dist/pages/a/a.json": '{ "usingComponents": { "shared": "lib/es/shared/index" } }',
      "node_modules/lib/package.json": '{ "main": "lib/main" }',
      "node_modules/lib/lib/main.js": "exports.a = 1;",
      "node_modules/lib/es/shared/index.json": '{ "component": true }',
      "node_modules/lib/es/shared/index.axml": "<view>{{text.toString()}}</view>",
      "node_modules/lib/es/shared/index.js": "Component({});",
    });

    expect(Object.values(app.components).map(({ path, component2 }) => [path, component2])).toEqual([
      ["/node_modules/lib/es/shared/index", true],
    ]);
    expect(app.logicScript).toContain('require("/node_modules/lib/lib/main.js")');
  });

  it("says what DingTalk only advises against, and compiles all the same", async () => {
    const result = await compileFiles({
      "pages/a/a.axml": '<template name="t"><view/><view/></template><view>{{`a`}}</view>',
      "pages/a/a.acss": ".ok, .am-list { color: red; }",
    });

    expect("warnings" in result && result.warnings.map(({ code, file, column }) => [code, file, column])).toEqual([
      ["acss_reserved_prefix", "/pages/a/a.acss", 6],
      ["template_roots", "/pages/a/a.axml", 27],
      ["expression_template_literal", "/pages/a/a.axml", 53],
    ]);
  });

  it("lists tabs with the home page first", async () => {
    const app = await appOf({
      "app.json": JSON.stringify({
        pages: ["pages/a/a"],
        tabBar: { textColor: "#333", items: [{ pagePath: "pages/a/a", name: "A" }] },
      }),
    });
    expect(app.tabBar).toEqual({ textColor: "#333", items: [{ pagePath: "pages/a/a", name: "A" }] });
  });

  it("keeps the languages of titles and tabs; a page's own title has its own", async () => {
    const app = await appOf({
      "app.json": JSON.stringify({
        pages: ["pages/a/a", "pages/b/b"],
        window: { defaultTitle: "App", defaultTitle_locale: { zh_CN: "应用" } },
        tabBar: { items: [{ pagePath: "pages/a/a", name: "A", name_locale: { zh_CN: "甲" } }] },
      }),
      "pages/b/b.axml": "<view/>",
      "pages/b/b.js": "Page({});",
      "pages/b/b.json": JSON.stringify({ defaultTitle: "B" }),
    });
    expect(app.tabBar?.items).toEqual([{ pagePath: "pages/a/a", name: "A", nameLocale: { zh_CN: "甲" } }]);
    expect(app.page["pages/a/a"]?.window).toEqual({ defaultTitle: "App", defaultTitleLocale: { zh_CN: "应用" } });
    expect(app.page["pages/b/b"]?.window).toEqual({ defaultTitle: "B" });
  });
});

describe("ACSS", () => {
  it("makes rpx a calculation, not inside strings and addresses", async () => {
    const app = await appOf({
      "pages/a/a.acss":
        '.x { width: calc(100% - 10rpx); margin: -.5rpx 750rpx; content: "10rpx"; background: url("/a10rpx.png"); }',
      "a10rpx.png": "x",
    });
    const style = app.page["pages/a/a"]?.style;
    expect(style).toContain("width: calc(100% - calc(10 * var(--rpx)))");
    expect(style).toContain("margin: calc(-.5 * var(--rpx)) calc(750 * var(--rpx))");
    expect(style).toContain('content: "10rpx"');
    expect(style).toContain('url("__assets/a10rpx.png")');
  });

  it("orders a page's style: the components inside others, the components, then the page, imports in place", async () => {
    const app = await appOf({
      "app.acss": ".app {}",
      "pages/a/a.acss": '@import "./b.acss"; .page {}',
      "pages/a/b.acss": '@import "/c.acss"; .b { background: url(i.png); }',
      "pages/a/i.png": "x",
      "c.acss": '.c {} @import "lib/d.acss";',
      "node_modules/lib/d.acss": ".am-d {}",
      "components/card/card.json": '{ "component": true, "usingComponents": { "inner": "../inner/inner" } }',
      "components/card/card.acss": ".card {}",
      "components/inner/inner.json": '{ "component": true }',
      "components/inner/inner.axml": "<view/>",
      "components/inner/inner.js": "Component({});",
      "components/inner/inner.acss": ".inner {}",
    });
    const style = app.page["pages/a/a"]?.style ?? "";
    expect(style.match(/\.[\w-]+(?= \{)/g)).toEqual([".inner", ".card", ".c", ".am-d", ".b", ".page"]);
    expect(style).toContain('url("__assets/pages/a/i.png")');
    expect(app.appStyle).toBe(".app {}");
  });
});

describe("scripts", () => {
  it("follows requires of modules, packages and JSON, also in circles, each file once", async () => {
    const app = await appOf({
      "app.js":
        'import { even } from "./even"; import data from "/data.json"; const p = require("pack"); module.exports = [even(4), data.n, p.v, p.deep];',
      "even.js": 'import { odd } from "./odd"; export const even = (n) => (n === 0 ? true : odd(n - 1));',
      "odd.js": 'import { even } from "./even"; export const odd = (n) => (n === 0 ? false : even(n - 1));',
      "data.json": '{ "n": 7 }',
      "node_modules/pack/package.json": '{ "main": "./dist" }',
      "node_modules/pack/dist/index.js": 'exports.v = 8; exports.deep = require("inner");',
      "node_modules/pack/node_modules/inner/index.js": "module.exports = 9;",
    });
    expect(runLogic(app, "/app.js")).toEqual([true, 7, 8, 9]);
    expect(app.logicScript.match(/__define\("\/even\.js"/g)).toHaveLength(1);
  });

  it("transpiles the project's own newer syntax to ES2017", async () => {
    const app = await appOf({
      "app.js":
        "class A { x = 1; #y = 2; get() { return this?.x ?? this.#y; } } module.exports = { ...{ a: new A().get() } };",
    });
    expect(runLogic(app, "/app.js")).toEqual({ a: 1 });
    expect(app.logicScript).not.toMatch(/\?\.|\?\?|#y|\.\.\.\{/);
  });

  it("hides the worker's globals, lets a module declare such a name, and gives it its this", async () => {
    const app = await appOf({
      "app.js": 'module.exports = [typeof globalThis, typeof self, typeof fetch, require("./own"), require("./umd")];',
      "own.js": "const window = { mine: true }; let dd = 1; module.exports = window.mine && dd;",
      "umd.js": "(function (root, make) { root.made = make(); })(this, function () { return 5; });",
    });
    expect(runLogic(app, "/app.js")).toEqual(["undefined", "undefined", "undefined", 1, { made: 5 }]);
  });

  it("leaves a bundle's own require alone", async () => {
    const app = await appOf({
      "app.js":
        'module.exports = (function (table) { function load(n) { var m = {}; table[n](function (require) { return load(n + 1); }, m); return m.x; } return load(0); })([function (require, m) { m.x = require("./inside"); }, function (r, m) { m.x = 3; }]);',
    });
    expect(runLogic(app, "/app.js")).toBe(3);
  });
});

describe("sjs", () => {
  it("runs modules with imports, getDate, getRegExp, constructor names and undeclared variables", async () => {
    const app = await appOf({
      "pages/a/a.axml":
        '<import-sjs name="m" from="./m.sjs"/><import-sjs name="{kind, day: d}" from="./m.sjs"/><view>{{m.x}}</view>',
      "pages/a/m.sjs": `import { twice } from "./n.sjs";
export const kind = (value) => value.constructor;
export function day() { return getDate(2017, 6, 14).getMonth() + 1; }
const matches = (text) => getRegExp("^a+$", "i").test(text);
count = 1;
const grow = ({ by = 1, ...rest }) => { for (let i = 0; i < by; i++) count++; return [count, ...rest.more]; };
export default { twice, matches, grow };`,
      "pages/a/n.sjs": "export function twice(n) { return n * 2; }",
    });
    const module = runSjs(app, "/pages/a/m.sjs") as Record<string, (...given: unknown[]) => unknown> & {
      default: Record<string, (...given: unknown[]) => unknown>;
    };

    expect([[], {}, "s", 1, false].map((value) => module["kind"]?.(value))).toEqual([
      "Array",
      "Object",
      "String",
      "Number",
      "Boolean",
    ]);
    expect(module["day"]?.()).toBe(7);
    expect(module.default["twice"]?.(4)).toBe(8);
    expect(module.default["matches"]?.("AAA")).toBe(true);
    expect(JSON.stringify(module.default["grow"]?.({ by: 2, more: [9] }))).toBe("[3,9]");
    expect(app.page["pages/a/a"]?.template.sjs).toEqual({
      m: { path: "/pages/a/m.sjs", member: "default" },
      kind: { path: "/pages/a/m.sjs", member: "kind" },
      d: { path: "/pages/a/m.sjs", member: "day" },
    });
  });

  it("gives the whole module where it has no default export", async () => {
    const app = await appOf({
      "pages/a/a.axml": '<import-sjs name="m" from="./m.sjs"/>',
      "pages/a/m.sjs": "export const x = 1;",
    });
    expect(app.page["pages/a/a"]?.template.sjs).toEqual({ m: { path: "/pages/a/m.sjs" } });
    expect(runSjs(app, "/pages/a/m.sjs")["x"]).toBe(1);
  });
});
