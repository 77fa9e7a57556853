import type { Json, JsonObject } from "../protocol";
import type { Binding, ElementInfo, PageContext } from "./node";
import { infoOf, pathFrom } from "./node";

/** Events that rise to the elements around. https://open.dingtalk.com/document/development/mini-app-event-overview */
export const BUBBLING: ReadonlySet<string> = new Set([
  "touchStart",
  "touchMove",
  "touchEnd",
  "touchCancel",
  "tap",
  "longTap",
]);

/** A finger, in CSS pixels: `client…` from the page's place on the screen, `page…` from the top of its content. */
export interface Finger {
  identifier: number;
  clientX: number;
  clientY: number;
  pageX: number;
  pageY: number;
}

/** What a touch event carries. */
export interface Fingers {
  touches: Finger[];
  changedTouches: Finger[];
}

/** A canvas gets its own kind of touches: x and y from its corner, in CSS pixels. */
function canvasFinger(page: PageContext, canvas: Element, finger: Finger): JsonObject {
  const box = page.box.getBoundingClientRect();
  const place = canvas.getBoundingClientRect();
  return {
    identifier: finger.identifier,
    x: finger.clientX + box.left - place.left,
    y: finger.clientY + box.top - place.top,
  };
}

function fingersFor(page: PageContext, current: Element, fingers: Fingers): JsonObject {
  const convert = (finger: Finger): JsonObject =>
    infoOf(current)?.tag === "canvas" ? canvasFinger(page, current, finger) : { ...finger };
  return { touches: fingers.touches.map(convert), changedTouches: fingers.changedTouches.map(convert) };
}

/**
 * `target.dataset` is the data of the element that has the handler, `targetDataset` that of the element touched, as
 * DingTalk documents. https://open.dingtalk.com/document/development/mini-app-event-object
 */
function eventOf(type: string, target: Element, current: Element, extra: JsonObject): JsonObject {
  const own = infoOf(current);
  const touched = infoOf(target);
  const dataset: JsonObject = own?.dataset ?? {};
  return {
    type,
    timeStamp: Math.round(performance.now()),
    target: {
      id: target.id,
      tagName: touched?.tag ?? target.localName,
      dataset,
      targetDataset: touched?.dataset ?? {},
    },
    currentTarget: { id: current.id, tagName: own?.tag ?? current.localName, dataset },
    detail: {},
    ...extra,
  };
}

function deliver(page: PageContext, binding: Binding, event: JsonObject): void {
  if (!binding.handler) return;
  page.send({ type: "event", pageId: page.pageId, owner: binding.owner, handler: binding.handler, event });
}

/** Runs the handler of one element for an event that does not bubble. Returns whether there was one. */
export function emit(page: PageContext, element: Element, type: string, detail: Json): boolean {
  const binding = infoOf(element)?.events[type];
  if (!binding) return false;
  deliver(page, binding, eventOf(type, element, element, { detail }));
  return true;
}

/** Runs the handlers from `target` up to the page or the first `catch…`. Returns whether there was any. */
export function bubble(
  page: PageContext,
  target: Element,
  type: string,
  extra: { detail?: Json; fingers?: Fingers },
): boolean {
  let heard = false;
  for (const element of pathFrom(target)) {
    const binding = (infoOf(element) as ElementInfo).events[type];
    if (!binding) continue;
    heard = true;
    const event: JsonObject = extra.fingers ? fingersFor(page, element, extra.fingers) : {};
    if (extra.detail !== undefined) event["detail"] = extra.detail;
    deliver(page, binding, eventOf(type, target, element, event));
    if (binding.stops) break;
  }
  return heard;
}
