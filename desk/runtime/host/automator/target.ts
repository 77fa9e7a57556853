import type { JsonObject } from "../../protocol";
import type { View } from "../../view/view";

const COMPONENT = "component:";

/** How the automator names one element, or one custom component (then with `nodeId`). */
export function describe(view: View, element: Element): JsonObject {
  return { elementId: view.elements.idOf(element), tagName: element.localName };
}

/**
 * Everything a selector finds. A selector that is just a custom component's tag finds the components themselves, whose
 * data and methods can then be asked for.
 */
export function findAll(view: View, pageId: string, selector: string, within?: Element): JsonObject[] {
  const components = view.elements
    .components(pageId)
    .filter(
      ({ tag, elements }) => tag === selector.trim() && (!within || elements.some((top) => within.contains(top))),
    );
  if (components.length > 0)
    return components.map(({ componentId, tag }) => ({
      elementId: COMPONENT + componentId,
      tagName: tag,
      nodeId: componentId,
    }));
  return view.elements.find(pageId, selector, within).map((found) => describe(view, found));
}

/** The element behind an id; for a component, the first that its template drew. Throws when it is gone. */
export function elementOf(view: View, params: JsonObject): Element {
  const elementId = String(params["elementId"]);
  const found = elementId.startsWith(COMPONENT)
    ? view.elements
        .components(String(params["pageId"]))
        .find(({ componentId }) => COMPONENT + componentId === elementId)?.elements[0]
    : view.elements.byId(elementId);
  if (!found) throw new Error(`The element ${elementId} is no longer on the page.`);
  return found;
}

/** What an element shows as text; a component's is that of all its top elements. */
export function textOf(view: View, params: JsonObject): string {
  const elementId = String(params["elementId"]);
  const place = view.elements
    .components(String(params["pageId"]))
    .find(({ componentId }) => COMPONENT + componentId === elementId);
  const elements = place ? place.elements : [elementOf(view, params)];
  return elements.map((element) => (element instanceof HTMLElement ? element.innerText : "")).join("\n");
}

/** The first of what was found; an error is how the automator learns that there is none. */
export function firstOf(found: JsonObject[], selector: string): JsonObject {
  const [first] = found;
  if (!first) throw new Error(`no such element: ${selector}`);
  return first;
}

/** Strings of a list parameter. */
export const namesOf = (params: JsonObject): string[] =>
  Array.isArray(params["names"]) ? params["names"].map(String) : [];
