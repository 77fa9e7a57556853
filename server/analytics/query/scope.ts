import { isSqlSource, type Relationship } from "../../../core/contract/dataset/semantic-model";
import { QueryError } from "../query-error";
import { duckdb, type Dialect } from "./dialect/dialect";
import { printTree } from "./expression/print";
import type { Written } from "./expression/read";
import { ExpressionError } from "./expression/fault";
import type { Field, Part, TableOfModel } from "./query-model";
import { rewrittenSql } from "./sql/rewrite";
import type { Writer } from "./writer";

/** A dataset that is joined: one row of it for each row that leads there. */
interface Joined {
  /** The last step of the way to it. */
  step: Relationship;
  fields: Map<string, Field>;
  /** Columns that lead on from it. */
  columns: Set<string>;
}

/**
 * The rows of one dataset, and what belongs to each of them along the relationships. What is joined shows columns with
 * names of ours only (`~name`), so that the model's own expressions still mean the one table.
 */
export class Scope {
  private readonly joined = new Map<string, Joined>();

  constructor(
    private readonly writer: Writer,
    private readonly base: string,
  ) {}

  /** A field's value for a row: the wall clock of the model's time zone where it is an instant. */
  field(field: Field): string {
    if (field.dataset === this.base) return this.ownField(field);
    this.join(field.dataset).fields.set(field.name, field);
    return this.at(field.dataset, `~${field.name}`);
  }

  /** A field of the base as the model writes it: an instant is not cut, a text not made comparable. */
  plain(field: Field): string {
    return this.written(field.written, field.name);
  }

  /** An aggregate over the rows. `name` is the measure's, for the text of a failure. */
  aggregate({ written }: Part, name: string): string {
    return this.written(written, name);
  }

  /** A column that leads to another dataset. */
  key(dataset: string, column: string): string {
    if (dataset === this.base) return this.own(column);
    this.join(dataset).columns.add(column);
    return this.at(dataset, `~=${column}`);
  }

  /** What stands behind FROM. Complete once all fields and aggregates were asked for. */
  from(): string {
    const { writer } = this;
    const joins = [...this.joined].map(([name, joined]) => {
      const on = joined.step.from_columns.map((column, index) => {
        const own = joined.step.from === this.base ? this.own(column) : this.at(joined.step.from, `~=${column}`);
        return `${own} = ${this.at(name, `~${index}`)}`;
      });
      return ` LEFT JOIN (${this.joinedRows(name, joined)}) AS ${writer.quote(`~${name}`)} ON ${on.join(" AND ")}`;
    });
    return `${tableOf(writer, this.base)}${joins.join("")}`;
  }

  private own(column: string): string {
    return `${this.writer.quote(this.base)}.${this.writer.quote(column)}`;
  }

  private at(dataset: string, column: string): string {
    return `${this.writer.quote(`~${dataset}`)}.${this.writer.quote(column)}`;
  }

  /** Joins a dataset, and before it those on the way to it. */
  private join(dataset: string): Joined {
    const known = this.joined.get(dataset);
    if (known) return known;
    const step = this.writer.model.relationships.way(this.base, dataset)?.at(-1);
    if (!step) throw new QueryError("input_invalid", `"${this.base}" has no relationship to "${dataset}".`);
    if (step.from !== this.base) step.from_columns.forEach((column) => this.join(step.from).columns.add(column));
    const joined: Joined = { step, fields: new Map(), columns: new Set() };
    this.joined.set(dataset, joined);
    return joined;
  }

  /** Where the model does not say that the columns tell the rows apart, rows that share them become one: none counts twice. */
  private joinedRows(name: string, { step, fields, columns }: Joined): string {
    const { writer } = this;
    const scope = new Scope(writer, name);
    const keys = step.to_columns.map((column, index) => `${scope.own(column)} AS ${writer.quote(`~${index}`)}`);
    const isUnique = isKey(writer.model.datasets.get(name), step.to_columns);
    const one = (sql: string, type?: Field["type"]): string => (isUnique ? sql : leastOf(sql, type));
    const shown = [
      ...keys,
      ...[...fields.values()].map(
        (field) => `${one(scope.ownField(field), field.type)} AS ${writer.quote(`~${field.name}`)}`,
      ),
      ...[...columns].map((column) => `${one(scope.own(column))} AS ${writer.quote(`~=${column}`)}`),
    ];
    const groupBy = isUnique ? "" : ` GROUP BY ${keys.map((_, index) => index + 1).join(", ")}`;
    return `SELECT ${shown.join(", ")} FROM ${tableOf(writer, name)}${groupBy}`;
  }

