import type { Json } from "../../protocol";
import { cloneJson, isFields } from "../json";
import { answerLater, ApiFailure, type ApiParts, type Apis, localApi, readOptions, WRONG_ARGUMENT } from "./api";

/** https://open.dingtalk.com/document/development/dd-setstorage */
const MAX_VALUE_CHARS = 200 * 1024;
const MAX_TOTAL_KB = 10 * 1024;

/**
 * The storage of one person in one mini program. It is here while the program runs; the client keeps it: each change goes
 * there as a call of the asynchronous function's name.
 */
export function storageApis(parts: ApiParts, kept: Record<string, Json>): Apis {
  const values = new Map(Object.entries(kept));
  const chars = (value: Json): number => JSON.stringify(value).length;
  const total = (): number => [...values].reduce((sum, [key, value]) => sum + key.length + chars(value), 0);
  const info = (): Json => ({
    keys: [...values.keys()],
    currentSize: Math.ceil(total() / 1024),
    limitSize: MAX_TOTAL_KB,
  });

  function keyOf(given: unknown, name: string): string {
    const key = isFields(given) ? given["key"] : undefined;
    if (typeof key === "string" && key !== "") return key;
    throw new ApiFailure(WRONG_ARGUMENT, `dd.${name} takes an object with a key`);
  }

  function put(given: unknown, name: string): { key: string; data: Json } {
    const key = keyOf(given, name);
    const data = cloneJson((given as { data?: unknown }).data, `dd.${name}: data`, "drop");
    const size = typeof data === "string" ? data.length : chars(data);
    if (size > MAX_VALUE_CHARS) {
      throw new ApiFailure(WRONG_ARGUMENT, `dd.${name}: ${key} has ${size} characters, at most ${MAX_VALUE_CHARS}`);
    }
    const old = values.get(key);
    const after = total() - (old === undefined ? 0 : key.length + chars(old)) + key.length + chars(data);
    if (after > MAX_TOTAL_KB * 1024) throw new ApiFailure(WRONG_ARGUMENT, `dd.${name}: storage is full (10 MB)`);
    values.set(key, data);
    return { key, data };
  }

  const read = (key: string): Json => ({ data: cloneJson(values.get(key) ?? null, key) });

  /** Changes the storage at once and tells the client; `settle` hears when the client has it. */
  function change(name: string, given: unknown, settle: (ok: boolean, value: Json) => void): void {
    switch (name) {
      case "setStorage":
        return parts.calls.ask(name, put(given, name), settle);
      case "removeStorage": {
        const key = keyOf(given, name);
        values.delete(key);
        return parts.calls.ask(name, { key }, settle);
      }
      default:
        values.clear();
        return parts.calls.ask(name, {}, settle);
    }
  }

  const changing = (name: string): Apis => ({
    [name]: (given) => {
      const options = readOptions(parts, name, given);
      try {
        change(name, options.raw, options.settle);
      } catch (thrown) {
        answerLater(options, () => {
          throw thrown;
        });
      }
    },
    [`${name}Sync`]: (given) => {
      change(name, given, (ok, value) => {
        if (!ok) parts.warn(`dd.${name}Sync was not kept: ${JSON.stringify(value)}`);
      });
    },
  });

  return {
    ...changing("setStorage"),
    ...changing("removeStorage"),
    ...changing("clearStorage"),
    getStorage: localApi(parts, "getStorage", (args) => read(keyOf(args, "getStorage"))),
    getStorageSync: (given) => read(keyOf(given, "getStorageSync")),
    getStorageInfo: localApi(parts, "getStorageInfo", info),
    getStorageInfoSync: info,
  };
}
