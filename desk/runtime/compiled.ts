/**
 * What the compiler makes of a mini program folder: plain data, plus two scripts.
 * Written by `compiler/`, read by `view/` (templates), `logic/` (scripts) and `host/` (manifest, styles).
 */

/** A place in a source file of the mini program; lines and columns start at 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** A mustache expression: the subset of JavaScript that DingTalk allows between `{{` and `}}`. */
export type Expression =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "undefined" }
  /** A name: a loop variable, an sjs module, a slot scope, else a field of data or props. */
  | { kind: "name"; name: string }
  | { kind: "member"; object: Expression; property: Expression }
  /**
   * A function of an sjs module, which the callee's first name names. In components of node_modules also a method of a
   * value (`text.toString()`), called on that value: such components were shipped, and work.
   */
  | { kind: "call"; callee: Expression; args: Expression[] }
  /** An arrow function with an expression as its body: no document has it, mini-antui's grid does. */
  | { kind: "function"; params: string[]; body: Expression }
  | { kind: "unary"; operator: "!" | "-" | "+" | "typeof"; argument: Expression }
  /** `+ - * / % == != === !== < > <= >=` */
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "logical"; operator: "&&" | "||"; left: Expression; right: Expression }
  | { kind: "conditional"; test: Expression; yes: Expression; no: Expression }
  | { kind: "array"; items: Expression[] }
  | { kind: "object"; entries: ({ key: string; value: Expression } | { spread: Expression })[] };

/** An attribute's value: one expression keeps its type (`a="{{1}}"` is a number), a mixture is joined to a string. */
export type Value = { kind: "expression"; expression: Expression } | { kind: "parts"; parts: (string | Expression)[] };

export interface Attribute {
  /**
   * As written: `class`, `onTap` is not here (see events), `data-report-id`, `scroll-y`. Nor are `key`, `slot`,
   * `slot-scope`, `a:…` and a component's `ref`. `style` keeps its `rpx`, since it may be computed.
   */
  name: string;
  value: Value;
}

/** `onTap="open"` or `catchTap="open"`. The handler's name may be computed; an empty one means none. */
export interface EventBinding {
  /** Elements: as written behind on/catch, first letter lowered: `tap`, `touchStart`. Components: the whole prop, `onChange`. */
  type: string;
  handler: Value;
  /** True for `catch…`: the event does not bubble further. */
  stops: boolean;
}

export type TemplateNode =
  /** Outside `<text>`, white space is one space, and text of white space alone is left out; entities are decoded. */
  | { kind: "text"; value: Value }
  | {
      kind: "element";
      tag: string;
      attributes: Attribute[];
      events: EventBinding[];
      children: TemplateNode[];
      key?: Value;
      place: Place;
    }
  | {
      kind: "component";
      tag: string;
      /** Key of `CompiledApp.components`. */
      path: string;
      attributes: Attribute[];
      /** `on…` props as written, e.g. `onChange`: the value names a method of the owner. */
      events: EventBinding[];
      /** `ref="saveRef"`: the owner's method that is handed the instance. */
      ref?: Value;
      key?: Value;
      /** Content by slot name; the default slot is "". `scope` is the name that `slot-scope` declares. */
      slots: Record<string, { nodes: TemplateNode[]; scope?: string }>;
      place: Place;
    }
  | { kind: "if"; branches: { test: Expression | null; nodes: TemplateNode[] }[] }
  | {
      kind: "for";
      list: Expression;
      item: string;
      index: string;
      /** `a:key`: `*this`, a property's name, or an expression. */
      key?: Value;
      nodes: TemplateNode[];
    }
  /**
   * `<template is="…" data="{{…}}">`: its content sees nothing but that data, and calls methods of the same owner.
   * `is` gives a key of `templates`, or, where `names` is there, a key of `names` that leads to one.
   */
  | { kind: "template"; is: Value; data?: Expression; names?: Record<string, string> }
  | { kind: "slot"; name: Value; attributes: Attribute[]; fallback: TemplateNode[] };

