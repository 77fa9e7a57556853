import type { Page } from "playwright-core";
import type { BuiltUser } from "../factories/build";
import { READER } from "../factories/engines/engine";
import { startPostgresql } from "../factories/engines/postgresql";
import { faultsInBothThemes } from "./accessibility";
import { startWebWorld, typeAccount, type WebWorld } from "./web-world";

let web: WebWorld;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let editor: BuiltUser;
let page: Page;

jest.setTimeout(60_000);
beforeAll(async () => {
  [web, engine] = await Promise.all([startWebWorld(), startPostgresql()]);
  await engine.run("CREATE TABLE sales.orders (day date, region text, amount numeric(12,2))");
  await engine.run("CREATE TABLE sales.stores (id bigint, name text)");
  editor = await web.build.buildUser({ role: "editor", password: true });
  page = await web.open(await web.visitor(), "/console/sources");
  await typeAccount(page, editor);
}, 120_000);
afterAll(async () => {
  await web.stop();
  await engine.stop();
});

const press = (name: string | RegExp): Promise<void> => page.getByRole("button", { name, exact: true }).click();

async function fill(fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByRole("dialog").getByLabel(label, { exact: true }).fill(value);
  }
}

async function choose(label: string, option: string): Promise<void> {
  await page.getByRole("dialog").getByLabel(label, { exact: true }).click();
  await page.getByTitle(option, { exact: true }).click();
}

const test = (): Promise<void> => page.getByRole("dialog").getByRole("button", { name: "测试连接" }).click();
const alert = (text: string): Promise<void> => page.getByRole("dialog").getByRole("alert").getByText(text).waitFor();

describe("data sources", () => {
  it("are found from the reader by an editor, who sees nothing else of the console but personal settings", async () => {
    await page.getByText("还没有数据源").waitFor();
    expect(await page.getByRole("navigation").getByRole("link").allInnerTexts()).toEqual([
      "← 返回报表",
      "数据源",
      "文件",
      "数据集",
      "个人设置",
    ]);
    await page.getByRole("link", { name: "返回报表" }).click();
    await page.getByRole("button", { name: /账户/ }).click();
    await page.getByRole("menuitem", { name: "数据管理" }).click();
    await page.getByText("还没有数据源").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("say exactly what is wrong before they are stored, and how to mend it", async () => {
    await press("添加数据源");
    await test();
    await page.getByText("必填").first().waitFor();
    await fill({ 名称: "仓库", 主机: "10.1.2.3", 数据库: "postgres", 用户名: READER.user, 密码: "wrong" });
    await fill({ 端口: String(engine.wire.port) });
    await test();
    await alert("DATA_SOURCE_HOSTS");
    await fill({ 主机: "127.0.0.1" });
    await test();
    await alert("TLS 证书校验失败");
    await choose("加密（TLS）", "不加密");
    await test();
    await alert("用户名或密码不正确");
    await fill({ 密码: READER.password, 数据库: "nowhere" });
    await test();
    await alert("没有这个数据库");
    await fill({ 数据库: "postgres", 端口: "1" });
    await test();
    await alert("主机没有应答");
    await fill({ 端口: String(engine.wire.port) });
    await test();
    await page.getByText("连接正常，可以读取 2 张表和视图").waitFor();
    await page.getByText("连接没有加密").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
    await press(/^保\s?存$/);
    await page.getByRole("heading", { name: "仓库", level: 2 }).waitFor();
  });

  it("are tried, browsed and changed, and never show their password", async () => {
    await press("测试连接: 仓库");
    await page.getByText("连接正常，可以读取 2 张表和视图").waitFor();
    await press("查看表和字段: 仓库");
    await page.getByRole("searchbox", { name: "查找表" }).fill("ORD");
    await page.getByRole("button", { name: "sales.orders" }).click();
    await page.getByRole("cell", { name: "numeric" }).waitFor();
    expect(await page.getByText("sales.stores").count()).toBe(0);
    expect(await faultsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await press("编辑: 仓库");
    expect(await page.getByLabel("密码", { exact: true }).inputValue()).toBe("");
    await fill({ 名称: "数据仓库", 数据库: "nowhere" });
    await test();
    await alert("没有这个数据库");
    await fill({ 数据库: "postgres" });
    await press(/^保\s?存$/);
    await page.getByRole("heading", { name: "数据仓库", level: 2 }).waitFor();
  });

  it("say why their tables cannot be listed", async () => {
    await web.world.database.query("update data_source set port = 1");
    await press("查看表和字段: 数据仓库");
    await page.getByRole("dialog").getByText("主机没有应答").waitFor();
    await page.keyboard.press("Escape");
  });

  it("stay while a dataset is read from them, which is named, and go afterwards", async () => {
    const [source] = await web.world.database.query("select id from data_source");
    await web.build.buildReport(editor.enterprise);
    await web.world.database.query(
      "update dataset set model = jsonb_set(model::jsonb, '{dingboard,dataSource}', to_jsonb($1::text)) where enterprise_id = $2",
      [source?.["id"], editor.enterprise.id],
    );
    await page.reload();
    await page.getByText("数据集：sales").waitFor();
    await press("删除: 数据仓库");
    await page.getByText("这些数据集在用它：sales").waitFor();
    await press(/^关\s?闭$/);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await web.world.database.query("delete from dataset where enterprise_id = $1", [editor.enterprise.id]);
    await page.reload();
    await press("删除: 数据仓库");
    await page.getByText("保存的密码一并删除").waitFor();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^删\s?除$/ })
      .click();
    await page.getByText("还没有数据源").waitFor();
  });

  it("are closed to viewers", async () => {
    const viewer = await web.build.buildUser({ role: "viewer", password: true, enterprise: editor.enterprise });
    const theirs = await web.open(await web.visitor(), "/console/sources");
    await typeAccount(theirs, viewer);
    await theirs.getByText("数据由企业的编辑者和管理员管理").waitFor();
  });
});

describe("slow queries", () => {
  it("are listed for administrators with the report, the statement and what became of them", async () => {
    const { user, report } = await web.somebody();
    const id = report.slice("/r/".length);
    const slow = (outcome: string, ms: number) =>
      web.world.database.query(
        `insert into slow_query (enterprise_id, report_id, dataset, engine, sql, outcome, engine_ms, queue_ms, row_count, at)
         values ($1, $2, 'sales', 'duckdb', 'SELECT sum(amount) FROM orders', $3, $4, 3, 12, now())`,
        [user.enterprise.id, id, outcome, ms],
      );
    const theirs = await web.open(await web.visitor(), "/console/slow");
    await typeAccount(theirs, user);
    await theirs.getByText("没有慢查询").waitFor();
    await theirs.getByText("引擎耗时达到 1 秒的查询会出现在这里").waitFor();
    await slow("answered", 1_234);
    await slow("query_timeout", 30_000);
    await theirs.getByRole("button", { name: /刷\s?新/ }).click();
    await theirs.getByText("数据查询超时").waitFor();
    await theirs.getByText("1.2 秒").waitFor();
    await theirs.getByRole("button", { name: "展开查询语句：sales" }).first().click();
    await theirs.getByText("SELECT sum(amount) FROM orders").waitFor();
    expect(await faultsInBothThemes(theirs)).toEqual([]);
    await theirs.getByLabel("结果").click();
    await theirs.getByTitle("失败", { exact: true }).click();
    await theirs.getByText("1.2 秒").waitFor({ state: "detached" });
    await theirs.getByRole("link", { name: "Sales" }).first().click();
    await theirs.getByRole("heading", { name: "Sales", exact: true }).waitFor();
  });
});
