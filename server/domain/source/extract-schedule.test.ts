import type { ExtractSchedule } from "../../../core/contract/source/extract";
import { ExtractId } from "../../../core/contract/id";
import { nextRun } from "./extract-schedule";

const ID = ExtractId.parse("5f0c4f3e-4444-4444-8444-444444444444");
const OTHER = ExtractId.parse("12345678-4444-4444-8444-444444444444");
const at = (moment: string): number => Date.parse(moment);
const next = (schedule: ExtractSchedule, after: string, id = ID): string | undefined =>
  nextRun(schedule, id, at(after))?.toISOString();

it("is never due where only people start it", () => {
  expect(nextRun({ kind: "manual" }, ID, 0)).toBeNull();
});

it.each([5, 15, 60, 90, 720, 1_440])("every %d minutes is so long apart and never on the full hour", (minutes) => {
  const schedule = { kind: "every", minutes } as const;
  for (const id of [ID, OTHER]) {
    let last = nextRun(schedule, id, at("2026-11-28T00:00:00Z"))?.getTime() ?? 0;
    expect(last).toBeGreaterThan(at("2026-11-28T00:00:00Z"));
    for (let turn = 0; turn < 50; turn += 1) {
      const following = nextRun(schedule, id, last)?.getTime() ?? 0;
      expect(following - last).toBe(minutes * 60_000);
      expect(new Date(following).getUTCMinutes()).not.toBe(0);
      last = following;
    }
  }
});

it("spreads extracts over the hour", () => {
  const schedule = { kind: "every", minutes: 60 } as const;
  expect(next(schedule, "2026-11-28T00:00:00Z")).not.toBe(next(schedule, "2026-11-28T00:00:00Z", OTHER));
});

it.each<[string, ExtractSchedule, string, string]>([
  [
    "later today",
    { kind: "daily", at: "03:17", timeZone: "Asia/Shanghai" },
    "2026-11-28T19:00:00Z",
    "2026-11-28T19:17:00.000Z",
  ],
  [
    "tomorrow",
    { kind: "daily", at: "03:17", timeZone: "Asia/Shanghai" },
    "2026-11-28T19:17:00Z",
    "2026-11-29T19:17:00.000Z",
  ],
  [
    "as the clocks go",
    { kind: "daily", at: "03:17", timeZone: "Europe/Berlin" },
    "2026-07-01T00:00:00Z",
    "2026-07-01T01:17:00.000Z",
  ],
  [
    "as they go in winter",
    { kind: "daily", at: "03:17", timeZone: "Europe/Berlin" },
    "2026-12-01T00:00:00Z",
    "2026-12-01T02:17:00.000Z",
  ],
  [
    "at an hour that clocks skip",
    { kind: "daily", at: "02:30", timeZone: "Europe/Berlin" },
    "2026-03-28T12:00:00Z",
    "2026-03-29T01:30:00.000Z",
  ],
  [
    "on its weekday",
    { kind: "weekly", weekday: 1, at: "00:05", timeZone: "Asia/Shanghai" },
    "2026-11-28T00:00:00Z",
    "2026-11-29T16:05:00.000Z",
  ],
  [
    "a week later",
    { kind: "weekly", weekday: 7, at: "23:55", timeZone: "America/New_York" },
    "2026-11-30T04:55:00Z",
    "2026-12-07T04:55:00.000Z",
  ],
])("by the clock is due %s", (_when, schedule, after, due) => {
  expect(next(schedule, after)).toBe(due);
});
