import type { TimeGrain } from "../../../core/contract/report/query";
import { addUnits, dayIn, isDay, moveRange, startOf, unitShift } from "./calendar";
import { relativePeriod } from "./period";
import type { RelativeOperator } from "./period";

describe("the calendar", () => {
  it.each<[string, TimeGrain, string]>([
    ["2026-11-22", "week", "2026-11-16"],
    ["2026-11-23", "week", "2026-11-23"],
    ["2026-01-01", "week", "2025-12-29"],
    ["2026-11-22", "quarter", "2026-10-01"],
    ["2026-11-22", "year", "2026-01-01"],
  ])("the unit of %s by %s starts on %s", (day, grain, start) => expect(startOf(day, grain, "monday")).toBe(start));

  it.each([
    ["2026-11-21", "2026-11-15"],
    ["2026-11-22", "2026-11-22"],
    ["2027-01-01", "2026-12-27"],
  ])("the week of %s that begins on Sunday starts on %s", (day, start) =>
    expect(startOf(day, "week", "sunday")).toBe(start),
  );

  it("keeps the day of the month, or takes the month's last", () => {
    expect(addUnits("2026-03-31", "month", -1)).toBe("2026-02-28");
    expect(addUnits("2024-02-29", "year", 1)).toBe("2025-02-28");
    expect(addUnits("2026-11-22", "quarter", 1)).toBe("2027-02-22");
  });

  it("moves whole months as whole months and other ranges by their last day", () => {
    const monthBack = unitShift("month", -1);
    expect(moveRange({ from: "2026-03-01", to: "2026-04-01" }, monthBack)).toEqual({
      from: "2026-02-01",
      to: "2026-03-01",
    });
    expect(moveRange({ from: "2026-11-01", to: "2026-11-22" }, monthBack)).toEqual({
      from: "2026-10-01",
      to: "2026-10-22",
    });
    expect(moveRange({ from: "2026-03-01", to: "2026-03-31" }, monthBack)).toEqual({
      from: "2026-02-01",
      to: "2026-03-01",
    });
  });

  it("knows which day it is in a time zone, and that 30 February is none", () => {
    const instant = new Date("2026-11-21T17:30:00Z");
    expect([dayIn("Asia/Shanghai", instant), dayIn("America/New_York", instant)]).toEqual(["2026-11-22", "2026-11-21"]);
    expect([isDay("2026-02-28"), isDay("2026-02-30"), isDay("2026-2-3"), isDay(20260203)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("relative periods seen from Sunday 2026-11-22", () => {
  it.each<[RelativeOperator, string, object, string, string]>([
    ["inThePast", "1 day", { values: [1], unit: "days" }, "2026-11-22", "2026-11-23"],
    ["inThePast", "7 days", { values: [7], unit: "days" }, "2026-11-16", "2026-11-23"],
    ["inThePast", "7 completed days", { values: [7], unit: "days", completed: true }, "2026-11-15", "2026-11-22"],
    ["inThePast", "3 months", { values: [3], unit: "months" }, "2026-08-23", "2026-11-23"],
    ["inThePast", "3 completed months", { values: [3], unit: "months", completed: true }, "2026-08-01", "2026-11-01"],
    ["inThePast", "1 completed week", { values: [1], unit: "weeks", completed: true }, "2026-11-09", "2026-11-16"],
    [
      "inThePast",
      "1 completed quarter",
      { values: [1], unit: "quarters", completed: true },
      "2026-07-01",
      "2026-10-01",
    ],
    ["inTheNext", "7 days", { values: [7], unit: "days" }, "2026-11-22", "2026-11-29"],
    ["inTheNext", "1 completed month", { values: [1], unit: "months", completed: true }, "2026-12-01", "2027-01-01"],
    ["inTheCurrent", "week", { unit: "weeks" }, "2026-11-16", "2026-11-23"],
    ["inTheCurrent", "year", { unit: "years" }, "2026-01-01", "2027-01-01"],
    ["inPeriodToDate", "month", { unit: "months" }, "2026-11-01", "2026-11-23"],
    ["inPeriodToDate", "quarter", { unit: "quarters" }, "2026-10-01", "2026-11-23"],
  ])("%s %s", (operator, _words, rest, from, to) => {
    const filter = { field: "day", operator, values: [], ...rest };
    expect(relativePeriod(operator, filter, { today: "2026-11-22", weekStart: "monday" }).range).toEqual({ from, to });
  });
});
