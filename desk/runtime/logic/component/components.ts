import type { FunctionProp, JsonObject, ToLogic, ToView } from "../../protocol";
import type { ComponentDefinition, Hook } from "./definition";
import { addDataMethods, type Instance, type InstanceParts, type Place } from "../instance";
import { cloneObject, isFields, sameJson, sameShallow, type Fields } from "../json";
import type { Updates } from "../updates";

type Mount = Extract<ToLogic, { type: "componentMount" }>;

/** The custom components that live on the pages. */
export interface Components {
  mount(message: Mount): void;
  rendered(componentId: string): void;
  update(componentId: string, props: JsonObject): void;
  unmount(componentId: string): void;
  /** Ends the components of these pages. */
  closePages(pageIds: string[]): void;
  find(componentId: string): { pageId: string; path: string; instance: Instance } | null;
}

/** What the components are built from. */
export interface ComponentsParts extends InstanceParts {
  send(message: ToView): void;
  /** What the component gave to `Component()`, if it did. */
  definition(path: string): ComponentDefinition | undefined;
  /** Why its code did not come to that, as the end of a message; empty where nothing is known. */
  cause(path: string): string;
  component2(path: string): boolean;
  page(pageId: string): Instance | null;
  /** Calls a method of the page (`owner` null) or of a component; throws when there is none. */
  callOwner(pageId: string, owner: string | null, handler: string, args: unknown[]): unknown;
}

interface Entry {
  componentId: string;
  pageId: string;
  path: string;
  owner: string | null;
  ref: string | null;
  definition: ComponentDefinition;
  component2: boolean;
  instance: Instance;
  place: Place;
  /** Its first data went to the view: from now on changes cross as patches. */
  sent: boolean;
  /** Its first rendering is on the screen. */
  rendered: boolean;
  /** didMount has run. */
  mounted: boolean;
  /** Components drawn inside it: their didMount comes first. */
  waitsFor: Set<string>;
  /** Callbacks of setData from before `sent`. */
  early: (() => void)[];
  /** Props and data before the changes that didUpdate has not heard of yet. */
  before: { props: Fields; data: Fields } | null;
  functions: Map<string, unknown>;
}

const NOTHING: ComponentDefinition = {
  props: {},
  data: () => ({}),
  methods: {},
  hooks: { onInit: [], deriveDataFromProps: [], didMount: [], didUpdate: [], didUnmount: [] },
};

