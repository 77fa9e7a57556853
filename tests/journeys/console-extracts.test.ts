import type { BrowserContext, Locator, Page } from "playwright-core";
import type { BuiltUser } from "../factories/build";
import { request } from "../factories/client";
import { READER } from "../factories/engines/engine";
import { startPostgresql } from "../factories/engines/postgresql";
import { faultsInBothThemes } from "./accessibility";
import { startWebWorld, typeAccount, type WebWorld } from "./web-world";

let web: WebWorld;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let editor: BuiltUser;
let context: BrowserContext;
let page: Page;

jest.setTimeout(90_000);
beforeAll(async () => {
  [web, engine] = await Promise.all([startWebWorld(), startPostgresql()]);
  await engine.run("CREATE TABLE sales.orders (day date, region text, amount numeric(12,2))");
  await engine.run("INSERT INTO sales.orders SELECT '2026-11-01', 'east', n FROM generate_series(1, 1200) AS n");
  // Sends a row, and then nothing for as long as anybody waits.
  await engine.run(
    "CREATE VIEW sales.hanging AS SELECT n, CASE WHEN n > 1 THEN pg_sleep(60)::text END AS pause FROM generate_series(1, 2) AS n",
  );
  await engine.run(`GRANT SELECT ON ALL TABLES IN SCHEMA sales TO ${READER.user}`);
  editor = await web.build.buildUser({ role: "editor", password: true });
  const { user, password } = READER;
  const address = { kind: "postgresql", host: "127.0.0.1", port: engine.wire.port, database: "postgres", tls: "off" };
  await request(web.world.server.url, "POST", "/api/data-sources", {
    token: await web.build.tokenOf(editor),
    body: { name: "仓库", ...address, user, password },
  });
  context = await web.visitor(false, { timezoneId: "Asia/Shanghai" });
  page = await web.open(context, "/console/sources");
  await typeAccount(page, editor);
}, 120_000);
afterAll(async () => {
  await web.stop();
  await engine.stop();
});

const press = (name: string): Promise<void> => page.getByRole("button", { name, exact: true }).click();
const dialog = (): Locator => page.getByRole("dialog");
const tile = (name: string): Locator =>
  page.locator(".ant-card").filter({ has: page.getByRole("heading", { name, level: 2, exact: true }) });
const isIn = (name: string, state: string): Promise<void> =>
  tile(name).getByRole("status").getByText(state, { exact: true }).waitFor();

async function leave(by = "保存"): Promise<void> {
  await press(by);
  await dialog().waitFor({ state: "detached" });
}

async function choose(label: string, option: string, typed = ""): Promise<void> {
  await dialog().getByLabel(label, { exact: true }).click();
  await page.keyboard.type(typed);
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).click();
}

async function toExtracts(): Promise<void> {
  await page.goto(`${web.origin}/console/sources`);
  await press("数据抽取: 仓库");
}

