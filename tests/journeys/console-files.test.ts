import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { CardData } from "../../core/contract/report/query";
import type { ReportView } from "../../core/contract/report/report";
import type { BuiltUser } from "../factories/build";
import { waitFor } from "../factories/office";
import { UPLOADED_SALES, uploader } from "../factories/upload";
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

/** A file that a test makes up. */
interface Content {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

interface Visit {
  page: Page;
  user: BuiltUser;
  /** What the report's card shows. */
  total: () => Promise<unknown>;
}

/** 150,000 orders that add up to 150,000; the regions look like numbers, which they are not. */
function writeOrders(): string {
  const folder = join(web.world.config.dataDir, "desktop");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "订单 2026.csv");
  writeFileSync(file, `day,region,amount\n${"2026-11-01,7,1\n".repeat(150_000)}`);
  return file;
}

/** An editor at the files' page; a report of the enterprise is read from this file. */
async function atFiles(source: string): Promise<Visit> {
  const { world, build } = web;
  const model = modelOf();
  const [dataset] = model.semantic_model.datasets;
  if (dataset) dataset.source = source;
  const prepared = await prepareOrders(world, build, undefined, model);
  const user = await build.buildUser({ enterprise: prepared.enterprise, role: "editor", password: true });
  const page = await web.open(await web.visitor(), "/console/files");
  await typeAccount(page, user);
  await page.getByRole("cell", { name: "orders.csv", exact: true }).waitFor();
  const total = async (): Promise<unknown> => {
    const path = `/api/reports/${prepared.reportId}/view`;
    const { body } = await request<ReportView>(world.server.url, "GET", path, { token: prepared.token });
    const card = body.cards["total"];
    return card?.state === "ready" ? (card.data as CardData).values[0]?.[0] : card?.state;
  };
  return { page, user, total };
}

/** Does what opens the browser's choice of a file, and chooses it there. */
async function chooseFile(page: Page, file: string | Content, act: () => Promise<void>): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), act()]);
  await chooser.setFiles(file);
}

const csv = (name: string, text: string): Content => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const press = (page: Page, name: string, key = "Enter"): Promise<void> =>
  page.getByRole("button", { name, exact: true }).press(key);

it("uploads a file through a lost connection and a closed page, corrects a type, and a report reads it", async () => {
  const { page, total } = await atFiles("订单_2026.parquet");
  expect(await faultsInBothThemes(page)).toEqual([]);

  const file = writeOrders();
  let parts = 0;
  await page.route("**/parts?*", (route) => (++parts > 1 ? route.abort() : route.continue()));
  await chooseFile(page, file, () => page.getByText("点击选择文件，或拖到这里").click());
  await page.getByText("连接已断开，将自动重试…").waitFor();
  await page.reload();
  await page.getByText(/已收到 4\d%，重新选择同一文件即可继续/).waitFor();
  await page.unroute("**/parts?*");
  await chooseFile(page, file, () => page.getByText("点击选择文件，或拖到这里").click());

  await page.getByText("预览（共 150,000 行）").waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.getByLabel("类型: region").click();
  await page.locator(".ant-select-item-option").filter({ hasText: "文本" }).click();
  await press(page, "应用并重新预览");
  await press(page, "导入");
  await page.getByRole("cell", { name: "订单_2026.parquet", exact: true }).waitFor();
  expect(await total()).toBe(150_000);
});

it("asks which number is the month, says what it passed over, and imports what was chosen", async () => {
  const { page } = await atFiles("orders.parquet");
  const head = "某公司销售明细表\n制表人：甲\n\n日期,订单号,金额,占比\n";
  const rows = '03/04/2026 08:00,110101199001010010,"1,234.50",12.5%\n05/06/2026 09:00,110101199001010011,-,3%\n';
  const file = csv("销售.csv", `${head}${rows},,,\n05/07/2026 09:00,110101199001010012,20,3%,x,y\n合计,,"1,254.50",\n`);
  await chooseFile(page, file, () => page.getByText("点击选择文件，或拖到这里").click());

  await page.getByText("预览（共 2 行）").waitFor();
  await page.getByText("第 9 行像是合计，不作为数据导入").waitFor();
  await page.getByText("表头前跳过 3 行，跳过 1 个空行").waitFor();
  await page.getByText("第 8 行 · 列数不符").waitFor();
  await page.getByText("“-”视为空（1 行）").waitFor();
  await page.getByRole("checkbox", { name: "跳过这些行，导入其余的" }).check();
  expect(await page.getByRole("button", { name: "导入", exact: true }).isDisabled()).toBe(true);
  expect(await faultsInBothThemes(page)).toEqual([]);
  await press(page, "日 / 月 / 年");
  await page.getByRole("cell", { name: "2026-04-03 08:00:00", exact: true }).waitFor();
  await page.getByRole("checkbox", { name: "跳过这些行，导入其余的" }).check();
  await press(page, "导入");
  await page.getByText("已导入 销售.parquet").waitFor();
});

it("replaces a file from its row, and says first what datasets would miss", async () => {
  const { page, user, total } = await atFiles("orders.parquet");
  const upload = uploader(web.world.server.url, await web.build.tokenOf(user));
  const { id } = await upload.send("orders.csv", UPLOADED_SALES);
  await upload.import(id, { name: "orders.parquet" });
  expect(await total()).toBe(42.5);
  await page.reload();
  const replace = (content: Content): Promise<void> =>
    chooseFile(page, content, () => press(page, "替换: orders.parquet"));

  await replace(csv("next.csv", "day,amount\n2026-11-05,5\n"));
  const warning = page.getByRole("status").filter({ hasText: "导入后，数据集会缺少需要的列" });
  await warning.getByText("缺少列“region” · 影响 region").waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await press(page, "替换");
  const question = page.getByRole("dialog", { name: "仍要导入吗？" });
  await question.getByText("缺少列“region”").waitFor();
  expect(await faultsInBothThemes(page)).toEqual([]);
  await question.getByRole("button", { name: /^取\s?消$/ }).click();
  await question.waitFor({ state: "detached" });
  await page.getByText("预览（共 1 行）").waitFor();
  expect(await total()).toBe(42.5);

  await page.reload();
  await press(page, "继续");
  await page.getByLabel("导入为").fill("orders");
  await page.getByRole("checkbox", { name: "替换已有的同名文件" }).check();
  await press(page, "替换");
  await question.getByRole("button", { name: "仍然导入" }).click();
  await page.getByText("已导入 orders.parquet").waitFor();

  await replace(csv("right.csv", "amount,region,day\n7,east,2026-11-06\n"));
  await page.getByText("预览（共 1 行）").waitFor();
  expect(await warning.count()).toBe(0);
  await press(page, "替换");
  await page.getByRole("button", { name: "替换: orders.parquet" }).and(page.locator(":enabled")).waitFor();
  expect(await waitFor(total, (value) => value === 7)).toBe(7);
});
