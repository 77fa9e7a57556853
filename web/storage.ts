import type { Storage } from "../client/stores/storage";

const PREFIX = "dingboard.";

/** Settings kept between visits, never tokens (the session is a cookie). A browser that refuses storage keeps nothing. */
export const browserStorage: Storage = {
  get: (key) => attempt(() => localStorage.getItem(PREFIX + key), null),
  set: (key, value) => attempt(() => localStorage.setItem(PREFIX + key, value), undefined),
  remove: (key) => attempt(() => localStorage.removeItem(PREFIX + key), undefined),
};

function attempt<T>(act: () => T, otherwise: T): Promise<T> {
  try {
    return Promise.resolve(act());
  } catch {
    return Promise.resolve(otherwise);
  }
}
