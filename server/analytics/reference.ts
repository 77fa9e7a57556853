import type { CardQuery, Filter, Scalar, TimeGrain } from "../../core/contract/query";

/** For tests: the same questions answered row by row, in the plainest way, sharing nothing with the SQL. */
export type Row = Record<string, Scalar>;

/** A column of the test data: `moment` (a timestamp, `YYYY-MM-DD HH:mm:ss`) and `day` are dates. */
const DATES = new Set(["day", "moment"]);
type Measure = (rows: Row[]) => Scalar;

const numbers = (rows: Row[], name: string): number[] =>
  rows.flatMap((row) => (row[name] === null ? [] : Number(row[name])));
const sum = (values: number[]): number | null =>
  values.length === 0 ? null : values.reduce((total, value) => total + value, 0);

export const MEASURES: Record<string, Measure> = {
  rows_count: (rows) => rows.length,
  total: (rows) => sum(numbers(rows, "price")),
  average: (rows) =>
    numbers(rows, "price").length === 0 ? null : (sum(numbers(rows, "price")) ?? 0) / numbers(rows, "price").length,
  kinds: (rows) => new Set(rows.flatMap((row) => row["kind"] ?? [])).size,
  smallest: (rows) => (numbers(rows, "size").length === 0 ? null : Math.min(...numbers(rows, "size"))),
};

