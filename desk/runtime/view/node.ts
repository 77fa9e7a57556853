import type { CompiledTemplate, TemplateNode } from "../compiled";
import type { FunctionProp, Json, JsonObject, ToLogic } from "../protocol";
import type { Scope } from "./expression";
import type { Schedule } from "./schedule";
import type { ViewOptions } from "./view-options";

/** What a slot shows: content of the component's user, who also owns its events. */
export interface SlotContent {
  nodes: TemplateNode[];
  /** The name that `slot-scope` declares. */
  scopeName?: string;
  scope: Scope;
  frame: Frame;
}

/** Whose template is drawn: a page's (owner null) or a component instance's. */
export interface Frame {
  page: PageContext;
  owner: string | null;
  /** Around a component's template: the frame of its user. */
  outer: Frame | null;
  /** Folder-relative paths (`./a.png`) start here: path of the template's file inside the project. */
  path: string;
  template: CompiledTemplate;
  slots: Record<string, SlotContent>;
}

/** A page as its parts see it. */
export interface PageContext {
  pageId: string;
  options: ViewOptions;
  schedule: Schedule;
  /** Fills the page's place on the screen; positions of elements are relative to it. */
  box: HTMLElement;
  shadow: ShadowRoot;
  scroller: HTMLElement;
  /** What lies over the page and does not scroll: the lists of pickers. */
  overlay: HTMLElement;
  send(message: ToLogic): void;
  /** Says once that something is wrong and returns nothing; the caller shows the red box. */
  fault(message: string, cause?: unknown): void;
  nextComponentId(): string;
  components: Map<string, ComponentHandle>;
  emit(element: Element, type: string, detail: Json): void;
}

/** A component instance as the page reaches it. */
export interface ComponentHandle {
  componentId: string;
  tag: string;
  path: string;
  frame: Frame;
  ready(data: JsonObject, props: JsonObject): void;
  update(change: (data: JsonObject) => JsonObject): void;
  isReady(): boolean;
}

/** `onTap="open"` once evaluated. */
export interface Binding {
  handler: string;
  owner: string | null;
  stops: boolean;
}

/** What an AXML element is, beside its DOM element. */
export interface ElementInfo {
  tag: string;
  attributes: Record<string, unknown>;
  events: Record<string, Binding>;
  dataset: JsonObject;
  frame: Frame;
}

/** What a built-in component offers to forms, labels, gestures and the automator. */
export interface Control {
  /** The value that a form submits under `name`. */
  value?: () => Json;
  reset?: () => void;
  /** What a tap does: toggle, navigate, open, submit. */
  activate?: () => void;
  /** Fingers on the element; coordinates in CSS pixels of the window. */
  start?: (x: number, y: number) => void;
  move?: (x: number, y: number) => void;
  end?: () => void;
  /** Sets a radio from its group. */
  check?: (checked: boolean) => void;
  /** Properties that the automator reads. */
  properties?: Record<string, () => unknown>;
  /** Functions that the automator calls, by name behind the dot (`scrollTo` of `scroll-view.scrollTo`). */
  calls?: Record<string, (...args: Json[]) => Json>;
}

const infos = new WeakMap<Element, ElementInfo>();
const controls = new WeakMap<Element, Control>();

/** Ties a DOM element to what its template says; done at every drawing. */
export function bindInfo(element: Element, info: ElementInfo): void {
  infos.set(element, info);
}

export function infoOf(element: Element): ElementInfo | undefined {
  return infos.get(element);
}

/** Ties a DOM element to its behaviour. */
export function bindControl(element: Element, control: Control): void {
  controls.set(element, control);
}

export function controlOf(element: Element): Control | undefined {
  return controls.get(element);
}

/** The AXML elements from `target` (or the nearest above it) up to the page. */
export function pathFrom(target: EventTarget | null): Element[] {
  const path: Element[] = [];
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement) if (infos.has(at)) path.push(at);
  return path;
}

/** True for the mark of a function prop as it crosses to the logic. */
export function isFunctionProp(value: unknown): value is FunctionProp {
  return typeof value === "object" && value !== null && typeof (value as FunctionProp).$handler === "string";
}

/** `data-element-type` -> `elementType`: lower case first, then hyphens. https://open.dingtalk.com/document/development/mini-app-event-object */
export function datasetOf(attributes: Record<string, unknown>): JsonObject {
  const dataset: JsonObject = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith("data-") || value === undefined) continue;
    const key = name
      .slice(5)
      .toLowerCase()
      .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    dataset[key] = value as Json;
  }
  return dataset;
}

/** A switch in a template: `a="{{false}}"` is off, `a` and `a="false"` (a string!) are on, as in DingTalk. */
export function isOn(value: unknown): boolean {
  return Boolean(value);
}

/** A number from an attribute, or what holds without it. */
export function numberOf(value: unknown, otherwise: number): number {
  const number = typeof value === "number" ? value : typeof value === "string" ? Number.parseFloat(value) : Number.NaN;
  return Number.isFinite(number) ? number : otherwise;
}
