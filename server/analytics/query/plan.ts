import type { Scalar, TimeGrain } from "../../../core/contract/report/query";
import type { Day, DayRange, Shift } from "./calendar";
import type { Field, Measure, Member, QueryModel } from "./query-model";

type Value = Exclude<Scalar, null>;

/** A condition that a row (or, on a measure, a group) meets. Says nothing about any engine's SQL. */
export type Condition =
  | { kind: "oneOf"; member: Member; values: Value[]; orNull: boolean }
  | { kind: "isNull"; member: Member }
  | { kind: "text"; member: Member; match: "starts" | "ends" | "contains"; values: string[] }
  | { kind: "order"; member: Member; order: "<" | "<=" | ">" | ">="; value: Value }
  /** Both ends count. */
  | { kind: "between"; member: Member; low: Value; high: Value }
  /** In one of the ranges; a null is in none. `orNull` lets nulls in besides. */
  | { kind: "days"; member: Member; ranges: DayRange[]; orNull: boolean }
  /** Exactly what the other condition drops, nulls included. */
  | { kind: "not"; condition: Condition }
  /** With nothing to meet, `all` lets everything through and `any` nothing. */
  | { kind: "all" | "any"; conditions: Condition[] };

/** The members that a condition looks at. */
export function membersOf(condition: Condition): Member[] {
  if ("member" in condition) return [condition.member];
  return condition.kind === "not" ? membersOf(condition.condition) : condition.conditions.flatMap(membersOf);
}

export interface GroupBy {
  member: Field;
  /** Set for every date: the days are cut into these units. */
  grain?: TimeGrain;
  /** Only these values are groups of their own; all others are one more group, which is told apart by a column. */
  kept?: Kept;
}

export interface Kept {
  values: Value[];
  orNull: boolean;
}

/** One aggregation. */
export interface Selection {
  groups: GroupBy[];
  measures: Measure[];
  where: Condition[];
  having: Condition[];
  /** Fields that decide which rows belong together although they are not grouped by: a total's are those of its answer. */
  related: Field[];
  /** Only rows whose value is one of those kept count. */
  only?: GroupBy & { kept: Kept };
  /** Only rows that belong to one of these groups count. */
  within?: { groups: Selection; match: Match | null };
}

/** Which unit of the current period a unit of the earlier one stands beside. */
export interface Match {
  name: string;
  grain: TimeGrain;
  by: PeriodMatch;
}

/** Which earlier unit belongs to a unit of the answer. */
export type PeriodMatch =
  /** The unit at the same place, counted from the two periods' starts: their lengths may differ. */
  | { kind: "place"; start: Day; earlierStart: Day }
  /** The unit that lies this far back. */
  | { kind: "distance"; shift: Shift };

/** The earlier period of a comparison. */
export interface Earlier {
  where: Condition[];
  match: Match | null;
  /** Whether it begins somewhere: without a beginning only units of time can be compared, not their total. */
  bounded: boolean;
}

/** What a card query asks, in terms that every SQL engine can answer. */
export interface Plan {
  model: QueryModel;
  current: Selection;
  earlier?: Earlier;
  order: { name: string; descending: boolean }[];
  /** Asked first: the values that become groups of their own, ranked. */
  top?: { field: string; ranking: Plan; others: boolean };
  /** Rows to fetch: one more than asked for, which tells whether more would follow. */
  fetch: number;
}
