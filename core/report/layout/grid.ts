import type { ReportPage } from "../../contract/report/report";

export type GridItem = ReportPage["layout"][number];
export type Place = Omit<GridItem, "element">;

/** Columns of the grid. */
export const COLUMNS = 36;
const HIGHEST = 100;

const bottom = ({ y, h }: Place): number => y + h;
const crosses = (a: Place, b: Place): boolean => a.x < b.x + b.w && b.x < a.x + a.w;
const overlaps = (a: Place, b: Place): boolean => crosses(a, b) && a.y < bottom(b) && b.y < bottom(a);
const inReadingOrder = (a: Place, b: Place): number => a.y - b.y || a.x - b.x;
const between = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, Math.round(value)));

/** The nearest place that lies on the grid. */
export function onGrid({ x, y, w, h }: Place): Place {
  const width = between(w, 1, COLUMNS);
  return { x: between(x, 0, COLUMNS - width), y: Math.max(0, Math.round(y)), w: width, h: between(h, 1, HIGHEST) };
}

/** Below everything that is in the way, as near as there is room. */
function pushedDown<Item extends Place>(item: Item, taken: readonly Place[]): Item {
  let pushed = item;
  for (;;) {
    const inTheWay = taken.filter((other) => overlaps(pushed, other));
    if (inTheWay.length === 0) return pushed;
    pushed = { ...pushed, y: Math.max(...inTheWay.map(bottom)) };
  }
}

/** Everything rises until it meets what stands above it. */
function closedUp(items: readonly GridItem[]): GridItem[] {
  const risen: GridItem[] = [];
  for (const item of [...items].sort(inReadingOrder)) {
    const above = risen.filter((other) => crosses(item, other)).map(bottom);
    risen.push({ ...item, y: Math.max(0, ...above) });
  }
  return risen;
}

/** As many items as there were, in the order that they had: a layout's own order means nothing and must not change. */
function inOrderOf(layout: readonly GridItem[], items: readonly GridItem[]): GridItem[] {
  const found = new Map(items.map((item) => [item.element, item]));
  const known = layout.flatMap(({ element }) => found.get(element) ?? []);
  const added = items.filter(({ element }) => layout.every((item) => item.element !== element));
  return [...known, ...added];
}

/** An item on its way: where it stood and where it is held. */
interface Moving {
  from: GridItem;
  to: GridItem;
}

/** Whether an item gives its place to another one: by its lower edge where that stood under it, else by its upper edge. */
function hasPassed({ from, to }: Moving, other: Place): boolean {
  const middle = other.y + other.h / 2;
  const stoodUnder = crosses(from, other) && other.y >= bottom(from);
  return stoodUnder ? bottom(to) >= middle : to.y > other.y && to.y >= middle;
}

/** How far items that are put down must go to stand below those whose middle they have passed. */
function passed(moving: readonly Moving[], others: readonly GridItem[]): number {
  let down = 0;
  for (;;) {
    const further = moving.flatMap((item) => {
      const at = { ...item.to, y: item.to.y + down };
      return others
        .filter((other) => overlaps(at, other) && hasPassed(item, other))
        .map((other) => bottom(other) - at.y);
    });
    if (further.length === 0) return down;
    down += Math.max(...further);
  }
}

function settled(layout: readonly GridItem[], fixed: readonly GridItem[], others: readonly GridItem[]): GridItem[] {
  const taken: GridItem[] = [];
  for (const item of [...fixed].sort(inReadingOrder)) taken.push(pushedDown(item, taken));
  for (const item of [...others].sort(inReadingOrder)) taken.push(pushedDown(item, taken));
  return inOrderOf(layout, closedUp(taken));
}

/**
 * A layout after items were put where a person wants them: what they cover gives way downwards, what stood below the
 * place that they left closes up, nothing overlaps. An item that is moved past the middle of another one takes its place.
 * Made anew from the layout at the beginning of a gesture, so that nothing jumps on the way.
 */
