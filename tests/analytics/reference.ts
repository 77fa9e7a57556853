import type { CardQuery, Filter, Scalar, TopN } from "../../core/contract/report/query";
import { compare, DATES, isUnset, passes, valueAt } from "./reference-filter";
import type { Days, Row } from "./reference-filter";

/** For tests: the test data, whose questions are answered row by row, in the plainest way, sharing nothing with the SQL: many orders and many returns belong to a customer. */
export interface Tables {
  orders: Row[];
  customers: Row[];
  returns: Row[];
}
type TableName = keyof Tables;

/** Which table has a field. */
const HOME: Record<string, TableName> = {
  day: "orders",
  moment: "orders",
  instant: "orders",
  kind: "orders",
  size: "orders",
  weight: "orders",
  large: "orders",
  paid: "orders",
  city: "customers",
  reason: "returns",
};

type Aggregate = (rows: Row[]) => Scalar;
const present = (rows: Row[], name: string): Scalar[] =>
  rows.map((row) => row[name] ?? null).filter((each) => each !== null);
/** Whole numbers of any length, written as answers write them. */
const shown = (value: bigint): Scalar => (Number.isSafeInteger(Number(value)) ? Number(value) : value.toString());
const total = (values: Scalar[]): bigint | null =>
  values.length === 0 ? null : values.reduce<bigint>((sum, value) => sum + BigInt(String(value)), 0n);
const cents = (rows: Row[]): bigint | null => total(present(rows, "cents"));

const AGGREGATES: Record<string, { home: TableName; of: Aggregate }> = {
  rows_count: { home: "orders", of: (rows) => rows.length },
  total: { home: "orders", of: (rows) => (cents(rows) === null ? null : Number(cents(rows)) / 100) },
  average: {
    home: "orders",
    of: (rows) => (cents(rows) === null ? null : Number(cents(rows)) / 100 / present(rows, "cents").length),
  },
  kinds: { home: "orders", of: (rows) => new Set(present(rows, "kind")).size },
  smallest: {
    home: "orders",
    of: (rows) => present(rows, "size").reduce((a, b) => (a === null || Number(b) < Number(a) ? b : a), null),
  },
  large_total: {
    home: "orders",
    of: (rows) => {
      const sum = total(present(rows, "large"));
      return sum === null ? null : shown(sum);
    },
  },
  weight_total: {
    home: "orders",
    of: (rows) => present(rows, "weight").reduce<Scalar>((sum, each) => Number(sum ?? 0) + Number(each), null),
  },
  heaviest: {
    home: "orders",
    of: (rows) => present(rows, "weight").reduce((a, b) => (a === null || Number(b) > Number(a) ? b : a), null),
  },
  weighed: { home: "orders", of: (rows) => present(rows, "weight").length },
  customers_count: { home: "customers", of: (rows) => rows.length },
  cities: { home: "customers", of: (rows) => new Set(present(rows, "city")).size },
  returned: {
    home: "returns",
    of: (rows) => present(rows, "pieces").reduce<Scalar>((sum, each) => Number(sum ?? 0) + Number(each), null),
  },
};
/** A quotient of two of them. */
const RATIOS: Record<string, [string, string]> = {
  per_kind: ["rows_count", "kinds"],
  return_rate: ["returned", "rows_count"],
  orders_each: ["rows_count", "customers_count"],
};
export const MEASURES = [...Object.keys(AGGREGATES), ...Object.keys(RATIOS)];

/** What a question is asked of. */
export interface Asked extends Days {
  tables: Tables;
  /** A row is seen where all filters of one entry let it through. Null: every row. */
  seen: Filter[][] | null;
}

/** The relationships do not say which rows belong together, or nothing says which period is the earlier one. */
export class Unanswerable extends Error {}

interface Group {
  key: Scalar[];
  /** The rows of each table that belong to the group. */
  rows: Partial<Record<TableName, Row[]>>;
}

export interface ReferenceAnswer {
  rows: Scalar[][];
  /** Numbers of the rows that stand for all others. */
  others: number[];
  totals: { by: string[]; rows: Scalar[][] }[];
}

/** The answer before `limit`. Throws Unanswerable where there is none. */
export function answer(query: CardQuery, asked: Asked): ReferenceAnswer {
  const ranked = query.topN ? ranking(query, query.topN, asked) : null;
  const groups = query.topN && ranked ? rankedGroups(query, query.topN, asked, ranked) : groupsOf(query, asked);
  const rows = sorted(query.topN ? groups : groups.filter((group) => meets(group, query)), query);
  const totals = (query.totals ?? []).map((by) => ({ by, rows: totalRows(query, by, groups) }));
  const others = rows.flatMap(({ key }, index) => (key.includes(OTHERS) ? [index] : []));
  return { rows: rows.map((group) => rowOf(group, query)), others, totals };
}

/** In the place of a ranked value: it is one of the others. */
const OTHERS = "\u0000others";