describe("extracts in the console", () => {
  it("are reached from their data source", async () => {
    await press("数据抽取: 仓库");
    await page.getByRole("heading", { name: "数据抽取：仓库", level: 1 }).waitFor();
    await page.getByText("还没有数据抽取").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("are made of a table: named after it, run at once, shown with what they hold", async () => {
    await press("新建抽取");
    await press("创建并运行");
    await dialog().getByText("请填写").first().waitFor();
    await choose("表", "sales.orders");
    await dialog().getByText("extracts/orders.parquet").waitFor();
    await dialog().getByLabel("时间", { exact: true }).fill("04:10");
    expect(await faultsInBothThemes(page)).toEqual([]);
    await leave("创建并运行");
    await isIn("orders", "成功");
    await tile("orders")
      .getByText(/^1,200 行 · .+ · 数据截至 /)
      .waitFor();
    await tile("orders").getByText("每天 04:10（Asia/Shanghai）").waitFor();
    await tile("orders")
      .getByText(/^\d+月\d+日 04:10$/)
      .waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("run at other times when they are changed, and stay as they are", async () => {
    await press("修改: orders");
    await choose("计划", "每隔一段时间");
    await dialog().getByLabel("间隔（分钟）").fill("30");
    await leave();
    await tile("orders").getByText("每 30 分钟").waitFor();
    await press("修改: orders");
    await choose("计划", "每周");
    await choose("星期", "周日");
    await choose("时区", "Europe/Berlin", "berl");
    await leave();
    await tile("orders").getByText("每周日 03:30（Europe/Berlin）").waitFor();
    await isIn("orders", "成功");
  });

  it("show how far they are, and are cancelled", async () => {
    await press("新建抽取");
    await choose("表", "sales.hanging");
    await dialog().getByLabel("名称", { exact: true }).fill("orders");
    await dialog().getByText("已有同名的抽取").waitFor();
    await dialog().getByLabel("名称", { exact: true }).fill("slow-one");
    await dialog().getByRole("radio", { name: "只复制选中的" }).check();
    await choose("选中的字段", "pause");
    await page.keyboard.press("Escape");
    await choose("计划", "只在手动运行时");
    await leave("创建并运行");
    await isIn("slow-one", "运行中");
    await tile("slow-one")
      .getByText(/^已读取 \d+ 行$/)
      .waitFor();
    await tile("slow-one").getByText("1 个字段").waitFor();
    await press("取消运行: slow-one");
    await isIn("slow-one", "已取消");
    await press("删除: slow-one");
    await page.getByText("复制的数据一并删除").waitFor();
    await dialog().getByRole("button", { name: "删除" }).click();
    await tile("slow-one").waitFor({ state: "detached" });
  });

  it("become datasets, which keep them and their source from being removed", async () => {
    await press("用它新建数据集: orders");
    expect(await dialog().getByLabel("文件", { exact: true }).inputValue()).toBe("extracts/orders.parquet");
    await dialog().getByLabel("名称", { exact: true }).fill("订单");
    await dialog().getByLabel("标识").fill("shop_orders");
    await press("创建");
    await page.getByRole("tab", { name: "预览" }).click();
    await press("查看");
    await page.getByRole("cell", { name: "1200", exact: true }).waitFor();
    await toExtracts();
    await tile("orders").getByRole("link", { name: "shop_orders" }).waitFor();
    await press("删除: orders");
    await page.getByText("还不能删除，这些数据集在用它：shop_orders。").waitFor();
    await page.mouse.move(5, 5);
    expect(await faultsInBothThemes(page)).toEqual([]);
    await leave("关闭");
    await page.getByRole("link", { name: "全部数据源" }).click();
    await press("删除: 仓库");
    await page.getByText("这些数据抽取在用它：orders。").waitFor();
    await leave("关闭");
    await press("数据抽取: 仓库");
  });

  it("whose run fails say why, what to do, and what reports show meanwhile", async () => {
    await engine.run("DROP TABLE sales.orders");
    await press("立即运行: orders");
    await page.getByText("上次运行失败：表已不存在，或结构已改变").waitFor();
    await page.getByText("请修改此抽取、重新选择表").waitFor();
    await page.getByText(/报表仍使用截至 .+ 的数据。/).waitFor();
    await tile("orders")
      .getByText(/^1,200 行/)
      .waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
    await web.world.database.query("update data_source set port = 1");
    await press("立即运行: orders");
    await page.getByText("上次运行失败：主机没有应答").waitFor();
    await page.getByRole("link", { name: "去修改或测试数据源" }).waitFor();
    await press("修改: orders");
    await dialog().getByText("主机没有应答").waitFor();
  });

  it("fit a phone, in English too", async () => {
    const phone = await web.visitor(false, { locale: "en-US", viewport: { width: 375, height: 740 } });
    await phone.addCookies(await context.cookies());
    const theirs = await web.open(phone, new URL(page.url()).pathname);
    await theirs.getByText("The last run failed: the host does not answer").waitFor();
    expect(await theirs.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    expect(await faultsInBothThemes(theirs)).toEqual([]);
    await theirs.getByRole("button", { name: "New extract" }).click();
    await theirs.getByRole("dialog").getByLabel("Schedule").waitFor();
    expect(await faultsInBothThemes(theirs)).toEqual([]);
  });

  it("are closed to viewers", async () => {
    const viewer = await web.build.buildUser({ role: "viewer", password: true, enterprise: editor.enterprise });
    const theirs = await web.open(await web.visitor(), new URL(page.url()).pathname);
    await typeAccount(theirs, viewer);
    await theirs.getByText("数据由企业的编辑者和管理员管理").waitFor();
  });
});
