import type { Page } from "playwright-core";
import type { Column } from "../../core/contract/report/query";
import { formatValue } from "../../core/report/format";
import { kpiView } from "../../core/report/kpi";
import { demoReportId } from "../../scripts/demo";
import { READER_LIMIT } from "../../scripts/reader-limit";
import { faultsInBothThemes } from "./accessibility";
import { card, chooseInMenu, readyCard, startReader, viewOf, type ReaderBrowser } from "./reader";
import { askRetail, PAST_30_DAYS } from "./retail";

let reader: ReaderBrowser;
let origin: string;

const overview = demoReportId("yunling", "business-overview");
const ranking = demoReportId("yunling", "store-ranking");

jest.setTimeout(60_000);
beforeAll(async () => {
  reader = await startReader();
  origin = reader.origin;
}, 180_000);
afterAll(() => reader.stop());

const visit: ReaderBrowser["visit"] = (...asked) => reader.visit(...asked);
const newPage: ReaderBrowser["newPage"] = (...asked) => reader.newPage(...asked);

/** How many different colours a chart's drawing has: a blank one has one. */
function coloursOf(page: Page, card: string): Promise<number> {
  return page.locator(`${card} canvas`).evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const seen = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) seen.add(pixels.slice(at, at + 4).join());
    return seen.size;
  });
}

it("keeps the wanted report through sign-in", async () => {
  const page = await newPage();
  await page.goto(`${origin}/r/${overview}`);
  await page.getByLabel("用户名或邮箱").fill("linyue");
  await page.getByLabel("密码").fill("dingboard-demo");
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { level: 1, name: "经营总览" }).waitFor();
  expect(page.url()).toBe(`${origin}/r/${overview}`);
});

