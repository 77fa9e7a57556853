import { readComponent, type ComponentDefinition } from "./component/definition";
import type { Instance } from "./instance";
import { isFields, type Fields } from "./json";

/** What the mini program's modules have registered. */
export interface Registry {
  App(given: unknown): void;
  Page(given: unknown): void;
  Component(given: unknown): void;
  getApp(): Instance | undefined;
  page(path: string): Fields | undefined;
  component(path: string): ComponentDefinition | undefined;
}

/** `running` is the page or component (path without extension) or `/app` whose code runs now. */
export function createRegistry(running: () => string | null): Registry {
  let app: Instance | undefined;
  const pages = new Map<string, Fields>();
  const components = new Map<string, ComponentDefinition>();

  function check(what: string, given: unknown): { path: string; fields: Fields } {
    const path = running();
    if (!isFields(given)) throw new TypeError(`${what}() takes an object`);
    if (path === null) throw new Error(`${what}() must be called while its own file runs`);
    return { path, fields: given };
  }

  return {
    App(given) {
      const { fields } = check("App", given);
      if (app) throw new Error("App() was called twice");
      app = fields;
    },
    Page(given) {
      const { path, fields } = check("Page", given);
      pages.set(path.slice(1), fields);
    },
    Component(given) {
      const { path, fields } = check("Component", given);
      components.set(path, readComponent(fields));
    },
    getApp: () => app,
    page: (path) => pages.get(path),
    component: (path) => components.get(path),
  };
}
