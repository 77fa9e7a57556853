import { type LOGIC_GIVEN, LOGIC_NAMES } from "../compiled";

/** A module's code, as the compiler wraps it. */
export type Factory = (
  require: (name: string) => unknown,
  module: Module,
  exports: unknown,
  ...names: unknown[]
) => void;

interface Module {
  exports: unknown;
}

/** What a module's code is given by name (`LOGIC_GIVEN`). */
export type Given = Record<(typeof LOGIC_GIVEN)[number], unknown>;

/** The mini program's modules. */
export interface Modules {
  define(path: string, factory: Factory): void;
  has(path: string): boolean;
  /** Runs a module once and returns its exports. Throws when there is none of that name. */
  load(path: string): unknown;
  /** Why a module's code ended with an error; null where it did not. */
  causeOf(path: string): string | null;
  /** Without extension, the page, component or `/app` whose code is running: who calls `Page()` now. */
  running(): string | null;
}

/** Taken before the name is: a mini program must not see `globalThis`. */
const worker: unknown = globalThis;

/**
 * `Function` as a mini program sees it: `instanceof` works, making code from text does not.
 * https://open.dingtalk.com/document/development/the-javascript-engine-for-mini-programs-1
 */
export const RefusedFunction = Object.assign(
  function RefusedFunction(...texts: unknown[]): () => unknown {
    // How lodash and core-js ask for the global object. No document says what a phone answers; here it is what `this` is in
    // a sloppy function: the worker's global object, from which all but the language was taken.
    if (texts.length === 1 && /^\s*return this;?\s*$/.test(String(texts[0]))) return () => worker;
    throw new EvalError("A mini program cannot make code from text: new Function and eval are not supported");
  },
  { prototype: Object.getPrototypeOf(() => undefined) as unknown },
);

/** A registry whose modules see `given` and nothing else of DingTalk. `isEntry` knows paths (no extension) of pages, components and `/app`. */
export function createModules(given: Given, isEntry: (path: string) => boolean): Modules {
  const factories = new Map<string, Factory>();
  const loaded = new Map<string, Module>();
  const causes = new Map<string, string>();
  const entries: string[] = [];
  const values = LOGIC_NAMES.map((name) => {
    if (name === "Function") return RefusedFunction;
    return name in given ? given[name as keyof Given] : undefined;
  });

  function run(path: string, factory: Factory): Module {
    const module: Module = { exports: {} };
    loaded.set(path, module);
    const entry = path.replace(/\.js$/, "");
    if (isEntry(entry)) entries.push(entry);
    try {
      factory((name) => modules.load(resolve(name, path, factories)), module, module.exports, ...values);
    } catch (error) {
      loaded.delete(path);
      causes.set(path, String(error));
      throw error;
    } finally {
      if (isEntry(entry)) entries.pop();
    }
    return module;
  }

  const modules: Modules = {
    define: (path, factory) => void factories.set(path, factory),
    has: (path) => factories.has(path),
    load(path) {
      const known = loaded.get(path);
      if (known) return known.exports;
      const factory = factories.get(path);
      if (!factory) throw new Error(`Module ${path} does not exist`);
      return run(path, factory).exports;
    },
    causeOf: (path) => causes.get(path) ?? null,
    running: () => entries[entries.length - 1] ?? null,
  };
  return modules;
}

function resolve(name: string, from: string, factories: ReadonlyMap<string, Factory>): string {
  const base = name.startsWith(".")
    ? join(from.slice(0, from.lastIndexOf("/")), name)
    : name.startsWith("/")
      ? name
      : `/node_modules/${name}`;
  const found = ["", ".js", ".json", "/index.js"].map((end) => base + end).find((path) => factories.has(path));
  if (found === undefined) throw new Error(`Module "${name}" required by ${from} does not exist`);
  return found;
}

/** Joins a folder and a relative path; both use slashes. */
export function join(folder: string, relative: string): string {
  const parts = folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
