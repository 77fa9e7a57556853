import type { CardData, CardQuery, Scalar } from "../../../core/contract/report/query";
import { toCardData, toTotal } from "./answer";
import { calculated, groupingsOf } from "./calculation";
import type { Dialect } from "./dialect/dialect";
import type { Plan } from "./plan";
import { renderPlan } from "./render";
import type { Statement } from "./render";
import { withTop } from "./top";
import { totalPlans } from "./totals";

/** Runs one statement and answers its columns, at most so many rows of them. */
export type Execute = (statement: Statement, maxRows: number) => Promise<Scalar[][]>;

/**
 * Has an engine answer a plan: one statement for the ranking where values are ranked, then one for the answer and one for
 * each further grouping.
 */
export async function askPlan(plan: Plan, query: CardQuery, dialect: Dialect, execute: Execute): Promise<CardData> {
  const run = (each: Plan): Promise<Scalar[][]> => execute(renderPlan(each, dialect), each.fetch);
  const ranked = plan.top ? await run(plan.top.ranking) : [];
  const whole = withTop(plan, ranked[0] ?? []);
  const asked = query.totals ?? [];
  const groupings = totalPlans(whole, [...asked, ...groupingsOf(query)]);
  const [values, ...totals] = await Promise.all([run(whole), ...groupings.map((each) => run(each.plan))]);
  const data = toCardData(whole, query, values);
  const all = groupings.map((each, index) => toTotal(data.columns, each, totals[index] ?? []));
  const shown = query.totals ? { ...data, totals: all.slice(0, asked.length) } : data;
  return query.calculations ? calculated(shown, query, all) : shown;
}
