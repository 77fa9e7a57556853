import type { Browser, FrameLocator, Page } from "playwright-core";
import { loadDemo } from "../demo/enterprise";
import type { RunningDesk } from "../desk";
import { isOpen } from "../http/port.testing";
import { type DeskInBrowser, startDeskInBrowser } from "./desk-browser.testing";

jest.setTimeout(30_000);

const ADMINISTRATOR = "yunling.linyue";
const { organisations } = loadDemo("desk/demo/enterprise.json");
const company = organisations.find(({ key }) => key === "yunling");

let desk: RunningDesk;
let browser: Browser;
let page: Page;
let faults: string[];

let started: DeskInBrowser;
beforeAll(async () => {
  started = await startDeskInBrowser();
  ({ desk, browser } = started);
}, 60_000);

afterAll(() => started?.close());

beforeEach(async () => {
  page = await browser.newPage({ locale: "zh-CN", viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(10_000);
  faults = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(desk.addresses.desk);
  await page.waitForSelector(".person");
});

afterEach(async () => {
  await page.close();
  desk.standIn.controls.clearFaults({});
  desk.standIn.controls.clearCalls({});
  expect(faults).toEqual([]);
});

const phone = (): FrameLocator => page.frameLocator("iframe[title=Dingboard]");
const tapTheApp = (): Promise<void> => page.click(".app-icon:not(.scenery)");
const whoHoldsThePhone = (): Promise<string | null> =>
  phone()
    .locator("body")
    .evaluate(() => new URLSearchParams(location.search).get("who"));
const calls = (): Promise<string[]> => page.locator(".call-list li").allInnerTexts();

/** What an app's server asks first: exempt from the quota. */
const askForToken = (): Promise<Response> =>
  fetch(`${desk.addresses.openPlatform}/gettoken?appkey=${company?.app?.appKey}&appsecret=${company?.app?.appSecret}`);

/** The newer call for the same, which DingTalk counts. */
const askForCountedToken = (): Promise<Response> =>
  fetch(`${desk.addresses.openPlatform}/v1.0/oauth2/${company?.corpId}/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      client_id: company?.app?.appKey,
      client_secret: company?.app?.appSecret,
      grant_type: "client_credentials",
    }),
  });

test("the app that a person taps opens on that person's phone, and closes to the Workbench", async () => {
  await page.click(`[data-who="${ADMINISTRATOR}"]`);
  await tapTheApp();
  await phone().locator("#greeting").waitFor();
  expect(await whoHoldsThePhone()).toBe(ADMINISTRATOR);

  const other = page.locator(".person[aria-pressed=false]").first();
  const who = await other.getAttribute("data-who");
  await other.click();
  expect(await page.locator("iframe").count()).toBe(0);
  await tapTheApp();
  await phone().locator("#greeting").waitFor();
  expect(await whoHoldsThePhone()).toBe(who);

  await phone().locator(".capsule-close").click();
  await page.waitForSelector(".app-icon");
});

test("the person chosen last still holds the phone after a reload", async () => {
  const last = page.locator(".person").last();
  const who = await last.getAttribute("data-who");
  await last.click();
  await page.reload();
  expect(await page.locator(".person[aria-pressed=true]").getAttribute("data-who")).toBe(who);
});

test("each Open Platform call appears with what it cost, and counted ones move the meter", async () => {
  expect(await page.textContent(".no-calls b")).toBe("还没有调用");
  await askForToken();
  await page.waitForSelector(".call-list li");
  expect((await calls())[0]).toMatch(/^\/gettoken\s+200[^]*免计/);
  const used = Number(await page.textContent(".meter b"));

  await askForCountedToken();
  await page.waitForSelector(".cost.counted");
  expect(await page.textContent(".call-list li:first-child .cost")).toBe("计入");
  expect(await page.textContent(".meter b")).toBe(String(used + 1));

  await page.click(".quiet");
  await page.waitForSelector(".no-calls");
});

test("the switch makes DingTalk fail and lets it recover", async () => {
  await page.click("role=radio[name='宕机']");
  await page.waitForSelector("role=radio[name='宕机'][checked=true]");
  expect((await askForToken()).status).toBe(503);
  await page.waitForSelector(".outcome.bad");

  await page.click("role=radio[name='额度用尽']");
  await page.waitForSelector("role=radio[name='额度用尽'][checked=true]");
  expect([(await askForToken()).status, (await askForCountedToken()).ok]).toEqual([200, false]);

  await page.click("role=radio[name='正常']");
  await page.waitForSelector("role=radio[name='正常'][checked=true]");
  expect((await askForCountedToken()).status).toBe(200);
});

test("speaks Chinese and English, with the phone, and remembers which", async () => {
  expect([await page.textContent(".tagline"), await page.getAttribute("html", "lang")]).toEqual([
    "桌面上的钉钉",
    "zh-CN",
  ]);
  await page.click("role=radio[name='EN']");
  await page.waitForSelector("html[lang=en-US]");
  const text = await page.locator("body").innerText();
  expect(text).toContain("DingTalk on your desk");
  expect(text).toContain("Yunling Living");
  expect(
    text
      .replace("中文", "")
      .match(/[一-鿿]+/g)
      ?.filter((word) => !NAMES.has(word)) ?? [],
  ).toEqual([]);

  await tapTheApp();
  await phone().locator("#greeting").waitFor();
  expect(await phone().locator("html").getAttribute("lang")).toBe("en-US");
  await page.reload();
  expect(await page.textContent(".tagline")).toBe("DingTalk on your desk");
});

/** People keep their names in English, and an avatar shows the end of one. */
const NAMES = new Set(
  organisations.flatMap(({ members }) => members.flatMap(({ name }) => [name, name.slice(-2), name.slice(-1)])),
);

test("is not there for a foreign host name, and only listed pages may load in a web-view", async () => {
  const { port } = new URL(desk.addresses.desk);
  const foreign = await browser.newPage();
  for (const path of ["", "desk/state", "phone/"])
    expect((await foreign.goto(`http://evil.example:${port}/${path}`))?.status()).toBe(403);
  await foreign.close();

  const document = await fetch(`${desk.addresses.desk}phone/`);
  expect(document.headers.get("content-security-policy")).toMatch(
    /frame-src http:\/\/pages\.example\.com https:\/\/pages\.example\.com$/,
  );
});

test("stops at once although a phone is open, and the page says that it is gone", async () => {
  await tapTheApp();
  await phone().locator("#greeting").waitFor();
  const port = Number(new URL(desk.addresses.desk).port);

  await desk.close();

  expect(await isOpen(port)).toBe(false);
  await page.waitForSelector(".lost");
  expect(faults.every((text) => text.includes("ERR_"))).toBe(true);
  faults = [];
});
