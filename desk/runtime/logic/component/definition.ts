import { isFields, type Fields } from "../json";

const HOOKS = ["onInit", "deriveDataFromProps", "didMount", "didUpdate", "didUnmount"] as const;

/** A life-cycle method of components. onInit and deriveDataFromProps run under component2 only. */
export type Hook = (typeof HOOKS)[number];

type Method = (...args: unknown[]) => unknown;

/** What was given to `Component()`, its mixins merged in. */
export interface ComponentDefinition {
  /** Defaults. */
  props: Fields;
  /** First data of a new instance. */
  data(instance: unknown): Fields;
  methods: Record<string, Method>;
  /** Those of the mixins come first. */
  hooks: Record<Hook, Method[]>;
}

/**
 * Reads the argument of `Component()`. Throws when two mixins define the same field of props, data or methods.
 * https://open.dingtalk.com/document/development/mini-app-mixins
 */
export function readComponent(given: Fields): ComponentDefinition {
  const mixins = (Array.isArray(given["mixins"]) ? given["mixins"] : []).filter(isFields);
  for (const name of ["props", "data", "methods"]) refuseDoubles(mixins, name);
  const sources = [...mixins, given];
  return {
    props: mergedOf(sources, "props"),
    data: (instance) =>
      Object.assign({}, ...sources.map((source) => copyPlain(dataOf(source, instance)) as Fields)) as Fields,
    methods: mergedOf(sources, "methods") as Record<string, Method>,
    hooks: hooksOf(sources),
  };
}

function hooksOf(sources: Fields[]): Record<Hook, Method[]> {
  const hooks: Record<Hook, Method[]> = {
    onInit: [],
    deriveDataFromProps: [],
    didMount: [],
    didUpdate: [],
    didUnmount: [],
  };
  for (const source of sources) {
    for (const hook of HOOKS) if (typeof source[hook] === "function") hooks[hook].push(source[hook] as Method);
  }
  return hooks;
}

function refuseDoubles(mixins: Fields[], name: string): void {
  const seen = new Set<string>();
  for (const mixin of mixins) {
    const fields = mixin[name];
    for (const key of isFields(fields) ? Object.keys(fields) : []) {
      if (seen.has(key)) throw new Error(`Two mixins define ${name}.${key}`);
      seen.add(key);
    }
  }
}

function mergedOf(sources: Fields[], name: string): Fields {
  return Object.assign({}, ...sources.map((source) => source[name])) as Fields;
}

function dataOf(source: Fields, instance: unknown): unknown {
  const data = source["data"];
  return typeof data === "function" ? (data.call(instance) as unknown) : (data ?? {});
}

/** Arrays and plain objects are copied, so that instances do not share them; everything else is kept as it is. */
function copyPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyPlain);
  if (!isFields(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Fields = {};
  for (const [key, item] of Object.entries(value)) copy[key] = copyPlain(item);
  return copy;
}
