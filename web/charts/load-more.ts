let more: Promise<unknown> | null = null;

/** Loads the kinds of charts beyond lines, bars and pies, once. */
export function loadMore(): Promise<unknown> {
  more ??= import("./more").catch((error: unknown) => {
    more = null; // the next chart tries again
    throw error;
  });
  return more;
}
