import type { Frame, Page } from "playwright-core";
import { demoReportId } from "../../scripts/demo";
import { faultsOn } from "./accessibility";
import type { Computer } from "./computer";
import { eventually, type PcDesk, reportList, signIn, signInPage, startPcDesk } from "./pc-desk";
import type { Product } from "./product";

let desk: PcDesk;
let product: Product;

const report = `/r/${demoReportId("yunling", "business-overview")}`;
const REPORT_TITLE = "经营总览";

jest.setTimeout(180_000);
beforeAll(async () => {
  desk = await startPcDesk();
  ({ product } = desk);
}, 300_000);
afterAll(() => desk.stop(), 60_000);
afterEach(() => desk.leave());

const opens: PcDesk["opens"] = (where) => desk.opens(where);
const computer: PcDesk["computer"] = (who) => desk.computer(who);
const reports = (frame: Parameters<typeof reportList>[0]): Promise<void> => reportList(frame).waitFor();
const wantedReport = (frame: Parameters<typeof reportList>[0]): Promise<void> =>
  frame.getByRole("heading", { level: 1, name: REPORT_TITLE }).waitFor();

/** Our page in the Workbench. */
function workbenchFrame({ page }: Computer): Frame {
  const frame = page.frames().find((one) => one.url().includes("workbench.localhost"));
  if (!frame) throw new Error("The Workbench shows no page of ours.");
  return frame;
}

