import type { Json, Patch } from "../protocol";
import { cloneJson, isFields, type Fields } from "./json";
import { parsePath, valueAt, withValueAt } from "./path";

/** An instance's data after a change, and what the view must do to follow. */
export interface Changed {
  data: Fields;
  patches: Patch[];
}

/**
 * `setData`: keys are data paths. Values are copied as JSON does, so that changing them later changes nothing here; a value
 * that is already the one in place stays that very object. Throws a TypeError for a function.
 */
export function changeData(data: Fields, changes: unknown): Changed {
  if (!isFields(changes)) throw new TypeError("setData takes an object");
  let next = data;
  const patches: Patch[] = [];
  for (const [key, value] of Object.entries(changes)) {
    const path = parsePath(key);
    const cloned = cloneJson(value, `setData: ${key}`);
    next = withValueAt(next, path, value === undefined || value === valueAt(next, path) ? value : cloned);
    patches.push({ path, value: cloned });
  }
  return { data: next, patches };
}

/** `$spliceData`: each value is `[start, deleteCount, ...items]`, as for Array.prototype.splice. */
export function spliceData(data: Fields, changes: unknown): Changed {
  if (!isFields(changes)) throw new TypeError("$spliceData takes an object");
  let next = data;
  const patches: Patch[] = [];
  for (const [key, value] of Object.entries(changes)) {
    const path = parsePath(key);
    const splice = cloneJson(value, `$spliceData: ${key}`);
    if (!Array.isArray(splice)) throw new TypeError(`$spliceData: ${key} takes [start, deleteCount, ...items]`);
    next = withValueAt(next, path, spliced(valueAt(next, path), splice, key));
    patches.push({ path, splice });
  }
  return { data: next, patches };
}

function spliced(current: unknown, splice: Json[], key: string): unknown[] {
  if (current !== undefined && current !== null && !Array.isArray(current)) {
    throw new TypeError(`$spliceData: ${key} is not an array`);
  }
  const copy: unknown[] = Array.isArray(current) ? current.slice() : [];
  const [start = 0, deleteCount, ...items] = splice;
  copy.splice(Number(start), deleteCount === undefined ? copy.length : Number(deleteCount), ...items);
  return copy;
}
