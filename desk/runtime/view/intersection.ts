import type { JsonObject } from "../protocol";
import type { PageContext } from "./node";

/** What `IntersectionObserver.observe` asks for. */
export interface IntersectionRequest {
  /** Elements to watch: the first, or all with `selectAll`. */
  selector: string;
  selectAll: boolean;
  /** The reference is where all of these overlap; a null selector is the page's visible part, as is an empty list. */
  relativeTo: { selector: string | null; margins: Partial<Box> }[];
  /** Parts of the target's area, 0 to 1. */
  thresholds: number[];
  /** What counts as seen before the first look. */
  initialRatio: number;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const EMPTY: Box = { left: 0, top: 0, right: 0, bottom: 0 };

const areaOf = ({ left, top, right, bottom }: Box): number => Math.max(0, right - left) * Math.max(0, bottom - top);

/** Where two boxes overlap or touch; null where they do neither. */
function overlap(a: Box, b: Box): Box | null {
  const left = Math.max(a.left, b.left);
  const top = Math.max(a.top, b.top);
  const right = Math.min(a.right, b.right);
  const bottom = Math.min(a.bottom, b.bottom);
  return left <= right && top <= bottom ? { left, top, right, bottom } : null;
}

function widened(box: Box, { left = 0, top = 0, right = 0, bottom = 0 }: Partial<Box>): Box {
  return { left: box.left - left, top: box.top - top, right: box.right + right, bottom: box.bottom + bottom };
}

/** How many thresholds a ratio has reached: 0 is reached by anything to be seen. */
export function levelOf(ratio: number, thresholds: readonly number[]): number {
  return thresholds.filter((threshold) => (threshold === 0 ? ratio > 0 : ratio >= threshold)).length;
}

/** How much of a target lies in the reference; a target without area is in it wholly or not at all. */
export function intersect(target: Box, reference: Box): { ratio: number; box: Box } {
  const box = overlap(target, reference);
  if (!box) return { ratio: 0, box: EMPTY };
  const area = areaOf(target);
  return { ratio: area === 0 ? 1 : areaOf(box) / area, box };
}

function elementsOf(root: Element, selector: string): Element[] {
  const found = [...root.querySelectorAll(selector)];
  if (found.length === 0) throw new Error(`No element matches "${selector}".`);
  return found;
}

/**
 * Watches elements of a page until the returned function is called or the page is closed; looks once a frame while the page
 * is shown. Positions are relative to the page's frame. Throws where a selector matches nothing.
 * https://open.dingtalk.com/document/development/intersectionobserver-observe
 */
export function observeIntersection(
  page: PageContext,
  root: Element,
  request: IntersectionRequest,
  heard: (seen: JsonObject) => void,
): () => void {
  const targets = elementsOf(root, request.selector).slice(0, request.selectAll ? undefined : 1);
  const references = request.relativeTo.map(({ selector, margins }) => ({
    element: selector === null ? page.box : elementsOf(root, selector)[0],
    margins,
  }));
  const first = levelOf(request.initialRatio, request.thresholds);
  const levels = new Map(targets.map((target) => [target, first]));
  let frame = 0;

  const boxOf = (element: Element): Box => {
    const origin = page.box.getBoundingClientRect();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return {
      ...{ left: left - origin.left, right: right - origin.left },
      ...{ top: top - origin.top, bottom: bottom - origin.top },
    };
  };
  const referenceBox = (): Box =>
    references
      .map(({ element, margins }) => (element ? widened(boxOf(element), margins) : EMPTY))
      .reduce<Box>((all, one) => overlap(all, one) ?? EMPTY, references.length > 0 ? EVERYWHERE : boxOf(page.box));

  function look(): void {
    if (!page.box.isConnected) return;
    frame = requestAnimationFrame(look);
    if (!page.box.hasAttribute("data-shown")) return;
    const reference = referenceBox();
    for (const [target, before] of levels) {
      const box = boxOf(target);
      const seen = intersect(box, reference);
      const level = levelOf(seen.ratio, request.thresholds);
      levels.set(target, level);
      if (level !== before)
        heard({
          intersectionRatio: seen.ratio,
          intersectionRect: { ...seen.box },
          boundingClientRect: { ...box },
          relativeRect: { ...reference },
          time: Date.now(),
        });
    }
  }

  look();
  return () => cancelAnimationFrame(frame);
}

const EVERYWHERE: Box = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