function rowOf({ key, rows }: Group, query: CardQuery): Scalar[] {
  const values = key.map((value) => (value === OTHERS ? null : value));
  return [...values, ...query.measures.map((name) => measure(name, rows))];
}

function measure(name: string, rows: Group["rows"]): Scalar {
  const ratio = RATIOS[name];
  if (ratio) {
    const [above, below] = ratio.map((part) => measure(part, rows));
    return above === null || below === null || Number(below) === 0 ? null : Number(above) / Number(below);
  }
  const aggregate = AGGREGATES[name];
  const own = aggregate && rows[aggregate.home];
  return own ? aggregate.of(own) : null;
}

function partsOf(name: string): string[] {
  return RATIOS[name] ?? [name];
}

const isMeasure = (name: string): boolean => MEASURES.includes(name);
const havingOf = ({ filters }: CardQuery): Filter[] =>
  filters.filter((each) => isMeasure(each.field) && !isUnset(each));

function groupsOf(query: CardQuery, asked: Asked): Group[] {
  const groups = new Map<string, Group>();
  for (const home of homesOf(query)) {
    if (query.dimensions.length === 0) groupAt(groups, []).rows[home] = [];
    for (const { row, base } of rowsOf(home, query, asked)) {
      const own = (groupAt(groups, keyOf(base, query, asked)).rows[home] ??= []);
      if (!own.includes(row)) own.push(row);
    }
  }
  return [...groups.values()];
}

/** Groups by less: what each of the wider ones has, every row once. */
function merged(groups: Group[], keyOf: (group: Group) => Scalar[] | null): Group[] {
  const wide = new Map<string, Group>();
  for (const group of groups) {
    const key = keyOf(group);
    if (key === null) continue;
    const own = groupAt(wide, key);
    for (const [home, rows] of Object.entries(group.rows) as [TableName, Row[]][]) {
      own.rows[home] = [...new Set([...(own.rows[home] ?? []), ...rows])];
    }
  }
  return [...wide.values()];
}

/** What filters on measures leave of the groups, for these measures alone. */
function filteredGroups(query: CardQuery, measures: string[], asked: Asked): Group[] {
  const filters = query.filters.filter(({ field }) => !isMeasure(field));
  const kept = groupsOf(query, asked).filter((group) => meets(group, query));
  const keys = new Set(kept.map(({ key }) => JSON.stringify(key)));
  const all = groupsOf({ ...query, measures, filters }, asked);
  return havingOf(query).length === 0 ? all : all.filter(({ key }) => keys.has(JSON.stringify(key)));
}

/** The ranked values, and all others as one group or none. */
function rankedGroups(query: CardQuery, topN: TopN, asked: Asked, ranked: Scalar[]): Group[] {
  const place = placeOf(query, topN);
  return merged(filteredGroups(query, query.measures, asked), ({ key }) => {
    if (ranked.includes(key[place] ?? null)) return key;
    return topN.others ? key.map((value, index) => (index === place ? OTHERS : value)) : null;
  });
}

const placeOf = (query: CardQuery, { field }: TopN): number =>
  query.dimensions.findIndex((dimension) => dimension.field === field);

function groupAt(groups: Map<string, Group>, key: Scalar[]): Group {
  const id = JSON.stringify(key);
  const group = groups.get(id) ?? { key, rows: {} };
  groups.set(id, group);
  return group;
}

function keyOf(base: Row, query: CardQuery, asked: Asked): Scalar[] {
  return query.dimensions.map(({ field, grain }) => valueAt(base, field, grain, asked.weekStart));
}

/** The rows of a table, each with the wider rows that say what it belongs to. */
function rowsOf(home: TableName, query: CardQuery, asked: Asked): { row: Row; base: Row }[] {
  const filters = query.filters.filter(({ field }) => !isMeasure(field));
  const used = [
    ...query.dimensions.map(({ field }) => field),
    ...filters.filter((filter) => !isUnset(filter)).map(({ field }) => field),
    ...(asked.seen ?? []).flat().map(({ field }) => field),
  ];
  const around = new Set(used.map((field) => HOME[field]!));
  const isSeen = (base: Row): boolean =>
    filters.every((filter) => passes(base, filter, asked)) &&
    (asked.seen === null || asked.seen.some((entry) => entry.every((filter) => passes(base, filter, asked))));
  return pairs(home, around, asked.tables).filter(({ base }) => isSeen(base));
}

function pairs(
  home: TableName,
  around: Set<TableName>,
  { orders, customers, returns }: Tables,
): { row: Row; base: Row }[] {
  const facts = (["orders", "returns"] as const).filter((name) => around.has(name) || home === name);
  const [fact, second] = facts;
  if (second) throw new Unanswerable();
  if (!fact) return customers.map((row) => ({ row, base: row }));
  const rows = fact === "orders" ? orders : returns;
  const wide = rows.map((row): { row: Row; base: Row } => ({
    row,
    base: { ...row, city: cityOf(row["customer"] ?? null, customers) },
  }));
  if (home !== "customers") return wide;
  return wide.flatMap(({ base }) =>
    customers.filter(({ id }) => id !== null && id === base["customer"]).map((row) => ({ row, base })),
  );
}