/** The rows of the answer, cut by `limit`. */
export function answer(rows: Row[], query: CardQuery, today: string): Scalar[][] {
  const isMeasure = (name: string): boolean => name in MEASURES;
  const kept = rows.filter((row) =>
    query.filters.every((filter) => isMeasure(filter.field) || passes(row, filter, today)),
  );
  const groups = new Map<string, { key: Scalar[]; rows: Row[] }>();
  if (query.dimensions.length === 0) groups.set("[]", { key: [], rows: [] });
  for (const row of kept) {
    const key = query.dimensions.map(({ field, grain }) => valueAt(row, field, grain));
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? { key, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  const names = [...query.dimensions.map(({ field }) => field), ...query.measures];
  const having = query.filters.filter(({ field }) => isMeasure(field));
  const found = [...groups.values()]
    .filter((group) =>
      having.every((filter) => passes({ [filter.field]: MEASURES[filter.field]?.(group.rows) ?? null }, filter, today)),
    )
    .map((group) => [...group.key, ...query.measures.map((name) => MEASURES[name]?.(group.rows) ?? null)]);
  const order = [...sortOf(query), ...query.dimensions.map(({ field }) => ({ field, descending: false }))];
  found.sort((left, right) => {
    for (const { field, descending } of order) {
      const compared = compare(left[names.indexOf(field)] ?? null, right[names.indexOf(field)] ?? null, descending);
      if (compared !== 0) return compared;
    }
    return 0;
  });
  return found.slice(0, query.limit);
}

function sortOf(query: CardQuery): CardQuery["sort"] {
  if (query.sort.length > 0) return query.sort;
  const first = query.measures[0];
  return query.dimensions.some(({ field }) => DATES.has(field)) || first === undefined
    ? []
    : [{ field: first, descending: true }];
}

/** Nulls come last, whichever the direction; texts in the order of their code points. */
function compare(left: Scalar, right: Scalar, descending: boolean): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  const order =
    typeof left === "string"
      ? Buffer.compare(Buffer.from(left), Buffer.from(String(right)))
      : Number(left) - Number(right);
  return descending ? 0 - order : order;
}

function valueAt(row: Row, field: string, grain: TimeGrain | undefined): Scalar {
  const value = row[field] ?? null;
  return DATES.has(field) && value !== null ? unitStart(String(value).slice(0, 10), grain ?? "day") : value;
}

function passes(row: Row, filter: Filter, today: string): boolean {
  const negated: Partial<Record<Filter["operator"], Filter["operator"]>> = {
    notEquals: "equals",
    notNull: "isNull",
    doesNotInclude: "include",
    notInBetween: "inBetween",
    notInThePast: "inThePast",
    notInTheCurrent: "inTheCurrent",
  };
  const opposite = negated[filter.operator];
  const unset =
    filter.values.length === 0 &&
    !["isNull", "notNull", "inTheCurrent", "notInTheCurrent", "inPeriodToDate"].includes(filter.operator);
  if (unset) return true;
  if (opposite) return !passes(row, { ...filter, operator: opposite }, today);
  const raw = row[filter.field] ?? null;
  if (filter.operator === "isNull") return raw === null;
  if (filter.operator === "equals" && raw === null) return filter.values.includes(null);
  if (raw === null) return false;
  const value = DATES.has(filter.field) ? String(raw).slice(0, 10) : raw;
  return holds(value, filter, today);
}

function holds(value: Exclude<Scalar, null>, filter: Filter, today: string): boolean {
  const [first, second] = filter.values;
  const text = String(value).toLowerCase();
  const texts = filter.values.map((each) => String(each).toLowerCase());
  switch (filter.operator) {
    case "equals":
      return filter.values.includes(value);
    case "include":
      return texts.some((each) => text.includes(each));
    case "startsWith":
      return texts.some((each) => text.startsWith(each));
    case "endsWith":
      return texts.some((each) => text.endsWith(each));
    case "lessThan":
      return value < first!;
    case "lessThanOrEqual":
      return value <= first!;
    case "greaterThan":
      return value > first!;
    case "greaterThanOrEqual":
      return value >= first!;
    case "inBetween":
      return value >= first! && value <= second!;
    default:
      return inPeriod(String(value), filter, today);
  }
}

const GRAIN = { days: "day", weeks: "week", months: "month", quarters: "quarter", years: "year" } as const;

/** Counts units between the two days instead of computing the period's ends. */
function inPeriod(day: string, filter: Filter, today: string): boolean {
  const grain = GRAIN[filter.unit ?? "days"];
  const isRunning = unitNumber(day, grain) === unitNumber(today, grain);
  if (filter.operator === "inTheCurrent") return isRunning;
  if (filter.operator === "inPeriodToDate") return isRunning && day <= today;
  return inSpan(day, filter, today, grain);
}

function inSpan(day: string, { operator, values, completed }: Filter, today: string, grain: TimeGrain): boolean {
  const count = Number(values[0]);
  const [own, running] = [unitNumber(day, grain), unitNumber(today, grain)];
  if (completed)
    return operator === "inThePast" ? own < running && own >= running - count : own > running && own <= running + count;
  return operator === "inThePast"
    ? day <= today && day > sameDayOf(today, grain, 0 - count)
    : day >= today && day < sameDayOf(today, grain, count);
}

/** The same day some units away; where the month is too short, its last day. */
function sameDayOf(day: string, grain: TimeGrain, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (grain === "day" || grain === "week") {
    return new Date(Date.UTC(year, month - 1, date + count * (grain === "week" ? 7 : 1))).toISOString().slice(0, 10);
  }
  const months = count * { month: 1, quarter: 3, year: 12 }[grain];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

function unitNumber(day: string, grain: TimeGrain): number {
  const days = Date.parse(day) / 86_400_000;
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  // 1970-01-01 was a Thursday: shifted by three days, weeks begin on Monday.
  return {
    day: days,
    week: Math.floor((days + 3) / 7),
    month: months,
    quarter: Math.floor(months / 3),
    year: Math.floor(months / 12),
  }[grain];
}

const starts = new Map<string, string>();

function unitStart(day: string, grain: TimeGrain): string {
  const known = starts.get(day + grain);
  if (known !== undefined) return known;
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const start = unitNumber(before, grain) === unitNumber(day, grain) ? unitStart(before, grain) : day;
  starts.set(day + grain, start);
  return start;
}
