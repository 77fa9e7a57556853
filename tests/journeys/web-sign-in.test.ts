import type { BrowserContext, Page } from "playwright-core";
import type { BuiltEnterprise, BuiltUser } from "../factories/build";
import { faultsInBothThemes } from "./accessibility";
import { startWebWorld, typeAccount, wantedReport, type WebWorld } from "./web-world";

let web: WebWorld;

jest.setTimeout(60_000);
beforeAll(async () => {
  web = await startWebWorld();
  await web.build.buildEnterprise(); // the only one of a server would be named to everybody
}, 120_000);
afterAll(() => web.stop());

const names = (page: Page, user: BuiltUser): Promise<void> =>
  page.getByRole("button", { name: new RegExp(`Name of ${user.userid}$`) }).waitFor();

/** From the sign-in page to DingTalk's, by the CorpId that the person types in. */
async function goToDingTalk(page: Page, { corpId }: BuiltEnterprise): Promise<void> {
  await page.getByRole("button", { name: "用钉钉扫码登录" }).click();
  await page.getByLabel("企业的 CorpId").fill(` ${corpId} `);
  await page.keyboard.press("Enter");
  await page.getByText("请使用钉钉手机端扫描二维码").waitFor();
}

/** The phone in that person's hand scans and answers. */
async function scan(page: Page, { enterprise, userid }: BuiltUser, answer: "同意" | "拒绝" | null): Promise<void> {
  await page.getByLabel("谁拿着手机").selectOption(`${enterprise.organisation.key}.${userid}`);
  await page.getByRole("button", { name: "用手机扫一扫" }).click();
  if (answer) await page.getByRole("button", { name: answer, exact: true }).click();
}

describe("signing in with DingTalk in a plain browser", () => {
  it("leads over DingTalk's page to the wanted report, and leaves nothing of it in the address", async () => {
    const { user, report } = await web.somebody();
    const page = await web.open(await web.visitor(), `${report}?page=main`);

    await goToDingTalk(page, user.enterprise);
    await scan(page, user, "同意");

    await wantedReport(page);
    await names(page, user);
    expect(page.url()).toBe(`${web.origin}${report}?page=main`);
  });

  it("remembers the enterprise by name, and signs in again without typing", async () => {
    const { user } = await web.somebody();
    const context = await web.visitor();
    const page = await web.open(context, "/");
    await goToDingTalk(page, user.enterprise);
    await scan(page, user, "同意");
    await names(page, user);
    await context.clearCookies();
    await page.reload();

    await page.getByRole("button", { name: "用钉钉扫码登录" }).click();
    await page.getByRole("button", { name: user.enterprise.organisation.name, exact: true }).click();
    await scan(page, user, "同意");

    await names(page, user);
  });

  it("binds a member without an account on the way, and goes on to the wanted report", async () => {
    const { user: colleague, report } = await web.somebody();
    const { enterprise } = colleague;
    const user = await web.build.buildUser({ enterprise, role: "administrator", password: true, bound: false });
    const page = await web.open(await web.visitor(), report);
    await goToDingTalk(page, enterprise);
    await scan(page, user, "同意");
    await page.getByRole("heading", { name: "绑定账号" }).waitFor();

    await typeAccount(page, user);

    await wantedReport(page);
    expect(page.url()).toBe(web.origin + report);
  });

  it("says so where the person refuses on the phone, and starts again on the wanted report", async () => {
    const { user, report } = await web.somebody();
    const page = await web.open(await web.visitor(), report);
    await goToDingTalk(page, user.enterprise);

    await scan(page, user, "拒绝");

    await page.getByRole("heading", { name: "钉钉没有完成登录" }).waitFor();
    await page.getByRole("button", { name: "重试" }).click();
    await typeAccount(page, user);
    await wantedReport(page);
    expect(page.url()).toBe(web.origin + report);
  });

  it("says which enterprise is not here, and lets another one be named", async () => {
    const { user } = await web.somebody();
    const page = await web.open(await web.visitor(), "/");
    await page.getByRole("button", { name: "用钉钉扫码登录" }).click();
    await page.getByLabel("企业的 CorpId").fill(web.build.nextOrganisation().corpId);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("企业尚未授权").waitFor();

    await page.getByLabel("企业的 CorpId").fill(user.enterprise.corpId);
    await page.keyboard.press("Enter");

    await page.getByText("请使用钉钉手机端扫描二维码").waitFor();
  });

  it("believes nothing that was begun elsewhere: a link with somebody's code signs nobody in", async () => {
    const { user } = await web.somebody();
    const thief = await web.open(await web.visitor(), "/");
    await goToDingTalk(thief, user.enterprise);
    const sent = thief.waitForRequest((asked) => asked.url().includes("/sign-in/dingtalk?"));
    await thief.route("**/sign-in/dingtalk?*", (route) => route.abort());
    await scan(thief, user, "同意").catch(() => undefined);
    const link = (await sent).url();

    const page = await web.open(await web.visitor(), link);

    await page.getByRole("heading", { name: "这次登录已失效" }).waitFor();
    expect(page.url()).toBe(`${web.origin}/sign-in/dingtalk`);
    expect(await page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: "dingboard" }));
  });

  it("offers pages in which axe finds nothing wrong, on a phone's width too", async () => {
    const page = await web.open(await web.visitor(false, { viewport: { width: 375, height: 800 } }), "/");
    await page.getByRole("button", { name: "用钉钉扫码登录" }).click();
    await page.getByLabel("企业的 CorpId").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);

    await page.goto(`${web.origin}/sign-in/dingtalk?state=s&error=denied`);
    await page.getByRole("heading", { name: "这次登录已失效" }).waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });
});

