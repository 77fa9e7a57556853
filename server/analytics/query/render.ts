import type { Scalar } from "../../../core/contract/query";
import type { BoundType, Dialect } from "./dialect";
import type { Member } from "./model";
import type { Condition, Earlier, GroupBy, Match, Plan, Selection } from "./plan";

export interface BoundValue {
  type: BoundType;
  value: string | number | boolean;
}

/** One SELECT with its bound values, and the model's expressions in it, which the engine checks before it runs them. */
export interface Statement {
  sql: string;
  values: BoundValue[];
  expressions: string[];
}

/** A plan as one SELECT. Identifiers come from the model only; what the query brings is bound. */
export function renderPlan(plan: Plan, dialect: Dialect): Statement {
  const writer = new Writer(plan, dialect);
  const sql = plan.earlier ? writer.comparison(plan, plan.earlier) : writer.single(plan);
  return { sql, values: writer.values, expressions: [...writer.expressions] };
}

/** The last day that a date has in the data. */
export function renderLatestDay(
  plan: Pick<Plan, "source" | "alias" | "timeZone">,
  member: Member,
  dialect: Dialect,
): Statement {
  const writer = new Writer(plan, dialect);
  const sql = `SELECT max(${writer.day({ member, grain: "day" })}) FROM ${writer.table}`;
  return { sql, values: [], expressions: [...writer.expressions] };
}

/** What the groups of the current period were earlier. Which of them there are, the current period decides. */
function earlierSelection(current: Selection, { where, match }: Earlier): Selection {
  const { within, ...selection } = current;
  const before = { ...selection, where, having: [] };
  return within ? { ...before, within: { ...within, match } } : before;
}

class Writer {
  readonly values: BoundValue[] = [];
  readonly expressions = new Set<string>();

  constructor(
    private readonly plan: Pick<Plan, "source" | "alias" | "timeZone">,
    private readonly dialect: Dialect,
  ) {}

  get table(): string {
    return `${this.dialect.table(this.plan.source)} AS ${this.dialect.quote(this.plan.alias)}`;
  }

  single(plan: Plan): string {
    return `${this.selection(plan.current)}${this.order(plan)}`;
  }

  /** The current period decides which rows there are; the earlier one adds its numbers where it has any. */
  comparison(plan: Plan, earlier: NonNullable<Plan["earlier"]>): string {
    const name = (text: string): string => this.dialect.quote(text);
    const { groups, measures } = plan.current;
    const current = this.selection(plan.current);
    const before = this.selection(earlierSelection(plan.current, earlier));
    const columns = [
      ...groups.map(({ member }) => `ours.${name(member.name)} AS ${name(member.name)}`),
      ...measures.map((member) => `ours.${name(member.name)} AS ${name(member.name)}`),
      ...measures.map((member) => `before.${name(member.name)} AS ${name(`${member.name}:previous`)}`),
    ];
    const join = groups.map(({ member }) => {
      const own = `ours.${name(member.name)}`;
      const match = earlier.match?.name === member.name ? this.matching(own, earlier.match) : own;
      return this.dialect.same(`before.${name(member.name)}`, match);
    });
    return (
      `WITH ours AS (${current}), before AS (${before}) ` +
      `SELECT ${columns.join(", ")} FROM ours LEFT JOIN before ON ${join.join(" AND ") || "TRUE"}${this.order(plan)}`
    );
  }

  /** The unit start that a group belongs to. */
  day({ member, grain }: GroupBy): string {
    return this.dialect.unitStart(grain ?? "day", this.expression(member));
  }

  private matching(own: string, { grain, by }: Match): string {
    if (by.kind === "distance") return this.dialect.moved(own, by.shift);
    const place = this.dialect.unitsBetween(grain, this.bind("day", by.start), own);
    return this.dialect.unitsLater(grain, this.bind("day", by.earlierStart), place);
  }

  private selection({ groups, measures, where, having, within }: Selection): string {
    const columns = [
      ...groups.map((group) => `${this.group(group)} AS ${this.dialect.quote(group.member.name)}`),
      ...measures.map((member) => `${this.expression(member)} AS ${this.dialect.quote(member.name)}`),
    ];
    const groupBy = groups.length > 0 ? ` GROUP BY ${groups.map((_, index) => index + 1).join(", ")}` : "";
    return (
      `SELECT ${columns.join(", ")} FROM ${this.table}${within ? this.within(within) : ""}` +
      `${this.conditions(" WHERE ", where)}${groupBy}${this.conditions(" HAVING ", having)}`
    );
  }

