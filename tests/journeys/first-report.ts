import { join } from "node:path";
import { DatasetModel } from "../../core/contract/dataset/dataset";
import { ReportSpec } from "../../core/contract/report/report";
import { loadDemoData } from "../../scripts/data/load-demo-data";
import { readDemoContent } from "../../scripts/demo-content";
import type { Product } from "./product";

const ROWS = 5_000;

/** The demo's report, which the phone lists under this title. */
export const FIRST_REPORT = "经营总览";

/**
 * Gives an enterprise a report that all its members may read. No page makes reports yet, so it is saved here as
 * `scripts/demo.ts` saves those of the demo.
 */
export async function loadFirstReport({ server, dataDir }: Product, corpId: string): Promise<void> {
  const { domain } = server;
  const enterprise = (await domain.enterprises.list()).find((one) => one.corpId === corpId);
  if (!enterprise) throw new Error("The enterprise is not authorised.");
  const rootDir = process.cwd();
  const { id: enterpriseId } = enterprise;
  const until = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const filesDir = join(dataDir, "files");
  await loadDemoData({ filesDir, enterpriseId, rootDir, rows: ROWS, until, log: () => undefined });
  const content = readDemoContent(rootDir);
  const model = DatasetModel.parse(content.readDataset("retail"));
  await domain.saveDataset({ enterpriseId, name: "retail", model });
  const spec = ReportSpec.parse(content.readReport("business-overview"));
  const reportId = await domain.reports.create({ enterpriseId, spec, createdBy: null });
  await domain.reports.grant(enterpriseId, reportId, { kind: "enterprise", enterpriseId }, "view");
}