/** One .axml with what it imports, resolved. */
export interface CompiledTemplate {
  nodes: TemplateNode[];
  /**
   * `<template name>` of this file and of its imports, by name. Templates that only imported files use have keys that are
   * no names (`row@/parts/list.axml`).
   */
  templates: Record<string, TemplateNode[]>;
  /**
   * sjs modules that expressions name: name -> path in the sjs script, and the export that is meant (`default` too);
   * without `member` it is the module's exports themselves. Modules of imported files have names with "@".
   */
  sjs: Record<string, { path: string; member?: string }>;
}

/** A text by language: `zh_CN`, `zh_TW`, `zh_HK`, `en_US` or `ja_JP`. https://open.dingtalk.com/document/development/multi-language-configuration-1 */
export type Translations = Record<string, string>;

export interface PageWindow {
  defaultTitle?: string;
  defaultTitleLocale?: Translations;
  titleBarColor?: string;
  backgroundColor?: string;
  pullRefresh?: boolean;
  allowsBounceVertical?: boolean;
  navigationBarTextStyle?: "black" | "white";
}

export interface CompiledPage {
  /** As in app.json: `pages/report/report`. */
  path: string;
  /** `window` of app.json with the page's own settings over it. */
  window: PageWindow;
  template: CompiledTemplate;
  /** CSS of the page and of every component it uses (no isolation between them, as in DingTalk); `rpx` is already `calc(N * var(--rpx))`, local files are `url("__assets/path/in/project.png")`. */
  style: string;
}

export interface CompiledComponent {
  /** Absolute path inside the project without extension: `/components/kpi-card/kpi-card`. */
  path: string;
  /** `"component2": true` of mini.project.json. */
  component2: boolean;
  template: CompiledTemplate;
}

export interface TabBar {
  textColor?: string;
  selectedColor?: string;
  backgroundColor?: string;
  items: { pagePath: string; name: string; nameLocale?: Translations; icon?: string; activeIcon?: string }[];
}

export interface CompiledApp {
  /** Page paths in order; the first one is the home page. */
  pages: string[];
  window: PageWindow;
  tabBar: TabBar | null;
  page: Record<string, CompiledPage>;
  components: Record<string, CompiledComponent>;
  /** app.acss, compiled as `CompiledPage.style`. */
  appStyle: string;
  /**
   * JavaScript for the worker: a sequence of `__define("/pages/a/a.js", function (require, module, exports, ...names) {…});`
   * where `names` are `LOGIC_NAMES` in that order. Every factory is strict. Entries are `/app.js`, `/<page path>.js` and
   * `<component path>.js`. `require("…")` in it names absolute paths with ending (`/lib/a.js`, `/node_modules/b/index.js`,
   * `/data.json`), exactly as defined here; modules may require each other in circles. What else is asked for (a computed
   * name) is not there. Order means nothing: factories run when required.
   */
  logicScript: string;
  /**
   * JavaScript for the page: calls `__sjs("/x/y.sjs", function (require, module, exports) {…});`, a global function when
   * it runs. `require` gets absolute paths; exports are set by names, the default export as `exports.default`.
   */
  sjsScript: string;
  /** Files that the view may ask for by URL (images, fonts): path inside the project. */
  assets: string[];
}

/** What a module's code sees besides `require`, `module`, `exports`. The rest is shadowed with undefined. */
export const LOGIC_GIVEN = [
  "App",
  "Page",
  "Component",
  "getApp",
  "getCurrentPages",
  "dd",
  "my",
  "console",
  /** Only `{ swuserAgent }`: what dingtalk-jsapi tells the platform by inside a mini program (its lib/env.js). */
  "navigator",
] as const;

/** Reserved by DingTalk's runtime: no mini program may see them. https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1 */
export const LOGIC_SHADOWED = [
  "globalThis",
  "global",
  "self",
  "window",
  "document",
  "location",
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "AlipayJSBridge",
  "importScripts",
  "postMessage",
  "onmessage",
  "Worker",
  "indexedDB",
  "caches",
  "crypto",
  "performance",
  "requestAnimationFrame",
  "OffscreenCanvas",
  "Function",
] as const;

export const LOGIC_NAMES = [...LOGIC_GIVEN, ...LOGIC_SHADOWED] as const;

/** A fault in the mini program's source. The compiler collects all it can find. */
export interface CompileFault extends Place {
  code: string;
  message: string;
}