export function moveItems(layout: readonly GridItem[], wanted: ReadonlyMap<string, Place>): GridItem[] {
  const moving = layout.flatMap((from) => {
    const place = wanted.get(from.element);
    return place ? [{ from, to: { element: from.element, ...onGrid(place) } }] : [];
  });
  const others = layout.filter(({ element }) => !wanted.has(element));
  const down = passed(moving, others);
  const fixed = moving.map(({ to }) => ({ ...to, y: to.y + down }));
  return settled(layout, fixed, others);
}

/** A layout with one item of another size; what it covers gives way downwards. */
export function resizeItem(layout: readonly GridItem[], element: string, place: Place): GridItem[] {
  const others = layout.filter((item) => item.element !== element);
  if (others.length === layout.length) return [...layout];
  return settled(layout, [{ element, ...onGrid(place) }], others);
}

/** The same layout where nothing covers anything, else with what is covered below it. */
export function withoutOverlaps(layout: readonly GridItem[]): GridItem[] {
  const taken: GridItem[] = [];
  for (const item of [...layout].sort(inReadingOrder)) taken.push(pushedDown(item, taken));
  return inOrderOf(layout, taken);
}

/** A layout without some items; what stood below them closes up. */
export function removeItems(layout: readonly GridItem[], elements: ReadonlySet<string>): GridItem[] {
  const left = layout.filter(({ element }) => !elements.has(element));
  return inOrderOf(left, closedUp(left));
}

/** The first place, in reading order and not above a row, where something of a size fits without moving anything. */
export function firstFreePlace(layout: readonly GridItem[], size: { w: number; h: number }, from = 0): Place {
  const { w, h } = onGrid({ x: 0, y: 0, ...size });
  const rows = [...new Set([from, ...layout.map(bottom)])].filter((y) => y >= from).sort((a, b) => a - b);
  const columns = [...new Set([0, ...layout.map((item) => item.x + item.w)])].sort((a, b) => a - b);
  for (const y of rows) {
    for (const x of columns) {
      const place = { x, y, w, h };
      if (x + w <= COLUMNS && !layout.some((item) => overlaps(item, place))) return place;
    }
  }
  return { x: 0, y: Math.max(from, ...layout.map(bottom)), w, h };
}

/** Several items where a block of them was put down: their places to each other stay, nothing covers anything else. */
export function addItems(layout: readonly GridItem[], items: readonly GridItem[]): GridItem[] {
  return settled(
    layout,
    items.map((item) => ({ element: item.element, ...onGrid(item) })),
    layout,
  );
}

export type Edge = "left" | "right" | "top" | "bottom" | "centre";

/** Places of items in one line, along the outermost of them. */
export function alignItems(items: readonly GridItem[], edge: Edge): Map<string, Place> {
  const left = Math.min(...items.map(({ x }) => x));
  const right = Math.max(...items.map(({ x, w }) => x + w));
  const top = Math.min(...items.map(({ y }) => y));
  const low = Math.max(...items.map(bottom));
  const at: Record<Edge, (item: GridItem) => Partial<Place>> = {
    left: () => ({ x: left }),
    right: ({ w }) => ({ x: right - w }),
    top: () => ({ y: top }),
    bottom: ({ h }) => ({ y: low - h }),
    centre: ({ w }) => ({ x: Math.round((left + right - w) / 2) }),
  };
  return new Map(items.map((item) => [item.element, onGrid({ ...item, ...at[edge](item) })]));
}

/** Places of items with the same room between them, in a row or, by `y`, in a column; the outermost two stay. */
export function distributeItems(items: readonly GridItem[], axis: "x" | "y" = "x"): Map<string, Place> {
  const size = axis === "x" ? "w" : "h";
  const sorted = [...items].sort((a, b) => a[axis] - b[axis]);
  const [first] = sorted;
  const last = sorted[sorted.length - 1];
  if (!first || !last) return new Map();
  const room = last[axis] + last[size] - first[axis] - sorted.reduce((sum, item) => sum + item[size], 0);
  const gap = room / Math.max(1, sorted.length - 1);
  let from = first[axis];
  return new Map(
    sorted.map((item) => {
      const place = onGrid({ ...item, [axis]: from });
      from += item[size] + gap;
      return [item.element, place];
    }),
  );
}
