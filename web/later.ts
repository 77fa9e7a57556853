import type { Later } from "../client/stores/later";

/** Runs something later in this page; what it answers calls it off. */
export const later: Later = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