it("leads from the list to a report and back, by keyboard", async () => {
  const page = await visit("/");
  await page.getByRole("link", { name: "经营总览" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("门店");
  await page.getByRole("link", { name: "经营总览" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "门店排行" }).press("Enter");

  await page.getByRole("heading", { level: 1, name: "门店排行" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "报表" }).waitFor();
});

it("leads through folders and back, and says where a favourite lies", async () => {
  const page = await visit("/");
  await page.getByRole("link", { name: "运营", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "运营" }).waitFor();
  await page.getByRole("link", { name: "门店", exact: true }).click();
  await page.getByRole("link", { name: "门店排行" }).waitFor();
  expect(await page.getByRole("listitem").filter({ hasText: "经营总览" }).count()).toBe(0);

  await page.getByRole("button", { name: "收藏: 门店排行" }).click();
  await page.getByRole("button", { name: "收藏", exact: true }).click();
  await page.getByRole("listitem").filter({ hasText: "运营 / 门店" }).waitFor();

  await page.goBack();
  await page.goBack();
  await page.getByRole("button", { name: "全部", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "报表" }).waitFor();
  expect(await page.getByRole("link", { name: "门店", exact: true }).count()).toBe(0);
});

it("shows the numbers that the server answered, in KPI cards and tables", async () => {
  const page = await visit(`/r/${ranking}`);
  const view = await viewOf(page, ranking);
  const sales = readyCard(view, "sales");
  const { main } = kpiView(sales.data, sales.trend, "zh-CN");
  expect(await page.locator(`${card("sales")} .kpi-value`).innerText()).toBe(main.value);

  const { data } = readyCard(view, "all");
  const cells = page
    .locator(`${card("all")} tbody tr:not([aria-hidden])`)
    .first()
    .locator("td");
  const texts = data.columns.map((column, index) => formatValue(data.values[index]?.[0], column, "zh-CN"));
  expect(await cells.allInnerTexts()).toEqual(expect.arrayContaining([texts[0]]));
  for (const text of await cells.allInnerTexts()) expect(texts).toContain(text);
});

it("draws charts, and says the same numbers to screen readers", async () => {
  const page = await visit(`/r/${ranking}`);
  await page.locator(`${card("top")} [data-drawn='true'] canvas`).waitFor();
  expect(await coloursOf(page, card("top"))).toBeGreaterThan(4);

  const { data } = readyCard(await viewOf(page, ranking), "top");
  const rows = page.locator(`${card("top")} tbody tr`);
  expect(await rows.count()).toBe(data.rowCount);
  const texts = data.columns.map((column, index) => formatValue(data.values[index]?.[0], column, "zh-CN"));
  expect(await rows.first().locator("th, td").allTextContents()).toEqual(texts);
  expect(await page.locator(`${card("top")} thead th`).allTextContents()).toEqual(
    data.columns.map(({ label }) => label),
  );
});

it("sorts a table by its header and says so", async () => {
  const page = await visit(`/r/${ranking}`);
  const orders = page.locator(`${card("all")} th`).filter({ hasText: "订单数" });
  await orders.getByRole("button").click();
  expect(await orders.getAttribute("aria-sort")).toBe("descending");

  const { data } = readyCard(await viewOf(page, ranking), "all");
  const column = data.columns.findIndex(({ label }) => label === "订单数");
  const largest = Math.max(...(data.values[column] ?? []).map(Number));
  const first = page.locator(`${card("all")} tbody tr:not([aria-hidden])`).first();
  expect(await first.innerText()).toContain(formatValue(largest, data.columns[column] ?? { type: "number" }, "zh-CN"));
});

it("keeps only the rows in sight on the page, however long the table is", async () => {
  const page = await visit(`/r/${ranking}`);
  const frame = page.locator(`${card("all")} .table-frame`);
  await frame.waitFor();
  const { data } = readyCard(await viewOf(page, ranking), "all");
  const rows = frame.locator("tbody tr:not([aria-hidden])");
  expect(await rows.count()).toBeLessThan(data.rowCount);
  const name = String(data.values[0]?.[data.rowCount - 1]);
  expect(await frame.getByText(name, { exact: true }).count()).toBe(0);

  await frame.evaluate((element) => element.scrollTo(0, element.scrollHeight));

  await frame.getByText(name, { exact: true }).waitFor();
});

describe("totals", () => {
  const perOrder = "sum(amount) / count(*)";
  const whole = (column: { format?: Column["format"] | undefined } | undefined, value: unknown): string =>
    formatValue(Number(value), { type: "number", ...(column?.format ? { format: column.format } : {}) }, "zh-CN");

  it("of a table are those of all rows, in its last row that stays in sight", async () => {
    const page = await visit(`/r/${overview}?page=detail`);
    const last = page.locator(`${card("cities")} tfoot td`);
    await last.first().waitFor();
    const { data } = readyCard(await viewOf(page, overview), "cities");
    const [[sum, average] = []] = await askRetail(
      reader.product,
      page,
      `select sum(amount), ${perOrder} from sales where ${PAST_30_DAYS}`,
    );
    const texts = await last.allInnerTexts();
    expect(texts[0]).toBe("合计");
    expect(texts).toContain(
      whole(
        data.columns.find(({ name }) => name === "sales_amount"),
        sum,
      ),
    );
    expect(texts).toContain(
      whole(
        data.columns.find(({ name }) => name === "average_order"),
        average,
      ),
    );
    const [frame, row] = [
      await page.locator(`${card("cities")} .table-frame`).boundingBox(),
      await last.first().boundingBox(),
    ];
    expect(Math.round((row?.y ?? 0) + (row?.height ?? 0))).toBe(Math.round((frame?.y ?? 0) + (frame?.height ?? 0)));
  });

  it("of a pivot are right for averages too: of groups, of columns, of all", async () => {
    const page = await visit(`/r/${overview}?page=detail`);
    const table = page.locator(`${card("channel_cities")} table`);
    await table.locator("tfoot td").first().waitFor();
    const { data } = readyCard(await viewOf(page, overview), "channel_cities");
    const column = data.columns.find(({ name }) => name === "average_order");
    const sums = await askRetail(
      reader.product,
      page,
      `select region, ${perOrder} from sales where ${PAST_30_DAYS} group by region order by sum(amount) desc`,
    );
    const channels = await askRetail(
      reader.product,
      page,
      `select channel, ${perOrder} from sales where ${PAST_30_DAYS} group by channel order by sum(amount) desc`,
    );
    const [[all] = []] = await askRetail(reader.product, page, `select ${perOrder} from sales where ${PAST_30_DAYS}`);

    const groups = await table.locator("thead tr").first().locator("th").allInnerTexts();
    expect(groups).toEqual([...channels.map(([name]) => name), "合计"]);
    const foot = await table.locator("tfoot td").allInnerTexts();
    // two names, then sales, average and margin for each channel and for all of them
    expect(channels.map((_, index) => foot[2 + index * 3 + 1])).toEqual(
      channels.map(([, value]) => whole(column, value)),
    );
    expect(foot[2 + channels.length * 3 + 1]).toBe(whole(column, all));
    const first = table.locator("tr.sums", { hasText: "小计" }).first();
    const texts = await first.locator("td").allInnerTexts();
    expect([texts[0], texts[texts.length - 2]]).toEqual([sums[0]?.[0], whole(column, sums[0]?.[1])]);
  });
});

describe("a card's menu", () => {
  it("shows all data, closes by Escape and gives the focus back", async () => {
    const page = await visit(`/r/${ranking}`);
    const more = page.locator(`${card("top")} .card-more`);
    await more.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "本月销售额前十门店" });
    await dialog.getByRole("columnheader").first().waitFor();
    expect(await dialog.locator("tbody tr:not([aria-hidden])").count()).toBe(10);

    await page.keyboard.press("Escape");

    await dialog.waitFor({ state: "hidden" });
  });

  it("copies a link that leads to the card", async () => {
    const page = await visit(`/r/${ranking}`, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator(`${card("all")} .card-more`).click();
    await page.getByRole("menuitem", { name: "复制链接" }).click();
    await page.getByText("链接已复制").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());

    await page.goto(link);

    await page.locator(`${card("all")}.card-named`).waitFor();
    await page.waitForFunction(
      () => (document.querySelector("#card-all")?.getBoundingClientRect().top ?? 9e9) < innerHeight,
    );
  });

  it("makes a picture of a chart", async () => {
    const page = await visit(`/r/${ranking}`);
    await page.locator(`${card("top")} [data-drawn='true']`).waitFor();
    await page.locator(`${card("top")} .card-more`).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "下载图片" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("本月销售额前十门店.png");
  });

  it("shows editors the SQL of a card, and readers no such line", async () => {
    const editor = await visit(`/r/${overview}`);
    await chooseInMenu(editor, "trend", "查询详情");
    const dialog = editor.getByRole("dialog", { name: /^查询详情/ });
    const sql = dialog.getByRole("region", { name: "SQL", exact: true }).first();
    expect(await sql.innerText()).toMatch(/^\s*(with|select)\b[^]*\bsum\(/i);
    expect(await dialog.locator("dl").first().innerText()).toContain("duckdb");
    expect(await faultsInBothThemes(editor)).toEqual([]);

    const viewer = await visit(`/r/${overview}`, {}, "zhaoqian");
    await viewer.locator(`${card("trend")} [data-drawn='true']`).waitFor();
    await viewer.locator(`${card("trend")} .card-more`).click();
    await viewer.getByRole("menuitem", { name: "查看数据" }).waitFor();
    expect(await viewer.getByRole("menuitem", { name: "查询详情" }).count()).toBe(0);
  });
});

it("tells a stranger that the report cannot be opened", async () => {
  const page = await visit("/r/00000000-0000-4000-8000-000000000000");

  await page.getByRole("heading", { name: "打不开这份报表" }).waitFor();
});

it("follows the system's dark and light, and the person's language", async () => {
  const page = await visit(`/r/${ranking}`, { colorScheme: "dark", locale: "en-US" });
  await page.getByText(/^Data as of/).waitFor();
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await ground()).not.toBe(dark);
});

it("fits a phone of 375 px without scrolling sideways", async () => {
  const page = await visit(`/r/${overview}`, { viewport: { width: 375, height: 812 } });
  await page.locator(".stack").waitFor();

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

it("loads no more script for a report than the limit, as it travels", async () => {
  const page = await newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.request.post(`${origin}/api/session/password`, {
    data: { login: "linyue", password: "dingboard-demo" },
    headers: { origin },
  });
  await page.goto(`${origin}/r/${overview}`);
  await page.locator(".card-cartesian [data-drawn='true']").first().waitFor();

  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(READER_LIMIT + scripts.size * 1_024); // a response's headers count too
});
