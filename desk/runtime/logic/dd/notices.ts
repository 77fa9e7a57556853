import type { ApiParts, Apis } from "./api";

type Listener = (...args: unknown[]) => void;

/** Who listens to what happens by itself: `dd.onX(listener)` and `dd.offX(listener)`. */
export interface Notices {
  /** Names are as in `dd.onX`, without `on`, first letter small: `networkStatusChange`. */
  listen(name: string, listener: Listener): void;
  /** Without a listener: all of that name. */
  unlisten(name: string, listener?: Listener): void;
  tell(name: string, ...args: unknown[]): void;
  count(name: string): number;
}

/** `onNetworkStatusChange` and `networkStatusChange` are the same. */
const plainName = (name: string): string => {
  const bare = /^on[A-Z]/.test(name) ? name.slice(2) : name;
  return bare.charAt(0).toLowerCase() + bare.slice(1);
};

/** No listeners at first; an error in one is told and keeps the others. */
export function createNotices(parts: Pick<ApiParts, "guard" | "updates">): Notices {
  const listeners = new Map<string, Listener[]>();
  return {
    listen: (name, listener) =>
      void listeners.set(plainName(name), [...(listeners.get(plainName(name)) ?? []), listener]),
    unlisten(name, listener) {
      const rest = listener ? (listeners.get(plainName(name)) ?? []).filter((other) => other !== listener) : [];
      listeners.set(plainName(name), rest);
    },
    tell(name, ...args) {
      for (const listener of listeners.get(plainName(name)) ?? []) {
        parts.updates.batch(() => parts.guard.run(() => listener(...args)));
      }
    },
    count: (name) => listeners.get(plainName(name))?.length ?? 0,
  };
}

/** `dd.onX` and `dd.offX` for each name (`AppShow`). */
export function noticeApis(notices: Notices, names: readonly string[]): Apis {
  const apis: Apis = {};
  for (const name of names) {
    apis[`on${name}`] = (listener) => {
      if (typeof listener !== "function") throw new TypeError(`dd.on${name} takes a function`);
      notices.listen(name, listener as Listener);
    };
    apis[`off${name}`] = (listener) => {
      notices.unlisten(name, typeof listener === "function" ? (listener as Listener) : undefined);
    };
  }
  return apis;
}
