import type { Calculation, CardQuery, Scalar } from "../../core/contract/report/query";
import { answer, type Asked, type ReferenceAnswer } from "./reference";
import { DATES } from "./reference-filter";

/** For tests: an answer with running totals and shares behind it, row by row in the plainest way. */
export function calculated(query: CardQuery, calculations: Calculation[], asked: Asked): ReferenceAnswer {
  const own = query.totals ?? [];
  const shared = calculations.filter(({ kind }) => kind === "shareOfTotal").map(({ by = [] }) => by);
  const whole = answer({ ...query, totals: [...own, ...shared] }, asked);
  const dimensions = query.dimensions.map(({ field }) => field);
  const columnOf = (calculation: Calculation, rows: Scalar[][], by: string[]): Scalar[] =>
    calculation.kind === "shareOfTotal"
      ? shares(query, calculation, { rows, by, totals: whole.totals })
      : by === dimensions
        ? runningTotals(query, calculation, rows)
        : rows.map(() => null);
  const extended = (rows: Scalar[][], by: string[]): Scalar[][] => {
    const columns = calculations.map((calculation) => columnOf(calculation, rows, by));
    return rows.map((row, index) => [...row, ...columns.map((column) => column[index] ?? null)]);
  };
  return {
    ...whole,
    rows: extended(whole.rows.slice(0, query.limit), dimensions).concat(whole.rows.slice(query.limit)),
    totals: whole.totals.slice(0, own.length).map(({ by, rows }) => ({ by, rows: extended(rows, by) })),
  };
}

/** A row's values of some of the query's dimensions. */
function keyOf(query: CardQuery, row: Scalar[], by: string[]): string {
  return JSON.stringify(query.dimensions.map(({ field }, index) => (by.includes(field) ? (row[index] ?? null) : 0)));
}

const valueOf = (query: CardQuery, row: Scalar[], measure: string): Scalar =>
  row[query.dimensions.length + query.measures.indexOf(measure)] ?? null;

function shares(
  query: CardQuery,
  { measure, by: within = [] }: Calculation,
  { rows, by, totals }: { rows: Scalar[][]; by: string[]; totals: ReferenceAnswer["totals"] },
): Scalar[] {
  const total = totals.find((each) => each.by.join() === within.join());
  return rows.map((row) => {
    if (!total || !within.every((name) => by.includes(name))) return null;
    const whole = total.rows.find((each) => keyOf(query, each, within) === keyOf(query, row, within));
    const [part, all] = [valueOf(query, row, measure), whole ? valueOf(query, whole, measure) : null];
    return part === null || all === null || Number(all) === 0 ? null : Number(part) / Number(all);
  });
}

/** In hundredths, which all measures but quotients consist of. */
function runningTotals(query: CardQuery, { measure, by }: Calculation, rows: Scalar[][]): Scalar[] {
  const dimensions = query.dimensions.map(({ field }) => field);
  const along = dimensions.find((field) => DATES.has(field)) ?? dimensions[0];
  const within = by ?? dimensions.filter((field) => field !== along);
  return rows.map((row, index) => {
    const values = rows
      .slice(0, index + 1)
      .filter((each) => keyOf(query, each, within) === keyOf(query, row, within))
      .map((each) => valueOf(query, each, measure))
      .filter((value) => value !== null);
    return values.length === 0 ? null : shown(values.reduce((sum, value) => sum + hundredths(value), 0n));
  });
}

const hundredths = (value: Exclude<Scalar, null>): bigint =>
  typeof value === "string" ? BigInt(value) * 100n : BigInt(Math.round(Number(value) * 100));

function shown(sum: bigint): Scalar {
  if (sum % 100n !== 0n) return Number(sum) / 100;
  const whole = sum / 100n;
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole.toString();
}
