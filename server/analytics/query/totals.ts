import { OTHERS } from "./top";
import type { Earlier, Plan, Selection } from "./plan";

/** Rows that one grouping of totals may have; the largest answer has as many. */
const MAX_TOTALS = 10_000;

/** One further grouping of the rows behind an answer. */
export interface TotalPlan {
  by: string[];
  plan: Plan;
}

/**
 * The groupings that a query asks for besides its own, each over the rows of all its groups: a filter on a measure leaves
 * groups out of the totals too, `limit` does not.
 */
export function totalPlans(plan: Plan, groupings: string[][]): TotalPlan[] {
  return groupings.map((by) => ({ by, plan: totalPlan(plan, by) }));
}

function totalPlan({ current, earlier, ...plan }: Plan, by: string[]): Plan {
  const total: Plan = {
    ...plan,
    current: totalSelection(current, by),
    order: plan.order.filter(({ name }) => by.includes(name.replace(OTHERS, ""))),
    fetch: MAX_TOTALS,
  };
  return earlier && isComparable(earlier, by) ? { ...total, earlier } : total;
}

/** Without a dimension, a filter on a measure either keeps the one group there is or drops it: it stays as it is. */
function totalSelection(current: Selection, by: string[]): Selection {
  const groups = current.groups.filter(({ member }) => by.includes(member.name));
  const related = current.groups.map(({ member }) => member);
  if (current.having.length === 0 || groups.length === current.groups.length) return { ...current, groups, related };
  return { ...current, groups, related, having: [], within: { groups: current, match: null } };
}

/** A total over time can be compared only where the earlier period begins somewhere: else it would hold everything. */
function isComparable({ match, bounded }: Earlier, by: string[]): boolean {
  return bounded || match === null || by.includes(match.name);
}
