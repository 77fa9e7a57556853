import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { BuiltEnterprise } from "../factories/build";
import { startWebWorld, typeAccount, type WebWorld } from "./web-world";

export interface EditorWorld {
  web: WebWorld;
  enterprise: BuiltEnterprise;
  /** Where an editor of the enterprise is signed in. */
  page: Page;
}

const ROWS = [
  ["2026-09-10", "east", 40],
  ["2026-10-11", "east", 60],
  ["2026-10-12", "west", 30],
  ["2026-11-13", "west", 70],
];

/** An enterprise with a dataset of four orders, and an editor of it in a browser. */
export async function startEditorWorld(): Promise<EditorWorld> {
  const web = await startWebWorld();
  const { build, world } = web;
  const enterprise = await build.buildEnterprise();
  const folder = join(world.config.dataDir, "files", enterprise.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "orders.csv"), `day,region,amount\n${ROWS.map((row) => row.join(",")).join("\n")}\n`);
  const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });
  await world.server.domain.saveDataset({
    enterpriseId: enterprise.id,
    name: "orders",
    model: {
      version: 1,
      semantic_model: {
        name: "orders",
        datasets: [
          {
            name: "orders",
            source: "orders.csv",
            fields: [
              { name: "day", expression: ansi("day"), datatype: "Date" },
              { name: "region", expression: ansi("region"), datatype: "String" },
            ],
            metrics: [
              { name: "total", expression: ansi("SUM(amount)"), datatype: "Float" },
              { name: "orders", expression: ansi("COUNT(*)"), datatype: "Integer" },
            ],
          },
        ],
      },
      dingboard: {
        label: "门店订单",
        dimensions: { day: { label: "日期" }, region: { label: "大区" } },
        measures: { total: { label: "销售额" }, orders: { label: "订单数" } },
      },
    },
  });
  const maker = await build.buildUser({ enterprise, role: "editor", password: true });
  const page = await web.open(await web.visitor(false, { viewport: { width: 1440, height: 900 } }), "/");
  await typeAccount(page, maker);
  await page.getByRole("heading", { name: "报表", level: 1 }).waitFor();
  return { web, enterprise, page };
}

export async function boxOf(what: Locator) {
  const box = await what.boundingBox();
  if (!box) throw new Error("It is not on the page.");
  return box;
}
