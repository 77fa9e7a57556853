import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { ReportView } from "../../core/contract/report";
import { modelOf, prepareOrders } from "../factories/orders";
import { request } from "../factories/client";
import { faultsInBothThemes } from "./accessibility";
import { startWebWorld, typeAccount, type WebWorld } from "./web-world";

let web: WebWorld;
jest.setTimeout(120_000);
beforeAll(async () => {
  web = await startWebWorld();
}, 120_000);
afterAll(() => web.stop());

/** 150,000 orders that add up to 150,000; the regions look like numbers, which they are not. */
function writeOrders(): string {
  const folder = join(web.world.config.dataDir, "desktop");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "订单 2026.csv");
  writeFileSync(file, `day,region,amount\n${"2026-11-01,7,1\n".repeat(150_000)}`);
  return file;
}

it("uploads a file through a lost connection and a closed page, corrects a type, and a report reads it", async () => {
  const { world, build } = web;
  const model = modelOf();
  const [dataset] = model.semantic_model.datasets;
  if (dataset) dataset.source = "订单_2026.parquet";
  const prepared = await prepareOrders(world, build, undefined, model);
  const user = await build.buildUser({ enterprise: prepared.enterprise, role: "editor", password: true });
  const context = await web.visitor();
  const page: Page = await web.open(context, "/console/files");
  await typeAccount(page, user);
  await page
    .getByText("还没有文件")
    .or(page.getByRole("cell", { name: "orders.csv" }))
    .first()
    .waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);

  const file = writeOrders();
  let parts = 0;
  await page.route("**/parts?*", (route) => (++parts > 1 ? route.abort() : route.continue()));
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByText("连接已断开，将自动重试…").waitFor();
  await page.reload();
  await page.getByText(/已收到 4\d%，重新选择同一文件即可继续/).waitFor();
  await page.unroute("**/parts?*");
  await page.locator("input[type=file]").setInputFiles(file);

  await page.getByText("预览（共 150,000 行）").waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByLabel("类型: region").click();
  await page.locator(".ant-select-item-option").filter({ hasText: "文本" }).click();
  await page.getByRole("button", { name: "应用并重新预览" }).click();
  await page.getByRole("button", { name: "导入" }).click();
  await page.getByRole("cell", { name: "订单_2026.parquet", exact: true }).waitFor();

  const path = `/api/reports/${prepared.reportId}/view`;
  const { body } = await request<ReportView>(world.server.url, "GET", path, { token: prepared.token });
  expect(body.cards["total"]).toMatchObject({ state: "ready", data: { values: [[150_000]] } });
});
