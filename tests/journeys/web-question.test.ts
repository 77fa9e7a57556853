import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import type { Column } from "../../core/contract/report/query";
import { formatValue } from "../../core/report/format";
import { demoReportId } from "../../scripts/demo";
import { unzipped } from "../factories/workbook";
import { card, chooseInMenu, startReader, viewOf, type ReaderBrowser } from "./reader";
import { askRetail, PAST_30_DAYS } from "./retail";

let reader: ReaderBrowser;

const overview = demoReportId("yunling", "business-overview");

jest.setTimeout(120_000);
beforeAll(async () => {
  reader = await startReader();
}, 180_000);
afterAll(() => reader.stop());

const ask = (page: Page, sql: string) => askRetail(reader.product, page, sql);
const MONEY: Pick<Column, "type" | "format"> = {
  type: "number",
  format: { kind: "currency", currency: "CNY", decimals: 0, compact: true },
};
const money = (value: unknown): string => formatValue(Number(value), MONEY, "zh-CN");

/** Waits until the sales card shows what the files themselves say for a condition. */
async function salesAre(page: Page, condition: string): Promise<void> {
  const [[sum] = []] = await ask(page, `select sum(amount) from sales where ${condition}`);
  await page.locator(card("sales")).getByText(money(sum), { exact: true }).waitFor();
}

/** The same for what an order comes to on average, whose card follows the chosen period. */
async function averageIs(page: Page, condition: string): Promise<void> {
  const [[average] = []] = await ask(page, `select sum(amount) / count(*) from sales where ${condition}`);
  const text = formatValue(Number(average), { type: "number", format: { kind: "currency", currency: "CNY" } }, "zh-CN");
  await page.locator(card("average")).getByText(text, { exact: true }).waitFor();
}

const filter = (page: Page, label: string): Locator => page.locator(".filters .filter", { hasText: label });
const popover = (page: Page): Locator => page.locator(".popover");
const apply = (page: Page): Promise<void> => popover(page).getByRole("button", { name: "应用" }).click();
const shownSales = (page: Page): Promise<string> => page.locator(`${card("sales")} .kpi-value`).innerText();

/** A chart's numbers as screen readers hear them. */
async function heard(page: Page, id: string): Promise<string[][]> {
  const rows = await page.locator(`${card(id)} .unseen tbody tr`).all();
  return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
}

/** Waits until a chart says these numbers, in this order. */
async function chartSays(page: Page, id: string, rows: (string | number)[][]): Promise<void> {
  const wanted = rows.map(([name, sum]) => [String(name), money(sum)]);
  await page
    .locator(`${card(id)} .unseen tbody th`)
    .first()
    .filter({ hasText: wanted[0]?.[0] ?? "" })
    .waitFor({ state: "attached" });
  expect((await heard(page, id)).map((row) => row.slice(0, 2))).toEqual(wanted);
}

/** Clicks the bar of a category in a chart of lying bars. */
async function clickBar(page: Page, id: string, index: number): Promise<void> {
  const stage = page.locator(`${card(id)} .chart-stage`);
  await page.locator(`${card(id)} [data-drawn='true'] canvas`).waitFor();
  const [box, count] = [await stage.boundingBox(), (await heard(page, id)).length];
  if (!box) throw new Error(`The chart ${id} is not on the page.`);
  const top = 12;
  const step = (box.height - top - 2) / count;
  await stage.click({ position: { x: box.width * 0.35, y: top + step * (index + 0.5) } });
}

