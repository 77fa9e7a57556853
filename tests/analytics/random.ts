import fc from "fast-check";
import type { CardQuery, Filter, Scalar } from "../../core/contract/report/query";
import { MEASURES } from "./reference";
import type { Tables } from "./reference";
import { cardQuery } from "./world";

/** For tests: random data and random questions about it. West of Greenwich it is still the day before; one has no whole hours, one changes its clocks by half an hour. */
export const TIME_ZONES = ["Asia/Shanghai", "America/New_York", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe"];
const KINDS = ["水果", "Fruit", "fruit salad", "100%", "a'b", "a\\b", "", "羽绒服", "_x", "Z"];
const CITIES = ["东城", "Ahoi", "ahoi", "Zug"];

const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 7 });
const someDay = fc
  .integer({ min: 0, max: 559 })
  .map((days) => new Date(Date.UTC(2025, 8, 1 + days)).toISOString().slice(0, 10));

/** When questions are asked: half the time on one of a month's last days, which the month before may not have. Later days have data too. */
export function randomNow(): fc.Arbitrary<Date> {
  const instant = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day, 4));
  return fc.oneof(
    fc.integer({ min: 0, max: 364 }).map((days) => instant(2026, 0, 1 + days)),
    fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: -2, max: 1 })).map((at) => instant(2026, ...at)),
  );
}

const clock = fc.constantFrom("00:00:00", "23:59:59", "12:30:00", "06:00:01");

/** Instants in UTC, also those at which clocks are changed, or show the same time twice. */
const someInstant = fc.oneof(
  fc
    .tuple(someDay, fc.constantFrom("00:30:00", "04:59:59", "05:00:00", "13:30:00", "15:59:59", "16:00:00", "18:15:00"))
    .map((parts) => parts.join(" ")),
  fc.constantFrom("2026-03-08 06:59:59", "2026-03-08 07:00:00", "2025-11-02 05:30:00", "2025-11-02 06:30:00"),
);

/** Neighbours, which no double tells apart. */
const someLarge = fc.bigInt(0n, 7n).map((more) => String(9_007_199_254_740_993n + more));

/** Quarters, whose sums are exact; now and then what a division by 0 or a broken scale leaves: a text, as JSON has no number for it. */
const someWeight: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -40, max: 90 }).map((quarters) => quarters / 4) },
  { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "-Infinity") },
);

/** Few customers, some of whom share a number, so that joins could count twice. */
export function randomTables(): fc.Arbitrary<Tables> {
  const order = fc.record({
    customer: orNull(fc.integer({ min: 1, max: 8 })),
    day: orNull(someDay),
    moment: orNull(fc.tuple(someDay, clock).map((parts) => parts.join(" "))),
    instant: orNull(someInstant),
    kind: orNull(fc.constantFrom(...KINDS)),
    size: orNull(fc.integer({ min: -5, max: 14 })),
    cents: orNull(fc.integer({ min: -500_00, max: 4_000_00 })),
    large: orNull(someLarge),
    paid: orNull(fc.boolean()),
    weight: orNull(someWeight),
  });
  const customer = fc.record({ id: orNull(fc.integer({ min: 1, max: 6 })), city: orNull(fc.constantFrom(...CITIES)) });
  const returned = fc.record({
    customer: orNull(fc.integer({ min: 1, max: 8 })),
    reason: orNull(fc.constantFrom("broken", "late")),
    pieces: orNull(fc.integer({ min: 1, max: 9 })),
  });
  const many = <Row>(row: fc.Arbitrary<Row>, count: number): fc.Arbitrary<Row[]> =>
    fc.array(row, { minLength: count, maxLength: count });
  return fc.record({ orders: many(order, 200), customers: many(customer, 9), returns: many(returned, 30) });
}

const DATE_FIELDS = ["day", "moment", "instant"];
const NUMBERS = ["size", "total", "rows_count", "average", "weight", "weight_total", "returned", "return_rate"];
const TEXTS: Record<string, string[]> = { kind: KINDS, city: CITIES, reason: ["broken", "late"] };
const ROW_FIELDS = ["day", "moment", "instant", "kind", "city", "size", "weight", "large", "paid", "reason"];

function filterOn(field: string): fc.Arbitrary<Filter> {
  const of = (operator: Filter["operator"][], values: fc.Arbitrary<Scalar[]>): fc.Arbitrary<Filter> =>
    fc.record({ field: fc.constant(field), operator: fc.constantFrom(...operator), values });
  const some = (value: fc.Arbitrary<Scalar>, minLength = 0): fc.Arbitrary<Scalar[]> =>
    fc.array(value, { minLength, maxLength: 3 });
  const nulls = of(["isNull", "notNull"], fc.constant([]));
  const choices = TEXTS[field];
  if (choices) {
    const pieces = fc.constantFrom("fru", "Z", "果", "%", "_", "'", "\\", "t", "");
    return fc.oneof(
      nulls,
      of(["equals", "notEquals"], some(orNull(fc.constantFrom(...choices)))),
      of(["startsWith", "endsWith", "include", "doesNotInclude"], some(pieces)),
    );
  }
  if (field === "paid") return fc.oneof(nulls, of(["equals", "notEquals"], some(orNull(fc.boolean()))));
  const isDate = DATE_FIELDS.includes(field);
  const value: fc.Arbitrary<Scalar> = isDate
    ? someDay
    : field === "large"
      ? someLarge
      : fc.integer({ min: -20, max: 80 }).map((number) => number / (field === "size" ? 1 : 4));
  const orders = of(
    ["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "inBetween", "notInBetween"],
    fc.array(value, { minLength: 2, maxLength: 2 }),
  );
  const equals = of(["equals", "notEquals"], some(orNull(value)));
  return isDate ? fc.oneof(nulls, orders, equals, periodOn(field)) : fc.oneof(nulls, orders, equals);
}

function periodOn(field: string): fc.Arbitrary<Filter> {
  return fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(
      "inThePast",
      "notInThePast",
      "inTheNext",
      "inTheCurrent",
      "notInTheCurrent",
      "inPeriodToDate",
    ),
    values: fc.integer({ min: 1, max: 6 }).map((count) => [count]),
    unit: fc.constantFrom("days", "weeks", "months", "quarters", "years"),
    completed: fc.boolean(),
  });
}

