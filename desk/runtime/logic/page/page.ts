import { addDataMethods, type Instance, type InstanceParts, type Place } from "../instance";
import { isFields, type Fields } from "../json";

/** A page on the stack, or a tab page that waits behind another tab. */
export interface PageEntry {
  pageId: string;
  /** As in app.json. */
  path: string;
  query: Record<string, string>;
  /** Shown with the tab bar. */
  tab: boolean;
  instance: Instance;
  place: Place;
  /** onReady has run. */
  ready: boolean;
}

/**
 * Makes an instance of what was given to `Page()`. As DingTalk says, a `data` object is shared by all instances of a page
 * as far as it is changed in place; a `data` function is asked for each.
 * https://open.dingtalk.com/document/development/register-a-mini-program-page-1
 */
export function createPage(
  definition: Fields,
  target: { pageId: string; path: string; query: Record<string, string>; tab: boolean },
  parts: InstanceParts,
): PageEntry {
  const place: Place = { pageId: target.pageId, componentId: null, alive: true };
  const instance: Instance = { ...definition, route: target.path };
  instance["data"] = {};
  addDataMethods(instance, place, parts);
  const data = definition["data"];
  const first = typeof data === "function" ? parts.guard.run(() => data.call(instance) as unknown) : data;
  instance["data"] = isFields(first) ? { ...first } : {};
  return { ...target, instance, place, ready: false };
}
