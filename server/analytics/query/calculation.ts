import type { Calculation, CardData, CardQuery, Column, Scalar } from "../../../core/contract/report/query";
import { added } from "./decimal";

type Total = NonNullable<CardData["totals"]>[number];

/** Rows of an answer or of one of its totals. */
interface Rows {
  values: Scalar[][];
  others?: number[] | undefined;
  /** The dimensions that they are grouped by. */
  by: string[];
}

/** What rows are told apart by. */
interface Key {
  names: string[];
  by: string[];
  /** The dimension of which some rows stand for all other values. */
  ranked: string | undefined;
}

/** The groupings that shares are computed from, each once. */
export function groupingsOf({ calculations = [] }: CardQuery): string[][] {
  const shares = calculations.filter(({ kind }) => kind === "shareOfTotal").map(({ by = [] }) => by);
  return [...new Map(shares.map((by) => [by.join(), by])).values()];
}

/** The answer with its calculations as further columns. `totals` hold the groupings of `groupingsOf` too. */
export function calculated(data: CardData, query: CardQuery, totals: Total[]): CardData {
  const calculations = query.calculations ?? [];
  const names = data.columns.map(({ name }) => name);
  const own: Rows = { values: data.values, others: data.others, by: query.dimensions.map(({ field }) => field) };
  const made = (rows: Rows): Scalar[][] =>
    calculations.map((calculation) =>
      calculation.kind === "shareOfTotal"
        ? sharesOf(calculation, rows, totals, { names, by: calculation.by ?? [], ranked: query.topN?.field })
        : rows === own
          ? runningTotalOf(calculation, data, query)
          : valuesOf(rows, 0).map(() => null),
    );
  const answer: CardData = {
    ...data,
    columns: [...data.columns, ...calculations.map((calculation) => columnOf(calculation, data.columns))],
    values: [...data.values, ...made(own)],
  };
  if (!data.totals) return answer;
  return { ...answer, totals: data.totals.map((total) => ({ ...total, values: [...total.values, ...made(total)] })) };
}

function columnOf({ name, label, kind, measure }: Calculation, columns: Column[]): Column {
  const { format } = columns.find((column) => column.name === measure) ?? {};
  const column: Column = { name, label: label ?? name, role: "measure", type: "number" };
  if (kind === "shareOfTotal") return { ...column, format: { kind: "percent", decimals: 1 } };
  return format ? { ...column, format } : column;
}

/** What was not measured adds nothing; before anything was, there is no total. */
function runningTotalOf({ measure, by }: Calculation, data: CardData, query: CardQuery): Scalar[] {
  const names = data.columns.map(({ name }) => name);
  const dimensions = query.dimensions.map(({ field }) => field);
  const along = data.columns.find(({ role, type }) => role === "dimension" && type === "date")?.name ?? dimensions[0];
  const within = by ?? dimensions.filter((name) => name !== along);
  const rows: Rows = { values: data.values, others: data.others, by: dimensions };
  const apart: Key = { names, by: within, ranked: query.topN?.field };
  const sums = new Map<string, Scalar>();
  return valuesOf(rows, names.indexOf(measure)).map((value, row) => {
    const key = keyOf(rows, row, apart);
    const sum = added(sums.get(key) ?? null, value);
    sums.set(key, sum);
    return sum;
  });
}

/** Null where there is nothing to share, and for totals that are wider than what is shared. */
function sharesOf({ measure }: Calculation, rows: Rows, totals: Total[], apart: Key): Scalar[] {
  const { names, by } = apart;
  const values = valuesOf(rows, names.indexOf(measure));
  const whole = totals.findLast((total) => total.by.join() === by.join());
  if (!whole || by.some((name) => !rows.by.includes(name))) return values.map(() => null);
  const wholes = new Map(
    valuesOf(whole, names.indexOf(measure)).map((value, row) => [keyOf(whole, row, apart), value] as const),
  );
  return values.map((value, row) => {
    const total = Number(wholes.get(keyOf(rows, row, apart)) ?? 0);
    return value === null || total === 0 ? null : Number(value) / total;
  });
}

/** A null that stands for all other values is not one that stands for none. */
function keyOf(
  { values, others = [] }: Pick<Rows, "values" | "others">,
  row: number,
  { names, by, ranked }: Key,
): string {
  const isOthers = ranked !== undefined && by.includes(ranked) && others.includes(row);
  return JSON.stringify([isOthers, ...by.map((name) => values[names.indexOf(name)]?.[row] ?? null)]);
}

function valuesOf({ values }: Pick<Rows, "values">, index: number): Scalar[] {
  return values[index] ?? [];
}
