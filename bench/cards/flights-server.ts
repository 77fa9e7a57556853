import { DuckDBInstance } from "@duckdb/node-api";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import { CorpId, type EnterpriseId, type ReportId } from "../../core/contract/id";
import type { ReportSpec } from "../../core/contract/report/report";
import { bundleForNode } from "../../scripts/build-node";
import { readConfig } from "../../server/config";
import { createLog } from "../../server/log";
import { Secret } from "../../server/secret";
import { startServer, type Running } from "../../server/start";
import type { Cleanup } from "../cleanup";
import { openDatabase } from "../database";

/** The questions of the bench, and the SQL that a person would write for each. */
export const QUESTIONS = [
  {
    id: "top20",
    query: { dimensions: [{ field: "origin" }], measures: ["flights_count", "average_delay"], limit: 20 },
    sql: `SELECT origin, count(*) AS n, avg(delay) FROM flights GROUP BY origin ORDER BY n DESC, origin LIMIT 20`,
  },
  {
    id: "daily",
    query: { dimensions: [{ field: "flight_date", grain: "day" }], measures: ["flights_count"] },
    sql: `SELECT CAST(date - INTERVAL 1 MINUTE AS DATE) AS d, count(*) FROM flights GROUP BY d ORDER BY d`,
  },
  {
    id: "filtered",
    query: {
      dimensions: [{ field: "destination" }],
      measures: ["flights_count", "average_delay"],
      filters: [{ field: "origin", operator: "equals", values: ["ORD", "ATL", "LAX"] }],
      limit: 20,
    },
    sql: `SELECT destination, count(*) AS n, avg(delay) FROM flights WHERE origin IN ('ORD', 'ATL', 'LAX')
      GROUP BY destination ORDER BY n DESC, destination LIMIT 20`,
  },
  {
    id: "routes",
    query: { dimensions: [{ field: "route" }], measures: ["flights_count", "miles"], limit: 100 },
    sql: `SELECT origin || ' → ' || destination AS r, count(*) AS n, sum(distance) FROM flights
      GROUP BY r ORDER BY n DESC, r LIMIT 100`,
  },
] as const;

export interface FlightsServer {
  running: Running;
  enterpriseId: EnterpriseId;
  dataset: DatasetModel;
  /** The server's own; it goes when the bench ends. */
  dataDir: string;
  /** One Parquet file with the rows. */
  file: string;
  /** The embedded PostgreSQL. */
  databaseUrl: string;
  /** The head of a signed-in viewer's requests. */
  headers: Record<string, string>;
  /** A report that asks the four questions. */
  reportId: ReportId;
  /** Stores a report that the viewer may read. */
  addReport(elements: z.input<typeof ReportSpec>["elements"]): Promise<ReportId>;
}

export interface FlightsWishes {
  rows: number;
  /** Whether a row policy decides what the viewer sees. */
  policy?: boolean;
  /** From how much of the engine's time a question is kept as slow; the server's own default where absent. */
  slowMs?: number;
}

/** A server over so many of the US DOT's flights of 2001, with a viewer and a report. */
export async function openFlightsServer(
  cleanup: Cleanup,
  { rows, policy = false, slowMs }: FlightsWishes,
): Promise<FlightsServer> {
  const { dataDir, embedded } = await openDatabase(cleanup);
  const rootDir = resolve(".");
  await bundleForNode(rootDir, { engine: "server/analytics/engine.ts" }, join("dist", "bench"));
  const config = readConfig({
    PORT: "0",
    DATA_DIR: dataDir,
    DATABASE_URL: embedded.url,
    PUBLIC_URL: "http://dingboard.bench",
    APP_SECRET_KEY: randomBytes(48).toString("base64"),
    ...(slowMs === undefined ? {} : { SLOW_QUERY_MS: String(slowMs) }),
  });
  const running = await cleanup.start(
    () =>
      startServer({ ...config, port: 0, enginePath: resolve("dist/bench/engine.js") }, { log: createLog("silent") }),
    (started) => started.stop(),
  );
  const { domain } = running;
  const { id: enterpriseId } = await domain.enterprises.store({
    corpId: CorpId.parse("dingbench"),
    clientId: "bench",
    clientSecret: new Secret("bench"),
    name: "Bench",
  });
  const file = join(dataDir, "files", enterpriseId, "flights", "flights.parquet");
  await writeFlights(file, rows);
  const dataset = modelOf(policy);
  await domain.saveDataset({ enterpriseId, name: "flights", model: dataset });
  const user = await domain.users.add({ login: "reader", name: "Reader", password: PASSWORD });
  await domain.users.setRole(enterpriseId, user.id, "viewer");
  const addReport = async (elements: z.input<typeof ReportSpec>["elements"]): Promise<ReportId> => {
    const spec = { version: 1 as const, title: "Flights", pages: [{ id: "main", title: "", layout: [] }], elements };
    const id = await domain.reports.create({ enterpriseId, spec, createdBy: null });
    await domain.reports.grant(enterpriseId, id, { kind: "user", userId: user.id }, "view");
    return id;
  };
  const reportId = await addReport(
    Object.fromEntries(QUESTIONS.map(({ id, query }) => [id, tableElement(query)])) as never,
  );
  const headers = { cookie: await signIn(running.url) };
  return { running, enterpriseId, dataset, dataDir, file, databaseUrl: embedded.url, headers, reportId, addReport };
}

/** A table card over the flights. */
export function tableElement(query: object) {
  return { type: "table" as const, title: "Flights", query: { dataset: "flights", ...query } as never };
}

const PASSWORD = "correct horse battery";

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/session/password`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://dingboard.bench" },
    body: JSON.stringify({ login: "reader", password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`The bench could not sign in: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function writeFlights(file: string, rows: number): Promise<void> {
  mkdirSync(join(file, ".."), { recursive: true });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const from = resolve("node_modules/vega-datasets/data/flights-3m.parquet");
  await connection.run(
    `COPY (SELECT f.* FROM read_parquet('${from}') AS f, range(${Math.ceil(rows / 3_000_000)}) LIMIT ${rows})
    TO '${file}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

/** Work for about half a minute of ten million rows that no index and no statistics can spare. */
const HEAVY = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? ["A", "B"] : ["B", "A"])).reduce(
  (sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`,
  "origin || destination || origin || destination",
);

function modelOf(policy: boolean): DatasetModel {
  const stored = JSON.parse(readFileSync(resolve("scripts/demo/datasets/flights.json"), "utf8")) as DatasetModel;
  const [flights] = stored.semantic_model.datasets;
  flights?.metrics?.push({
    name: "heavy",
    expression: { dialects: [{ dialect: "DUCKDB", expression: `SUM(length(${HEAVY}))` }] },
  } as never);
  const viewers = {
    group: "role:viewer",
    row_level: { filters: [{ member: "origin", operator: "notEquals", values: ["XXX"] }] },
  };
  return DatasetModel.parse({
    ...stored,
    dingboard: { ...stored.dingboard, ...(policy ? { access_policy: [viewers] } : {}) },
  });
}
