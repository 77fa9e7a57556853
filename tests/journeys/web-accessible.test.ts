import type { Page } from "playwright-core";
import { demoReportId } from "../../scripts/demo";
import { faultsInBothThemes } from "./accessibility";
import { card, chooseInMenu, startReader, type ReaderBrowser } from "./reader";

let reader: ReaderBrowser;

jest.setTimeout(90_000);
beforeAll(async () => {
  reader = await startReader();
}, 180_000);
afterAll(() => reader.stop());

const reportAt = (name: string, query = ""): string => `/r/${demoReportId("yunling", name)}${query}`;
const overview = reportAt("business-overview");

const drawn = (page: Page): Promise<void> => page.locator("[data-drawn='true']").first().waitFor();
const dialog = (page: Page): Promise<void> => page.getByRole("dialog").last().waitFor();

async function openFilter(page: Page, label: string): Promise<void> {
  await page.locator(".filters .filter", { hasText: label }).click();
  await dialog(page);
}

describe("axe-core finds nothing, in light and dark,", () => {
  it.each<[name: string, path: string, prepare: (page: Page) => Promise<unknown>]>([
    ["on the list", "/", (page) => page.getByRole("listitem").first().waitFor()],
    [
      "on a list that is searched",
      "/",
      async (page) => {
        await page.getByRole("searchbox").fill("门店");
        await page.getByRole("link", { name: "经营总览" }).waitFor({ state: "detached" });
      },
    ],
    [
      "on an empty list",
      "/",
      async (page) => {
        await page.getByRole("searchbox").fill("没有这份报表");
        await page.getByText("没有找到报表").waitFor();
      },
    ],
    ["on the business overview", overview, drawn],
    [
      "on its second page",
      reportAt("business-overview", "?page=detail"),
      (page) => page.getByRole("columnheader").first().waitFor(),
    ],
    ["on the category analysis", reportAt("category-analysis"), drawn],
    ["on its second page", reportAt("category-analysis", "?page=promotion"), drawn],
    ["on the flights", reportAt("flight-punctuality"), drawn],
    ["on the store ranking", reportAt("store-ranking"), drawn],
    ["with the date filter open", overview, (page) => openFilter(page, "日期范围")],
    [
      "with a multi-select open",
      overview,
      async (page) => {
        await openFilter(page, "大区");
        await page.getByRole("checkbox").first().waitFor();
      },
    ],
    [
      "with a card's menu open",
      overview,
      async (page) => {
        await page.locator(`${card("trend")} .card-more`).click();
        await page.getByRole("menu").waitFor();
      },
    ],
    [
      "with a card's data open",
      overview,
      async (page) => {
        await chooseInMenu(page, "trend", "查看数据");
        await dialog(page);
      },
    ],
    [
      "with a chart on the full screen",
      overview,
      async (page) => {
        await chooseInMenu(page, "trend", "全屏查看");
        await page.locator("dialog [data-drawn='true']").waitFor();
      },
    ],
    [
      "with a table on the full screen",
      reportAt("store-ranking"),
      async (page) => {
        await chooseInMenu(page, "all", "全屏查看");
        await page.locator("dialog td").first().waitFor();
      },
    ],
    [
      "where there is no permission",
      "/r/00000000-0000-4000-8000-000000000000",
      (page) => page.getByRole("heading", { name: "打不开这份报表" }).waitFor(),
    ],
    ["on a hand-off that leads nowhere", "/hand-off", (page) => page.getByRole("heading").first().waitFor()],
    ["at the PC's entry outside of DingTalk", "/pc", (page) => page.getByRole("heading").first().waitFor()],
  ])("%s", async (_name, path, prepare) => {
    const page = await reader.visit(path);
    await prepare(page);

    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("where a report cannot be loaded", async () => {
    const page = await reader.visit("/");
    await page.route("**/view", (route) => route.fulfill({ status: 503, json: {} }));
    await page.getByRole("link", { name: "经营总览" }).click();
    await page.getByRole("button", { name: "重试" }).waitFor();

    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("on sign-in, empty and refused", async () => {
    const page = await reader.newPage();
    await page.goto(reader.origin);
    await page.getByLabel("用户名或邮箱").fill("linyue");
    const faults = await faultsInBothThemes(page);
    await page.getByLabel("密码").fill("not the password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();

    expect([...faults, ...(await faultsInBothThemes(page))]).toEqual([]);
  });
});
