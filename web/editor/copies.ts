import type { Storage } from "../../client/stores/storage";

const [DATABASE, STORE] = ["dingboard", "unsaved-reports"];

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error("IndexedDB did not open."));
  });
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const asked = ask(database.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error ?? new Error("IndexedDB refused."));
    });
  } finally {
    database.close();
  }
}

/**
 * Keeps unsaved changes in IndexedDB: a specification may be larger than what `localStorage` takes. A browser that is full
 * or forbids it keeps nothing.
 */
export const unsavedReports: Storage = {
  get: async (key) => {
    try {
      const kept = await run<unknown>("readonly", (store) => store.get(key));
      return typeof kept === "string" ? kept : null;
    } catch {
      return null;
    }
  },
  set: async (key, value) => void (await run("readwrite", (store) => store.put(value, key)).catch(() => undefined)),
  remove: async (key) => void (await run("readwrite", (store) => store.delete(key)).catch(() => undefined)),
};
