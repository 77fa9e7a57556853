import type { Locator, Page } from "playwright-core";
import type { ReportId } from "../../core/contract/id";
import { faultsInBothThemes } from "./accessibility";
import { boxOf, startEditorWorld, type EditorWorld } from "./editor-world";
import { typeAccount } from "./web-world";

jest.setTimeout(120_000);

let web: EditorWorld["web"];
let enterprise: EditorWorld["enterprise"];
let page: Page;

beforeAll(async () => {
  ({ web, enterprise, page } = await startEditorWorld());
}, 120_000);
afterAll(() => web.stop());

const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
const frame = (title: string): Locator => button(`卡片：${title}`);
const settings = (): Locator => page.getByRole("complementary", { name: "卡片设置" });
const well = (name: string): Locator => settings().getByRole("group", { name, exact: true });
const saved = (): Promise<void> => page.getByRole("status").getByText("已保存到草稿").waitFor();

/** Reads a chart as those who do not see it do. */
async function valuesOf(on: Page, title: string): Promise<string[]> {
  const table = on.getByRole("table", { name: title, includeHidden: true }).first();
  await table.waitFor({ state: "attached" });
  return table.locator("td").allTextContents();
}

async function dragFrom(x: number, y: number, dx: number, dy: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 6; step++) await page.mouse.move(x + (dx * step) / 6, y + (dy * step) / 6);
  await page.mouse.up();
}

async function dragBy(what: Locator, dx: number, dy: number): Promise<void> {
  const { x, y } = await boxOf(what);
  await dragFrom(x + 40, y + 20, dx, dy);
}

