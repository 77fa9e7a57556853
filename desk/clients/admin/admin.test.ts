import type { Page } from "playwright-core";
import { loadDemo } from "../../demo/enterprise";
import { type Receiver, startReceiver } from "../../open-platform/events/receiver.testing";
import { type DeskInBrowser, startDeskInBrowser } from "../desk-browser.testing";

jest.setTimeout(60_000);

const { organisations, suites } = loadDemo("desk/demo/enterprise.json");
const yunling = organisations.find(({ key }) => key === "yunling");
const corpId = yunling?.corpId ?? "";
const suiteKey = suites?.[0]?.suiteKey ?? "";

let started: DeskInBrowser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  started = await startDeskInBrowser();
}, 60_000);
afterAll(() => started?.close());

beforeEach(async () => {
  started.desk.standIn.controls.reset({});
  page = await started.browser.newPage({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  faults = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
});
afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const openAdmin = async (): Promise<void> => {
  await page.goto(`${started.desk.addresses.desk}admin`);
  await page.waitForSelector(".admin-members li");
};
const controls = () => started.desk.standIn.controls;
const card = (title: string) => page.locator(`.admin-card[aria-label^="${title}"]`);
const found = (search: string) => controls().members({ corpId, search, offset: 0, limit: 5 }).members;

/** Waits until that holds; the test's own time limit ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a member is added, found, moved, made an administrator and removed", async () => {
  await openAdmin();
  const members = card("成员");
  await members.locator("input[name=name]").fill("钱小满");
  await members.locator("select[name=department]").selectOption({ label: "财务部" });
  await members.locator("button[type=submit]").click();
  await members.locator("input[type=search]").fill("钱小满");
  const row = members.locator("li", { hasText: "钱小满" });
  await row.locator("select").nth(0).selectOption({ label: "数据分析部" });
  await row.locator("select").nth(1).selectOption({ label: "子管理员" });
  const place = yunling?.departments.find(({ name }) => name === "数据分析部")?.deptId;
  await until(() => found("钱小满")[0]?.sysLevel === 2);
  expect(found("钱小满")).toMatchObject([{ departmentIds: [place], sysLevel: 2 }]);
  await row.locator("button").click();
  expect(found("钱小满")).toHaveLength(1);
  await row.getByText("确认？").click();
  await members.getByText("没有找到成员").waitFor();
  expect(found("钱小满")).toEqual([]);
});

test("the app is stopped after asking twice, and started again", async () => {
  await openAdmin();
  const app = card("企业内部应用");
  const stop = app.locator(".admin-deeds button");
  await stop.click();
  expect(await app.locator("header").textContent()).toContain("运行中");
  await stop.click();
  await app.getByText("已停用").waitFor();
  expect(
    controls()
      .organisations({})
      .organisations.find((one) => one.corpId === corpId)?.app?.stopped,
  ).toBe(true);
  await app.getByText("启用").click();
  await app.getByText("运行中").waitFor();
});

describe("event subscription", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver(yunling?.app?.appKey ?? "");
  });
  afterEach(() => receiver.close());

  test("over HTTP is saved only when the address answers, and each push is seen with its fate", async () => {
    await openAdmin();
    const app = card("企业内部应用");
    await app.locator("select[name=mode]").selectOption("http");
    await app.locator("input[name=url]").fill(receiver.url);
    await app.locator("input[name=token]").fill(receiver.keys.token);
    await app.locator("input[name=aesKey]").fill(receiver.keys.aesKey);
    receiver.manner = "error";
    await app.locator("button[type=submit]").click();
    expect(await app.getByRole("alert").textContent()).toContain("check_url: HTTP 500");
    receiver.manner = "success";
    await app.locator("button[type=submit]").click();
    await app.getByText("已保存").waitFor();

    await controls().addDepartment({ corpId, name: "新部门", parentId: 1 });
    const pushed = card("推送的事件").locator("li", { hasText: "org_dept_create" });
    await pushed.getByText("已送达").waitFor();
    await pushed.locator("summary").click();
    expect(await pushed.locator("pre").textContent()).toContain(corpId);
  });
});

describe("the phone's scanner", () => {
  const scan = async (link: string): Promise<void> => {
    await page.goto(started.desk.addresses.desk);
    await page.click('[data-who="yunling.linyue"]');
    await page.getByLabel("扫一扫").click();
    await page.getByLabel("二维码里的链接").fill(link);
    await page.getByRole("button", { name: "扫描", exact: true }).click();
  };

  test("activates the third-party app for a team; its administrator sees it and revokes it", async () => {
    const link = controls().suites({}).suites[0]?.activationLink ?? "";
    await scan(link);
    await page.getByText("开通应用").click();
    await page.getByText("已开通").waitFor();
    await openAdmin();
    const suite = card("第三方应用");
    await suite.getByText("运行中").waitFor();
    expect(controls().suites({}).suites[0]?.installs).toMatchObject([{ corpId, authUser: "linyue" }]);
    await suite.getByText("解除授权").click();
    await suite.getByText("解除授权 · 确认？").click();
    await suite.getByText("未开通").waitFor();
    expect(controls().suites({}).suites[0]).toMatchObject({ suiteKey, installs: [] });
  });

  test("opens the mini program at the page and with the query of the link, or says why not", async () => {
    const { agentId, miniAppId } = yunling?.app ?? {};
    const given = { type: "2", miniAppId: String(miniAppId), corpId, agentId: String(agentId) };
    const query = new URLSearchParams({
      ...given,
      pVersion: "1",
      packageType: "1",
      page: "pages/detail/detail?id=t1",
    });
    const link = `https://applink.dingtalk.com/action/open_mini_app?${query}`;
    await scan(link);
    const shown = page.frameLocator("iframe[title=Dingboard]").locator("#query");
    await shown.waitFor();
    expect(await shown.textContent()).toBe("Person t1");
    await controls().patchApp({ corpId, stopped: true });
    await scan(link);
    expect(await page.locator(".scan [role=alert]").textContent()).toBe("应用已被管理员停用");
  });
});

test("the page is in English too, and fits a narrow window", async () => {
  await page.setViewportSize({ width: 375, height: 812 });
  await openAdmin();
  await page.getByRole("radio", { name: "EN" }).click();
  await page.getByText("Pushed events").waitFor();
  expect(await page.locator(".admin").textContent()).not.toContain("成员");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});
