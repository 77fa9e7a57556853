import { demoReportId } from "../../scripts/demo";
import { startProduct, type MiniProgram, type Product } from "./product";
import { allTexts, pageOf, tapText, textOf, typeInto, waitForText } from "./screen";

let product: Product;

jest.setTimeout(90_000);
beforeAll(async () => {
  product = await startProduct();
}, 180_000);
afterAll(() => product.stop());

/** The business overview, opened from the list. */
async function openOverview(): Promise<MiniProgram> {
  const phone = await product.open("yunling.linyue");
  await tapText(phone, ".report-title", "经营总览");
  await waitForText(phone, ".kpi-title", "近30天销售额");
  return phone;
}

/** Waits until what is read of the screen is as wanted. */
async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  let value = await read();
  while (!wanted(value)) {
    if (Date.now() > deadline) throw new Error(`The screen stays at ${JSON.stringify(value)}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    value = await read();
  }
  return value;
}

it("filters a report on the phone: nothing is asked before it is applied, then every number answers the choice", async () => {
  const phone = await openOverview();
  const before = await textOf(phone, ".kpi-value");

  await tapText(phone, ".chip-open", "筛选");
  await tapText(phone, ".filter-label", "大区");
  const regions = await until(
    () => allTexts(phone, ".option"),
    (texts) => texts.includes("华东"),
  );
  expect(regions.length).toBeGreaterThan(2);
  await tapText(phone, ".option", "华东");
  await waitForText(phone, ".option-on", "华东");
  expect(await textOf(phone, ".kpi-value")).toBe(before);

  await tapText(phone, ".filter-label", "城市");
  await until(
    () => allTexts(phone, ".option"),
    (texts) => texts.includes("上海") && !texts.includes("广州"),
  );
  await typeInto(phone, ".filter-search", "杭");
  await until(
    () => allTexts(phone, ".option"),
    (texts) => texts.join() === "杭州",
  );
  await tapText(phone, ".drawer-apply", "应用");

  await waitForText(phone, ".chip-text", "大区：华东");
  const after = await until(
    () => textOf(phone, ".kpi-value"),
    (value) => value !== before,
  );
  expect(after).toMatch(/^¥/);
  await tapText(phone, ".chip-remove", "×");
  await until(
    () => textOf(phone, ".kpi-value"),
    (value) => value === before,
  );
  expect(await allTexts(phone, ".chip-text")).toEqual([]);
});

it("chooses a period from the presets", async () => {
  const phone = await openOverview();

  await tapText(phone, ".chip-open", "筛选");
  await tapText(phone, ".option", "近 7 天");
  await waitForText(phone, ".option-on", "近 7 天");
  await tapText(phone, ".drawer-apply", "应用");

  await waitForText(phone, ".chip-text", "日期范围：近 7 天");
});

it("goes from a city to its stores by a tap on a row, and back", async () => {
  const phone = await openOverview();
  await tapText(phone, ".page-tab", "明细");
  const cities = await until(
    () => allTexts(phone, ".table-text"),
    (texts) => texts.length > 0,
  );
  const [first = ""] = cities;

  await tapText(phone, ".table-text", first);
  await waitForText(phone, ".trail-step", first);
  await waitForText(phone, ".table-label", "门店");
  expect(await textOf(phone, ".table-text")).not.toBe(first);

  await tapText(phone, ".trail-step", "‹ 全部");
  await waitForText(phone, ".table-label", "城市");
  expect(await textOf(phone, ".table-text")).toBe(first);
});

it("opens what was shared with a percent sign in it, and no page stays grey whatever it was opened with", async () => {
  const shared = JSON.stringify({ filters: { region: { operator: "equals", values: ["100%"] } } });
  const page = "pages/report/report";
  const id = demoReportId("yunling", "business-overview");
  const phone = await product.open("yunling.linyue", { page, query: { id, question: shared } });
  await waitForText(phone, ".chip-text", "大区：100%");

  for (const question of ["%", "%E0%A4%A", "{", "\u0000", "[[", '{"filters":{"__proto__":{}}}', "字".repeat(300)]) {
    const opened = await product.open("yunling.linyue", { page, query: { id, question } });
    await waitForText(opened, ".kpi-title", "近30天销售额");
    const gone = await product.open("yunling.linyue", { page, query: { id: question.slice(0, 50) } });
    await (await pageOf(gone)).waitFor(".panel");
  }
  const bind = await product.open("yunling.linyue", { page: "pages/bind/bind", query: { link: "%" } });
  await (await pageOf(bind)).waitFor(".panel");
});
