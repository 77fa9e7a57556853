import type { ReportSpec } from "../../contract/report/report";
import type { Conflict } from "./conflict";
import { same } from "./same";

const ROOMS = ["elements", "pages", "filters"] as const;
type Room = (typeof ROOMS)[number];
const LONGEST_ID = 63;

/** Mine, with other ids for what both sides added under one id; what both added alike keeps it. */
export function renameTwins(
  base: ReportSpec,
  mine: ReportSpec,
  theirs: ReportSpec,
): { mine: ReportSpec; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  let renamed = mine;
  for (const room of ROOMS) {
    const [before, own, other] = [thingsOf(base, room), thingsOf(mine, room), thingsOf(theirs, room)];
    const taken = new Set([...before.keys(), ...own.keys(), ...other.keys()]);
    for (const [id, thing] of own) {
      if (before.has(id) || !other.has(id) || same(thing, other.get(id))) continue;
      const to = freeId(id, taken);
      taken.add(to);
      renamed = RENAME[room](renamed, id, to);
      conflicts.push({ kind: "renamed", unit: `${room}/${id}`, to });
    }
  }
  return { mine: renamed, conflicts };
}

function thingsOf(spec: ReportSpec, room: Room): Map<string, unknown> {
  if (room === "elements") return new Map(Object.entries(spec.elements));
  return new Map(spec[room].map((each) => [each.id, each]));
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) {
    const tail = `-${count}`;
    const free = id.slice(0, LONGEST_ID - tail.length) + tail;
    if (!taken.has(free)) return free;
  }
}

const RENAME: Record<Room, (spec: ReportSpec, id: string, to: string) => ReportSpec> = {
  elements: (spec, id, to) => ({
    ...spec,
    elements: Object.fromEntries(Object.entries(spec.elements).map(([key, each]) => [key === id ? to : key, each])),
    pages: spec.pages.map(({ id: page, title, ...rest }) => ({ id: page, title, ...replaced(rest, id, to) })),
    filters: spec.filters.map((filter) => ({
      ...filter,
      ...(filter.targets && { targets: replaced(filter.targets, id, to) }),
    })),
  }),
  pages: (spec, id, to) => ({
    ...spec,
    pages: spec.pages.map((page) => (page.id === id ? { ...page, id: to } : page)),
  }),
  filters: (spec, id, to) => ({
    ...spec,
    filters: spec.filters.map((filter) => ({
      ...filter,
      ...(filter.id === id && { id: to }),
      ...(filter.parent === id && { parent: to }),
    })),
  }),
};

/** The same value with another id wherever it names something, as a value or as a key; titles and own ids are no such names. */
function replaced<Value>(value: Value, id: string, to: string): Value {
  const walk = (at: unknown): unknown => {
    if (at === id) return to;
    if (Array.isArray(at)) return at.map(walk);
    if (typeof at !== "object" || at === null) return at;
    return Object.fromEntries(
      Object.entries(at).map(([key, each]) => [
        key === id ? to : key,
        key === "title" || key === "id" ? (each as unknown) : walk(each),
      ]),
    );
  };
  return walk(value) as Value;
}
