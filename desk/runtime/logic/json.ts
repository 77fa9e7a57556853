import type { Json, JsonObject } from "../protocol";

/** Fields by name, of a kind that nobody has checked. */
export type Fields = Record<string, unknown>;

/** An object that is no list; nothing is known of its fields. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a clone does with a function: refuse it with a TypeError, or drop it as JSON does. */
type OnFunction = "refuse" | "drop";

/**
 * A deep copy of what JSON carries of a value: dates become text, `undefined` fields vanish, NaN is null.
 * Throws a TypeError for a cycle and, when they are refused, for a function; `name` is what the message calls the value.
 */
export function cloneJson(value: unknown, name: string, onFunction: OnFunction = "refuse"): Json {
  return copy(value, { name, onFunction, above: [], keys: [] }) ?? null;
}

/** As `cloneJson`, for an object. Throws a TypeError when it is none. */
export function cloneObject(value: unknown, name: string, onFunction: OnFunction = "refuse"): JsonObject {
  const cloned = cloneJson(value, name, onFunction);
  if (!isFields(cloned)) throw new TypeError(`${name} must be an object`);
  return cloned as JsonObject;
}

interface Walk {
  name: string;
  onFunction: OnFunction;
  /** The objects that hold the present value, outermost first, and the key of each step. */
  above: object[];
  keys: string[];
}

function refuse(walk: Walk, why: string): never {
  throw new TypeError(`${[walk.name, ...walk.keys].join(".")} ${why}`);
}

function copy(value: unknown, walk: Walk): Json | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "object":
      return value === null ? null : copyObject(value, walk);
    case "function":
      if (walk.onFunction === "drop") return undefined;
      return refuse(walk, "is a function: only what JSON can carry crosses to the view");
    case "bigint":
      return refuse(walk, "is a BigInt: only what JSON can carry crosses to the view");
    default:
      return undefined;
  }
}

function copyObject(value: object, walk: Walk): Json | undefined {
  if (walk.above.includes(value)) return refuse(walk, "refers to itself: JSON cannot carry it");
  const toJson = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJson === "function") return copy(toJson.call(value, "") as unknown, walk);
  walk.above.push(value);
  const copied = Array.isArray(value) ? copyItems(value, walk) : copyFields(value as Fields, walk);
  walk.above.pop();
  return copied;
}

function copyItems(items: unknown[], walk: Walk): Json[] {
  return Array.from(items, (item, index) => {
    walk.keys.push(String(index));
    const copied = copy(item, walk) ?? null;
    walk.keys.pop();
    return copied;
  });
}

function copyFields(fields: Fields, walk: Walk): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(fields)) {
    walk.keys.push(key);
    const copied = copy(fields[key], walk);
    walk.keys.pop();
    if (copied !== undefined) result[key] = copied;
  }
  return result;
}

/** Same JSON content. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isFields(a) || !isFields(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameJson(a[key], b[key]));
}

/** Same fields with identical values: what DingTalk compares before didUpdate. */
export function sameShallow(a: Fields, b: Fields): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && Object.is(a[key], b[key]));
}
