import { blocksOf, measuresOf } from "./block";
import type { Block } from "./block";
import { addUnits, type Day } from "./calendar";
import type { Dialect } from "./dialect/dialect";
import { printTree } from "./expression/print";
import type { Field, Measure, QueryModel } from "./query-model";
import type { Condition, Earlier, GroupBy, Plan, Selection } from "./plan";
import { Scope } from "./scope";
import { OTHERS } from "./top";
import { Writer } from "./writer";
import type { BoundValue } from "./writer";

/** One SELECT with its bound values, and the model's expressions in it, which the engine checks before it runs them. */
export interface Statement {
  sql: string;
  values: BoundValue[];
  expressions: string[];
}

export type { BoundValue } from "./writer";

/** A plan as one SELECT. Identifiers come from the model only; what the query brings is bound, in the order it stands. */
export function renderPlan(plan: Plan, dialect: Dialect): Statement {
  const renderer = new Renderer(plan.model, dialect);
  return renderer.statement(plan.earlier ? renderer.comparison(plan, plan.earlier) : renderer.single(plan));
}

/** The last day that a date has in the data, none after `today`: plans and "never" (9999-12-31) lie in the future. */
export function renderLatestDay(model: QueryModel, field: Field, dialect: Dialect, today: Day): Statement {
  const renderer = new Renderer(model, dialect);
  return renderer.statement(renderer.latestDay(field, today));
}

class Renderer {
  private readonly writer: Writer;

  constructor(
    private readonly model: QueryModel,
    private readonly dialect: Dialect,
  ) {
    this.writer = new Writer(model, dialect);
  }

  statement(sql: string): Statement {
    return { sql, values: this.writer.values, expressions: [...this.writer.expressions] };
  }

  latestDay(field: Field, today: Day): string {
    const scope = new Scope(this.writer, field.dataset);
    const day = this.writer.unitStart("day", scope.field(field));
    const condition: Condition = {
      kind: "days",
      member: field,
      ranges: [{ to: addUnits(today, "day", 1) }],
      orNull: false,
    };
    const where = this.writer.conditions(" WHERE ", [condition], () => ({ sql: scope.field(field), type: field.type }));
    return `SELECT max(${day}) FROM ${scope.from()}${where}`;
  }

  single(plan: Plan): string {
    return this.ordered(this.selection(plan.current), plan);
  }

  /** The current period decides which rows there are; the earlier one adds its numbers where it has any. */
  comparison(plan: Plan, earlier: Earlier): string {
    const name = (text: string): string => this.dialect.quote(text);
    const { groups, measures } = plan.current;
    const current = this.selection(plan.current);
    const before = this.selection(earlierSelection(plan.current, earlier));
    const keys = groups.flatMap(columnsOfGroup);
    const columns = [
      ...keys.map((key) => `ours.${name(key)} AS ${name(key)}`),
      ...measures.map((member) => `ours.${name(member.name)} AS ${name(member.name)}`),
      ...measures.map((member) => `earlier.${name(member.name)} AS ${name(`${member.name}:previous`)}`),
    ];
    const join = keys.map((key) => {
      const own = `ours.${name(key)}`;
      const match = earlier.match?.name === key ? this.writer.matching(own, earlier.match) : own;
      return this.dialect.same(`earlier.${name(key)}`, match);
    });
    const sql =
      `WITH ours AS (${current}), earlier AS (${before}) ` +
      `SELECT ${columns.join(", ")} FROM ours LEFT JOIN earlier ON ${join.join(" AND ") || "1 = 1"}`;
    return this.ordered(sql, plan);
  }

  private selection(selection: Selection): string {
    const blocks = blocksOf(this.model, selection);
    const [block] = blocks;
    const isPlain = measuresOf(selection).every(({ outer }) => outer === null);
    if (block && blocks.length === 1 && isPlain) return this.block(selection, block, true);
    return this.merged(selection, blocks);
  }

