import type { Fields } from "./json";

/** `a.b[0].c` taken apart: `["a", "b", 0, "c"]`. */
export type DataPath = (string | number)[];

const PART = /^([^.[\]]+)((?:\[\d+\])*)$/;

/**
 * Takes a data path apart. Throws for what is none (`a..b`, `a[x]`, ``).
 * https://open.dingtalk.com/document/development/register-a-mini-program-page-1
 */
export function parsePath(text: string): DataPath {
  const path: DataPath = [];
  for (const part of text.split(".")) {
    const match = PART.exec(part);
    if (!match) throw new TypeError(`"${text}" is not a data path: write it like a.b[0].c`);
    path.push(match[1] ?? "");
    for (const index of (match[2] ?? "").match(/\d+/g) ?? []) path.push(Number(index));
  }
  return path;
}

/** The value at a path, or undefined. */
export function valueAt(data: unknown, path: DataPath): unknown {
  let value = data;
  for (const key of path) {
    if (value === null || value === undefined) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

/** The same data with another value at a path. What lies on the path is copied, the rest is shared; missing containers appear. */
export function withValueAt(data: Fields, path: DataPath, value: unknown): Fields {
  return replaced(data, path, 0, value) as Fields;
}

function replaced(current: unknown, path: DataPath, depth: number, value: unknown): unknown {
  const key = path[depth];
  if (key === undefined) return value;
  const container = copyOf(current, typeof key === "number");
  container[key as string] = replaced(container[key as string], path, depth + 1, value);
  return container;
}

function copyOf(current: unknown, asArray: boolean): Fields {
  if (Array.isArray(current)) return current.slice() as unknown as Fields;
  if (typeof current === "object" && current !== null) return { ...current } as Fields;
  return asArray ? ([] as unknown as Fields) : {};
}
