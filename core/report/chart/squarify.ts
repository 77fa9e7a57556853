/** A rectangle in px. */
export interface Room {
  x: number;
  y: number;
  width: number;
  height: number;
}

function worst(areas: number[], side: number): number {
  const sum = areas.reduce((all, one) => all + one, 0);
  const most = Math.max(...areas);
  const least = Math.min(...areas);
  return Math.max((side * side * most) / (sum * sum), (sum * sum) / (side * side * least));
}

/** One strip along the shorter side of a room, and what is left of it. */
function strip(areas: number[], { x, y, width, height }: Room): { rooms: Room[]; left: Room } {
  const sum = areas.reduce((all, one) => all + one, 0);
  const lying = width >= height;
  const thick = sum / Math.max(1e-9, lying ? height : width);
  let at = lying ? y : x;
  const rooms = areas.map((area) => {
    const long = area / Math.max(1e-9, thick);
    const room = lying ? { x, y: at, width: thick, height: long } : { x: at, y, width: long, height: thick };
    at += long;
    return room;
  });
  const left = lying
    ? { x: x + thick, y, width: Math.max(0, width - thick), height }
    : { x, y: y + thick, width, height: Math.max(0, height - thick) };
  return { rooms, left };
}

/**
 * Divides a room into rectangles whose areas are as the values, each as near to a square as can be. Values are positive
 * and fall. Bruls, Huizing, van Wijk: Squarified treemaps (2000).
 */
export function squarify(values: readonly number[], room: Room): Room[] {
  const total = values.reduce((all, one) => all + one, 0);
  const areas = values.map((value) => (value / total) * room.width * room.height);
  const rooms: Room[] = [];
  let left = room;
  for (let from = 0; from < areas.length;) {
    const side = Math.min(left.width, left.height);
    let to = from + 1;
    while (to < areas.length && worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side)) to += 1;
    const placed = strip(areas.slice(from, to), left);
    rooms.push(...placed.rooms);
    left = placed.left;
    from = to;
  }
  return rooms;
}