  /** Rows of one dataset, added up. `whole`: the selection has no other, so its groups are told apart here. */
  private block(selection: Selection, block: Block, whole: boolean): string {
    const { groups } = selection;
    const scope = new Scope(this.writer, block.home);
    const isOwn = block.home === block.base;
    const keys = isOwn ? this.groups(groups, scope) : groups.flatMap(columnsOfGroup).map((key) => this.keyOfRows(key));
    const shown = whole ? selection.measures.map(({ name }) => name) : block.parts.map(({ name }) => name);
    const aggregate = (name: string): string => {
      const found = block.parts.find((each) => each.name === name);
      return found ? scope.aggregate(found.part, name) : "NULL";
    };
    const columns = [
      ...keys.map((sql, index) => `${sql} AS ${this.dialect.quote(groups.flatMap(columnsOfGroup)[index] ?? "")}`),
      ...shown.map((name) => `${aggregate(name)} AS ${this.dialect.quote(name)}`),
    ];
    // In the order of the text, so that bound values without numbers are in theirs.
    const rows = isOwn ? this.within(selection, scope) : this.relatedRows(selection, block);
    const restricted = isOwn ? this.where(selection, scope) : "";
    const groupBy = keys.length > 0 ? ` GROUP BY ${keys.map((_, index) => index + 1).join(", ")}` : "";
    const having = whole
      ? this.writer.conditions(" HAVING ", selection.having, ({ member }) => ({
          sql: aggregate(member.name),
          type: member.type,
        }))
      : "";
    return `SELECT ${columns.join(", ") || "1"} FROM ${scope.from()}${rows}${restricted}${groupBy}${having}`;
  }

  private where({ where, only }: Selection, scope: Scope): string {
    const conditions = this.writer.conditions(" WHERE ", where, ({ member }) => ({
      sql: member.role === "dimension" ? scope.field(member) : "NULL",
      type: member.type,
    }));
    if (!only) return conditions;
    const { member, kept } = only;
    const own = this.writer.oneOf({ sql: this.groupValue(only, scope), type: member.type }, kept.values, kept.orNull);
    return conditions ? `${conditions} AND ${own}` : ` WHERE ${own}`;
  }

  private groupValue({ member, grain }: GroupBy, scope: Scope): string {
    return grain ? this.writer.unitStart(grain, scope.field(member)) : scope.field(member);
  }

  /** Each row of a dataset once for each group that one of the rows behind it belongs to. */
  private relatedRows(selection: Selection, { home, base }: Block): string {
    const { dialect } = this;
    const steps = this.model.relationships.way(base, home) ?? [];
    const last = steps.at(-1);
    if (!last) return "";
    const scope = new Scope(this.writer, base);
    const names = selection.groups.flatMap(columnsOfGroup);
    const keys = this.groups(selection.groups, scope).map(
      (sql, index) => `${sql} AS ${dialect.quote(`~:${names[index] ?? ""}`)}`,
    );
    const own = last.from_columns.map(
      (column, index) => `${scope.key(last.from, column)} AS ${dialect.quote(`~${index}`)}`,
    );
    const within = this.within(selection, scope);
    const where = this.where(selection, scope);
    const on = last.to_columns.map(
      (column, index) =>
        `${dialect.quote(home)}.${dialect.quote(column)} = ${dialect.quote("~rows")}.${dialect.quote(`~${index}`)}`,
    );
    return (
      ` JOIN (SELECT DISTINCT ${[...keys, ...own].join(", ")} FROM ${scope.from()}${within}${where})` +
      ` AS ${dialect.quote("~rows")} ON ${on.join(" AND ")}`
    );
  }

  private keyOfRows(key: string): string {
    return `${this.dialect.quote("~rows")}.${this.dialect.quote(`~:${key}`)}`;
  }

  /** The names differ from any column's, so that the model's expressions still mean the table. */
  private within({ within }: Selection, scope: Scope): string {
    if (!within) return "";
    const { groups, match } = within;
    const names = groups.groups.flatMap(columnsOfGroup);
    const kept = names.map((key, index) => `${this.dialect.quote(key)} AS ${this.dialect.quote(`~${index}`)}`);
    const inner = `SELECT ${kept.join(", ")} FROM (${this.selection(groups)}) AS ${this.dialect.quote("~all")}`;
    const own = this.groups(groups.groups, scope);
    const join = names.map((key, index) => {
      const column = `${this.dialect.quote("~kept")}.${this.dialect.quote(`~${index}`)}`;
      return this.dialect.same(own[index] ?? "", match?.name === key ? this.writer.matching(column, match) : column);
    });
    return ` JOIN (${inner}) AS ${this.dialect.quote("~kept")} ON ${join.join(" AND ")}`;
  }

