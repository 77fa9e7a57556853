type Factory = (require: (path: string) => unknown, module: { exports: unknown }, exports: unknown) => void;

/** The sjs modules of a mini program: `define` is the page's global `__sjs`. */
export interface SjsModules {
  define(path: string, factory: Factory): void;
  /** Runs every module once; exports by path. */
  load(): Record<string, unknown>;
}

/** Keeps sjs modules until all are defined, then runs each on its first `require`. */
export function createSjsModules(): SjsModules {
  const factories = new Map<string, Factory>();
  const loaded = new Map<string, { exports: unknown }>();

  function load(path: string): unknown {
    const known = loaded.get(path);
    if (known) return known.exports;
    const factory = factories.get(path);
    if (!factory) throw new Error(`There is no sjs module ${path}.`);
    const module = { exports: {} as unknown };
    loaded.set(path, module);
    factory((wanted) => load(resolve(path, wanted)), module, module.exports);
    return module.exports;
  }

  return {
    define: (path, factory) => void factories.set(path, factory),
    load: () => Object.fromEntries([...factories.keys()].map((path) => [path, load(path)])),
  };
}

function resolve(from: string, wanted: string): string {
  const path = new URL(wanted, `sjs://m${from.startsWith("/") ? from : `/${from}`}`).pathname;
  return path.endsWith(".sjs") ? path : `${path}.sjs`;
}