  /** The names differ from any column's, so that the model's expressions still mean the table. */
  private within({ groups: { groups, where, having }, match }: NonNullable<Selection["within"]>): string {
    const name = (index: number): string => this.dialect.quote(`~${index}`);
    const columns = groups.map((group, index) => `${this.group(group)} AS ${name(index)}`);
    const by = groups.map((_, index) => index + 1).join(", ");
    const kept =
      `SELECT ${columns.join(", ")} FROM ${this.table}` +
      `${this.conditions(" WHERE ", where)} GROUP BY ${by}${this.conditions(" HAVING ", having)}`;
    const join = groups.map((group, index) => {
      const own = `${this.dialect.quote("~kept")}.${name(index)}`;
      return this.dialect.same(this.group(group), match?.name === group.member.name ? this.matching(own, match) : own);
    });
    return ` JOIN (${kept}) AS ${this.dialect.quote("~kept")} ON ${join.join(" AND ")}`;
  }

  private group(group: GroupBy): string {
    return group.grain ? this.day(group) : this.expression(group.member);
  }

  /** The line break ends a comment that an expression may close with. */
  private expression(member: Member): string {
    this.expressions.add(member.expression);
    const sql = `(${member.expression}\n)`;
    if (member.zoned) return this.dialect.localTime(this.plan.timeZone, sql);
    return member.type === "string" && member.role === "dimension" ? this.dialect.comparable(sql) : sql;
  }

  private order(plan: Plan): string {
    const terms = plan.order.map(({ name, descending }) => this.dialect.ordered(this.dialect.quote(name), descending));
    return `${terms.length > 0 ? ` ORDER BY ${terms.join(", ")}` : ""} LIMIT ${plan.fetch}`;
  }

  private conditions(keyword: string, conditions: Condition[]): string {
    if (conditions.length === 0) return "";
    return keyword + conditions.map((condition) => this.condition(condition)).join(" AND ");
  }

  private condition(condition: Condition): string {
    if (condition.kind === "not") return this.dialect.isNotTrue(this.condition(condition.condition));
    const sql = this.expression(condition.member);
    switch (condition.kind) {
      case "isNull":
        return `(${sql} IS NULL)`;
      case "order":
        return `(${sql} ${condition.order} ${this.bindScalar(condition.value, condition.member)})`;
      case "between": {
        const low = this.bindScalar(condition.low, condition.member);
        return `(${sql} BETWEEN ${low} AND ${this.bindScalar(condition.high, condition.member)})`;
      }
      case "text":
        return this.anyOf(
          condition.values.map((value) => this.dialect.text(condition.match, sql, this.bind("text", value))),
          sql,
          false,
        );
      case "oneOf": {
        const list = condition.values.map((value) => this.bindScalar(value, condition.member)).join(", ");
        return this.anyOf(list ? [`${sql} IN (${list})`] : [], sql, condition.orNull);
      }
      case "days":
        return this.anyOf(
          condition.ranges.map((range) => this.range(sql, range.from, range.to)),
          sql,
          condition.orNull,
        );
    }
  }

  private anyOf(terms: string[], sql: string, orNull: boolean): string {
    const all = orNull ? [...terms, `${sql} IS NULL`] : terms;
    return all.length > 0 ? `(${all.join(" OR ")})` : "FALSE";
  }

  private range(sql: string, from: string | undefined, to: string | undefined): string {
    const terms = [];
    if (from !== undefined) terms.push(`${sql} >= ${this.bind("day", from)}`);
    if (to !== undefined) terms.push(`${sql} < ${this.bind("day", to)}`);
    return `(${terms.join(" AND ")})`;
  }

  private bindScalar(value: Exclude<Scalar, null>, member: Member): string {
    if (typeof value === "boolean") return this.bind("boolean", value);
    if (typeof value === "number") return this.bind(Number.isSafeInteger(value) ? "integer" : "double", value);
    return this.bind(member.type === "number" ? "decimal" : "text", value);
  }

  private bind(type: BoundType, value: BoundValue["value"]): string {
    this.values.push({ type, value });
    return this.dialect.bound(this.values.length, type);
  }
}