describe("a filter", () => {
  it("takes a period from its presets, or the days that are typed", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await averageIs(page, PAST_30_DAYS);

    await filter(page, "日期范围").click();
    await popover(page).getByRole("button", { name: "上月" }).click();
    const month = "date_trunc('month', (select max(order_date) from sales))";
    await averageIs(page, `order_date >= ${month} - interval 1 month and order_date < ${month}`);

    await filter(page, "日期范围").click();
    await popover(page).getByLabel("从").fill("2026-03-05");
    await popover(page).getByLabel("到").fill("2026-04-20");
    await apply(page);
    await averageIs(page, "order_date between '2026-03-05' and '2026-04-20'");
    await page.reload();
    await averageIs(page, "order_date between '2026-03-05' and '2026-04-20'");
  });

  it("takes several values, searched for; nothing is asked before they are applied", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await salesAre(page, PAST_30_DAYS);
    const before = await shownSales(page);

    await filter(page, "大区").click();
    await popover(page).getByRole("searchbox").fill("华");
    await popover(page).getByRole("checkbox", { name: "西南" }).waitFor({ state: "detached" });
    await popover(page).getByRole("checkbox", { name: "华东" }).check();
    await popover(page).getByRole("searchbox").fill("西南");
    await popover(page).getByRole("checkbox", { name: "华东" }).waitFor({ state: "detached" });
    await popover(page).getByRole("checkbox", { name: "西南" }).check();
    expect(await shownSales(page)).toBe(before);
    await apply(page);

    await salesAre(page, `${PAST_30_DAYS} and region in ('华东', '西南')`);
    await filter(page, "大区").click();
    await popover(page).getByRole("button", { name: "清空" }).click();
    await salesAre(page, PAST_30_DAYS);
  });

  it("offers what its parent leaves, and starts anew where the parent changes", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await filter(page, "大区").click();
    await popover(page).getByRole("checkbox", { name: "西南" }).check();
    await apply(page);
    await filter(page, "城市").click();
    const cities = await ask(page, "select distinct city from sales where region = '西南' order by city");
    await popover(page)
      .getByRole("checkbox", { name: String(cities[0]?.[0]) })
      .waitFor();
    expect((await popover(page).locator(".options label").allInnerTexts()).sort()).toEqual(cities.flat().sort());
    await popover(page)
      .getByRole("checkbox", { name: String(cities[0]?.[0]) })
      .check();
    await apply(page);
    await salesAre(page, `${PAST_30_DAYS} and city = '${cities[0]?.[0]}'`);

    await filter(page, "大区").click();
    await popover(page).getByRole("checkbox", { name: "西南" }).uncheck();
    await popover(page).getByRole("checkbox", { name: "华北" }).check();
    await apply(page);
    await salesAre(page, `${PAST_30_DAYS} and region = '华北'`);
  });

  it("may be required, and may be a range of numbers", async () => {
    const page = await reader.visit("/");
    const { enterprise } = (await (await page.request.get(`${reader.origin}/api/me`)).json()) as {
      enterprise: { id: Parameters<typeof domain.reports.create>[0]["enterpriseId"] };
    };
    const { domain } = reader.product.server;
    const dataset = "retail";
    const id = await domain.reports.create({
      enterpriseId: enterprise.id,
      createdBy: null,
      spec: {
        version: 1,
        title: "Ranges",
        pages: [{ id: "main", title: "Main", layout: [{ element: "stores", x: 0, y: 0, w: 36, h: 12 }] }],
        elements: {
          stores: {
            type: "table",
            title: "Stores",
            query: { dataset, dimensions: [{ field: "store" }], measures: ["sales_amount"], limit: 500 },
          },
        },
        filters: [
          { id: "region", label: "大区", dataset, field: "region", operator: "equals", required: true },
          { id: "sales", label: "销售额", dataset, field: "sales_amount", operator: "inBetween" },
        ],
      },
    });
    await page.goto(`${reader.origin}/r/${id}`);
    await page.locator(card("stores")).getByText("大区").waitFor();
    expect(await page.locator(`${card("stores")} table`).count()).toBe(0);

    await filter(page, "大区").click();
    await popover(page).getByRole("checkbox", { name: "华东" }).check();
    await apply(page);
    const stores = `select store, sum(amount) as total from sales where region = '华东' group by store order by total desc`;
    const all = await ask(page, stores);
    await page
      .locator(card("stores"))
      .getByRole("cell", { name: String(all[0]?.[0]) })
      .waitFor();
    const [most, least] = [Number(all[1]?.[1]), Number(all[all.length - 2]?.[1])];

    await filter(page, "销售额").click();
    await popover(page).getByLabel("从").fill(String(least));
    await popover(page).getByLabel("到").fill(String(most));
    await apply(page);
    await page
      .locator(card("stores"))
      .getByRole("cell", { name: String(all[0]?.[0]) })
      .waitFor({ state: "detached" });
    const names = await page.locator(`${card("stores")} tbody tr:not([aria-hidden]) td:first-child`).allInnerTexts();
    expect(names).toEqual(all.slice(1, -1).map(([name]) => name));
  });

  it("is handled by keyboard alone, and gives the focus back", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await salesAre(page, PAST_30_DAYS);
    await filter(page, "渠道").focus();
    await page.keyboard.press("Enter");
    await popover(page).getByRole("checkbox").first().waitFor();
    await page.keyboard.type("门店");
    await popover(page).getByRole("checkbox", { name: "小程序" }).waitFor({ state: "detached" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");

    await salesAre(page, `${PAST_30_DAYS} and channel = '门店'`);
    await filter(page, "渠道").and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    expect(await popover(page).count()).toBe(0);
  });
});

