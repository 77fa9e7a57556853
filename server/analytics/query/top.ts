import type { Scalar, TopN } from "../../../core/contract/report/query";
import { QueryError } from "../query-error";
import { measureOf } from "./model";
import type { QueryModel } from "./query-model";
import type { Kept, Plan, Selection } from "./plan";

/** Behind a group's name: 1 in the row that stands for all values which are no groups of their own, else 0. */
export const OTHERS = "~others";

/**
 * How the values of a dimension are ranked: by the rows of the groups that filters on measures leave, so that what the
 * filters drop takes no place among the first. Throws `input_invalid` where the query does not ask for it. */
export function topOf(model: QueryModel, plan: Plan, topN: TopN, measures: string[]): NonNullable<Plan["top"]> {
  const { field, count, measure = measures[0], ascending = false, others } = topN;
  const group = plan.current.groups.find(({ member }) => member.name === field);
  if (!group || measure === undefined) {
    throw new QueryError("input_invalid", `The query ranks "${field}", which it does not group by.`);
  }
  const by = measureOf(model, measure);
  const ranking: Plan = {
    model,
    current: { ...ofFiltered(plan.current), groups: [group], measures: [by] },
    order: [
      { name: by.name, descending: !ascending },
      { name: field, descending: false },
    ],
    fetch: count,
  };
  return { field, ranking, others };
}

/** The plan once its ranking is known: the ranked values are groups of their own, the others one more or none. */
export function withTop({ top, ...plan }: Plan, ranked: readonly Scalar[]): Plan {
  if (!top) return plan;
  const values = ranked.filter((value) => value !== null);
  const kept: Kept = { values, orNull: values.length < ranked.length };
  const { order } = plan;
  const current = ofFiltered(plan.current);
  const group = current.groups.find(({ member }) => member.name === top.field);
  if (!group) return plan;
  if (!top.others) return { ...plan, current: { ...current, only: { ...group, kept } } };
  const groups = current.groups.map((each) => (each === group ? { ...each, kept } : each));
  return { ...plan, current: { ...current, groups }, order: othersLast(order, current, top.field) };
}

/** The rows of the groups that filters on measures leave, to be grouped in any other way. */
function ofFiltered(current: Selection): Selection {
  const related = current.groups.map(({ member }) => member);
  if (current.having.length === 0) return { ...current, related };
  return { ...current, related, having: [], within: { groups: current, match: null } };
}

/** Others stand behind the ranked values, within each day of a time axis. */
function othersLast(order: Plan["order"], { groups }: Selection, field: string): Plan["order"] {
  const isTime = (name: string): boolean =>
    name !== field && groups.some(({ member, grain }) => member.name === name && grain !== undefined);
  const at = order.findIndex(({ name }) => !isTime(name));
  const place = at < 0 ? order.length : at;
  return [...order.slice(0, place), { name: `${field}${OTHERS}`, descending: false }, ...order.slice(place)];
}
