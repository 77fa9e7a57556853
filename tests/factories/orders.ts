import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { DatasetModel } from "../../core/contract/dataset/dataset";
import type { SlowQuery } from "../../core/contract/report/explain";
import type { ReportId } from "../../core/contract/id";
import type { ReportSpec } from "../../core/contract/report/report";
import type { builders, BuiltEnterprise, BuiltUser } from "./build";
import { request } from "./client";
import type { World } from "./world";

/** Orders of one region. */
export const WEST = { field: "region", operator: "equals" as const, values: ["west"] };

/** Two regions, 30 and 12. */
const ROWS = "day,region,amount\n2026-11-01,east,10\n2026-11-02,east,20\n2026-11-02,west,12\n";
/** Never ends by itself, nor when it is interrupted: its process has to be killed. */
const ENDLESS = "length(repeat('x', 4000000000))";

/** Many seconds of work that no statistics can spare. */
export const HEAVY_ROWS = `day,region,amount\n${"2026-11-01,AB,1\n".repeat(60_000)}`;
const HEAVY = `SUM(length(${Array.from({ length: 100 }, (_, index) => index % 2).reduce(
  (sql, odd) => (odd ? `replace(${sql}, 'B', 'A')` : `replace(${sql}, 'A', 'B')`),
  "repeat(region, 500)",
)}))`;

export const ansi = (expression: string) => ({ dialects: [{ dialect: "DUCKDB" as const, expression }] });

/** Orders by day and region; `endless` and `heavy` are measures that take the engine long. */
export function modelOf(settings: Partial<DatasetModel["dingboard"]> = {}): z.input<typeof DatasetModel> {
  return {
    version: 1,
    semantic_model: {
      name: "orders",
      datasets: [
        {
          name: "orders",
          source: "orders.csv",
          fields: [
            { name: "day", expression: ansi("day"), dimension: { is_time: true }, datatype: "Date" },
            { name: "region", expression: ansi("region"), datatype: "String" },
          ],
        },
      ],
      metrics: [
        { name: "amount", expression: ansi("SUM(amount)") },
        { name: "endless", expression: ansi(ENDLESS) },
        { name: "heavy", expression: ansi(HEAVY) },
      ],
    },
    dingboard: { label: "Orders", ...settings },
  };
}

/** A card with one number. */
export const kpi = (measure: string, query: object = {}) => ({
  type: "kpi" as const,
  title: measure,
  query: { dataset: "orders", measures: [measure], ...query },
});

/** A report's elements as they are written. */
export type Elements = z.input<typeof ReportSpec>["elements"];

type Filters = z.input<typeof ReportSpec>["filters"];

export interface Prepared {
  enterprise: BuiltEnterprise;
  user: BuiltUser;
  token: string;
  administrator: string;
  reportId: ReportId;
  store(model: z.input<typeof DatasetModel>): Promise<void>;
  write(rows: string): void;
  addReport(elements: Elements, filters?: Filters): Promise<ReportId>;
}

/** An enterprise with orders, a report about them, and a viewer of it. */
export async function prepareOrders(
  world: World,
  build: ReturnType<typeof builders>,
  elements: Elements = { total: kpi("amount") },
  model = modelOf(),
): Promise<Prepared> {
  const user = await build.buildUser();
  const { enterprise } = user;
  const { domain } = world.server;
  const folder = join(world.config.dataDir, "files", enterprise.id);
  mkdirSync(folder, { recursive: true });
  let written = 0;
  const write = (rows: string): void => {
    const file = join(folder, "orders.csv");
    writeFileSync(file, rows);
    // Files of the same length, written in the same millisecond, would look the same.
    written += 1;
    utimesSync(file, new Date(), new Date(Date.now() + written * 1_000));
  };
  const store = (next: z.input<typeof DatasetModel>) =>
    domain.saveDataset({ enterpriseId: enterprise.id, name: "orders", model: next });
  const addReport = async (wanted: Elements, filters?: Filters): Promise<ReportId> => {
    const spec = {
      version: 1 as const,
      title: "Orders",
      pages: [{ id: "main", title: "", layout: [] }],
      elements: wanted,
      filters,
    };
    const id = await domain.reports.create({ enterpriseId: enterprise.id, spec, createdBy: null });
    await domain.reports.grant(enterprise.id, id, { kind: "enterprise", enterpriseId: enterprise.id }, "view");
    return id;
  };
  write(ROWS);
  await store(model);
  const reportId = await addReport(elements);
  const token = await build.tokenOf(user);
  const administrator = await build.tokenOf(await build.buildUser({ enterprise, role: "administrator" }));
  return { enterprise, user, token, administrator, reportId, store, write, addReport };
}

/** What an administrator reads of the enterprise's slow queries, the latest first. */
export async function slowQueries(world: World, { enterprise, administrator }: Prepared): Promise<SlowQuery[]> {
  const path = `/api/enterprises/${enterprise.id}/slow-queries`;
  const { body } = await request<{ queries: SlowQuery[] }>(world.server.url, "GET", path, { token: administrator });
  return body.queries;
}