describe("a click in a chart", () => {
  const regions = `select region, sum(amount) as total from sales where ${PAST_30_DAYS} group by region order by total desc`;

  it("goes down its hierarchy, and its path leads back", async () => {
    const page = await reader.visit(`/r/${overview}`);
    const top = await ask(page, regions);
    await chartSays(page, "regions", top);

    await clickBar(page, "regions", 1);
    const region = String(top[1]?.[0]);
    const cities = await ask(
      page,
      `select city, sum(amount) as total from sales where ${PAST_30_DAYS} and region = '${region}' group by city order by total desc`,
    );
    await chartSays(page, "regions", cities);
    const trail = page.locator(`${card("regions")} nav`);
    expect(await trail.innerText()).toContain(region);
    await salesAre(page, PAST_30_DAYS);

    await trail.getByRole("button", { name: "全部" }).click();
    await chartSays(page, "regions", top);
  });

  it("filters the other cards by a bar, until it is clicked again", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await salesAre(page, PAST_30_DAYS);
    const store = (await heard(page, "stores"))[2]?.[0] ?? "";
    await clickBar(page, "stores", 2);
    await page.locator(".filters .chip", { hasText: store }).waitFor();
    await salesAre(page, `${PAST_30_DAYS} and store = '${store}'`);
    expect((await heard(page, "stores")).length).toBe(10);

    await clickBar(page, "stores", 2);
    await page.locator(".filters .chip").waitFor({ state: "detached" });
    await salesAre(page, PAST_30_DAYS);
  });

  it("is done by arrow keys and Enter too, and what is under them is said", async () => {
    const page = await reader.visit(`/r/${overview}`);
    await page.locator(`${card("stores")} [data-drawn='true']`).waitFor();
    const [first, second] = await heard(page, "stores");
    await page.locator(`${card("stores")} .chart-stage`).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(`${card("stores")} [role=status]`).textContent()).toContain(second?.[1]);
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");

    await salesAre(page, `${PAST_30_DAYS} and store = '${first?.[0]}'`);
  });
});

it("says how old its data is, and reads it again when asked", async () => {
  const page = await reader.visit(`/r/${overview}`);
  await salesAre(page, PAST_30_DAYS);
  const view = await viewOf(page, overview);
  expect(Date.now() - Date.parse(view.dataAsOf)).toBeLessThan(10 * 60_000);
  expect(await page.locator(".as-of").innerText()).toMatch(/^数据截至 \d+月\d+日 \d\d:\d\d$/);

  const [request] = await Promise.all([
    page.waitForRequest((one) => one.url().includes(`/api/reports/${overview}/view`)),
    page.getByRole("button", { name: "刷新" }).click(),
  ]);
  expect((await request.response())?.status()).toBe(200);
  await page.locator("[aria-busy='true']").waitFor({ state: "detached" });
});

describe("a card's export", () => {
  /** Downloads what a card shows, and reads the rows that the table of its data shows. */
  async function exported(item: string): Promise<{ file: Buffer; name: string; table: string[][] }> {
    const page = await reader.visit(`/r/${overview}`);
    await filter(page, "大区").click();
    await popover(page).getByRole("checkbox", { name: "华东" }).check();
    await apply(page);
    await salesAre(page, `${PAST_30_DAYS} and region = '华东'`);
    await page.locator(`${card("stores")} .card-more`).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: item }).click(),
    ]);
    await chooseInMenu(page, "stores", "查看数据");
    const dialog = page.getByRole("dialog", { name: "门店销售额前十" });
    const rows = await dialog.locator("tr:not([aria-hidden])").all();
    const table = await Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
    return { file: readFileSync(await download.path()), name: download.suggestedFilename(), table };
  }
  const asShown = ([store, sales]: string[]): string[] => [store ?? "", money(sales)];

  it("as CSV holds the rows that its data shows, under the reader's filters", async () => {
    const { file, name, table } = await exported("导出 CSV");
    expect(name).toBe("门店销售额前十.csv");
    const [head, ...rows] = file.toString().replace("\uFEFF", "").trim().split("\r\n");
    expect([head?.split(","), ...rows.map((row) => asShown(row.split(",")))]).toEqual(table);
    expect(table.length).toBe(11);
  });

  it("as Excel holds the same, with numbers as numbers", async () => {
    const { file, name, table } = await exported("导出 Excel");
    expect(name).toBe("门店销售额前十.xlsx");
    const rows = [...(unzipped(file).get("s.xml") ?? "").matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, cells]) =>
      [...(cells ?? "").matchAll(/<(?:v|t)[^>]*>([^<]*)<\/(?:v|t)>/g)].map(([, text]) => text ?? ""),
    );
    expect([rows[0], ...rows.slice(1).map(asShown)]).toEqual(table);
  });
});

it("shows a chart on the full screen with the same numbers, and closes by Escape", async () => {
  const page = await reader.visit(`/r/${overview}`);
  await page.locator(`${card("stores")} [data-drawn='true']`).waitFor();
  const numbers = await heard(page, "stores");
  await chooseInMenu(page, "stores", "全屏查看");
  const dialog = page.getByRole("dialog", { name: "门店销售额前十" });
  await dialog.locator("[data-drawn='true'] canvas").waitFor();
  const rows = await dialog.locator(".unseen tbody tr").all();
  expect(await Promise.all(rows.map((row) => row.locator("th, td").allTextContents()))).toEqual(numbers.slice(0, 10));

  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
});
