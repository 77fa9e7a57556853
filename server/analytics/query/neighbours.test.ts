import type { CardQuery, Filter } from "../../../core/contract/report/query";
import { cardQuery, salesModel } from "../../../tests/analytics/world";
import { addUnits, daysBetween, type DayRange } from "./calendar";
import { earlierOf } from "./compare";
import { conditionOf } from "./filter";
import { dimensionOf, readModel } from "./model";
import type { Condition } from "./plan";

const DAY = dimensionOf(readModel(salesModel()), "day");
const UNITS = ["days", "weeks", "months", "quarters", "years"] as const;
const COUNTS = [1, 2, 5];
const [FIRST, LAST] = ["2024-01-01", "2027-12-31"];

type Asked = Omit<Filter, "field">;

/** Every way to name a period that moves with today. */
const PERIODS: Asked[] = UNITS.flatMap((unit) => [
  { operator: "inTheCurrent" as const, values: [], unit },
  ...COUNTS.flatMap((count) =>
    (["inThePast", "inTheNext"] as const).flatMap((operator) =>
      [false, true].map((completed) => ({ operator, values: [count], unit, completed })),
    ),
  ),
]);

type Range = Required<DayRange>;

/** What all conditions together let through. */
function daysOf(where: Condition[] = []): Range {
  const range = { from: "", to: "9" };
  for (const each of where) {
    const [only] = each.kind === "days" ? each.ranges : [];
    if (only?.from && only.from > range.from) range.from = only.from;
    if (only?.to && only.to < range.to) range.to = only.to;
  }
  return range;
}

function asking(filter: Asked, period: "previousPeriod" | "previousYear"): CardQuery {
  return cardQuery({
    measures: ["amount"],
    filters: [{ field: "day", ...filter }],
    compare: { field: "day", period },
  });
}

function neighboursOf(query: CardQuery, today: string): Range[] {
  const calendar = { today, weekStart: "monday" as const };
  const conditions = query.filters.flatMap((filter) => conditionOf(filter, DAY, calendar) ?? []);
  const earlier = query.compare && earlierOf(query, query.compare, DAY, conditions, calendar);
  return [daysOf(earlier?.where), daysOf(conditions)];
}

const isWhole = ({ from, to }: Range): boolean => from.endsWith("-01") && to.endsWith("-01");

/** What is wrong with two neighbours; empty where nothing is. */
function faultOf([earlier, later]: Range[]): string {
  if (!earlier || !later) return "no period";
  if (earlier.to !== later.from) return "does not end the day before";
  const asMany = daysBetween(earlier.from, earlier.to) === daysBetween(later.from, later.to);
  return asMany || (isWhole(earlier) && isWhole(later)) ? "" : "has another number of days";
}

function everyDay(check: (today: string) => string[]): string[] {
  const faults: string[] = [];
  for (let day = FIRST; day <= LAST; day = addUnits(day, "day", 1)) faults.push(...check(day));
  return faults;
}

describe("on every day of four years", () => {
  it.each(UNITS)("a period of %s and the one before are neighbours of as many days, or whole months", (unit) => {
    const queries = PERIODS.filter((period) => period.unit === unit).map((each) => asking(each, "previousPeriod"));
    const faults = everyDay((today) =>
      queries.flatMap((query) => {
        const fault = faultOf(neighboursOf(query, today));
        return fault ? [`${JSON.stringify(query.filters)} on ${today} ${fault}`] : [];
      }),
    );
    expect(faults).toEqual([]);
  });

  it("what runs to date shares no day with the same part of the unit before, nor any period with a year earlier", () => {
    const toDate = UNITS.map((unit) => ({ operator: "inPeriodToDate" as const, values: [], unit }));
    const queries = [
      ...toDate.map((each) => asking(each, "previousPeriod")),
      ...[...toDate, ...PERIODS.filter(({ operator }) => operator === "inThePast")].map((each) =>
        asking(each, "previousYear"),
      ),
    ];
    const faults = everyDay((today) =>
      queries.flatMap((query) => {
        const [earlier, later] = neighboursOf(query, today);
        const apart = earlier && later && earlier.from < earlier.to && earlier.to <= later.from;
        return apart ? [] : [`${JSON.stringify(query.filters)} on ${today}`];
      }),
    );
    expect(faults).toEqual([]);
  });
});
