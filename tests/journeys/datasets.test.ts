import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import type { BuiltEnterprise, BuiltUser } from "../factories/build";
import { faultsInBothThemes } from "./accessibility";
import { Hands } from "./hands";
import { startWebWorld, typeAccount, type WebWorld } from "./web-world";

/** The editor keeps only the lines in the document that are seen. */
const TALL = { width: 1280, height: 2_400 };

jest.setTimeout(120_000);

let web: WebWorld;
let enterprise: BuiltEnterprise;
let east: BuiltUser;
let west: BuiltUser;
let boss: BuiltUser;
let administrator: Page;
let editor: Page;

beforeAll(async () => {
  web = await startWebWorld();
  const { build, world } = web;
  enterprise = await build.buildEnterprise();
  const folder = join(world.config.dataDir, "files", enterprise.id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "orders.csv"),
    "day,region,amount\n2026-11-01,east,10.5\n2026-11-02,east,20\n2026-11-02,west,12\n",
  );
  east = await build.buildUser({ enterprise });
  west = await build.buildUser({ enterprise });
  boss = await build.buildUser({ enterprise, role: "administrator", password: true });
  administrator = await signedIn(boss);
  editor = await signedIn(await build.buildUser({ enterprise, role: "editor", password: true }));
}, 120_000);
afterAll(() => web.stop());

async function signedIn(user: BuiltUser): Promise<Page> {
  const page = await web.open(await web.visitor(false, { viewport: TALL }), "/console/datasets");
  await typeAccount(page, user);
  await page.getByRole("heading", { name: "数据集", level: 1 }).waitFor();
  return page;
}

const text = (page: Page): Locator => page.getByRole("textbox", { name: "模型文本（JSON）" });
/** Not while a button is pressed or pointed at: its colours are on their way. */
async function faults(page: Page): Promise<string[]> {
  await page.locator(".ant-btn-loading").waitFor({ state: "detached" });
  await page.mouse.move(5, 5);
  return faultsInBothThemes(page);
}

const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
const tab = (page: Page, name: string): Promise<void> => page.getByRole("tab", { name }).click();

/** Chooses in a list of the dialog. */
async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("dialog").getByLabel(label, { exact: true }).click();
  await page.locator(".ant-select-item-option:visible").filter({ hasText: option }).click();
}

