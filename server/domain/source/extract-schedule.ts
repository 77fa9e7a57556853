import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import type { ExtractSchedule } from "../../../core/contract/source/extract";
import type { ExtractId } from "../../../core/contract/id";

dayjs.extend(utc);
dayjs.extend(timezone);

const MINUTE = 60_000;
const HOUR_MINUTES = 60;

/** When an extract is due again, after a moment; null where only people start it. */
export function nextRun(schedule: ExtractSchedule, id: ExtractId, after: number): Date | null {
  switch (schedule.kind) {
    case "manual":
      return null;
    case "every":
      return new Date(nextOfEvery(schedule.minutes, id, after));
    case "daily":
    case "weekly":
      return nextByClock(schedule, after);
  }
}

/** Never on the full hour, when everybody's jobs begin, as far as so many minutes allow that; each extract at its own minute. */
function nextOfEvery(minutes: number, id: ExtractId, after: number): number {
  const step = greatestCommonDivisor(minutes, HOUR_MINUTES);
  const phase = (1 + (Number.parseInt(id.slice(0, 8), 16) % Math.max(1, step - 1))) * MINUTE;
  const period = minutes * MINUTE;
  return Math.floor((after - phase) / period + 1) * period + phase;
}

/** A time that clocks skip is the moment after; one that they show twice, the first. */
function nextByClock(schedule: Exclude<ExtractSchedule, { kind: "manual" | "every" }>, after: number): Date {
  const today = dayjs(after).tz(schedule.timeZone);
  for (let days = 0; days <= 8; days += 1) {
    const day = today.add(days, "day").format("YYYY-MM-DD");
    const moment = dayjs.tz(`${day} ${schedule.at}`, schedule.timeZone);
    const fits = schedule.kind === "daily" || weekdayOf(day) === schedule.weekday;
    if (fits && moment.valueOf() > after) return moment.toDate();
  }
  throw new Error("A week has every weekday.");
}

/** 1 is Monday. */
function weekdayOf(day: string): number {
  return dayjs.utc(day).day() || 7;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
