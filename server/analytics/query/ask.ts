import type { CardData, CardQuery, Scalar } from "../../../core/contract/query";
import { toCardData, toTotal } from "./answer";
import type { Dialect } from "./dialect";
import type { Plan } from "./plan";
import { renderPlan } from "./render";
import type { Statement } from "./render";
import { totalPlans } from "./totals";

/** Runs one statement and answers its columns, at most so many rows of them. */
export type Execute = (statement: Statement, maxRows: number) => Promise<Scalar[][]>;

/** Has an engine answer a plan: one statement for the answer, and one for each further grouping. */
export async function askPlan(plan: Plan, query: CardQuery, dialect: Dialect, execute: Execute): Promise<CardData> {
  const groupings = totalPlans(plan, query);
  const run = (each: Plan): Promise<Scalar[][]> => execute(renderPlan(each, dialect), each.fetch);
  const [values, ...totals] = await Promise.all([run(plan), ...groupings.map((each) => run(each.plan))]);
  const data = toCardData(plan, query, values);
  if (!query.totals) return data;
  return { ...data, totals: groupings.map((each, index) => toTotal(data.columns, each, totals[index] ?? [])) };
}