/** A link to the browser as the Workbench makes it, with a ticket that nobody has opened. */
async function unopened(pc: Computer, target = "/"): Promise<string> {
  const answer = await workbenchFrame(pc).evaluate(async (to) => {
    const body = JSON.stringify({ target: to });
    const sent = await fetch("/api/hand-off", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    return (await sent.json()) as { url: string };
  }, target);
  return answer.url;
}

/** The same link in another browser on the same PC: its own cookies, outside DingTalk. */
async function elsewhere(link: string): Promise<Page> {
  const { pathname, hash } = new URL(link);
  const page = await (await desk.browser.newContext({ locale: "zh-CN" })).newPage();
  page.setDefaultTimeout(45_000);
  await page.goto(`${product.desk.addresses.pc?.browser}${pathname}${hash}`);
  return page;
}

const cookieOn = async ({ page }: Computer, host: string): Promise<boolean> =>
  (await page.context().cookies()).some(({ name, domain }) => name === "dingboard" && domain === host);

describe("where the enterprise's setting is the browser", () => {
  beforeAll(() => opens("browser"));

  it("one click in the Workbench ends in a browser that is signed in, with no ticket in its address", async () => {
    const pc = await computer();
    await pc.openWebApp();

    await reports(pc.browser);
    await pc.tab.getByText("已在浏览器中打开").waitFor();
    expect(await faultsOn(workbenchFrame(pc))).toEqual([]);
    expect(await pc.address()).toBe(`${desk.origin}/`);
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

describe("a client that keeps all pages of the Workbench inside", () => {
  beforeAll(() => opens("browser"));

  const arrivesInside = async (pc: Computer): Promise<void> => {
    await reports(pc.tab);
    await pc.tab.getByRole("button", { name: "再试浏览器" }).waitFor();
    expect(await pc.page.locator(".window.browser").count()).toBe(0);
  };

  it("shows what the mini program hands over in a tab of its own, signed in, and is remembered", async () => {
    const pc = await computer();
    await pc.keepInside(true);
    await pc.openMiniProgram();

    await arrivesInside(pc);
    expect(pc.handOffs).toHaveLength(1);

    await pc.openMiniProgram();
    await reports(pc.webView);
    expect(pc.handOffs).toHaveLength(1);
  });

  it("opens the browser again as soon as the switch is off and the person asks for it", async () => {
    const pc = await computer();
    await pc.keepInside(true);
    await pc.openWebApp();
    await arrivesInside(pc);

    await pc.keepInside(false);
    await pc.tab.getByRole("button", { name: "再试浏览器" }).click();

    await reports(pc.browser);
    expect(pc.handOffs).toHaveLength(2);
  });

  it("is asked once more and no more where the switch is still on", async () => {
    const pc = await computer();
    await pc.keepInside(true);
    await pc.openWebApp();
    await arrivesInside(pc);

    await pc.tab.getByRole("button", { name: "再试浏览器" }).click();
    await eventually("the browser is tried again", () => Promise.resolve(pc.handOffs.length === 2 ? true : null));
    await arrivesInside(pc);

    await pc.openWebApp();
    await arrivesInside(pc);
    expect(pc.handOffs).toHaveLength(2);
  });
});

describe("a link to one report", () => {
  const inside = (address: string, how: string): string =>
    `dingtalk://dingtalkclient/page/link?${new URLSearchParams({ url: desk.origin + address }).toString()}&${how}`;
  const throughPc = (): string => `/pc?${new URLSearchParams({ corpId: desk.corpId, target: report }).toString()}`;

  it("opens from a chat in the browser, and leads on after signing in by password", async () => {
    const pc = await computer();
    await pc.openFromChat(report);
    await signInPage(pc.browser);

    await signIn(pc.browser);

    await wantedReport(pc.browser);
    expect(await pc.address()).toBe(desk.origin + report);
  });

  it("leads on after signing in at DingTalk's page, which the phone beside the PC scans", async () => {
    const pc = await desk.computerWithStorage();
    await pc.browse(report);
    await pc.browser.getByRole("button", { name: "用钉钉扫码登录" }).click();
    await pc.browser.getByLabel("企业的 CorpId").fill(desk.corpId);
    await pc.browser.getByRole("button", { name: "前往钉钉扫码" }).click();
    await pc.browser.getByText("请使用钉钉手机端扫描二维码").waitFor();
    await eventually("the address bar shows DingTalk's page", async () =>
      (await pc.address()).includes("/oauth2/auth?") ? true : null,
    );

    await pc.browser.getByRole("button", { name: "用手机扫一扫" }).click();
    await pc.browser.getByRole("button", { name: "同意" }).click();

    await wantedReport(pc.browser);
    await pc.browser.getByRole("button", { name: /林悦/ }).waitFor();
    expect(await pc.address()).toBe(desk.origin + report);
  });

  it("opens from a chat in the side panel, signed in by DingTalk", async () => {
    await opens("workbench");
    const pc = await computer();

    await pc.openFromChat(inside(throughPc(), "pc_slide=true"));

    await wantedReport(pc.panel);
    expect(pc.handOffs).toEqual([]);
  });

  it("is handed over with its page where the enterprise wants the browser", async () => {
    await opens("browser");
    const pc = await computer();

    await pc.openFromChat(inside(throughPc(), "pc_slide=true"));

    await wantedReport(pc.browser);
    await pc.panel.getByText("已在浏览器中打开").waitFor();
    expect(await pc.address()).toBe(desk.origin + report);
  });

  it("names the enterprise: a PC that never ran the app signs in, and its page's own address names it too", async () => {
    await opens("workbench");
    const pc = await computer();

    await pc.openFromChat(`${desk.origin}${report}?corpId=${desk.corpId}&ddtab=true`);

    await wantedReport(pc.tab);
    const shown = pc.page.frames().find((frame) => frame.url().includes(report));
    expect(new URL(shown?.url() ?? "").searchParams.get("corpId")).toBe(desk.corpId);
  });

  it("names no enterprise, on a PC that never ran the app: it is asked for, and no password", async () => {
    await opens("workbench");
    const pc = await computer();
    await pc.openFromChat(`${desk.origin}${report}?ddtab=true`);

    await pc.tab.getByRole("button", { name: "用钉钉登录" }).click();
    await pc.tab.getByLabel("企业的 CorpId").fill("dingnobody");
    await pc.tab.getByRole("button", { name: "用钉钉登录" }).click();
    await pc.tab.getByText("企业尚未授权").waitFor();
    await pc.tab.getByLabel("企业的 CorpId").fill(desk.corpId);
    await pc.tab.getByRole("button", { name: "用钉钉登录" }).click();

    await wantedReport(pc.tab);
  });

  it("names no enterprise: in the Workbench the one of the last visit signs in", async () => {
    await opens("workbench");
    const pc = await desk.computerWithStorage();
    await pc.openWebApp();
    await reports(pc.tab);
    await pc.page.context().clearCookies({ name: "dingboard" });

    await pc.openFromChat(`${desk.origin}${report}?ddtab=true`);

    await wantedReport(pc.tab);
  });
});
