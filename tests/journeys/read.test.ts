import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { demoReportId } from "../../scripts/demo";
import { readPicture } from "../picture";
import { startProduct, type MiniProgram, type Product } from "./product";
import { allTexts, pageOf, tapText, textOf, waitForText } from "./screen";

let product: Product;

jest.setTimeout(60_000);
beforeAll(async () => {
  product = await startProduct();
}, 180_000);
afterAll(() => product.stop());

const overview = demoReportId("yunling", "business-overview");

/** How many colours the phone shows inside an element: a blank canvas has one or two. */
async function coloursOf(phone: MiniProgram, selector: string): Promise<number> {
  const element = await (await pageOf(phone)).$(selector);
  if (!element) throw new Error(`There is no ${selector} on the page.`);
  const { left, top } = (await element.offset()) as { left: number; top: number };
  const { width, height } = await element.size();
  const png = await phone.screenshot();
  const picture = readPicture(Buffer.from(String(png), "base64"));
  const ratio = picture.width / 375;
  const chrome = picture.height / ratio - Number((await (await pageOf(phone)).size()).height); // bars above the page
  return picture.coloursIn(
    Math.round(left * ratio),
    Math.round((top + Math.max(0, chrome)) * ratio),
    Math.round(Number(width) * ratio),
    Math.round(Number(height) * ratio),
  );
}

it("signs a member in without typing and lists the reports they may see", async () => {
  const phone = await product.open("yunling.linyue");

  await waitForText(phone, ".report-title", "经营总览");

  expect((await allTexts(phone, ".report-title")).sort()).toEqual(
    ["商品品类分析", "经营总览", "航班准点", "门店排行"].sort(),
  );
  const { calls } = await product.control.calls({});
  expect(calls.map((call) => call.api)).toEqual(expect.arrayContaining(["/topapi/v2/user/getuserinfo"]));
});

it("opens a report from the list and draws its KPI cards and charts", async () => {
  const phone = await product.open("yunling.linyue");
  await tapText(phone, ".report-title", "经营总览");
  await waitForText(phone, ".kpi-title", "近30天销售额");

  expect(await textOf(phone, ".kpi-value")).toMatch(/^¥[\d.,]+万?$/);
  expect(await coloursOf(phone, ".spark")).toBeGreaterThan(4);
});

/** The same question as the table's, asked of the files by hand. */
async function citiesFromFiles(): Promise<{ city: string; orders: string }[]> {
  const files = join(product.dataDir, "files");
  const folders = readdirSync(files).map((folder) => join(files, folder));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const largest = folders.map((folder) => join(folder, "retail/sales/*.parquet"));
  const counts = await Promise.all(
    largest.map(async (glob) => {
      const reader = await connection.runAndReadAll(`select count(*) as n from read_parquet('${glob}')`);
      return { glob, n: Number(reader.getRowObjects()[0]?.["n"]) };
    }),
  );
  const { glob } = counts.reduce((best, one) => (one.n > best.n ? one : best)); // the parent has ten times the rows
  const reader = await connection.runAndReadAll(
    `select city, count(*)::integer as orders from read_parquet('${glob}')
     where order_date > (select max(order_date) from read_parquet('${glob}')) - interval 30 day
     group by city order by sum(amount) desc`,
  );
  return reader.getRowObjects().map((row) => ({
    city: String(row["city"]),
    orders: Number(row["orders"]).toLocaleString("en-US"),
  }));
}

/** The rows of the page's first table, down to its totals; the second one begins with the regions. */
async function firstTable(phone: MiniProgram) {
  const all = await allTexts(phone, ".table-label");
  const labels = all.slice(0, all.indexOf("大区"));
  const cells = await allTexts(phone, ".table-text");
  const rows = cells.indexOf("合计") / labels.length;
  const column = (label: string): string[] =>
    Array.from({ length: rows }, (_, row) => cells[row * labels.length + labels.indexOf(label)] ?? "");
  return { rows, column };
}

it("shows in a table the numbers that the files hold", async () => {
  const phone = await product.open("yunling.linyue", { page: "pages/report/report", query: { id: overview } });
  await tapText(phone, ".page-tab", "明细");
  await waitForText(phone, ".table-label", "订单数");
  const expected = await citiesFromFiles();

  const { rows, column } = await firstTable(phone);
  expect(column("城市")).toEqual(expected.slice(0, rows).map((row) => row.city));
  expect(column("订单数")).toEqual(expected.slice(0, rows).map((row) => row.orders));
});

it("sorts a table by the tapped column", async () => {
  const phone = await product.open("yunling.linyue", { page: "pages/report/report", query: { id: overview } });
  await tapText(phone, ".page-tab", "明细");
  await tapText(phone, ".table-label", "订单数");
  await waitForText(phone, ".table-sorted", "↓");

  const orders = (await firstTable(phone)).column("订单数").map((text) => Number(text.replace(/,/g, "")));

  expect(orders.length).toBeGreaterThan(3);
  expect(orders).toEqual([...orders].sort((a, b) => b - a));
});

it("draws every chart of every report", async () => {
  for (const name of ["business-overview", "store-ranking", "category-analysis", "flight-punctuality"]) {
    const phone = await product.open("yunling.linyue", {
      page: "pages/report/report",
      query: { id: demoReportId("yunling", name) },
    });
    await (await pageOf(phone)).waitFor(".chart");
    const page = await pageOf(phone);
    expect({ name, failed: (await page.$$(".panel")).length }).toEqual({ name, failed: 0 });
    expect((await page.$$(".chart")).length).toBeGreaterThan(1);
  }
});

it("keeps a favourite", async () => {
  const phone = await product.open("yunling.chensiyuan");
  await waitForText(phone, ".report-title", "经营总览");
  const [first] = await allTexts(phone, ".report-title");
  await (await (await pageOf(phone)).$(".report-star"))?.tap();
  await (await pageOf(phone)).waitFor(".report-star-on");

  const again = await product.open("yunling.chensiyuan");
  await tapText(again, ".tab", "收藏");
  // The list of all reports has the star too, and goes away only when the favourites are there.
  await (await pageOf(again)).waitFor(async () => (await allTexts(again, ".report-title")).length === 1);

  expect(await allTexts(again, ".report-title")).toEqual([first]);
});

it("speaks English where the client does", async () => {
  const phone = await product.open("yunling.wangzhenbang", { language: "en-US" });

  await waitForText(phone, ".tab", "Favourites");
});
