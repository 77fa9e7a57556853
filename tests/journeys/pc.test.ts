import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, chromium, type FrameLocator, type Page } from "playwright-core";
import type { PcOpening } from "../../core/contract/launch";
import { CorpId } from "../../core/contract/id";
import { chromePath } from "../../desk/automator/browser";
import { type Computer, sitDown } from "./computer";
import { type Product, startProduct } from "./product";

jest.setTimeout(90_000);

const ADMINISTRATOR = "yunling.linyue";
const LOGIN = "linyue";
const PASSWORD = "dingboard-demo";

let product: Product;
let browser: Browser;
let corpId: CorpId;
const sat: Computer[] = [];

beforeAll(async () => {
  if (!existsSync(resolve("dist/web"))) throw new Error("The web pages are not built: npm run build");
  product = await startProduct();
  browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
  corpId = CorpId.parse(product.desk.standIn.platform.directory.person(ADMINISTRATOR)?.organisation.corpId);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, 60_000);

afterEach(async () => {
  const faults = sat.splice(0).flatMap((computer) => computer.faults);
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(faults).toEqual([]);
});

const opens = (where: PcOpening): Promise<unknown> => product.server.domain.enterprises.openOnPc(corpId, where);

async function computer(who = ADMINISTRATOR): Promise<Computer> {
  const it = await sitDown(browser, product.desk.addresses.desk, who);
  sat.push(it);
  return it;
}

/** Somebody is signed in and sees the list of reports. */
const reports = (frame: FrameLocator | Page): Promise<void> => frame.getByLabel("搜索报表").waitFor();
const signInPage = (frame: FrameLocator | Page): Promise<void> =>
  frame.getByRole("heading", { name: "登录", exact: true }).waitFor();

async function signIn(frame: FrameLocator | Page, login = LOGIN): Promise<void> {
  await frame.getByLabel("用户名或邮箱").fill(login);
  await frame.getByLabel("密码").fill(PASSWORD);
  await frame.getByLabel("密码").press("Enter");
}

/** A link to the browser as the Workbench makes it, with a ticket that nobody has opened. */
async function unopened({ page }: Computer, target = "/"): Promise<string> {
  const frame = page.frames().find((one) => one.url().includes("workbench.localhost"));
  const answer = await frame?.evaluate(async (to) => {
    const body = JSON.stringify({ target: to });
    const sent = await fetch("/api/hand-off", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return (await sent.json()) as { url: string };
  }, target);
  return answer?.url ?? "";
}

/** The same link in another browser on the same PC: its own cookies, outside DingTalk. */
async function elsewhere(link: string): Promise<Page> {
  const { pathname, hash } = new URL(link);
  const page = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${product.desk.addresses.pc?.browser}${pathname}${hash}`);
  return page;
}

const cookieOn = async ({ page }: Computer, host: string): Promise<boolean> =>
  (await page.context().cookies()).some(({ name, domain }) => name === "dingboard" && domain === host);

describe("where the enterprise's setting is the Workbench", () => {
  beforeAll(() => opens("workbench"));

  it("the web application stays in the Workbench, signed in without a password", async () => {
    const pc = await computer();
    await pc.openWebApp();

    await reports(pc.tab);
    expect(await pc.page.locator(".window.browser").count()).toBe(0);
    expect(pc.handOffs).toEqual([]);
  });

  it("the mini program shows the same web page inside itself, signed in", async () => {
    const pc = await computer();
    await pc.openMiniProgram();

    await reports(pc.webView);
    expect(await pc.page.locator(".window.browser").count()).toBe(0);
  });
});

describe("where the enterprise's setting is the browser", () => {
  beforeAll(() => opens("browser"));

  it("one click in the Workbench ends in a browser that is signed in, with no ticket in its address", async () => {
    const pc = await computer();
    await pc.openWebApp();

    await reports(pc.browser);
    await pc.tab.getByText("已在浏览器中打开").waitFor();
    expect(await pc.address()).toBe(`${new URL(product.server.url).origin.replace("127.0.0.1", "localhost")}/`);
    expect(await cookieOn(pc, "browser.localhost")).toBe(true);
    expect(pc.handOffs).toHaveLength(1);
  });

  it("the mini program hands over to the browser too", async () => {
    const pc = await computer();
    await pc.openMiniProgram();

    await reports(pc.browser);
    await pc.webView.getByText("已在浏览器中打开").waitFor();
    expect(pc.handOffs).toHaveLength(1);
  });

  it("a client that keeps all pages inside ends in the Workbench, signed in, after one attempt for good", async () => {
    const pc = await computer();
    await pc.keepInside(true);
    await pc.openWebApp();

    await reports(pc.tab);
    expect(await pc.page.locator(".window.browser").count()).toBe(0);
    expect(pc.handOffs).toHaveLength(1);

    await pc.openWebApp();
    await reports(pc.tab);
    expect(await pc.page.locator(".window.browser").count()).toBe(0);
    expect(pc.handOffs).toHaveLength(1);
  });

  it("signing out in the Workbench ends the browser's session that it began", async () => {
    const pc = await computer();
    await pc.openWebApp();
    await reports(pc.browser);
    await pc.page.click("[data-window=dingtalk]");
    await pc.tab.getByRole("button", { name: "留在这里" }).click();
    await reports(pc.tab);
    await pc.tab.getByRole("button", { name: /林悦/ }).click();
    await pc.tab.getByRole("menuitem", { name: "退出登录" }).click();
    await signInPage(pc.tab);

    await pc.page.click("[data-window=browser]");
    await pc.page.getByRole("button", { name: "刷新" }).click();

    await signInPage(pc.browser);
  });
});

describe("a hand-off's ticket", () => {
  let pc: Computer;
  beforeAll(() => opens("workbench"));
  beforeEach(async () => {
    pc = await computer();
    await pc.openWebApp();
    await reports(pc.tab);
  });

  it("opens the wanted page in another browser, once", async () => {
    const link = await unopened(pc, "/?from=ticket");
    const first = await elsewhere(link);
    await reports(first);
    expect(new URL(first.url()).hash).toBe("");

    const thief = await elsewhere(link);
    await thief.getByLabel("密码").waitFor();
    await thief.getByText("链接已失效").waitFor();
    expect(new URL(thief.url()).hash).toBe("");
  });

  it("lets nobody in after a minute, and offers a sign-in that leads on", async () => {
    const link = await unopened(pc);
    await product.database.query("update hand_off_ticket set expires_at = now() - interval '1 second'");
    const late = await elsewhere(link);
    await late.getByText("链接已失效").waitFor();

    await signIn(late);

    await reports(late);
  });

  it("lets nobody in once its session was ended", async () => {
    const link = await unopened(pc);
    await pc.tab.getByRole("button", { name: /林悦/ }).click();
    await pc.tab.getByRole("menuitem", { name: "退出登录" }).click();
    await signInPage(pc.tab);

    const later = await elsewhere(link);

    await later.getByText("链接已失效").waitFor();
  });

  it("asks before it takes the place of another person's session", async () => {
    const link = await unopened(pc);
    await pc.browse("/");
    await signIn(pc.browser, "chensiyuan");
    await reports(pc.browser);

    await pc.browse(link);

    await pc.browser.getByRole("button", { name: "保留 陈思远" }).waitFor();
    await pc.browser.getByRole("button", { name: "换成钉钉里的账号" }).click();
    await pc.browser.getByRole("button", { name: /林悦/ }).waitFor();
  });
});

describe("a link to one report", () => {
  it("leads to the report after signing in by password in the browser", async () => {
    const [report] = await product.database.query("select id, title from report order by title limit 1");
    const pc = await computer();
    await pc.browse(`/r/${String(report?.["id"])}`);
    await signInPage(pc.browser);

    await signIn(pc.browser);

    await pc.browser
      .getByRole("heading", { name: String(report?.["title"]) })
      .first()
      .waitFor();
    expect(new URL(await pc.address()).pathname).toBe(`/r/${String(report?.["id"])}`);
  });
});