describe("a report made by mouse", () => {
  it("begins with a chart of a dataset", async () => {
    await button("新建报表").click();
    await page.getByRole("dialog").getByLabel("报表名称").fill("门店月报");
    await button("创建").click();
    await frame("销售额 · 日期").waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/r\/[^/]+\/edit$/);
    expect(await valuesOf(page, "销售额 · 日期")).toEqual(["40", "90", "70"]);
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("takes fields by click and by drag, and says why it refuses one", async () => {
    await frame("销售额 · 日期").click();
    await button("添加“大区”").click();
    await well("系列").getByText("大区").waitFor();
    await button("添加“订单数”").dragTo(well("横轴"));
    await page.getByRole("status").getByText("“订单数”是度量，这里只能放维度").waitFor();
    await button("添加“订单数”").dragTo(well("数值"));
    await well("数值").getByText("订单数").waitFor();
    await well("数值").getByRole("button", { name: "移除“订单数”" }).click();
    await button("折线图").click();
    await page.getByRole("button", { name: "折线图", pressed: true }).waitFor();
    await settings().getByLabel("标题").fill("各大区走势");
    await saved();
    await page.mouse.move(5, 5);
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("gets further cards, which make room for each other while they are dragged and resized", async () => {
    await page.mouse.click(700, 850);
    const adds = page.getByRole("complementary", { name: "报表" });
    await adds.getByRole("button", { name: "指标" }).click();
    await frame("销售额").waitFor();
    const chart = await boxOf(frame("各大区走势"));
    const kpi = await boxOf(frame("销售额"));
    expect(kpi.x).toBeGreaterThan(chart.x + chart.width);

    await dragBy(frame("销售额"), -(kpi.x - chart.x), 0);
    expect((await boxOf(frame("销售额"))).x).toBeCloseTo(chart.x, -1);
    expect((await boxOf(frame("各大区走势"))).y).toBeGreaterThan(kpi.y + 100);

    const before = await boxOf(frame("各大区走势"));
    await frame("各大区走势").hover();
    await dragFrom(before.x + before.width - 2, before.y + before.height - 2, 120, 64);
    const after = await boxOf(frame("各大区走势"));
    expect(after.width - before.width).toBeGreaterThan(80);
    expect(after.height - before.height).toBeCloseTo(64, -1);

    await page.keyboard.press("Control+z");
    expect((await boxOf(frame("各大区走势"))).width).toBeCloseTo(before.width, -1);
    await page.keyboard.press("Control+Shift+z");
    expect((await boxOf(frame("各大区走势"))).width).toBeCloseTo(after.width, -1);
    await saved();
  });

  it("shows what phones will show, and keeps an order of one's own", async () => {
    await button("手机视图").click();
    const phone = page.getByRole("region", { name: "手机视图" });
    await phone.getByText("各大区走势").first().waitFor();
    await phone.locator(".phone-card", { hasText: "各大区走势" }).hover();
    await phone.getByRole("button", { name: "将“各大区走势”上移" }).click();
    expect(await phone.getByLabel("手机布局").inputValue()).toBe("manual");
    expect(await phone.locator(".card h2").allTextContents()).toEqual(["各大区走势", "销售额"]);
    await saved();
    await page.mouse.move(5, 5);
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("is taller on the phone where somebody wants it, and keeps that when the computer's layout changes", async () => {
    const phone = page.getByRole("region", { name: "手机视图" });
    const chart = phone.locator(".phone-card", { hasText: "各大区走势" });
    const before = await boxOf(chart);
    await chart.hover();
    await phone.getByRole("button", { name: "升高“各大区走势”" }).click();
    await frame("各大区走势").focus();
    await page.keyboard.press("Shift+ArrowDown");
    await saved();
    expect((await boxOf(chart)).height).toBeGreaterThan(before.height + 20);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Escape");
  });

  it("gets filters that hold for the cards at once, in the order that the keyboard gives them", async () => {
    await button("手机视图").click();
    const fields = page.getByRole("dialog", { name: "添加筛选" });
    await button("添加筛选").click();
    await fields.getByRole("button", { name: "日期" }).click();
    const panel = page.getByRole("complementary", { name: "筛选器设置" });
    await panel.getByLabel("默认值").selectOption("last30Days");
    const october = page.getByRole("table", { name: "各大区走势", includeHidden: true }).filter({ hasText: "60" });
    await october.waitFor({ state: "detached" });
    expect(await valuesOf(page, "各大区走势")).toEqual(["70"]);
    await panel.getByLabel("默认值").selectOption("none");
    await october.waitFor({ state: "attached" });
    await button("添加筛选").click();
    await fields.getByRole("button", { name: "大区" }).click();
    await panel.getByLabel("只能选一项").check();
    await panel.getByLabel("west").check();
    await page
      .getByRole("table", { name: "各大区走势", includeHidden: true })
      .filter({ hasNotText: "east" })
      .waitFor({ state: "attached" });
    expect(await valuesOf(page, "各大区走势")).toEqual(["30", "70"]);
    await panel.getByLabel("手机上的位置").selectOption("page");
    await button("大区 west").press("Alt+ArrowLeft");
    const strip = page.getByRole("group", { name: "筛选器" });
    expect(await strip.locator(".filter-label").allTextContents()).toEqual(["大区", "日期"]);
    await panel.getByLabel("west").uncheck();
    await saved();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("has pages that are duplicated, ordered by keyboard and removed", async () => {
    const tabs = page.getByRole("navigation", { name: "报表页" }).locator(".editor-page > button");
    await button("“第 1 页”的操作").click();
    await page.getByRole("menuitem", { name: "复制此页" }).click();
    await page.getByRole("button", { name: "第 1 页 副本", exact: true }).press("Alt+ArrowLeft");
    expect(await tabs.allTextContents()).toEqual(["第 1 页 副本", "第 2 页"]);
    await button("“第 1 页 副本”的操作").click();
    await page.getByRole("menuitem", { name: "删除此页" }).click();
    expect(await tabs.allTextContents()).toEqual(["第 1 页"]);
    await saved();
  });

  it("keeps what two people do at once, and lets the later one choose where both changed the same", async () => {
    const colleague = await web.build.buildUser({ enterprise, role: "administrator", password: true });
    const other = await web.open(await web.visitor(), new URL(page.url()).pathname);
    await typeAccount(other, colleague);
    const title = (on: Page): Locator => on.getByRole("textbox", { name: "报表名称" });
    await title(other).waitFor();
    await other.context().setOffline(true);
    await title(other).fill("门店销售月报");
    await other.getByRole("button", { name: "卡片：销售额", exact: true }).press("ArrowRight");
    await title(page).fill("门店周报");
    await page.getByRole("button", { name: "卡片：各大区走势", exact: true }).press("Shift+ArrowDown");
    await saved();
    await other.context().setOffline(false);
    await other.getByText("同事的：“门店周报”").waitFor();
    await other.getByRole("button", { name: "改用我的" }).click();
    await other.getByRole("status").getByText("已保存到草稿").waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>(".editor-title")?.value === "门店销售月报",
    );
    for (const name of ["销售额", "各大区走势"]) {
      const [mine, theirs] = [frame(name), other.getByRole("button", { name: `卡片：${name}`, exact: true })];
      const places = [mine, theirs].map((each) => each.evaluate((node) => node.parentElement?.getAttribute("style")));
      const [here, there] = await Promise.all(places);
      expect(here).toBe(there);
    }
    await other.context().close();
  });

  it("has words, links and sections besides its cards", async () => {
    await page.keyboard.press("Escape");
    const adds = page.getByRole("complementary", { name: "报表" });
    const said = page.getByRole("complementary", { name: "卡片设置" });
    for (const kind of ["分区标题", "文字", "链接", "分隔线"]) {
      await adds.getByRole("button", { name: kind, exact: true }).click();
      await said.getByRole("heading", { name: kind }).waitFor();
      if (kind === "分区标题") await said.getByLabel("标题").fill("说明");
      if (kind === "文字") {
        await said
          .getByRole("textbox", { name: "内容" })
          .fill("**口径**：<b>含税</b>\n- [手册](https://example.com/a)");
        await page.locator(".card-words strong", { hasText: "口径" }).waitFor();
      }
      if (kind === "链接") {
        await said.getByLabel("网址").fill("javascript:alert(1)");
        await said.getByText("请填写以 http:// 或 https:// 开头的网址").waitFor();
        await said.getByLabel("网址").fill("https://example.com/plan");
      }
      await page.mouse.move(5, 5);
      expect([kind, await faultsInBothThemes(page)]).toEqual([kind, []]);
      await frame(kind === "分区标题" ? "说明" : kind === "分隔线" ? "文字" : kind)
        .last()
        .focus();
      await page.keyboard.press("Escape");
    }
    await saved();
  });

  it("is seen by nobody else before it is published, and then by those who may", async () => {
    const reportId = new URL(page.url()).pathname.split("/")[2] as ReportId;
    await web.world.server.domain.reports.grant(
      enterprise.id,
      reportId,
      { kind: "enterprise", enterpriseId: enterprise.id },
      "view",
    );
    const reader = await web.build.buildUser({ enterprise, password: true });
    const reading = await web.open(await web.visitor(), `/r/${reportId}`);
    await typeAccount(reading, reader);
    await reading.getByText("打不开这份报表").first().waitFor();

    await button("发布").click();
    const asked = page.getByRole("dialog", { name: "发布" });
    await asked.getByRole("textbox").fill("第一版");
    await asked.getByRole("button", { name: "发布" }).click();
    await page.getByText("已发布第 1 版").waitFor();

    await reading.reload();
    await reading.getByRole("heading", { name: "门店销售月报", level: 1 }).waitFor();
    await reading.getByText("200").first().waitFor();
    expect(await valuesOf(reading, "各大区走势")).toEqual(["40", "–", "60", "30", "–", "70"]);
    await reading.goto(`${new URL(reading.url()).origin}/r/${reportId}?filter.region=west`);
    await reading.getByRole("button", { name: "大区 west" }).waitFor();
    expect(await valuesOf(reading, "各大区走势")).toEqual(["30", "70"]);
    expect(await reading.locator(".card-words").textContent()).toContain("口径：<b>含税</b>");
    expect(await reading.getByRole("link", { name: "手册" }).getAttribute("href")).toBe("https://example.com/a");
    await reading.getByRole("button", { name: "说明", expanded: true }).click();
    await reading.getByRole("button", { name: "说明", expanded: false }).waitFor();
    expect(await reading.locator(".card-words").count()).toBe(0);
    expect(await faultsInBothThemes(reading)).toEqual([]);
    await reading.setViewportSize({ width: 390, height: 844 });
    await reading.locator(".stack .card h2").first().waitFor();
    expect(await reading.locator(".stack .card h2").allTextContents()).toEqual(["各大区走势", "销售额"]);
    await reading.getByRole("button", { name: "说明", expanded: false }).click();
    await reading.locator(".stack .card-words").waitFor();
    expect(await reading.getByRole("link", { name: "编辑" }).count()).toBe(0);
  });
});