/** Types at the end of the first line that holds this text, or so many letters before its end. */
async function typeAt(page: Page, line: string, typed: string, before = 0): Promise<void> {
  await text(page).locator(".cm-line").filter({ hasText: line }).first().click();
  await page.keyboard.press("End");
  for (let step = 0; step < before; step++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.insertText(typed);
}

const revision = (page: Page, number: number): Promise<void> =>
  page.locator(".ant-descriptions").getByText(`版本 ${number}`, { exact: true }).waitFor();

describe("a dataset in the console", () => {
  it("is made of a file: its columns become fields and measures", async () => {
    await administrator.getByText("还没有数据集").waitFor();
    await button(administrator, "新建数据集").click();
    await administrator.getByLabel("名称").fill("门店订单");
    await administrator.getByLabel("标识").fill("orders");
    await administrator.getByLabel("文件", { exact: true }).fill("ord");
    await administrator.locator(".ant-select-item-option").filter({ hasText: "orders.csv" }).click();
    await button(administrator, "创建").click();
    await administrator.getByRole("heading", { name: "门店订单", level: 1 }).waitFor();
    await administrator.getByRole("cell", { name: "total_amount" }).waitFor();
    expect(await faults(administrator)).toEqual([]);
  });

  it("shows an error at its line, and what is meant instead", async () => {
    await tab(administrator, "模型");
    await typeAt(administrator, String.raw`SUM(\"amount\")`, "s", 4);
    await button(administrator, "检查").click();
    const problem = administrator.getByRole("status").filter({ hasText: "1 个错误" });
    await problem.getByText("表里没有列 “amounts”。是否应为 “amount”？").waitFor();
    const line = (await problem.getByRole("button", { name: /^第 \d+ 行$/ }).innerText()).replace(/\D/g, "");
    const marked = administrator
      .locator(".cm-lineNumbers .cm-gutterElement")
      .filter({ hasText: new RegExp(`^${line}$`) });
    await administrator.locator(".cm-lint-marker-error").waitFor();
    const [mark, number] = [
      await administrator.locator(".cm-lint-marker-error").boundingBox(),
      await marked.boundingBox(),
    ];
    expect(Math.abs((mark?.y ?? 0) - (number?.y ?? 99))).toBeLessThan(10);
    await button(administrator, "保存").click();
    await problem.waitFor();
    expect(await faults(administrator)).toEqual([]);
  });

  it("is saved once it is right", async () => {
    await editor.reload();
    await editor.getByRole("link", { name: "门店订单" }).click();
    await tab(editor, "模型");
    await text(editor).waitFor();

    await text(administrator).locator(".cm-line").filter({ hasText: "amounts" }).click();
    await administrator.keyboard.press("End");
    for (const key of [...Array<string>(4).fill("ArrowLeft"), "Backspace"]) await administrator.keyboard.press(key);
    const policy = [east, west].map(({ id }, index) => ({
      group: `user:${id}`,
      row_level: { filters: [{ member: "region", operator: "equals", values: [["east", "west"][index]] }] },
    }));
    await typeAt(administrator, '"label": "门店订单",', ` "access_policy": ${JSON.stringify(policy)},`);
    await button(administrator, "保存").click();
    await revision(administrator, 2);
    await tab(administrator, "概览");
    await administrator.getByRole("cell", { name: "region equals east" }).waitFor();
    const [{ name = "" } = {}] = await web.world.database.query("select name from app_user where id = $1", [east.id]);
    await administrator.getByRole("cell", { name: `用户 ${String(name)} ${east.id}` }).waitFor();
    expect(await faults(administrator)).toEqual([]);
  });

  it("does not let a second person overwrite it unknowingly", async () => {
    await typeAt(editor, '"label": "门店订单",', ' "weekStart": "sunday",');
    await button(editor, "保存").click();
    const dialog = editor.getByRole("dialog", { name: "其他人已保存了新版本" });
    await dialog.getByText("保存了版本 2").waitFor();
    await dialog.locator(".cm-changedLine, .cm-deletedChunk").first().waitFor();
    expect(await faults(editor)).toEqual([]);
    await dialog.getByRole("button", { name: "采用对方的" }).click();
    await text(editor).getByText("access_policy").first().waitFor();

    await typeAt(editor, '"dingboard": {', ' "weekStart": "sunday",');
    await button(editor, "保存").click();
    await editor.getByRole("status").getByText("只有管理员可以修改这里。").waitFor();
  });

  it("shows two people different rows, and each look is noted", async () => {
    await tab(administrator, "预览");
    const seenBy = async (user: BuiltUser): Promise<string> => {
      await administrator.getByLabel("以谁的身份查看").fill(user.login);
      await administrator.getByTitle(new RegExp(user.login)).click();
      await button(administrator, "查看").click();
      await administrator.locator(".ant-btn-loading").waitFor({ state: "detached" });
      return administrator
        .getByRole("status")
        .filter({ has: administrator.getByRole("table") })
        .innerText();
    };
    expect(await seenBy(east)).toContain("2026-11-01");
    expect(await seenBy(west)).not.toContain("2026-11-01");
    const seen = await web.world.database.query(
      "select count(*)::int as n from audit_entry where action = 'dataset_viewed_as'",
    );
    expect(seen).toEqual([{ n: 2 }]);
    expect(await faults(administrator)).toEqual([]);
  });

  it("goes back to an earlier revision", async () => {
    await tab(administrator, "历史版本");
    await administrator.getByRole("button", { name: "与当前比较" }).click();
    await administrator
      .getByText(/^\d+ 行未变$/)
      .first()
      .waitFor();
    const dialog = administrator.getByRole("dialog");
    await dialog.locator(".cm-changedLine, .cm-deletedChunk").first().waitFor();
    await administrator.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await administrator.getByRole("button", { name: "恢复此版本" }).click();
    await administrator.getByRole("dialog").getByRole("button", { name: "恢复此版本" }).click();
    await revision(administrator, 3);
    await tab(administrator, "概览");
    await administrator.getByText("没有策略").waitFor();
  });

  describe("while its text is not saved", () => {
    const question = (): Locator => administrator.getByRole("dialog", { name: "放弃未保存的修改？" });
    const stays = async (): Promise<void> => {
      await question().getByRole("button", { name: "继续编辑" }).click();
      await question().waitFor({ state: "detached" });
      await text(administrator).getByText('"colour"').waitFor();
      expect(new URL(administrator.url()).pathname).toBe("/console/datasets/orders");
    };

    it("says in the reader's language what is wrong", async () => {
      await tab(administrator, "模型");
      await typeAt(administrator, '"dingboard": {', ' "colour": 1,');
      await button(administrator, "检查").click();
      await administrator.getByRole("status").getByText("这里没有“colour”这一项。").waitFor();
    });

    it("asks before a link, the way back and signing out, and loses nothing", async () => {
      await tab(administrator, "概览");
      await tab(administrator, "模型");
      await administrator.getByRole("navigation").getByRole("link", { name: "文件" }).click();
      await question().waitFor();
      expect(await faults(administrator)).toEqual([]);
      await stays();
      await administrator.goBack();
      await stays();
      await administrator.getByRole("button", { name: /^账户/ }).click();
      await administrator.getByRole("menuitem", { name: "退出登录" }).click();
      await stays();
      const asked = administrator.waitForEvent("dialog");
      await administrator.close({ runBeforeUnload: true });
      const dialog = await asked;
      expect(dialog.type()).toBe("beforeunload");
      await dialog.dismiss();
      await text(administrator).getByText('"colour"').waitFor();
    });

    it("goes where the person wants once they give it up", async () => {
      await administrator.getByRole("navigation").getByRole("link", { name: "文件" }).click();
      const files = administrator.getByRole("heading", { name: "文件", level: 1 });
      await new Hands().press(question().getByRole("button", { name: "放弃修改" }), files);
    });
  });
});

describe("a dataset's form", () => {
  it("is shaped by a form: names, formats and measures by choosing, not a word of JSON", async () => {
    await administrator.goto(`${web.origin}/console/datasets/orders?tab=form`);
    await button(administrator, "编辑“region”").click();
    const dialog = administrator.getByRole("dialog");
    await dialog.getByLabel("名称").fill("大区");
    await dialog.getByLabel("文件夹").fill("地区");
    await button(administrator, "确 定").or(button(administrator, "确定")).click();
    await administrator.getByRole("cell", { name: "大区 region" }).waitFor();
    await button(administrator, "新建指标").click();
    await pick(administrator, "字段", "大区");
    await pick(administrator, "汇总方式", "去重计数");
    await dialog.getByPlaceholder("大区（去重计数）").waitFor();
    expect(await faults(administrator)).toEqual([]);
    await button(administrator, "确 定").or(button(administrator, "确定")).click();
    await administrator.getByRole("cell", { name: "大区（去重计数） distinct_region" }).waitFor();
    expect(await faults(administrator)).toEqual([]);
    await button(administrator, "新建指标").click();
    await dialog.getByLabel("行数").check();
    await button(administrator, "确 定").or(button(administrator, "确定")).click();
    await administrator.getByRole("cell", { name: "行数 row_count_2" }).waitFor();
    await button(administrator, "撤 回").or(button(administrator, "撤回")).click();
    await administrator.getByRole("cell", { name: "行数 row_count_2" }).waitFor({ state: "detached" });
    await button(administrator, "新建策略").click();
    await pick(administrator, "谁", "企业所有成员");
    await dialog.getByLabel("全部行").check();
    await button(administrator, "确 定").or(button(administrator, "确定")).click();
    await administrator.getByText("企业所有成员 看到 全部行").waitFor();
    await button(administrator, "删除这条策略").click();
    await button(administrator, "保存").or(button(administrator, "保 存")).click();
    await administrator.getByText(/^已保存为版本 \d+$/).waitFor();
    await tab(administrator, "模型");
    await text(administrator)
      .getByText(String.raw`"COUNT(DISTINCT \"region\")"`)
      .waitFor();
  });
});
