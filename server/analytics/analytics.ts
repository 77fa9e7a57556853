import type { DatasetModel } from "../../core/contract/dataset/dataset";
import { EnterpriseId } from "../../core/contract/id";
import type { CardData, CardQuery, Scalar } from "../../core/contract/report/query";
import { askPlan } from "./query/ask";
import type { Asker } from "./query/asker";
import { buildPlan, needsToday } from "./query/build-plan";
import { dayIn } from "./query/calendar";
import type { Day } from "./query/calendar";
import { duckdb, type EngineName } from "./query/dialect/dialect";
import { readModel, sourcesOf } from "./query/model";
import type { QueryModel } from "./query/query-model";
import { policyOf, restricted } from "./query/policy";
import { renderLatestDay } from "./query/render";
import type { BoundValue, Statement } from "./query/render";
import { abortable } from "./source/abortable";
import { FileSources } from "./source/files";
import type { FileSourcesOptions } from "./source/files";
import type { RemoteSources } from "./source/remote";
import type { Source, Times } from "./source/source";

export interface AnalyticsOptions extends Omit<FileSourcesOptions, "now" | "graceMs"> {
  queryTimeoutMs: number;
  /** The enterprises' other databases. Absent: a dataset that is read from one has no answer. */
  remote?: RemoteSources;
  /** How long an interrupted query has to end before its process is killed; 1,000 by default. */
  graceMs?: number;
  clock?: () => Date;
}

/** Whose data a query reads. Comes from the server's own records, never from the client. */
export interface AnalyticsScope {
  enterpriseId: EnterpriseId;
  dataset: DatasetModel;
  /** Who reads. Without anybody, a dataset with policies denies everything. */
  asker?: Asker | undefined;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** The report that asks: reports take turns. */
  report?: string | undefined;
  /** Told what each statement took, also where it failed. */
  ran?: ((statement: RanStatement) => void) | undefined;
}

/** One statement that the engine was given. */
export interface RanStatement extends Times {
  engine: EngineName;
  sql: string;
  values: BoundValue["value"][];
  /** Since when the data that it read is as it is, in ms; null: it was that of the moment. */
  asOf: number | null;
}

export interface Analytics {
  /**
   * Answers a card query. Throws a QueryError, whose text names the field or rule at fault; with an aborted signal, the
   * signal's reason. The first query of a source waits until its files are read in.
   */
  run(scope: AnalyticsScope, query: CardQuery, options?: RunOptions): Promise<CardData>;
  /**
   * The state of the scope's data: while it stays the same, so do all answers, unless it is live. Waits as the first
   * query does; `fresh`: until it is that of the files as they are now.
   */
  version(
    scope: AnalyticsScope,
    options?: { signal?: AbortSignal | undefined; fresh?: boolean },
  ): Promise<Pick<Source, "version" | "live">>;
  /** The scope's data itself, or with `sources` that of some of its tables, for those who check a model. */
  open(scope: AnalyticsScope, sources?: readonly string[]): Promise<Source>;
  /** A file of the enterprise was put in its place or taken away: no answer shows the one before any more. */
  fileChanged(enterpriseId: EnterpriseId, file: string): Promise<void>;
  /** Reads in a dataset's files as they are now, so that the next query neither waits nor answers from older ones. What other databases hold is not read in. */
  prepare(scope: AnalyticsScope): Promise<void>;
  /** Resolves when the engine process answers. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const MAX_KNOWN_DAYS = 500;
/** Of one answer. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Card queries over the enterprises' data. Nothing is started before the first query or `ready()`. */
export function createAnalytics(options: AnalyticsOptions): Analytics {
  return new CardAnalytics(options);
}

/** Plans what a card asks, has the source that holds the data answer it in its own SQL, and names the answer's columns. */
class CardAnalytics implements Analytics {
  private readonly files: FileSources;
  private readonly latestDays = new Map<string, Promise<Day | null>>();
  private readonly clock: () => Date;

  constructor(private readonly options: AnalyticsOptions) {
    this.clock = options.clock ?? (() => new Date());
    this.files = new FileSources({ ...options, graceMs: options.graceMs ?? 1_000, now: () => this.clock().getTime() });
  }

