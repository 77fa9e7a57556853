/** Time as the stand-in sees it, in milliseconds since 1970; can be moved forward to let tokens and codes expire. */
export interface Clock {
  now(): number;
  /** Moves on by so many milliseconds; never back. */
  advance(milliseconds: number): void;
}

/** A clock that runs with `source` (such as `Date.now`) and may be ahead of it. */
export function createClock(source: () => number): Clock {
  let ahead = 0;
  return {
    now: () => source() + ahead,
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}

const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The natural month in China, `2026-11`: the period of the monthly quota. */
export function monthOf(time: number): string {
  return new Date(time + CHINA_OFFSET_MS).toISOString().slice(0, 7);
}

/** Date and time in China to the second, `2026-09-03 00:01:03`. */
export function chinaTime(time: number): string {
  return new Date(time + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace("T", " ");
}
