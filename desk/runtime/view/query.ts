import type { Json, JsonObject } from "../protocol";
import type { PageContext } from "./node";

/** One request of `createSelectorQuery`: what to measure of which elements. */
export interface QueryStep {
  target: "select" | "selectAll" | "selectViewport";
  /** Empty for `selectViewport`. */
  selector: string;
  measure: "boundingClientRect" | "scrollOffset";
}

function rectangleOf(page: PageContext, element: Element): JsonObject {
  const box = page.box.getBoundingClientRect();
  const { width, height, left, top, right, bottom } = element.getBoundingClientRect();
  const x = left - box.left;
  const y = top - box.top;
  return { x, y, width, height, top: y, right: right - box.left, bottom: bottom - box.top, left: x };
}

function measure(page: PageContext, element: Element, what: QueryStep["measure"]): JsonObject {
  if (what === "scrollOffset") return { scrollTop: element.scrollTop, scrollLeft: element.scrollLeft };
  return rectangleOf(page, element);
}

function measureViewport({ box, scroller }: PageContext, what: QueryStep["measure"]): JsonObject {
  if (what === "scrollOffset") return { scrollTop: scroller.scrollTop, scrollLeft: scroller.scrollLeft };
  return { width: box.clientWidth, height: box.clientHeight };
}

/** Answers of `exec`, one per step: null where `select` finds nothing. https://open.dingtalk.com/document/development/selectorquery */
export function answerQuery(page: PageContext, root: Element, steps: readonly QueryStep[]): Json[] {
  return steps.map(({ target, selector, measure: what }) => {
    if (target === "selectViewport") return measureViewport(page, what);
    const found = [...root.querySelectorAll(selector)];
    if (target === "selectAll") return found.map((element) => measure(page, element, what));
    return found[0] ? measure(page, found[0], what) : null;
  });
}