/** Of customers that share a number, the least value counts: none of them twice. */
function cityOf(customer: Scalar, customers: Row[]): Scalar {
  if (customer === null) return null;
  const found = customers.filter(({ id, city }) => id === customer && city !== null).map(({ city }) => city!);
  return found.sort((a, b) => compare(a, b, false))[0] ?? null;
}

function meets({ rows }: Group, query: CardQuery): boolean {
  return havingOf(query).every((filter) => passes({ [filter.field]: measure(filter.field, rows) }, filter, NO_DAYS));
}

const NO_DAYS = { today: "", weekStart: "monday" as const };

/** The rows behind the groups that the answer's filters on measures leave, grouped by less. */
function totalRows(query: CardQuery, by: string[], groups: Group[]): Scalar[][] {
  const isFiltered = query.topN !== undefined || query.dimensions.length === 0;
  const places = query.dimensions.map(({ field }) => by.includes(field));
  const shown = (key: Scalar[]): Scalar[] => key.filter((_, index) => places[index]);
  const wide = merged(isFiltered ? groups : groups.filter((each) => meets(each, query)), ({ key }) => shown(key));
  if (wide.length === 0 && shown(query.dimensions.map(() => null)).length === 0) {
    wide.push({ key: [], rows: Object.fromEntries([...homesOf(query)].map((home) => [home, []])) });
  }
  for (const group of wide.filter(({ key }) => key.length === 0))
    for (const home of homesOf(query)) group.rows[home] ??= [];
  const found = wide.filter((group) => query.dimensions.length > 0 || meets(group, query));
  return found.map(({ key, rows }) => {
    let next = 0;
    const values = places.map((isShown) => (isShown ? (key[next++] ?? null) : null));
    return [
      ...values.map((value) => (value === OTHERS ? null : value)),
      ...query.measures.map((name) => measure(name, rows)),
    ];
  });
}

function homesOf(query: CardQuery): Set<TableName> {
  const having = havingOf(query).map(({ field }) => field);
  return new Set([...query.measures, ...having].flatMap(partsOf).map((name) => AGGREGATES[name]!.home));
}

/** The values that are groups of their own, among those that filters on measures leave. */
function ranking(query: CardQuery, topN: TopN, asked: Asked): Scalar[] {
  const name = topN.measure ?? query.measures[0]!;
  const place = placeOf(query, topN);
  return merged(filteredGroups(query, [name], asked), ({ key }) => [key[place] ?? null])
    .sort(
      (a, b) =>
        compare(measure(name, a.rows), measure(name, b.rows), !(topN.ascending ?? false)) ||
        compare(a.key[0] ?? null, b.key[0] ?? null, false),
    )
    .slice(0, topN.count)
    .map(({ key }) => key[0] ?? null);
}

const TEXTS = new Set(["kind", "city", "reason"]);

/** As people order texts. What an answer's limit cuts off is decided by code points, so such an answer keeps their order. */
function natural(left: Scalar, right: Scalar, descending: boolean): number {
  const isText = typeof left === "string" && typeof right === "string";
  const order = isText ? left.localeCompare(right, "zh-CN-u-kn-true") : 0;
  return order === 0 ? compare(left, right, descending) : descending ? 0 - order : order;
}

function sorted(groups: Group[], query: CardQuery): Group[] {
  const fields = query.dimensions.map(({ field }) => field);
  const terms = [...sortOf(query), ...fields.map((field) => ({ field, descending: false }))];
  const valueOf = (group: Group, field: string): Scalar =>
    isMeasure(field) ? measure(field, group.rows) : (group.key[fields.indexOf(field)] ?? null);
  const isTime = (field: string): boolean => DATES.has(field) && fields.includes(field) && field !== query.topN?.field;
  const decides = terms.find(({ field }) => !DATES.has(field));
  const isNatural = groups.length <= query.limit && decides !== undefined && TEXTS.has(decides.field);
  const inOrder = (field: string): typeof compare => (isNatural && TEXTS.has(field) ? natural : compare);
  return [...groups].sort((a, b) => {
    let othersAsked = false;
    for (const { field, descending } of terms) {
      if (!othersAsked && !isTime(field)) {
        othersAsked = true;
        const last = Number(a.key.includes(OTHERS)) - Number(b.key.includes(OTHERS));
        if (last !== 0) return last;
      }
      const [left, right] = [valueOf(a, field), valueOf(b, field)].map((value) => (value === OTHERS ? null : value));
      const order = inOrder(field)(left ?? null, right ?? null, descending);
      if (order !== 0) return order;
    }
    return Number(a.key.includes(OTHERS)) - Number(b.key.includes(OTHERS));
  });
}

function sortOf(query: CardQuery): CardQuery["sort"] {
  if (query.sort.length > 0) return query.sort;
  const first = query.measures[0];
  return query.dimensions.some(({ field }) => DATES.has(field)) || first === undefined
    ? []
    : [{ field: first, descending: true }];
}
