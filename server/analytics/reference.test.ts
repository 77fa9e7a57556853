import type { CardQuery, Filter, Scalar } from "../../core/contract/query";
import { AnalyticsWorld, cardQuery, datasetModel, rowsOf } from "./analytics-world";
import { MEASURES, answer } from "./reference";
import type { Row } from "./reference";

jest.setTimeout(120_000);

const TODAY = "2026-11-22";
const QUERIES = 400;
const KINDS = ["水果", "Fruit", "fruit salad", "100%", "a'b", "", "羽绒服", "_x", "Z"];

const MODEL = datasetModel({
  source: "facts.parquet",
  fields: { day: "Date", moment: "DateTime", kind: "String", size: "Integer", price: "Float", paid: "Boolean" },
  measures: {
    rows_count: ["count(*)", "Integer"],
    total: "sum(price)",
    average: "avg(price)",
    kinds: ["count(DISTINCT kind)", "Integer"],
    smallest: ["min(size)", "Integer"],
  },
});

/** Reproducible chance: a failure names its query, and the same run happens again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const roll = dice(20_261_122);
const pick = <Value>(values: readonly Value[]): Value => values[roll(values.length)] as Value;
const orNull = (value: Scalar): Scalar => (roll(8) === 0 ? null : value);
const someDay = (): string => new Date(Date.UTC(2025, 8, 1 + roll(560))).toISOString().slice(0, 10);

function randomRow(): Row {
  const clock = `${String(roll(24)).padStart(2, "0")}:${String(roll(60)).padStart(2, "0")}:00`;
  return {
    day: orNull(someDay()),
    moment: orNull(`${someDay()} ${pick([clock, "00:00:00", "23:59:59"])}`),
    kind: orNull(pick(KINDS)),
    size: orNull(roll(20) - 5),
    // Quarters add up exactly in any order.
    price: orNull((roll(4_000) - 500) / 4),
    paid: orNull(roll(2) === 1),
  };
}

const PERIODS = [
  "inThePast",
  "notInThePast",
  "inTheNext",
  "inTheCurrent",
  "notInTheCurrent",
  "inPeriodToDate",
] as const;
const ORDERS = ["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual"] as const;

function randomFilter(): Partial<Filter> {
  const field = pick(["day", "moment", "kind", "size", "price", "paid", "total", "rows_count"]);
  if (roll(8) === 0) return { field, operator: pick(["isNull", "notNull"] as const) };
  const many = (make: () => Scalar): Scalar[] => Array.from({ length: roll(4) }, make);
  if (field === "kind") {
    const texts = many(() => pick(["fru", "Z", "果", "%", "_", "'", "t", ""]));
    return roll(2) === 0
      ? { field, operator: pick(["startsWith", "endsWith", "include", "doesNotInclude"] as const), values: texts }
      : { field, operator: pick(["equals", "notEquals"] as const), values: many(() => orNull(pick(KINDS))) };
  }
  if (field === "paid")
    return { field, operator: pick(["equals", "notEquals"] as const), values: many(() => orNull(roll(2) === 1)) };
  const isDate = field === "day" || field === "moment";
  if (isDate && roll(2) === 0) {
    const unit = pick(["days", "weeks", "months", "quarters", "years"] as const);
    return { field, operator: pick(PERIODS), values: [1 + roll(6)], unit, completed: roll(2) === 0 };
  }
  const operand = (): Scalar => (isDate ? someDay() : pick([roll(20) - 5, (roll(80) - 10) / 4]));
  const operator = pick([...ORDERS, "inBetween", "notInBetween", "equals", "notEquals"] as const);
  if (operator === "equals" || operator === "notEquals")
    return { field, operator, values: many(() => orNull(operand())) };
  return { field, operator, values: [operand(), operand()] };
}

function randomQuery(): CardQuery {
  const fields = ["day", "moment", "kind", "size", "paid"].filter(() => roll(3) === 0);
  const dimensions = fields.map((field) =>
    field === "day" || field === "moment"
      ? { field, grain: pick(["day", "week", "month", "quarter", "year"] as const) }
      : { field },
  );
  const measures = Object.keys(MEASURES).filter(() => roll(2) === 0);
  if (measures.length === 0) measures.push("rows_count");
  const sortable = [...fields, ...measures];
  const sort = roll(2) === 0 ? [] : [{ field: pick(sortable), descending: roll(2) === 0 }];
  const filters = Array.from({ length: roll(4) }, randomFilter) as Filter[];
  return cardQuery({ dimensions, measures, filters, sort, limit: pick([1, 3, 50, 1_000]) });
}

const literal = (value: Scalar | undefined): string =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value ?? null).toUpperCase();

/** Averages may differ in the last bit, everything else may not. */
const rounded = (rows: Scalar[][]): Scalar[][] =>
  rows.map((row) => row.map((value) => (typeof value === "number" ? Number(value.toPrecision(12)) : value)));

it(`answers ${QUERIES} random queries as a plain reading of the rows does`, async () => {
  const world = await AnalyticsWorld.create();
  try {
    const enterpriseId = world.enterprise();
    const rows = Array.from({ length: 400 }, randomRow);
    const values = rows.map(
      (row) => `(${["day", "moment", "kind", "size", "price", "paid"].map((name) => literal(row[name])).join(", ")})`,
    );
    await world.writeParquet(
      enterpriseId,
      "facts.parquet",
      `SELECT day::DATE AS day, moment::TIMESTAMP AS moment, kind, size::INTEGER AS size, price::DOUBLE AS price, paid::BOOLEAN AS paid
       FROM (VALUES ${values.join(", ")}) AS rows(day, moment, kind, size, price, paid)`,
    );
    const analytics = world.analytics({ clock: () => new Date(`${TODAY}T04:00:00Z`) });
    let withRows = 0;
    for (let number = 0; number < QUERIES; number++) {
      const query = randomQuery();
      const expected = answer(rows, query, TODAY);
      const data = await analytics.run({ enterpriseId, dataset: MODEL }, query);
      expect({ number, query, rows: rounded(rowsOf(data)) }).toEqual({ number, query, rows: rounded(expected) });
      expect(data.truncated).toBe(answer(rows, { ...query, limit: query.limit + 1 }, TODAY).length > query.limit);
      if (expected.length > 0) withRows += 1;
    }
    // Random filters that left nothing would prove nothing.
    expect(withRows).toBeGreaterThan(QUERIES / 2);
  } finally {
    await world.close();
  }
});
