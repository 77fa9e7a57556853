import type { Storage } from "../../client/stores/storage";

/** What DingTalk keeps for this person and app. https://open.dingtalk.com/document/development/dd-setstorage */
export const ddStorage: Storage = {
  get: (key) =>
    new Promise((resolve) => {
      dd.getStorage({
        key,
        success: ({ data }) => resolve(typeof data === "string" ? data : null),
        fail: () => resolve(null),
      });
    }),
  set: (key, data) =>
    new Promise((resolve) => {
      dd.setStorage({ key, data, success: () => resolve(), fail: () => resolve() });
    }),
  remove: (key) =>
    new Promise((resolve) => {
      dd.removeStorage({ key, success: () => resolve(), fail: () => resolve() });
    }),
};