describe("an authorisation or account that ends while pages are open", () => {
  /** A Workbench on the report, and the browser that it handed over to. */
  async function bothOpen(): Promise<{ user: BuiltUser; inside: Page; outside: Page }> {
    const { user, report } = await web.somebody();
    const code = web.build.mintCode(user.enterprise, user.userid);
    const query = new URLSearchParams({ corpId: user.enterprise.corpId, target: report }).toString();
    const workbench: BrowserContext = await web.visitor(true);
    const inside = await web.open(workbench, `/pc?${query}#code=${code}`);
    await wantedReport(inside);
    const answer = await workbench.request.post(`${web.origin}/api/hand-off`, {
      ...{ data: { target: report }, headers: { origin: web.origin } },
    });
    const outside = await web.open(await web.visitor(), ((await answer.json()) as { url: string }).url);
    await wantedReport(outside);
    return { user, inside, outside };
  }

  /** The page's next request meets the end. Which one is the page's own affair. */
  const goOn = (page: Page): Promise<void> => page.getByRole("button", { name: "刷新" }).click();
  const toldOfTheEnd = async (page: Page): Promise<void> => {
    await page.getByRole("status").getByText("登录已结束").waitFor();
    await page.getByRole("heading", { name: "登录", exact: true }).waitFor();
  };

  it("ends Workbench and browser at their next request; both say so, and DingTalk's way in says why", async () => {
    const { user, inside, outside } = await bothOpen();

    await web.world.server.domain.enterprises.revoke(user.enterprise.corpId);

    for (const page of [inside, outside]) {
      await goOn(page);
      await toldOfTheEnd(page);
    }
    const code = web.build.mintCode(user.enterprise, user.userid);
    const again = await web.open(inside.context(), `/pc?corpId=${user.enterprise.corpId}#code=${code}`);
    await again.getByRole("heading", { name: "企业授权已被撤销" }).waitFor();
  });

  it("ends them within a second on every node, for a disabled account too", async () => {
    const { user, inside, outside } = await bothOpen();
    const states = (page: Page): Promise<number> =>
      page.evaluate(async () => (await fetch("/api/me", { cache: "no-store" })).status);
    expect([await states(inside), await states(outside)]).toEqual([200, 200]);

    await web.world.server.domain.users.disable(user.login);

    const deadline = Date.now() + 20_000;
    while ((await states(inside)) === 200 || (await states(outside)) === 200) {
      if (Date.now() > deadline) throw new Error("A session goes on although its user is disabled.");
    }
    for (const page of [inside, outside]) {
      await goOn(page);
      await toldOfTheEnd(page);
    }
  });
});
