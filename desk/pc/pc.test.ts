import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { chromePath } from "../automator/browser";
import { loadDeskConfig } from "../config";
import { type RunningDesk, startDesk } from "../desk";

jest.setTimeout(30_000);

const WHO = "yunling.linyue";

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

let desk: RunningDesk;
let browser: Browser;
let product: Server;
let productUrl: string;
let asked: Asked[];
let page: Page;
const faults: string[] = [];

/** A web application of somebody's that uses dingtalk-jsapi as npm has it. */
async function startProductLike(): Promise<Server> {
  const bundle = await build({
    stdin: { contents: `window.dd = require("dingtalk-jsapi");`, resolveDir: process.cwd() },
    ...{ bundle: true, write: false, format: "iife", platform: "browser", logLevel: "silent" },
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const pages = createServer((asking, response): unknown => {
    const path = asking.url ?? "/";
    asked.push({ method: asking.method ?? "", path, headers: asking.headers });
    if (path === "/app.js") return response.setHeader("content-type", "text/javascript").end(script);
    if (path === "/sign-in")
      return response.setHeader("set-cookie", "session=abc; Path=/; HttpOnly; SameSite=Lax").end("{}");
    if (path === "/old") return response.writeHead(302, { location: `${productUrl}/new` }).end();
    response.setHeader("content-security-policy", "default-src 'self'");
    response.setHeader("content-type", "text/html; charset=utf-8");
    return response.end(`<!doctype html><html><head><title>报表 ${path}</title><script src="/app.js"></script></head>
      <body><h1>${path}</h1></body></html>`);
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  return pages;
}

beforeAll(async () => {
  asked = [];
  product = await startProductLike();
  productUrl = `http://localhost:${(product.address() as AddressInfo).port}`;
  const config = loadDeskConfig({
    ...{ DESK_PORT: "0", DESK_TOKEN: "a-desk-token-for-tests", MINI_PROGRAM_DIR: "desk/runtime/example" },
    PRODUCT_URL: productUrl,
  });
  desk = await startDesk(config, (line) => faults.push(line));
  browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu"],
  });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await desk?.close();
  product?.closeAllConnections();
  product?.close();
});

beforeEach(async () => {
  asked = [];
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  await page.goto(`${desk.addresses.desk}pc#${WHO}`);
});

afterEach(async () => {
  await page.context().close();
  expect(faults.splice(0)).toEqual([]);
});

/** The frame of that surface that shows a path, once its page is there. */
async function frameOf(surface: "workbench" | "browser", path: string): Promise<Frame> {
  const origin = desk.addresses.pc?.[surface];
  const holder = surface === "browser" ? ".browser-body" : ".client-body";
  await page.frameLocator(`${holder} iframe >> nth=-1`).locator("h1", { hasText: path }).waitFor();
  const found = page.frames().find((frame) => frame.url().startsWith(`${origin}${path}`));
  if (!found)
    throw new Error(
      `No frame shows ${path}: ${page
        .frames()
        .map((frame) => frame.url())
        .join(" ")}`,
    );
  return found;
}

async function openApp(): Promise<Frame> {
  await page.click("[data-app=web-app]");
  return frameOf("workbench", "/pc");
}

async function keepInside(): Promise<void> {
  await page.click(".rail-end");
  await page.getByRole("switch").click();
  await page.keyboard.press("Escape");
}

/** Runs a script in the page, where `dd` is what the npm package exports. */
const run = <Value>(frame: Frame, script: string): Promise<Value> => frame.evaluate(script);
const call = (frame: Frame, script: string): Promise<unknown> =>
  run(frame, `${script}.then((value) => ({ value }), (error) => ({ error }))`);

const organisation = () => {
  const found = desk.standIn.platform.directory.person(WHO)?.organisation;
  if (!found?.app) throw new Error("The demo has no such person.");
  return { ...found, app: found.app };
};

const portOfDesk = (): number => Number(new URL(desk.addresses.desk).port);

const agentOf = (path: string): string => asked.find((one) => one.path.startsWith(path))?.headers["user-agent"] ?? "";

test("the web application opens in the Workbench with the organisation in its address", async () => {
  const frame = await openApp();

  expect(new URL(frame.url()).search).toBe(`?corpId=${organisation().corpId}`);
  await page.getByRole("tab", { name: "报表 /pc" }).waitFor();
});

test("requests and scripts call the client by the same name: DingTalk inside, Chrome in the browser", async () => {
  const inside = await openApp();
  expect(await run(inside, "navigator.userAgent")).toBe(agentOf("/pc"));
  expect(agentOf("/pc")).toContain("DingTalk(7.8.10");

  await call(inside, `dd.openLink({ url: "${productUrl}/r/1" })`);
  const outside = await frameOf("browser", "/r/1");
  expect(await run(outside, "navigator.userAgent")).toBe(agentOf("/r/1"));
  expect(agentOf("/r/1")).toMatch(/Chrome\/\d+/);
  expect(agentOf("/r/1")).not.toMatch(/DingTalk/i);
  for (const { headers } of asked) expect(headers["sec-ch-ua"]).toBeUndefined();
});

test("dingtalk-jsapi finds a PC client on Windows, and nothing in the browser", async () => {
  const inside = await openApp();
  expect(await run(inside, "dd.env")).toMatchObject({
    ...{ platform: "pc", platformSub: "win", version: "7.8.10", appType: "WEB", language: "zh_CN" },
  });
  expect(await call(inside, "dd.biz.util.openLink({ url: location.origin + '/r/2' })")).toEqual({ value: {} });
  expect(await run(await frameOf("browser", "/r/2"), "dd.env.platform")).toBe("notInDingTalk");
});

test("an auth code is the person's own and works once", async () => {
  const frame = await openApp();
  const { corpId, app } = organisation();
  for (const script of [
    `dd.runtime.permission.requestAuthCode({ corpId: "${corpId}" })`,
    `dd.requestAuthCode({ corpId: "${corpId}", clientId: "${app.appKey}" })`,
  ]) {
    const { code } = await run<{ code: string }>(frame, script);
    const spent = desk.standIn.platform.codes.spend(code, "jsapi", app.appKey);
    expect(spent).toMatchObject({ corpId, userid: "linyue" });
    expect(desk.standIn.platform.codes.spend(code, "jsapi", app.appKey)).toBeNull();
  }
  expect(await call(frame, `dd.runtime.permission.requestAuthCode({ corpId: "dingother" })`)).toMatchObject({
    error: { error: 1002 },
  });
  expect(await call(frame, `dd.requestAuthCode({ corpId: "${corpId}", clientId: "dingother" })`)).toMatchObject({
    error: { error: 3 },
  });
});

test("an API that is not there fails with its name", async () => {
  const frame = await openApp();
  expect(await call(frame, "dd.biz.contact.choose({})")).toMatchObject({
    error: { errorMessage: expect.stringContaining("biz.contact.choose") as string },
  });
});

describe("dd.config", () => {
  const config = (frame: Frame, signature: string, agentId: number) =>
    run(
      frame,
      `new Promise((resolve) => {
        dd.config({ agentId: ${agentId}, corpId: "${organisation().corpId}", timeStamp: 1763769600000, nonceStr: "abc",
          signature: "${signature}", jsApiList: ["biz.util.invokeWorkbench"] });
        dd.ready(() => resolve("ready"));
        dd.error((error) => resolve(error.errorCode));
      })`,
    );
  const openInWorkbench = (frame: Frame) =>
    call(frame, `dd.biz.util.invokeWorkbench({ app_url: "${productUrl}/tab" })`);

  async function ticket(): Promise<string> {
    const { appKey, appSecret } = organisation().app;
    const ask = async (path: string, body: object, token?: string): Promise<Record<string, string>> => {
      const headers = { "content-type": "application/json", ...(token && { "x-acs-dingtalk-access-token": token }) };
      const url = `${desk.addresses.openPlatform}${path}`;
      return (await (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json()) as never;
    };
    const { accessToken } = await ask("/v1.0/oauth2/accessToken", { appKey, appSecret });
    const first = await ask("/v1.0/oauth2/jsapiTickets", {}, accessToken);
    expect(await ask("/v1.0/oauth2/jsapiTickets", {}, accessToken)).toEqual(first);
    return first["jsapiTicket"] ?? "";
  }
  const sign = (jsapiTicket: string, url: string): string =>
    createHash("sha256")
      .update(`jsapi_ticket=${jsapiTicket}&noncestr=abc&timestamp=1763769600000&url=${url}`)
      .digest("hex");

  test("is refused without a ticket, for another app, and with a wrong signature", async () => {
    const { agentId } = organisation().app;
    expect(await config(await openApp(), "00", agentId)).toBe("52011");
    const signature = sign(await ticket(), "https://elsewhere.example/");
    await page.reload();
    const frame = await openApp();
    expect(await config(frame, signature, agentId)).toBe("52013");
    await page.reload();
    const last = await openApp();
    expect(await config(last, signature, 1)).toBe("52019");
    expect(await openInWorkbench(last)).toMatchObject({ error: { errorCode: "7" } });
    faults.length = 0; // dingtalk-jsapi leaves the promise behind dd.ready unhandled
  });

  test("with the right signature allows what it lists", async () => {
    const frame = await openApp();
    expect(await openInWorkbench(frame)).toMatchObject({ error: { errorCode: "7" } });
    expect(await config(frame, sign(await ticket(), frame.url()), organisation().app.agentId)).toBe("ready");

    expect(await openInWorkbench(frame)).toEqual({ value: {} });
    await frameOf("workbench", "/tab");

    await frame.goto(`${desk.addresses.pc?.workbench}/next`);
    expect(await openInWorkbench(frame)).toMatchObject({ error: { errorCode: "7" } });
  });
});

test("the client's switch keeps links inside: a tab of the Workbench, not the browser", async () => {
  await keepInside();
  const frame = await openApp();
  await call(frame, `dd.openLink({ url: "${productUrl}/r/3#ticket" })`);

  const tab = await frameOf("workbench", "/r/3");
  expect(new URL(tab.url()).hash).toBe("#ticket");
  expect(await page.locator(".window.browser").count()).toBe(0);
});

test("DingTalk's own scheme opens browser, side panel or tab as it asks", async () => {
  const frame = await openApp();
  const link = (path: string, rest: string) =>
    `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(productUrl + path)}${rest}`;
  await run(frame, `location.assign("${link("/outside", "&pc_slide=false")}")`);
  await frameOf("browser", "/outside");

  await call(frame, `dd.openLink({ url: "${link("/aside", "&pc_slide=true")}" })`);
  await page.frameLocator(".side-panel iframe").locator("h1", { hasText: "/aside" }).waitFor();

  await call(frame, `dd.openLink({ url: "${link("/inside?ddtab=true", "")}" })`);
  await page.frameLocator(".client-page:not([hidden]) iframe").locator("h1", { hasText: "/inside" }).waitFor();

  expect(await call(frame, `dd.openLink({ url: "javascript:alert(1)" })`)).toMatchObject({ error: { errorCode: "3" } });
});

test("a page names its tab and closes it", async () => {
  const frame = await openApp();
  await call(frame, `dd.biz.navigation.setTitle({ title: "门店周报" })`);
  await page.getByRole("tab", { name: "门店周报" }).waitFor();

  await run(frame, `void dd.biz.navigation.close({})`);
  await page.waitForFunction(() => document.querySelectorAll(".client-body iframe").length === 0);
});

test("Workbench and browser share no cookie, and another person finds none", async () => {
  const frame = await openApp();
  await run(frame, `fetch("/sign-in", { method: "POST" }).then(() => fetch("/who"))`);
  await call(frame, `dd.openLink({ url: "${productUrl}/r/4" })`);
  await frameOf("browser", "/r/4");
  const cookieOf = (path: string) => asked.find((one) => one.path === path)?.headers.cookie;
  expect([cookieOf("/who"), cookieOf("/r/4")]).toEqual(["session=abc", undefined]);
  expect(asked.find(({ path }) => path === "/sign-in")?.headers.origin).toBe(desk.addresses.pc?.workbench);

  asked = [];
  await page.click("[data-who='yunling.chensiyuan']");
  await openApp();
  expect(asked.map(({ headers }) => headers.cookie)).toEqual(asked.map(() => undefined));
});

test("the browser has an address bar, a way back and reload", async () => {
  await page.click("[data-window=browser]");
  await page.fill(".address", "/first");
  await page.press(".address", "Enter");
  const frame = await frameOf("browser", "/first");
  await run(frame, `location.assign("/second#part")`);
  await page.waitForFunction(
    (url) => document.querySelector<HTMLInputElement>(".address")?.value === url,
    `${productUrl}/second#part`,
  );

  await page.getByRole("button", { name: "后退" }).click();
  await frameOf("browser", "/first");
  asked = [];
  const loaded = page.waitForResponse((answer) =>
    answer.url().endsWith("browser.localhost:" + portOfDesk() + "/first"),
  );
  await page.getByRole("button", { name: "刷新" }).click();
  await loaded;
  expect(asked[0]?.path).toBe("/first");
});

test("an entrance leads to a path here and nowhere else; a redirect of the product stays on its surface", async () => {
  const port = portOfDesk();
  const location = (path: string): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host: `browser.localhost:${port}` };
      request({ host: "127.0.0.1", port, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.headers.location);
      })
        .on("error", reject)
        .end();
    });
  const entrance = (to: string) => location(`/__desk/enter?who=${WHO}&to=${encodeURIComponent(to)}`);
  expect(await entrance("/r/1?x=2")).toBe("/r/1?x=2");
  for (const to of ["//evil.example/", "/\\evil.example", "https://evil.example/"])
    expect(await entrance(to)).toBe("/");
  expect(await location("/old")).toBe("/new");
});