  /** The values that rows are grouped by, one for each column. */
  private groups(groups: GroupBy[], scope: Scope): string[] {
    return groups.flatMap((group) => {
      const { member, kept } = group;
      const sql = this.groupValue(group, scope);
      if (!kept) return [sql];
      const isKept = (): string => this.writer.oneOf({ sql, type: member.type }, kept.values, kept.orNull);
      return [`CASE WHEN ${isKept()} THEN ${sql} END`, `CASE WHEN ${isKept()} THEN 0 ELSE 1 END`];
    });
  }

  /** Several datasets, each added up by itself, set side by side. */
  private merged(selection: Selection, blocks: Block[]): string {
    const { dialect } = this;
    const name = (text: string): string => dialect.quote(text);
    const keys = selection.groups.flatMap(columnsOfGroup);
    const ctes = blocks.map((block, index) => `${name(`~${index}`)} AS (${this.block(selection, block, false)})`);
    const all = blocks.flatMap((block, index) => block.parts.map((part) => ({ column: part.name, index })));
    const rows = blocks.map((_, own) => {
      const columns = all.map(({ column, index }) =>
        // A null of the column's own type, which no engine would guess.
        index === own
          ? name(column)
          : `(SELECT ${name(column)} FROM ${name(`~${index}`)} WHERE 1 = 0) AS ${name(column)}`,
      );
      return `SELECT ${[...keys.map(name), ...columns].join(", ")} FROM ${name(`~${own}`)}`;
    });
    const sides = [...keys.map(name), ...all.map(({ column }) => `max(${name(column)}) AS ${name(column)}`)];
    const groupBy = keys.length > 0 ? ` GROUP BY ${keys.map((_, index) => index + 1).join(", ")}` : "";
    const merged = `SELECT ${sides.join(", ")} FROM (${rows.join(" UNION ALL ")}) AS ${name("~rows")}${groupBy}`;
    const shown = selection.measures.map((measure) => `${this.outer(measure)} AS ${name(measure.name)}`);
    const having = this.writer.conditions(" WHERE ", selection.having, ({ member }) => ({
      sql: member.role === "measure" ? this.outer(member) : "NULL",
      type: member.type,
    }));
    return (
      `WITH ${ctes.join(", ")} SELECT ${[...keys.map(name), ...shown].join(", ")} ` +
      `FROM (${merged}) AS ${name("~merged")}${having}`
    );
  }

  private outer({ name, outer }: Measure): string {
    if (!outer) return this.dialect.quote(name);
    return printTree(outer, { dialect: this.dialect, column: (_, part) => this.dialect.quote(`${name}${part}`) });
  }

  private ordered(sql: string, plan: Plan): string {
    const terms = plan.order.map(({ name, descending }) => this.dialect.ordered(this.dialect.quote(name), descending));
    const order = `${terms.length > 0 ? ` ORDER BY ${terms.join(", ")}` : ""} LIMIT ${plan.fetch}`;
    return this.dialect.ordersOutside
      ? `SELECT * FROM (${sql}) AS ${this.dialect.quote("~answer")}${order}`
      : sql + order;
  }
}

/** The columns of a group: its value, and whether it stands for all others. */
export function columnsOfGroup({ member, kept }: GroupBy): string[] {
  return kept ? [member.name, `${member.name}${OTHERS}`] : [member.name];
}

/** What the groups of the current period were earlier. Which of them there are, the current period decides. */
function earlierSelection(current: Selection, { where, match }: Earlier): Selection {
  const { within, ...selection } = current;
  const before = { ...selection, where, having: [] };
  return within ? { ...before, within: { ...within, match } } : before;
}
