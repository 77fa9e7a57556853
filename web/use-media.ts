import { useSyncExternalStore } from "react";

/** What a media query says, now and whenever it changes. */
function useMedia(query: string): boolean {
  const subscribe = (changed: () => void): (() => void) => {
    const media = matchMedia(query);
    media.addEventListener("change", changed);
    return () => media.removeEventListener("change", changed);
  };
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Whether the system asks for dark. */
export const useDark = (): boolean => useMedia("(prefers-color-scheme: dark)");
