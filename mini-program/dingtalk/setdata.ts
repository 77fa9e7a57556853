/** One change for `setData`: a field or a path like `rows[3].title`, and its new value. */
export type Change = [path: string, value: unknown];

/** DingTalk slows down beyond this: what crosses in one `setData`, as JSON characters. */
export const LARGEST_SETDATA = 50_000;

type Plain = Record<string, unknown>;

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Keys with a dot or bracket cannot be part of a path; they are set with the object around them. */
function pathable(key: string): boolean {
  return !/[.[\]]/.test(key);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function sameKeys(before: Plain, after: Plain): boolean {
  const keys = Object.keys(after);
  return Object.keys(before).length === keys.length && keys.every((key) => key in before && pathable(key));
}

function diffInto(changes: Change[], path: string, before: unknown, after: unknown): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    after.forEach((item, index) => diffInto(changes, `${path}[${index}]`, before[index], item));
  } else if (isPlain(before) && isPlain(after) && sameKeys(before, after)) {
    for (const key of Object.keys(after)) diffInto(changes, join(path, key), before[key], after[key]);
  } else {
    changes.push([path, after]);
  }
}

/** What must be set so that a page showing `before` shows `after`: only what differs, as deep as it differs. */
export function changesBetween(before: Plain, after: Plain): Change[] {
  const changes: Change[] = [];
  for (const key of Object.keys(after)) diffInto(changes, key, before[key], after[key]);
  for (const key of Object.keys(before)) if (!(key in after)) changes.push([key, null]);
  return changes;
}

function sizeOf([path, value]: Change): number {
  return path.length + 4 + (JSON.stringify(value) ?? "null").length;
}

/** A value too large for one `setData`: its frame first, then its parts by their own paths. */
function split([path, value]: Change): Change[] {
  if (Array.isArray(value)) {
    const parts = value.map((item, index): Change => [`${path}[${index}]`, item]);
    return [[path, []], ...parts.reduce<Change[]>((all, part) => all.concat(fitting(part)), [])];
  }
  if (!isPlain(value) || !Object.keys(value).every(pathable)) return [[path, value]];
  const parts = Object.keys(value).map((key): Change => [join(path, key), value[key]]);
  const small = parts.filter((part) => sizeOf(part) <= 1_000);
  const frame = small.reduce<Plain>((made, [key, item]) => ({ ...made, [key.slice(path.length + 1)]: item }), {});
  const large = parts.filter((part) => sizeOf(part) > 1_000);
  return [[path, frame], ...large.reduce<Change[]>((all, part) => all.concat(fitting(part)), [])];
}

function fitting(change: Change): Change[] {
  return sizeOf(change) <= LARGEST_SETDATA ? [change] : split(change);
}

/** Packs changes into as few `setData` as fit the limit, in their order. */
export function batches(changes: Change[]): Plain[] {
  const packed: Plain[] = [];
  let room = 0;
  for (const change of changes.reduce<Change[]>((all, one) => all.concat(fitting(one)), [])) {
    const size = sizeOf(change);
    if (size > room || packed.length === 0) {
      packed.push({});
      room = LARGEST_SETDATA;
    }
    room -= size;
    const [path, value] = change;
    (packed[packed.length - 1] as Plain)[path] = value;
  }
  return packed;
}
