import type { CardQuery } from "../../../core/contract/report/query";
import { QueryError } from "../query-error";
import type { Day } from "./calendar";
import { earlierOf } from "./compare";
import { conditionOf, isRelative } from "./filter";
import { dimensionOf, measureOf, memberOf } from "./model";
import type { Field, Member, QueryModel } from "./query-model";
import type { Condition, GroupBy, Plan } from "./plan";
import { topOf } from "./top";
import type { Policy } from "./query-model";
import { isTimed, rowsOfPolicy } from "./policy";
import { requireRelated } from "./block";

/** Whether the answer depends on what day it is. */
export function needsToday(query: CardQuery, policy: Policy = null): boolean {
  return (
    query.compare !== undefined ||
    isTimed(policy) ||
    query.filters.some(
      ({ operator }) => isRelative(operator) || operator === "notInThePast" || operator === "notInTheCurrent",
    )
  );
}

/** What a card query asks. Throws `input_invalid` where it does not suit the model. `today` is where relative periods end. */
export function buildPlan(model: QueryModel, query: CardQuery, today: Day): Plan {
  const groups = query.dimensions.map(({ field, grain }) => groupBy(dimensionOf(model, field), grain));
  const measures = query.measures.map((name) => measureOf(model, name));
  requireDistinct([...groups.map(({ member }) => member), ...measures]);
  requireGrouped(query);
  requireCalculable(query, model);
  const calendar = { today, weekStart: model.weekStart };
  const where: Condition[] = [];
  const having: Condition[] = [];
  for (const filter of query.filters) {
    const member = memberOf(model, filter.field);
    const condition = conditionOf(filter, member, calendar);
    if (condition) (member.role === "measure" ? having : where).push(condition);
  }
  const seen = rowsOfPolicy(model, membersAsked(query), calendar);
  const plan: Plan = {
    model,
    current: { groups, measures, where: [...where, ...seen], having, related: [] },
    order: orderOf(query, groups),
    fetch: query.limit + 1,
  };
  if (query.compare) {
    const member = dimensionOf(model, query.compare.field);
    const earlier = earlierOf(query, query.compare, member, where, calendar);
    // What the reader may see does not move with the period.
    plan.earlier = { ...earlier, where: [...earlier.where, ...seen] };
  }
  if (query.topN) plan.top = topOf(model, plan, query.topN, query.measures);
  requireRelated(plan);
  return plan;
}

function membersAsked({ dimensions, measures, filters, compare, topN }: CardQuery): string[] {
  const besides = [compare?.field, topN?.measure].filter((name) => name !== undefined);
  return [...dimensions.map(({ field }) => field), ...measures, ...filters.map(({ field }) => field), ...besides];
}

function requireCalculable({ dimensions, measures, calculations = [] }: CardQuery, model: QueryModel): void {
  const taken = new Set(model.members.keys());
  for (const { name, measure, by = [] } of calculations) {
    if (taken.has(name)) throw new QueryError("input_invalid", `The name "${name}" of a calculation is taken.`);
    taken.add(name);
    const stranger = by.find((each) => !dimensions.some(({ field }) => field === each));
    const missing = measures.includes(measure) ? stranger : measure;
    if (missing === undefined) continue;
    throw new QueryError(
      "input_invalid",
      `The calculation "${name}" needs "${missing}", which the query does not ask for.`,
    );
  }
}

function groupBy(member: Field, grain: GroupBy["grain"]): GroupBy {
  if (member.type === "date") return { member, grain: grain ?? "day" };
  if (grain) throw new QueryError("input_invalid", `"${member.name}" is not a date and has no ${grain}.`);
  return { member };
}

function requireDistinct(members: Member[]): void {
  const names = members.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new QueryError("input_invalid", `"${twice}" is asked for twice.`);
}

function requireGrouped({ dimensions, totals = [] }: CardQuery): void {
  const stranger = totals.flat().find((name) => !dimensions.some(({ field }) => field === name));
  if (stranger === undefined) return;
  throw new QueryError("input_invalid", `The query asks for totals by "${stranger}", which it does not group by.`);
}

/**
 * The asked order, else along time, else the greatest first. The dimensions follow at the end, so that the same query
 * always has the same answer, also where `limit` cuts it.
 */
function orderOf(query: CardQuery, groups: GroupBy[]): Plan["order"] {
  const names = [...groups.map(({ member }) => member.name), ...query.measures];
  const stranger = query.sort.find(({ field }) => !names.includes(field));
  if (stranger)
    throw new QueryError("input_invalid", `The query sorts by "${stranger.field}", which it does not ask for.`);
  const byTime = groups.some(({ grain }) => grain !== undefined);
  const first = query.measures[0];
  const implied = !byTime && first !== undefined ? [{ name: first, descending: true }] : [];
  const asked = query.sort.map(({ field, descending }) => ({ name: field, descending }));
  const order = [
    ...(asked.length > 0 ? asked : implied),
    ...groups.map(({ member }) => ({ name: member.name, descending: false })),
  ];
  return order.filter(({ name }, index) => order.findIndex((each) => each.name === name) === index);
}
