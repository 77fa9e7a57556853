import type { GridItem, Place } from "./grid";

/** What a card that is dragged lines up with: columns where edges meet, and rooms between cards that are equally wide. */
export interface Guides {
  /** Columns of edges that another card has too. */
  columns: number[];
  /** Empty rooms beside it that are as wide as each other. */
  rooms: Place[];
}

const sharesRows = (a: Place, b: Place): boolean => a.y < b.y + b.h && b.y < a.y + a.h;

/** The room between two cards beside each other, as high as both. */
function room(left: Place, right: Place): Place {
  const y = Math.max(left.y, right.y);
  const x = left.x + left.w;
  return { x, y, w: right.x - x, h: Math.min(left.y + left.h, right.y + right.h) - y };
}

function nearest(items: readonly GridItem[], side: (item: GridItem) => number): GridItem | undefined {
  return [...items].sort((a, b) => side(a) - side(b))[0];
}

function equalRooms(held: GridItem, others: readonly GridItem[]): Place[] {
  const beside = (of: GridItem, side: "left" | "right"): GridItem | undefined => {
    const row = others.filter((item) => item !== of && sharesRows(item, of));
    if (side === "left")
      return nearest(
        row.filter((item) => item.x + item.w <= of.x),
        (item) => -item.x,
      );
    return nearest(
      row.filter((item) => item.x >= of.x + of.w),
      (item) => item.x,
    );
  };
  const [left, right] = [beside(held, "left"), beside(held, "right")];
  const further = { left: left && beside(left, "left"), right: right && beside(right, "right") };
  const pairs = [
    further.left && left && room(further.left, left),
    left && room(left, held),
    right && room(held, right),
    further.right && right && room(right, further.right),
  ].filter((each): each is Place => each !== undefined && each.w > 0);
  const own = [left && room(left, held).w, right && room(held, right).w];
  const equal = pairs.filter(({ w }) => own.includes(w));
  return equal.filter(({ w }) => equal.filter((each) => each.w === w).length > 1);
}

/** The guides of a card where it would be put down. */
export function guidesOf(layout: readonly GridItem[], id: string): Guides {
  const held = layout.find(({ element }) => element === id);
  if (!held) return { columns: [], rooms: [] };
  const others = layout.filter((item) => item !== held);
  const edges = new Set(others.flatMap(({ x, w }) => [x, x + w]));
  const columns = [held.x, held.x + held.w].filter((column) => edges.has(column));
  return { columns, rooms: equalRooms(held, others) };
}
