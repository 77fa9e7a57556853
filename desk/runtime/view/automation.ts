import type { Json } from "../protocol";
import type { Finger } from "./event";
import { bubble, BUBBLING, emit } from "./event";
import { componentsOf, elementMarkup, findByXPath, findElements } from "./lookup";
import { controlOf, infoOf, pathFrom } from "./node";
import type { PageView } from "./page";
import type { SyntheticTouch, ViewElements } from "./view-elements";

/** miniprogram-automator holds `longpress` for 350 ms, its own platform's limit; its fingers need less patience. */
const LONG_TAP_MS = 300;

function fingerOn(view: PageView, element: Element, touch: SyntheticTouch, at: number): Finger {
  const { box, scroller } = view.context;
  const frame = box.getBoundingClientRect();
  const place = element.getBoundingClientRect();
  const left = place.left - frame.left;
  const top = place.top - frame.top;
  const onElement = touch.x !== undefined || touch.y !== undefined;
  const middle = { x: left + place.width / 2, y: top + place.height / 2 };
  const clientX = onElement
    ? left + (touch.x ?? 0)
    : (touch.clientX ?? (touch.pageX ?? middle.x) - scroller.scrollLeft);
  const clientY = onElement ? top + (touch.y ?? 0) : (touch.clientY ?? (touch.pageY ?? middle.y) - scroller.scrollTop);
  return {
    identifier: touch.identifier ?? at,
    clientX,
    clientY,
    pageX: clientX + scroller.scrollLeft,
    pageY: clientY + scroller.scrollTop,
  };
}

/** What the automator may do with elements. `pages` looks up open pages. */
export function createElements(pages: ReadonlyMap<string, PageView>): ViewElements {
  const ids = new WeakMap<Element, string>();
  const byId = new Map<string, WeakRef<Element>>();
  let count = 0;

  const pageOf = (pageId: string): PageView => {
    const page = pages.get(pageId);
    if (!page) throw new Error(`There is no page ${pageId}.`);
    return page;
  };
  const homeOf = (element: Element): PageView => {
    const info = pathFrom(element)[0];
    const pageId = info ? infoOf(info)?.frame.page.pageId : undefined;
    return pageOf(pageId ?? "");
  };
  const fingers = (view: PageView, element: Element, touches: SyntheticTouch[]): Finger[] =>
    touches.map((touch, at) => fingerOn(view, element, touch, at));

  function touch(
    element: Element,
    type: Parameters<ViewElements["touch"]>[1],
    touches: SyntheticTouch[],
    changedTouches: SyntheticTouch[],
  ): void {
    const view = homeOf(element);
    const down = type === "touchStart" || type === "touchMove";
    const none = touches.length === 0 && changedTouches.length === 0;
    const given = {
      touches: fingers(view, element, none && down ? [{}] : touches),
      changedTouches: fingers(view, element, changedTouches.length > 0 ? changedTouches : none ? [{}] : touches),
    };
    const { gestures } = view;
    if (type === "touchStart") gestures.start(element, given, LONG_TAP_MS);
    else if (type === "touchMove") gestures.move(given);
    else if (type === "touchEnd") gestures.end({ ...given, touches: none ? [] : given.touches });
    else gestures.cancel(given);
  }

  function property(element: Element, name: string): unknown {
    const control = controlOf(element);
    const state = control?.properties?.[name];
    if (state) return state();
    if (name === "value" && control?.value) return control.value();
    const attributes = infoOf(element)?.attributes ?? {};
    const hyphened = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (name in attributes) return attributes[name];
    if (hyphened in attributes) return attributes[hyphened];
    return (element as unknown as Record<string, unknown>)[name];
  }

  function call(element: Element, functionName: string, args: Json[]): Json {
    const run = controlOf(element)?.calls?.[functionName.replace(/^.*\./, "")];
    if (!run) throw new Error(`${functionName} is not supported on <${infoOf(element)?.tag ?? element.localName}>.`);
    return run(...args);
  }

  return {
    find: (pageId, selector, within) => findElements(pageOf(pageId), selector, within ?? pageOf(pageId).page),
    findByXPath: (pageId, expression, within) => findByXPath(pageOf(pageId), expression, within ?? pageOf(pageId).page),
    idOf(element) {
      const known = ids.get(element);
      if (known) return known;
      const id = `element-${++count}`;
      ids.set(element, id);
      byId.set(id, new WeakRef(element));
      return id;
    },
    byId(elementId) {
      const element = byId.get(elementId)?.deref();
      return element?.isConnected ? element : undefined;
    },
    components: (pageId) => componentsOf(pageOf(pageId)),
    componentOf: (element) =>
      componentsOf(homeOf(element))
        .reverse()
        .find(({ elements }) => elements.includes(element)),
    attributes: (element) => ({ ...infoOf(element)?.attributes }),
    property,
    tap(element) {
      touch(element, "touchStart", [], []);
      touch(element, "touchEnd", [], []);
    },
    touch,
    trigger(element, type, detail) {
      const { context, gestures } = homeOf(element);
      const target = pathFrom(element)[0] ?? element;
      const name = type.charAt(0).toLowerCase() + type.slice(1);
      if (name === "tap") gestures.tap(target);
      else if (BUBBLING.has(name)) bubble(context, target, name, { detail });
      else emit(context, target, name, detail);
    },
    call,
    markup: elementMarkup,
  };
}
