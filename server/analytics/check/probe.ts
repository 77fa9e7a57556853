import type { Field, Part, QueryModel } from "../query/query-model";
import type { Statement } from "../query/render";
import { Scope, tableOf } from "../query/scope";
import { Writer } from "../query/writer";
import type { DescribedColumn, Limits, Source } from "../source/source";

/** What one look at the source may take. */
const LOOK = { maxRows: 1, maxBytes: 1024 * 1024, timeoutMs: 10_000 };

/** Something of a model that is written as SQL and looked at without reading rows. */
export interface Probed {
  name: string;
  dataset: string;
  /** A field's expression, or an aggregate of a measure. */
  of: Field | Part;
}

/** Small questions to a source about a model: what columns there are, and whether an expression is understood. */
export class Probe {
  constructor(
    private readonly source: Source,
    private readonly model: QueryModel,
    private readonly signal: AbortSignal,
  ) {}

  get engine(): Source["dialect"]["engine"] {
    return this.source.dialect.engine;
  }

  /** The columns of a dataset's table. */
  columns(dataset: string): Promise<DescribedColumn[]> {
    const writer = this.writer();
    return this.describe(writer, `SELECT * FROM ${tableOf(writer, dataset)} LIMIT 0`);
  }

  /** The types of some expressions over one dataset, as the engine understands them. Reads no row. */
  expressions(probed: readonly Probed[]): Promise<DescribedColumn[]> {
    const writer = this.writer();
    const scope = new Scope(writer, probed[0]?.dataset ?? "");
    const shown = probed.map(({ name, of }) => {
      const sql = "role" in of ? scope.plain(of) : scope.aggregate(of, name);
      return `${sql} AS ${writer.quote(name)}`;
    });
    return this.describe(writer, `SELECT ${shown.join(", ")} FROM ${scope.from()} WHERE 1 = 0`);
  }

  /** Whether two rows of a dataset have the same values in all of these columns; rows without one of them do not count. */
  async repeats(dataset: string, columns: readonly string[]): Promise<boolean> {
    const writer = this.writer();
    const names = columns.map((column) => `${writer.quote(dataset)}.${writer.quote(column)}`);
    const present = names.map((name) => `${name} IS NOT NULL`).join(" AND ");
    const sql =
      `SELECT 1 FROM ${tableOf(writer, dataset)} WHERE ${present} ` +
      `GROUP BY ${names.join(", ")} HAVING count(*) > 1 LIMIT 1`;
    const values = await this.source.execute(statementOf(writer, sql), this.limits());
    return (values[0] ?? []).length > 0;
  }

  private writer(): Writer {
    return new Writer(this.model, this.source.dialect);
  }

  private async describe(writer: Writer, sql: string): Promise<DescribedColumn[]> {
    let columns: DescribedColumn[] = [];
    await this.source.execute(statementOf(writer, sql), {
      ...this.limits(),
      described: (described) => (columns = described),
    });
    return columns;
  }

  private limits(): Limits {
    return { ...LOOK, signal: this.signal };
  }
}

function statementOf({ values, expressions }: Writer, sql: string): Statement {
  return { sql, values, expressions: [...expressions] };
}