type Query = Parameters<typeof cardQuery>[0];

/** Mostly about orders and customers: returns have little in common with orders. */
function randomQuery(): fc.Arbitrary<Query> {
  const dimensions = fc.subarray(["day", "moment", "instant", "kind", "city", "size", "weight", "paid"], {
    maxLength: 3,
  });
  const measures = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.subarray(
        MEASURES.filter((name) => !name.includes("return")),
        { minLength: 1, maxLength: 4 },
      ),
    },
    { weight: 1, arbitrary: fc.subarray(MEASURES, { minLength: 1 }) },
  );
  const rare = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 1 });
  const filterFields = fc.constantFrom(...ROW_FIELDS.filter((name) => name !== "reason"), ...NUMBERS);
  return fc.tuple(dimensions, measures).chain(([fields, names]) =>
    fc
      .record({
        grains: fc.array(fc.constantFrom("day", "week", "month", "quarter", "year"), { minLength: 3, maxLength: 3 }),
        filters: fc.array(filterFields.chain(filterOn), { maxLength: 3 }),
        sort: rare(fc.record({ field: fc.constantFrom(...fields, ...names), descending: fc.boolean() })),
        limit: fc.constantFrom(1, 3, 50, 1_000),
        totals: rare(fc.array(fc.subarray(fields), { maxLength: 3 })),
        top: rare(
          fc.record({
            field: fc.constantFrom("", ...fields),
            count: fc.integer({ min: 1, max: 3 }),
            measure: fc.constantFrom(...names),
            ascending: fc.boolean(),
            others: fc.boolean(),
          }),
        ),
      })
      .map(({ grains, filters, sort, limit, totals, top }): Query => ({
        dimensions: fields.map((field, index) =>
          DATE_FIELDS.includes(field) ? { field, grain: grains[index] } : { field },
        ) as CardQuery["dimensions"],
        measures: names,
        filters,
        sort: sort ? [sort] : [],
        limit,
        ...(totals ? { totals } : {}),
        ...(top && top.field !== "" ? { topN: top } : {}),
      })),
  );
}

/** As it is, compared with an earlier period, or with running totals and shares. */
export function randomQuestion(): fc.Arbitrary<CardQuery> {
  return randomQuery()
    .map(cardQuery)
    .chain((query) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(query) },
        { weight: 2, arbitrary: comparedQuery(query) },
        { weight: 1, arbitrary: calculatedQuery(query) },
      ),
    );
}

function comparedQuery({ totals: _totals, topN: _topN, ...query }: CardQuery): fc.Arbitrary<CardQuery> {
  const period = fc.constantFrom("previousPeriod" as const, "previousYear" as const);
  return fc.tuple(fc.constantFrom(...DATE_FIELDS), period).chain(([field, earlier]) => {
    const between = fc.tuple(someDay, someDay).map((days) => [...days].sort());
    const bounded = fc.oneof(
      periodOn(field).filter(({ operator }) => !operator.startsWith("not")),
      between.map((values) => ({ field, operator: "inBetween" as const, values })),
      someDay.map((day) => ({ field, operator: "greaterThanOrEqual" as const, values: [day] })),
      someDay.map((day) => ({ field, operator: "lessThan" as const, values: [day] })),
    );
    const others = query.filters.filter((filter) => filter.field !== field);
    return fc.option(bounded, { freq: 4 }).map((bound) => ({
      ...query,
      filters: bound ? [...others, bound] : others,
      compare: { field, period: earlier },
    }));
  });
}

/** Sums of quotients differ in their last bits: nobody adds them up. */
const ADDABLE = ["rows_count", "total", "kinds", "smallest", "large_total", "customers_count", "cities", "returned"];

function calculatedQuery({ topN: _topN, ...query }: CardQuery): fc.Arbitrary<CardQuery> {
  const { dimensions, measures } = query;
  const by = fc.subarray(dimensions.map(({ field }) => field));
  const share = fc
    .tuple(fc.constantFrom(...measures), by)
    .map(([measure, within]) => ({ name: "share", kind: "shareOfTotal" as const, measure, by: within }));
  const addable = measures.filter((name) => ADDABLE.includes(name));
  if (addable.length === 0) return share.map((each) => ({ ...query, calculations: [each] }));
  const running = fc.tuple(fc.constantFrom(...addable), fc.option(by)).map(([measure, within]) => ({
    ...{ name: "running", kind: "runningTotal" as const, measure },
    ...(within ? { by: within } : {}),
  }));
  return fc.tuple(running, share).map((calculations) => ({ ...query, calculations }));
}

/** Entries of a policy, or none. */
export function randomSeen(): fc.Arbitrary<Filter[][] | null> {
  const filter = fc
    .constantFrom("kind", "city", "size", "day", "instant")
    .chain(filterOn)
    .filter(({ values, operator }) => values.length > 0 || ["isNull", "notNull"].includes(operator));
  return fc.option(fc.array(fc.array(filter, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }), {
    freq: 1,
  });
}