/** https://open.dingtalk.com/document/development/mini-app-component-lifecycle */
export function createComponents(parts: ComponentsParts): Components {
  const entries = new Map<string, Entry>();

  const propsOf = (entry: Entry): Fields => entry.instance["props"] as Fields;
  const dataOf = (entry: Entry): Fields => entry.instance["data"] as Fields;

  function run(entry: Entry, hook: Hook, ...args: unknown[]): void {
    const place = { method: hook, component: entry.instance };
    parts.updates.batch(() => {
      for (const method of entry.definition.hooks[hook]) {
        parts.guard.run(() => method.apply(entry.instance, args), place);
      }
    });
  }

  function derive(entry: Entry, nextProps: Fields): void {
    if (entry.component2) run(entry, "deriveDataFromProps", nextProps);
  }

  /** What didUpdate hears once the change is on the screen. */
  function updated(entry: Entry): void {
    const { before } = entry;
    entry.before = null;
    if (!before || !entry.mounted || !entry.place.alive) return;
    if (sameShallow(before.props, propsOf(entry)) && sameShallow(before.data, dataOf(entry))) return;
    run(entry, "didUpdate", before.props, before.data);
  }

  function remember(entry: Entry, data: Fields): void {
    entry.before ??= { props: propsOf(entry), data };
  }

  function functionOf(entry: Entry, mark: FunctionProp): unknown {
    const key = `${mark.$owner ?? ""} ${mark.$handler}`;
    const known = entry.functions.get(key);
    if (known) return known;
    const call = (...args: unknown[]): unknown =>
      parts.updates.batch(() => parts.callOwner(entry.pageId, mark.$owner, mark.$handler, args));
    entry.functions.set(key, call);
    return call;
  }

  /** Defaults under what was given. A value with the same content stays the same object, so that nothing seems to change. */
  function readProps(entry: Entry, given: JsonObject): Fields {
    const props: Fields = { ...entry.definition.props };
    const old = (entry.instance["props"] ?? {}) as Fields;
    for (const [key, value] of Object.entries(given)) {
      // Its camelCase twin is there as well: only who declares the name as it was written gets it so.
      if (key.includes("-") && !key.startsWith("data-") && !(key in entry.definition.props)) continue;
      const name = key === "class" ? "className" : key;
      if (!isFunctionProp(value)) props[name] = sameJson(old[name], value) ? old[name] : value;
      else if (value.$handler !== "") props[name] = functionOf(entry, value);
    }
    return props;
  }

  function createEntry(message: Mount): Entry {
    const { componentId, pageId, path, owner, ref } = message;
    const definition = parts.definition(path);
    if (!definition) parts.guard.report(new Error(`${path}.js did not call Component()${parts.cause(path)}`));
    const place: Place = { pageId, componentId, alive: true };
    const instance: Instance = { is: path, $id: componentId, $page: parts.page(pageId) };
    const entry: Entry = {
      ...{ componentId, pageId, path, owner, ref, instance, place },
      definition: definition ?? NOTHING,
      component2: parts.component2(path),
      sent: false,
      rendered: false,
      mounted: false,
      waitsFor: new Set(),
      early: [],
      before: null,
      functions: new Map(),
    };
    addMethods(entry);
    instance["props"] = readProps(entry, message.props);
    instance["data"] = {};
    instance["data"] = parts.guard.run(() => entry.definition.data(instance)) ?? {};
    return entry;
  }

  function addMethods(entry: Entry): void {
    for (const [name, method] of Object.entries(entry.definition.methods)) {
      entry.instance[name] = method;
    }
    addDataMethods(entry.instance, entry.place, { ...parts, updates: updatesOf(entry) }, (before) => {
      if (!entry.sent) return null;
      remember(entry, before);
      return () => updated(entry);
    });
  }

  /** Before the first data is sent a change is part of it: there is nothing to patch, and callbacks wait for it. */
  function updatesOf(entry: Entry): Updates {
    return {
      ...parts.updates,
      push(change) {
        if (entry.sent) parts.updates.push(change);
        else if (change.done) entry.early.push(change.done);
      },
    };
  }

  function end(entry: Entry): void {
    if (!entries.delete(entry.componentId)) return;
    run(entry, "didUnmount");
    entry.place.alive = false;
    release(entry.componentId);
  }

  /** ref and didMount, once what lies inside has had its own. */
  function mountIfReady(entry: Entry): void {
    const { ref } = entry;
    if (!entry.rendered || entry.mounted || entry.waitsFor.size > 0) return;
    entry.mounted = true;
    parts.updates.batch(() => {
      if (ref) parts.guard.run(() => parts.callOwner(entry.pageId, entry.owner, ref, [entry.instance]));
    });
    run(entry, "didMount");
    release(entry.componentId);
  }

  function release(componentId: string): void {
    for (const entry of [...entries.values()]) if (entry.waitsFor.delete(componentId)) mountIfReady(entry);
  }

  return {
    mount(message) {
      const entry = createEntry(message);
      entries.set(entry.componentId, entry);
      const around = entries.get(message.inside ?? message.owner ?? "");
      if (around && !around.mounted) around.waitsFor.add(entry.componentId);
      if (entry.component2) run(entry, "onInit");
      derive(entry, propsOf(entry));
      parts.send({
        type: "componentReady",
        componentId: entry.componentId,
        data: cloneObject(dataOf(entry), "data", "drop"),
        props: { ...cloneObject(propsOf(entry), "props", "drop"), ...marksOf(message.props) },
      });
      entry.sent = true;
      const { pageId, early } = entry;
      const done = (): void => early.forEach((callback) => callback());
      if (early.length > 0) parts.updates.push({ pageId, componentId: entry.componentId, patches: [], done });
    },
    rendered(componentId) {
      const entry = entries.get(componentId);
      if (!entry) return;
      entry.rendered = true;
      mountIfReady(entry);
    },
    update(componentId, given) {
      const entry = entries.get(componentId);
      if (!entry) return;
      const next = readProps(entry, given);
      if (sameShallow(propsOf(entry), next)) return;
      remember(entry, dataOf(entry));
      derive(entry, next);
      entry.instance["props"] = next;
      // With data derived, didUpdate waits for it to be on the screen; the props are there already.
      if (dataOf(entry) === entry.before?.data) updated(entry);
    },
    unmount(componentId) {
      const entry = entries.get(componentId);
      if (entry) end(entry);
    },
    closePages(pageIds) {
      for (const entry of [...entries.values()]) if (pageIds.includes(entry.pageId)) end(entry);
    },
    find: (componentId) => entries.get(componentId) ?? null,
  };
}

function isFunctionProp(value: unknown): value is FunctionProp {
  return isFields(value) && typeof value["$handler"] === "string";
}

/** The view keeps the marks, so that a component can hand a function prop on. */
function marksOf(props: JsonObject): JsonObject {
  const marks: JsonObject = {};
  for (const [key, value] of Object.entries(props)) if (isFunctionProp(value)) marks[key] = value;
  return marks;
}
