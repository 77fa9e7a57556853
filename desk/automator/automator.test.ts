import { resolve } from "node:path";
import { WebSocket } from "ws";
import { readPicture } from "../../tests/picture";
import { driveProgram, type DrivenProgram, type MiniPage, type MiniProgram } from "../runtime/mini-host.testing";

jest.setTimeout(90_000);

let driven: DrivenProgram;
let mini: MiniProgram;

beforeAll(async () => {
  driven = await driveProgram(resolve("desk/runtime/example"), process.env["CHROME_PATH"]);
  mini = driven.mini;
});

afterAll(async () => {
  await driven?.close();
});

async function openPage(url: string): Promise<MiniPage> {
  await mini.callWxMethod("reLaunch", { url });
  const page = await mini.currentPage();
  if (!page) throw new Error("no page");
  return page;
}

/** Waits for what must become true, without guessing how long that takes. */
async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error("It did not become true within 10 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const element = async (page: MiniPage, selector: string) => {
  await page.waitFor(selector);
  const found = await page.$(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

test("a selector finds elements by tag, id, class and descent, and null where nothing matches", async () => {
  const page = await openPage("/pages/home/home");
  await page.waitFor(".row");

  expect(await page.$$(".list .row")).toHaveLength(2);
  expect((await element(page, "#greeting")).tagName).toBe("text");
  expect(await (await element(page, "counter button")).text()).toBe("+2");
  expect(await page.$(".nowhere")).toBeNull();
});

test("an element tells its text, attributes, size, place, style and markup", async () => {
  const page = await openPage("/pages/home/home");
  const row = await element(page, ".row");

  expect(await row.text()).toBe("1. Wang (31)");
  expect(await row.attribute("data-person-id")).toBe("1");
  expect((await row.size()).width).toBe(375);
  expect((await row.offset()).top).toBeGreaterThan(0);
  expect(await row.style("display")).toBe("block");
  expect(await row.wxml()).toContain('<text class="person">');
  expect(await row.outerWxml()).toMatch(/^<view class="row"/);
});

test("an element keeps its id, so that it can be found inside itself and asked twice", async () => {
  const page = await openPage("/pages/home/home");
  const row = await element(page, ".row");

  expect(await page.$(".row")).toBe(row);
  expect(await (await row.$(".person"))?.text()).toBe("1. Wang (31)");
});

test("a tap runs the page's handler with the element's dataset", async () => {
  const page = await openPage("/pages/home/home");
  await page.waitFor(".row");
  const second = (await page.$$(".row"))[1];

  await second?.tap();

  await until(async () => (await page.data("chosen")) === 2);
});

test("input types into a field: the page hears it and the view shows it", async () => {
  const page = await openPage("/pages/home/home");
  const field = (await element(page, "#name")) as unknown as { input(value: string): Promise<void> };
  await field.input("Zhang");

  const greeting = await element(page, "#greeting");
  await until(async () => (await greeting.text()) === "Hello, Zhang!");
  expect(await page.data("name")).toBe("Zhang");
  expect(await (await element(page, "#name")).value()).toBe("Zhang");
  expect(await (await element(page, "#name")).property("placeholder")).toBe("Name");
});

test("data can be read and set by path, and methods called", async () => {
  const page = await openPage("/pages/home/home");
  await page.waitFor(".row");
  await page.setData({ "people[0].name": "Wu" });
  expect(await page.data("people[0].name")).toBe("Wu");
  expect(await (await element(page, ".row")).text()).toBe("1. Wu (31)");

  await page.callMethod("add");
  await until(async () => (await page.$$(".row")).length === 3);
});

test("a custom component is found by its tag and answers with its own data", async () => {
  const page = await openPage("/pages/home/home");
  const counter = (await element(page, "counter")) as unknown as {
    data(path?: string): Promise<unknown>;
    setData(data: object): Promise<void>;
    text(): Promise<string>;
  };
  expect(await counter.data("count")).toBe(0);

  await counter.setData({ count: 7 });

  expect(await counter.data()).toEqual({ count: 7 });
  expect(await counter.text()).toContain("7");
});

test("navigation keeps a stack with queries, and the title bar's back leaves the page", async () => {
  const home = await openPage("/pages/home/home");
  await (await element(home, "#open")).tap();
  await until(async () => (await mini.currentPage())?.path === "pages/detail/detail");
  expect((await mini.pageStack()).map(({ path, query }) => [path, query])).toEqual([
    ["pages/home/home", {}],
    ["pages/detail/detail", { id: "1" }],
  ]);

  await mini.native().navigateLeft();

  await until(async () => (await mini.pageStack()).length === 1);
  expect(await mini.currentPage()).toBe(home);
});

test("a switch can be tapped, a scroll-view scrolled and the page measured", async () => {
  const page = await openPage("/pages/detail/detail?id=3");
  const toggle = await element(page, "switch");
  await toggle.tap();
  await until(async () => (await page.data("on")) === true);

  const scroller = (await element(page, "scroll-view")) as unknown as { scrollHeight(): Promise<number> };
  expect(await scroller.scrollHeight()).toBeGreaterThan(0);
  expect((await page.size()).width).toBe(375);
  expect(await page.scrollTop()).toBe(0);
});

test("dd can be called, mocked by value or function, and restored", async () => {
  await openPage("/pages/home/home");
  const info = (await mini.systemInfo()) as Record<string, unknown>;
  expect(info).toMatchObject({ app: "DingTalk", platform: "iOS", language: "zh-CN", pixelRatio: 2, windowWidth: 375 });

  await mini.mockWxMethod("getSystemInfoSync", { app: "mocked" });
  expect(await mini.callWxMethod("getSystemInfoSync")).toEqual({ app: "mocked" });
  await mini.mockWxMethod("getSystemInfoSync", "function (given) { return { given, origin: this.origin().app }; }", 5);
  expect(await mini.callWxMethod("getSystemInfoSync")).toEqual({ given: 5, origin: "DingTalk" });
  await mini.restoreWxMethod("getSystemInfoSync");
  expect(await mini.callWxMethod("getSystemInfoSync")).toEqual(info);
});

test("evaluate runs in the logic, and exposed functions call back", async () => {
  await openPage("/pages/home/home");
  expect(await mini.evaluate("function (n) { return getCurrentPages().length + n; }", 41)).toBe(42);

  const heard: unknown[] = [];
  await mini.exposeFunction("tellTest", (...args: unknown[]) => heard.push(args));
  await mini.evaluate("function () { tellTest('a', { b: 1 }); }");
  await until(() => heard.length > 0);
  expect(heard).toEqual([["a", { b: 1 }]]);
});

test("logs and exceptions arrive as events, once each", async () => {
  await openPage("/pages/home/home");
  const logs: unknown[] = [];
  const exceptions: { message: string }[] = [];
  mini.on("console", (entry: unknown) => logs.push(entry));
  mini.on("exception", (entry: { message: string }) => exceptions.push(entry));

  await mini.evaluate(
    "function () { console.warn('careful', { n: 1 }); setTimeout(() => { throw new Error('boom'); }); }",
  );

  await until(() => logs.length > 0 && exceptions.length > 0);
  await mini.evaluate("function () { console.log('after'); }");
  await until(() => logs.length > 1);
  expect(logs[0]).toMatchObject({ type: "warn", args: ["careful", { n: 1 }] });
  expect(logs).toHaveLength(2);
  expect(exceptions.map(({ message }) => message)).toEqual(["Error: boom"]);
});

test("a screenshot is a picture of the screen at its pixel ratio, and not blank", async () => {
  const page = await openPage("/pages/home/home");
  await page.waitFor(".row");

  const picture = readPicture(Buffer.from((await mini.screenshot()) as string, "base64"));

  expect([picture.width, picture.height]).toEqual([750, 1334]);
  expect(picture.coloursIn(0, 0, 750, 1334)).toBeGreaterThan(20);
});

test("an unknown method is an error that names it", async () => {
  const page = await openPage("/pages/home/home");
  await expect(mini.callWxMethod("noSuchFunction")).rejects.toThrow("noSuchFunction");
  await expect(page.callMethod("noSuchMethod")).rejects.toThrow("noSuchMethod");
});

test("the endpoint admits neither a wrong token, nor a web page, nor a foreign host name", async () => {
  const url = new URL(driven.host.wsEndpoint);
  const address = (token: string): string => `ws://127.0.0.1:${url.port}/?token=${token}`;

  expect(await statusOf(address("wrong-token-of-this"))).toBe(403);
  expect(await statusOf(`ws://127.0.0.1:${url.port}/`)).toBe(403);
  expect(await statusOf(driven.host.wsEndpoint, { origin: "http://evil.example" })).toBe(403);
  expect(await statusOf(driven.host.wsEndpoint, { origin: `http://127.0.0.1:${url.port}` })).toBe(403);
  expect(await statusOf(driven.host.wsEndpoint, { host: "evil.example" })).toBe(403);
  expect(await statusOf(driven.host.wsEndpoint)).toBe(101);
});

/** HTTP status that a WebSocket handshake ends with. */
function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("error", reject);
  });
}
