const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** `YYYY-MM-DD` in China, whose calendar DingTalk's months follow and which has no summer time. */
export function dayInChina(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 10);
}

/** The moment at which that day begins in China. */
export function startOfDayInChina(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET_MS);
}

/** The first and the last day of a month `YYYY-MM`. */
export function monthDays(month: string): { first: string; last: string; days: number } {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { first: `${month}-01`, last: `${month}-${String(days).padStart(2, "0")}`, days };
}

/** The moment after that day. */
export function endOfDayInChina(day: string): Date {
  return new Date(startOfDayInChina(day).getTime() + DAY_MS);
}
