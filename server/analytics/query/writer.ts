import type { Scalar, TimeGrain } from "../../../core/contract/report/query";
import type { BoundType, Dialect } from "./dialect/dialect";
import type { QueryModel, ValueType } from "./query-model";
import type { Condition, Match } from "./plan";

export interface BoundValue {
  type: BoundType;
  value: string | number | boolean;
}

/** What is to be compared: its SQL and what it holds. */
export interface Operand {
  sql: string;
  type: ValueType;
}

type Leaf = Exclude<Condition, { kind: "not" | "all" | "any" }>;

/** One statement as it grows: its bound values, and what all of its parts are written with. */
export class Writer {
  readonly values: BoundValue[] = [];
  /** The model's own texts that stand in the statement. */
  readonly expressions = new Set<string>();

  constructor(
    readonly model: QueryModel,
    readonly dialect: Dialect,
  ) {}

  quote(name: string): string {
    return this.dialect.quote(name);
  }

  bind(type: BoundType, value: BoundValue["value"]): string {
    this.values.push({ type, value });
    return this.dialect.bound(this.values.length, type);
  }

  /** The first day of the unit that a date belongs to. */
  unitStart(grain: TimeGrain, sql: string): string {
    const { dialect } = this;
    if (grain !== "week" || this.model.weekStart === "monday") return dialect.unitStart(grain, sql);
    // A Sunday is a day before the Monday of the day after it.
    const later = dialect.moved(dialect.unitStart("day", sql), { days: 1, months: 0 });
    return dialect.moved(dialect.unitStart("week", later), { days: -1, months: 0 });
  }

  /** The unit of the earlier period that a unit of the current one stands beside. */
  matching(own: string, { grain, by }: Match): string {
    if (by.kind === "distance") return this.dialect.moved(own, by.shift);
    const place = this.dialect.unitsBetween(grain, this.bind("day", by.start), own);
    return this.dialect.unitsLater(grain, this.bind("day", by.earlierStart), place);
  }

  /** ` WHERE ...` or nothing. */
  conditions(keyword: string, conditions: Condition[], operandOf: (condition: Leaf) => Operand): string {
    if (conditions.length === 0) return "";
    return keyword + conditions.map((condition) => this.condition(condition, operandOf)).join(" AND ");
  }

  /** One of these values; with `orNull`, or none. */
  oneOf({ sql, type }: Operand, values: readonly Exclude<Scalar, null>[], orNull: boolean): string {
    const list = values.map((value) => this.bindScalar(value, type)).join(", ");
    return anyOf(list ? [`${sql} IN (${list})`] : [], sql, orNull);
  }

  private condition(condition: Condition, operandOf: (condition: Leaf) => Operand): string {
    switch (condition.kind) {
      case "not":
        return this.dialect.isNotTrue(this.condition(condition.condition, operandOf));
      case "all":
      case "any": {
        const [word, none] = condition.kind === "all" ? [" AND ", "1 = 1"] : [" OR ", "1 = 0"];
        return `(${condition.conditions.map((each) => this.condition(each, operandOf)).join(word) || none})`;
      }
      default:
        return this.leaf(condition, operandOf(condition));
    }
  }

  private leaf(condition: Leaf, operand: Operand): string {
    const { sql, type } = operand;
    switch (condition.kind) {
      case "isNull":
        return `(${sql} IS NULL)`;
      case "order":
        return `(${sql} ${condition.order} ${this.bindScalar(condition.value, type)})`;
      case "between": {
        const low = this.bindScalar(condition.low, type);
        return `(${sql} BETWEEN ${low} AND ${this.bindScalar(condition.high, type)})`;
      }
      case "text": {
        const terms = condition.values.map((value) =>
          this.dialect.text(condition.match, sql, this.bind("text", value)),
        );
        return anyOf(terms, sql, false);
      }
      case "oneOf":
        return this.oneOf(operand, condition.values, condition.orNull);
      case "days":
        return anyOf(
          condition.ranges.map((range) => this.range(sql, range.from, range.to)),
          sql,
          condition.orNull,
        );
    }
  }

  private range(sql: string, from: string | undefined, to: string | undefined): string {
    const terms = [];
    if (from !== undefined) terms.push(`${sql} >= ${this.bind("day", from)}`);
    if (to !== undefined) terms.push(`${sql} < ${this.bind("day", to)}`);
    return `(${terms.join(" AND ") || `${sql} IS NOT NULL`})`;
  }

  private bindScalar(value: Exclude<Scalar, null>, type: ValueType): string {
    if (typeof value === "boolean") return this.bind("boolean", value);
    if (typeof value === "number") return this.bind(Number.isSafeInteger(value) ? "integer" : "double", value);
    if (type === "date") return this.bind("day", value);
    if (type !== "number") return this.bind("text", value);
    return this.bind(isInt64(value) ? "integer" : "decimal", value);
  }
}

const MOST_INT64 = 2n ** 63n - 1n;

function isInt64(text: string): boolean {
  if (!/^-?\d+$/.test(text)) return false;
  const size = BigInt(text.replace("-", ""));
  return size <= MOST_INT64;
}

function anyOf(terms: string[], sql: string, orNull: boolean): string {
  const all = orNull ? [...terms, `${sql} IS NULL`] : terms;
  return all.length > 0 ? `(${all.join(" OR ")})` : "(1 = 0)";
}
