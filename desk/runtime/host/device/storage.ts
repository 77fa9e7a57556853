import type { Json } from "../../protocol";

/** What `dd.setStorage` keeps, in the browser, apart for each person and each mini program. */
export interface PhoneStorage {
  all(): Record<string, Json>;
  set(key: string, value: Json): void;
  remove(key: string): void;
  clear(): void;
}

/** `space` is everything that makes two phones' storages differ. */
export function createStorage(store: Storage, space: string): PhoneStorage {
  const prefix = `dingtalk/${space}/`;
  const keys = (): string[] => Object.keys(store).filter((key) => key.startsWith(prefix));
  return {
    all: () =>
      Object.fromEntries(
        keys().map((key) => [key.slice(prefix.length), JSON.parse(store.getItem(key) ?? "null") as Json]),
      ),
    set: (key, value) => store.setItem(prefix + key, JSON.stringify(value)),
    remove: (key) => store.removeItem(prefix + key),
    clear: () => keys().forEach((key) => store.removeItem(key)),
  };
}
