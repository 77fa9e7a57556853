import { changeData, spliceData, type Changed } from "./data";
import type { Guard } from "./guard";
import type { Fields } from "./json";
import type { Updates } from "./updates";

/** Anything with methods: a page, a component, the app. */
export type Instance = Fields;

/** What an instance needs to reach the view. */
export interface InstanceParts {
  updates: Updates;
  guard: Guard;
}

/** Where an instance's data goes; `alive` ends with the instance, and later changes stay unseen. */
export interface Place {
  pageId: string;
  componentId: string | null;
  alive: boolean;
}

/** Called before a change is sent; what it returns runs when the change is on the screen, before the callback. */
export type OnChange = (before: Fields) => (() => void) | null;

/** Gives an instance `setData`, `$spliceData` and `$batchedUpdates`. */
export function addDataMethods(instance: Instance, place: Place, parts: InstanceParts, onChange?: OnChange): void {
  function change(how: (data: Fields, changes: unknown) => Changed, changes: unknown, callback: unknown): void {
    const before = instance["data"] as Fields;
    const changed = how(before, changes);
    instance["data"] = changed.data;
    if (!place.alive) return;
    const applied = onChange?.(before) ?? null;
    const called = typeof callback === "function" ? () => parts.guard.run(() => void callback.call(instance)) : null;
    const done = (): void => {
      applied?.();
      called?.();
    };
    parts.updates.push({ ...place, patches: changed.patches, done: applied || called ? done : null });
  }
  instance["setData"] = (changes: unknown, callback?: unknown) => change(changeData, changes, callback);
  instance["$spliceData"] = (changes: unknown, callback?: unknown) => change(spliceData, changes, callback);
  instance["$batchedUpdates"] = (code: () => unknown) => parts.updates.batch(code);
}

/** Calls a method if the instance has it: errors are told, changes of data cross together. */
export function callIfThere(instance: Instance, name: string, args: unknown[], parts: InstanceParts): unknown {
  const method = instance[name];
  if (typeof method !== "function") return undefined;
  return parts.updates.batch(() => parts.guard.run(() => method.apply(instance, args) as unknown));
}
