import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import { EnterpriseId } from "../../core/contract/id";
import { CardQuery } from "../../core/contract/report/query";
import type { CardData } from "../../core/contract/report/query";
import { ReportSpec } from "../../core/contract/report/report";
import { createAnalytics } from "../../server/analytics/analytics";
import type { Analytics } from "../../server/analytics/analytics";
import { checkModel } from "../../server/analytics/check/model-check";
import { loadDemoData } from "./load-demo-data";

jest.setTimeout(120_000);

const DEMO = resolve("scripts/demo");
const UNTIL = "2026-11-21";
const enterpriseId = EnterpriseId.parse("6f1c7f0e-2f5d-4a55-9d3a-4b1f0e6a7c11");
const lines: string[] = [];
const silent = { info: () => undefined, warn: () => undefined };

let dir: string;
let analytics: Analytics;
const datasets = new Map<string, DatasetModel>();
const load = (filesDir: string): Promise<boolean> =>
  loadDemoData({
    filesDir,
    enterpriseId,
    rootDir: resolve("."),
    rows: 60_000,
    until: UNTIL,
    log: (line) => lines.push(line),
  });

async function ask(query: object): Promise<CardData> {
  const parsed = CardQuery.parse(query);
  const dataset = datasets.get(parsed.dataset);
  if (!dataset) throw new Error(`No dataset ${parsed.dataset}`);
  return analytics.run({ enterpriseId, dataset }, parsed);
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "dingboard-demo-data-"));
  for (const name of ["retail", "flights"]) {
    datasets.set(name, DatasetModel.parse(JSON.parse(await readFile(join(DEMO, "datasets", `${name}.json`), "utf8"))));
  }
  await load(join(dir, "files"));
  analytics = createAnalytics({
    filesDir: join(dir, "files"),
    databaseDir: join(dir, "analytics"),
    enginePath: resolve("server/analytics/engine.ts"),
    memoryLimit: "500MB",
    queryTimeoutMs: 60_000,
    concurrency: 2,
    log: silent,
  });
});
afterAll(async () => {
  await analytics.close();
  await rm(dir, { recursive: true, force: true });
});

it("data that is there and current is left alone", async () => {
  const file = join(dir, "files", enterpriseId, "retail/sales/2026.parquet");
  const before = (await stat(file)).mtimeMs;
  expect([await load(join(dir, "files")), (await stat(file)).mtimeMs]).toEqual([false, before]);
});

it("the same seed and last day give the same orders", async () => {
  await load(join(dir, "again"));
  for (const year of ["2024", "2025", "2026"]) {
    const path = join(enterpriseId, `retail/sales/${year}.parquet`);
    const [one, other] = await Promise.all(["files", "again"].map((folder) => readFile(join(dir, folder, path))));
    expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
  }
});

const retail = (query: object): Promise<CardData> => ask({ dataset: "retail", ...query });

it("the retail data has the size asked for and a chain's margins, returns and ratings", async () => {
  const all = await retail({ measures: ["orders", "gross_margin", "return_rate", "rating"] });
  const inside = (column: number, low: number, high: number): boolean => {
    const value = Number(all.values[column]?.[0]);
    return value > low && value < high;
  };
  expect([inside(0, 57_000, 63_000), inside(1, 0.2, 0.4), inside(2, 0.02, 0.09), inside(3, 3.8, 4.8)]).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

it("the retail data has seasons and shopping days, and ends on the last day asked for", async () => {
  const data = await retail({
    dimensions: [{ field: "order_date", grain: "day" }],
    measures: ["orders"],
    limit: 2_000,
  });
  const [days = [], orders = []] = data.values;
  const ordersOn = (day: string): number => Number(orders[days.indexOf(day)]);
  expect([days[0], days.at(-1)]).toEqual(["2024-01-01", UNTIL]);
  const ordinary = ordersOn("2025-09-09");
  expect(ordersOn("2025-11-11")).toBeGreaterThan(ordinary * 2);
  expect(ordersOn("2025-06-18")).toBeGreaterThan(ordinary * 1.7);
  expect(ordersOn("2025-01-29")).toBeLessThan(ordinary * 0.7);
});

it("returns of the last week are not known yet, and a closed store sells nothing", async () => {
  const recent = { field: "order_date", operator: "inThePast", values: [7], unit: "days" };
  expect((await retail({ measures: ["returned"], filters: [recent] })).values).toEqual([[null]]);
  const closed = [
    { field: "store", operator: "equals", values: ["成都高新店"] },
    { field: "order_date", operator: "inBetween", values: ["2026-03-02", "2026-04-26"] },
  ];
  expect((await retail({ measures: ["orders"], filters: closed })).values).toEqual([[0]]);
});

it("nothing is wrong with the demo's datasets", async () => {
  for (const [name, dataset] of datasets) {
    const open = (sources?: string[]) => analytics.open({ enterpriseId, dataset }, sources);
    expect([name, await checkModel(dataset, open, new AbortController().signal)]).toEqual([name, []]);
  }
});

it("no card of the demo reports is empty, and every comparison finds an earlier number", async () => {
  const names = (await readdir(join(DEMO, "reports"))).sort();
  expect(names).toHaveLength(4);
  for (const name of names) {
    const spec = ReportSpec.parse(JSON.parse(await readFile(join(DEMO, "reports", name), "utf8")));
    for (const [id, element] of Object.entries(spec.elements)) {
      if (!("query" in element)) continue;
      const queries = element.type === "kpi" && element.trend ? [element.query, element.trend] : [element.query];
      for (const query of queries) {
        const data = await ask(query);
        const unmeasured = data.columns.filter((_, column) => data.values[column]?.every((value) => value === null));
        expect({ name, id, rows: data.rowCount > 0, unmeasured }).toEqual({ name, id, rows: true, unmeasured: [] });
      }
    }
    const shown = new Set(spec.pages.flatMap((page) => page.layout.map((item) => item.element)));
    expect([...shown].sort()).toEqual(Object.keys(spec.elements).sort());
  }
});
