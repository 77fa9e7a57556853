import { DuckDBInstance } from "@duckdb/node-api";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import { EnterpriseId } from "../../core/contract/id";
import { CardQuery } from "../../core/contract/report/query";
import type { CardData } from "../../core/contract/report/query";
import { engineEntry } from "../factories/engine-entry";
import { createAnalytics } from "../../server/analytics/analytics";
import type { Analytics, AnalyticsOptions } from "../../server/analytics/analytics";

type QueryInput = Omit<Parameters<typeof CardQuery.parse>[0] & object, "dataset">;

/** For tests: folders of their own, files written into them, and an engine over them. */
export class AnalyticsWorld {
  readonly logged: string[] = [];
  private readonly engines: Analytics[] = [];

  private constructor(readonly dir: string) {}

  static async create(): Promise<AnalyticsWorld> {
    return new AnalyticsWorld(await mkdtemp(join(tmpdir(), "dingboard-analytics-")));
  }

  /** A new enterprise's id; it has no files yet. */
  enterprise(): EnterpriseId {
    return EnterpriseId.parse(randomUUID());
  }

  get filesDir(): string {
    return join(this.dir, "files");
  }

  analytics(options: Partial<AnalyticsOptions> = {}): Analytics {
    const engine = createAnalytics({
      filesDir: this.filesDir,
      databaseDir: join(this.dir, "analytics"),
      enginePath: engineEntry(),
      memoryLimit: "300MB",
      queryTimeoutMs: 30_000,
      concurrency: 2,
      log: {
        info: (_details, message) => this.logged.push(message),
        warn: (_details, message) => this.logged.push(message),
      },
      ...options,
    });
    this.engines.push(engine);
    return engine;
  }

  async writeFile(enterpriseId: EnterpriseId, path: string, text: string): Promise<void> {
    const file = join(this.filesDir, enterpriseId, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Writes a Parquet file with the rows of a SELECT. */
  async writeParquet(enterpriseId: EnterpriseId, path: string, select: string): Promise<void> {
    const file = join(this.filesDir, enterpriseId, path);
    await mkdir(dirname(file), { recursive: true });
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
  }

  /** Ends all engines and takes the folders away. */
  async close(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.close()));
    await rm(this.dir, { recursive: true, force: true });
  }
}

interface ModelParts {
  source: string;
  /** Name to datatype, or to datatype and expression. */
  fields: Record<string, string | [datatype: string, expression: string]>;
  /** Name to expression, or to expression and datatype. */
  measures: Record<string, string | [expression: string, datatype: string]>;
  settings?: object;
}

/** A dataset model by its parts. */
export function datasetModel({ source, fields, measures, settings }: ModelParts): DatasetModel {
  const expression = (sql: string): object => ({ dialects: [{ dialect: "DUCKDB", expression: sql }] });
  return DatasetModel.parse({
    version: 1,
    semantic_model: {
      name: "facts",
      datasets: [
        {
          name: "facts",
          source,
          fields: Object.entries(fields).map(([name, spec]) => {
            const [datatype, sql] = typeof spec === "string" ? [spec, name] : spec;
            return { name, datatype, expression: expression(sql) };
          }),
          metrics: Object.entries(measures).map(([name, spec]) => {
            const [sql, datatype] = typeof spec === "string" ? [spec, "Float"] : spec;
            return { name, datatype, expression: expression(sql) };
          }),
        },
      ],
    },
    dingboard: { label: "facts", asOf: "now", ...settings },
  });
}

/** A card query with its defaults filled in. */
export function cardQuery(query: QueryInput): CardQuery {
  return CardQuery.parse({ dataset: "facts", ...query });
}

/** An answer's rows. */
export function rowsOf(data: CardData): CardData["values"] {
  return Array.from({ length: data.rowCount }, (_, row) => data.values.map((column) => column[row] ?? null));
}

/** Four rows, one of them without an amount. */
export const SALES_CSV =
  "day,shop,amount\n2026-11-01,East,10\n2026-11-02,West,20\n2026-10-01,East,4\n2026-10-02,East,\n";

/** A model of SALES_CSV, kept as `sales.csv`, with more measures and fields where a test asks for them. */
export function salesModel(
  measures: Record<string, string | [string, string]> = {},
  fields: Record<string, [string, string]> = {},
): DatasetModel {
  return datasetModel({
    source: "sales.csv",
    fields: { day: "Date", shop: "String", ...fields },
    measures: { amount: "SUM(amount)", sold: ["COUNT(*)", "Integer"], ...measures },
  });
}