  async run(scope: AnalyticsScope, query: CardQuery, options: RunOptions = {}): Promise<CardData> {
    const policy = policyOf(scope);
    const model = restricted(readModel(scope.dataset), policy);
    // Planned once before anything is read: a query that does not suit the model costs nothing.
    const today = this.today(model);
    const planned = buildPlan(model, query, today);
    const source = await abortable(this.open(scope), options.signal);
    const own = source.dialect === duckdb ? model : restricted(readModel(scope.dataset, source.dialect), policy);
    const isRelative = own.asOf === "latest" && needsToday(query, policy);
    const isPlanned = own === model && !isRelative;
    const plan = isPlanned
      ? planned
      : buildPlan(own, query, isRelative ? await this.latestDay(source, own, today) : today);
    return askPlan(plan, query, source.dialect, (statement, maxRows) =>
      this.execute(source, statement, maxRows, options),
    );
  }

  version(
    scope: AnalyticsScope,
    { signal, fresh }: { signal?: AbortSignal | undefined; fresh?: boolean } = {},
  ): Promise<Pick<Source, "version" | "live">> {
    return abortable(this.open(scope, undefined, fresh), signal);
  }

  fileChanged(enterpriseId: EnterpriseId, file: string): Promise<void> {
    return this.files.changed(EnterpriseId.parse(enterpriseId), file);
  }

  async prepare({ enterpriseId, dataset }: AnalyticsScope): Promise<void> {
    if (dataset.dingboard.dataSource !== undefined) return;
    await this.files.prepare(EnterpriseId.parse(enterpriseId), sourcesOf(readModel(dataset)));
  }

  ready(): Promise<void> {
    return this.files.ready();
  }

  close(): Promise<void> {
    return this.files.close();
  }

  /** The id is checked once more, since it becomes the name of a folder. */
  open({ enterpriseId, dataset }: AnalyticsScope, sources?: readonly string[], fresh?: boolean): Promise<Source> {
    const { dataSource } = dataset.dingboard;
    if (dataSource !== undefined && this.options.remote) {
      return this.options.remote.open(EnterpriseId.parse(enterpriseId), dataSource);
    }
    return this.files.open(EnterpriseId.parse(enterpriseId), sources ?? sourcesOf(readModel(dataset)), fresh);
  }

  private today(model: QueryModel): Day {
    return dayIn(model.timeZone, this.clock());
  }

  /** The data's last day that is not in the future, asked once a day and version of the data. Data without any ends today. */
  private async latestDay(source: Source, model: QueryModel, today: Day): Promise<Day> {
    const field = model.timeField;
    if (!field) return today;
    const tables = [...model.datasets.values()].map((table) => table.source);
    const key = JSON.stringify([source.version, tables, field, field.zoned && model.timeZone, today]);
    const known = this.latestDays.get(key) ?? this.askLatestDay(source, model, field, today);
    if (this.latestDays.size >= MAX_KNOWN_DAYS) this.latestDays.clear();
    this.latestDays.set(key, known);
    known.catch(() => this.latestDays.delete(key));
    return (await known) ?? today;
  }

  private async askLatestDay(
    source: Source,
    model: QueryModel,
    field: NonNullable<QueryModel["timeField"]>,
    today: Day,
  ): Promise<Day | null> {
    const [column] = await this.execute(source, renderLatestDay(model, field, source.dialect, today), 1);
    const day = column?.[0] ?? null;
    return day === null ? null : String(day).slice(0, 10);
  }

  private execute(
    source: Source,
    statement: Statement,
    maxRows: number,
    { signal, report, ran }: RunOptions = {},
  ): Promise<Scalar[][]> {
    const { queryTimeoutMs: timeoutMs } = this.options;
    const values = statement.values.map(({ value }) => value);
    const measured =
      ran &&
      ((times: Times) =>
        ran({ engine: source.dialect.engine, sql: statement.sql, values, asOf: source.asOf, ...times }));
    return source.execute(statement, { maxRows, maxBytes: MAX_BYTES, timeoutMs, signal, report, measured });
  }
}