  private ownField(field: Field): string {
    const { dialect, model } = this.writer;
    const sql = this.written(field.written, field.name);
    if (field.zoned) return dialect.localTime(model.timeZone, sql);
    if (field.type === "string") return dialect.comparable(sql);
    return field.mayBeNaN && !this.isChecked(field) ? dialect.measured(sql) : sql;
  }

  /** A column that is written as null where it holds no number. */
  private isChecked({ written }: Field): boolean {
    return written.kind === "tree" && written.tree.kind === "column" && this.mayBeNaN(written.tree.name);
  }

  private mayBeNaN(column: string): boolean {
    return this.writer.model.datasets.get(this.base)?.nanColumns.has(column) ?? false;
  }

  /** The line break ends a comment that an expression may close with. */
  private written(written: Written, name: string): string {
    const { dialect, expressions } = this.writer;
    if (written.kind === "unusable") throw unusable(name, written.fault);
    if (written.kind === "text") {
      const text = this.withReferences(written.text, name);
      expressions.add(text);
      return `(${text}\n)`;
    }
    try {
      return printTree(written.tree, {
        dialect,
        column: (owner, column) => (owner === null ? this.own(column) : this.reference(owner, column, name)),
        // What is built from files holds none.
        mayBeNaN: dialect === duckdb ? undefined : (column) => this.mayBeNaN(column),
      });
    } catch (error) {
      throw error instanceof ExpressionError ? unusable(name, error) : error;
    }
  }

  /** In Ossie a metric names a declared field as `dataset.field`: it stands for the field's expression. Quoted text is left alone. */
  private withReferences(text: string, name: string): string {
    return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\b([a-z]\w*)\.([a-z]\w*)\b/g, (whole, owner, field) => {
      const found = this.writer.model.members.get(String(field));
      const isField = found?.role === "dimension" && found.dataset === owner && found.name !== name;
      return isField ? this.field(found) : String(whole);
    });
  }

  private reference(owner: string, column: string, name: string): string {
    const found = this.writer.model.members.get(column);
    if (found?.role === "dimension" && found.dataset === owner) return this.field(found);
    throw unusable(name, new ExpressionError("no_field", `${owner}.${column}`));
  }
}

/** A dataset's table under the dataset's name. */
export function tableOf(writer: Writer, dataset: string): string {
  const source = writer.model.datasets.get(dataset)?.source;
  if (source === undefined) throw new QueryError("input_invalid", `The model has no dataset "${dataset}".`);
  const { dialect } = writer;
  const table = isSqlSource(source) ? `(${sqlOf(source, dataset, dialect)})` : dialect.table(source);
  return `${table} AS ${writer.quote(dataset)}`;
}

function sqlOf(source: string, dataset: string, dialect: Dialect): string {
  try {
    return rewrittenSql(source, dialect);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new QueryError("input_invalid", `The SQL of "${dataset}" ${error.message}.`, undefined, error);
  }
}

function isKey(table: TableOfModel | undefined, columns: string[]): boolean {
  return (table?.keys ?? []).some((key) => key.length > 0 && key.every((column) => columns.includes(column)));
}

/** Truths have no least one on every engine. */
function leastOf(sql: string, type: Field["type"] | undefined): string {
  return type === "boolean" ? `(min(CASE WHEN ${sql} THEN 1 WHEN NOT ${sql} THEN 0 END) = 1)` : `min(${sql})`;
}

function unusable(name: string, fault: ExpressionError): QueryError {
  return new QueryError("input_invalid", `The expression of "${name}" ${fault.message}.`, undefined, fault);
}
