/** What a time zone's clocks are ahead of UTC, in seconds: from the first, and from each later instant (seconds since 1970). */
export interface ZoneOffsets {
  first: number;
  changes: { at: number; offset: number }[];
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2040;
const DAY = 86_400;
const known = new Map<string, ZoneOffsets>();

/** The offsets of an IANA zone between 1970 and 2040, by the tables of this Node. */
export function zoneOffsets(zone: string): ZoneOffsets {
  const found = known.get(zone) ?? findOffsets(zone);
  known.set(zone, found);
  return found;
}

function findOffsets(zone: string): ZoneOffsets {
  const offsetAt = offsetReader(zone);
  const from = Date.UTC(FIRST_YEAR, 0, 1) / 1_000;
  const to = Date.UTC(LAST_YEAR, 0, 1) / 1_000;
  const changes: ZoneOffsets["changes"] = [];
  let before = offsetAt(from);
  const first = before;
  // No zone changes back and forth within a week.
  for (let at = from; at < to; at += 7 * DAY) {
    const after = offsetAt(at + 7 * DAY);
    if (after === before) continue;
    changes.push({ at: changeWithin(at, at + 7 * DAY, before, offsetAt), offset: after });
    before = after;
  }
  return { first, changes };
}

/** The first second at which the offset is another. */
function changeWithin(from: number, to: number, before: number, offsetAt: (second: number) => number): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function offsetReader(zone: string): (second: number) => number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (second) => {
    const local = Date.parse(`${format.format(second * 1_000).replace(" ", "T")}Z`);
    return Math.round(local / 1_000) - second;
  };
}
