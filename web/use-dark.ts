import { useSyncExternalStore } from "react";

const query = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener("change", changed);
  return () => media.removeEventListener("change", changed);
}

/** Whether the system asks for dark, now and whenever it changes. */
export const useDark = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(query).matches);
