import type { Scalar, TimeGrain } from "../../../core/contract/query";
import type { Day, DayRange, Shift } from "./calendar";
import type { Member } from "./model";

/** A condition that a row (or, on a measure, a group) meets. Says nothing about any engine's SQL. */
export type Condition =
  | { kind: "oneOf"; member: Member; values: Exclude<Scalar, null>[]; orNull: boolean }
  | { kind: "isNull"; member: Member }
  | { kind: "text"; member: Member; match: "starts" | "ends" | "contains"; values: string[] }
  | { kind: "order"; member: Member; order: "<" | "<=" | ">" | ">="; value: Exclude<Scalar, null> }
  /** Both ends count. */
  | { kind: "between"; member: Member; low: Exclude<Scalar, null>; high: Exclude<Scalar, null> }
  /** In one of the ranges; a null is in none. `orNull` lets nulls in besides. */
  | { kind: "days"; member: Member; ranges: DayRange[]; orNull: boolean }
  /** Exactly what the other condition drops, nulls included. */
  | { kind: "not"; condition: Condition };

export interface GroupBy {
  member: Member;
  /** Set for every date: the days are cut into these units. */
  grain?: TimeGrain;
}

/** One aggregation over one table. */
export interface Selection {
  groups: GroupBy[];
  measures: Member[];
  where: Condition[];
  having: Condition[];
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
  source: string;
  /** The dataset's name, under which expressions may name the table. */
  alias: string;
  timeZone: string;
  current: Selection;
  earlier?: Earlier;
  order: { name: string; descending: boolean }[];
  /** Rows to fetch: one more than asked for, which tells whether more would follow. */
  fetch: number;
}
