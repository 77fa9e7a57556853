import type { Faults } from "./fault";
import type { ProjectFiles } from "./files";
import { Manifest } from "./manifest";
import type { ComponentNames } from "./context";

/** The custom components of an app: each is found through the `usingComponents` of app.json, a page or a component. */
export class Components {
  /** Path without ending -> what its template may name. */
  readonly found = new Map<string, ComponentNames>();
  private readonly global: ComponentNames;

  constructor(
    private readonly files: ProjectFiles,
    app: Manifest,
    private readonly faults: Faults,
  ) {
    this.global = new Map();
    this.global = this.names("/app", app);
  }

  /** What a page may name, and all components it uses, also indirectly, in the order of their first mention. */
  of(path: string, manifest: Manifest | null): { names: ComponentNames; all: string[] } {
    const names = this.names(path, manifest);
    const all = new Set<string>();
    const visit = (used: ComponentNames): void => {
      for (const component of used.values()) {
        if (component === null || all.has(component)) continue;
        all.add(component);
        visit(this.found.get(component) ?? new Map());
      }
    };
    visit(names);
    return { names, all: [...all] };
  }

  private names(owner: string, manifest: Manifest | null): ComponentNames {
    const names = new Map(this.global);
    for (const tag of Object.keys(manifest?.object(["usingComponents"]) ?? {})) {
      const specifier = manifest?.string(["usingComponents", tag]);
      if (manifest && specifier !== undefined) names.set(tag, this.use(owner, tag, specifier, manifest));
    }
    return names;
  }

  private use(owner: string, tag: string, specifier: string, manifest: Manifest): string | null {
    const at = ["usingComponents", tag];
    if (!/^[a-z][\w-]*$/i.test(tag)) manifest.report(at, "component_name_invalid", `${tag} cannot be a tag's name.`);
    const json = this.files.resolve(specifier, `${owner}.json`, [".json", "/index.json"]);
    const path = json?.slice(0, -".json".length) ?? null;
    if (path === null) {
      const message = specifier.startsWith("plugin://")
        ? `Components of plugins cannot be used here: ${specifier}.`
        : `There is no component ${specifier} (no such .json).`;
      manifest.report(at, "component_missing", message);
      return null;
    }
    return this.found.has(path) || this.take(path, specifier, manifest, at) ? path : null;
  }

  private take(path: string, specifier: string, owner: Manifest, at: string[]): boolean {
    const missing = [".axml", ".js"].filter((ending) => !this.files.isFile(path + ending));
    if (missing.length > 0) {
      owner.report(at, "component_missing", `${specifier} has no ${missing.join(" and no ")}.`);
      return false;
    }
    const manifest = Manifest.read(`${path}.json`, this.files, this.faults);
    if (manifest === null) return false;
    if (manifest.boolean(["component"]) !== true) {
      owner.report(at, "component_not_declared", `${path}.json does not say "component": true.`);
      return false;
    }
    // Known before its own components are: components may use each other.
    this.found.set(path, new Map());
    this.found.set(path, this.names(path, manifest));
    return true;
  }
}
