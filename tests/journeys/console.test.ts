import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { activationLinkOf } from "../../desk/open-platform/suite/scan";
import { readDemoContent } from "../../scripts/demo-content";
import { faultsInBothThemes } from "./accessibility";
import { FIRST_REPORT, loadFirstReport } from "./first-report";
import * as steps from "./first-steps";
import { QINLAN, XINGHE } from "./first-steps";
import type { Product } from "./product";
import { startReader, type ReaderBrowser } from "./reader";
import { allTexts, tapText, textOf, waitForAttribute, waitForText } from "./screen";

const YUNLING = { corpId: "dinga197b546a59eb6c5c2dbbb7347f440d0", name: "云岭生活", admin: "yunling.tanwei" };

const [suite] = readDemoContent(process.cwd()).seed.suites ?? [];
if (!suite) throw new Error("The demo has no suite.");
const suiteEvents = { token: randomBytes(8).toString("hex"), aesKey: randomBytes(22).toString("hex").slice(0, 43) };

let reader: ReaderBrowser;
let product: Product;
let page: Page;
let newcomer: steps.Newcomer;
let spentMs = 0;

jest.setTimeout(120_000);
beforeAll(async () => {
  reader = await startReader({
    empty: true,
    env: {
      DINGTALK_SUITE_KEY: suite.suiteKey,
      DINGTALK_SUITE_SECRET: suite.suiteSecret,
      DINGTALK_SUITE_TOKEN: suiteEvents.token,
      DINGTALK_SUITE_AES_KEY: suiteEvents.aesKey,
      DINGTALK_SUITE_ACTIVATION_URL: activationLinkOf(suite),
    },
  });
  product = reader.product;
  await steps.growOrganisation(product);
  page = await reader.newPage();
  newcomer = steps.newcomer(product, page);
}, 240_000);
afterAll(() => reader.stop());

/** What the newcomer does, with the time it takes. */
async function timed(work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  spentMs += performance.now() - started;
}

async function section(name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

describe("an administrator who has read nothing, in an empty instance", () => {
  it("is made by the one-time link and led to the console", () => timed(() => steps.setUp(newcomer)));

  it("enters what DingTalk shows after scanning the code", () => timed(() => steps.enterKeys(newcomer)));

  it("is told exactly why DingTalk refuses, and finds what was typed when the dialog was closed by mistake", async () => {
    const secret = page.getByLabel("Client Secret（AppSecret）");
    const right = await secret.inputValue();
    await secret.fill("not the secret");
    await page.getByRole("button", { name: /^验\s?证$/ }).click();
    await page.getByRole("alert").getByText("Client ID 或 Client Secret 不正确").waitFor();

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "添加授权" }).click();
    expect(await page.getByLabel("Client ID（AppKey）").inputValue()).not.toBe("");
    await secret.fill(right);
  });

  it("sees the organisation's name, authorises it, and watches its members come in", () =>
    timed(() => steps.authorise(newcomer, XINGHE.name)));

  it("binds a DingTalk account by scanning a code", () => timed(() => steps.bindOwnAccount(newcomer)));

  it("makes users of all other members after seeing who they are", () => timed(() => steps.addUsers(newcomer, 8)));

  it("has members who read their first report on the phone", async () => {
    await loadFirstReport(product, XINGHE.corpId);
    await timed(async () => {
      for (const who of [QINLAN.who, "xinghe.ruanxi"]) {
        const phone = await product.open(who);
        await newcomer.hands.tap(tapText(phone, ".report-title", FIRST_REPORT));
        await waitForText(phone, ".kpi-title", "近30天销售额");
        expect(await textOf(phone, ".kpi-value")).toMatch(/^¥[\d.,]+万?$/);
      }
    });
    const { clicks, fields, taps } = newcomer.hands;
    const seconds = (spentMs / 1_000).toFixed(1);
    console.log(`Empty instance to first reader: ${seconds} s, ${clicks} clicks, ${fields} fields, ${taps} taps.`);
    expect(clicks).toBeLessThanOrEqual(20);
    expect(fields).toBeLessThanOrEqual(8);
  });
});

describe("a third-party app", () => {
  it("is activated by the phone that scans its code, for a team that the phone's owner administers", async () => {
    await product.control.setEvents({
      key: suite.suiteKey,
      mode: "http",
      url: `${product.server.url}/dingtalk/suite/events`,
      ...suiteEvents,
    });
    await product.control.pushSuiteTicket({ suiteKey: suite.suiteKey });
    await section("钉钉 API 授权");
    await page.getByRole("button", { name: "添加授权" }).click();
    await page.getByText("第三方企业应用").click();
    const { link, scanned } = await steps.scan(newcomer, YUNLING.admin);
    expect(scanned).toMatchObject({ does: "activate", teams: [{ corpId: YUNLING.corpId, isAdministrator: true }] });
    await product.control.activateScanned({ who: YUNLING.admin, link, corpId: YUNLING.corpId });

    await newcomer.hands.press(page.getByRole("button", { name: "下一步" }), page.getByLabel("CorpId"));
    await page.getByLabel("CorpId").fill(` ${YUNLING.corpId} `);
    await steps.authorise(newcomer, YUNLING.name);
    await page.getByText("成员 60").waitFor();
  });
});

describe("an account without a binding shows a code on the computer", () => {
  const login = "shenqing";
  let computer: steps.Newcomer;
  let who: string;

  it("which the phone may refuse, and is of no more use then", async () => {
    const added = await product.control.addMember({ corpId: XINGHE.corpId, name: "沈青", departmentIds: [1] });
    who = `xinghe.${added.userid}`;
    await section("成员管理");
    await chooseEnterprise(XINGHE.name);
    await page.getByRole("button", { name: "添加用户" }).click();
    const dialog = page.getByRole("dialog");
    await newcomer.hands.press(page.getByRole("menuitem", { name: "新建本地账号" }), dialog.getByLabel("用户名"));
    await dialog.getByLabel("用户名").fill(login);
    await dialog.getByLabel("姓名").fill("沈青");
    await dialog.getByLabel("初始密码").fill(QINLAN.password);
    await newcomer.hands.press(
      dialog.getByRole("button", { name: /^保\s?存$/ }),
      page.getByRole("cell", { name: login }),
    );

    computer = steps.newcomer(product, await reader.visit("/console/personal", {}, login));
    await computer.page.getByRole("button", { name: "绑定钉钉账号" }).click();
    await computer.page.getByText("等待扫码…").waitFor();
    const { scanned } = await steps.scan(computer, who);
    const phone = await steps.openScanned(computer, who);
    await waitForText(phone, ".bind-question", "把「星禾传媒」的钉钉账号 沈青 绑定到报表账号 沈青（shenqing）吗？");
    await computer.page.getByText("沈青 已扫码，请在手机上确认").waitFor();

    await tapText(phone, ".bind-no", "暂不绑定");

    await waitForText(phone, ".bind-title", "没有绑定");
    await computer.page.getByText("手机上取消了绑定").waitFor();
    if (scanned.does !== "open") throw new Error("The phone does not open it.");
    const late = await product.open(who, { page: scanned.page ?? "", query: scanned.query });
    await waitForAttribute(late, ".panel", "data-code", "bind_link_spent");
    await tapText(late, ".panel-button", "去看报表");
    await waitForAttribute(late, ".panel", "data-code", "not_bound");
  });

  it("and is bound by a phone that confirms: both pages say so by themselves", async () => {
    await computer.page.getByRole("button", { name: "换一个二维码" }).click();
    await computer.page.getByText("等待扫码…").waitFor();
    const phone = await steps.openScanned(computer, who);
    await waitForText(phone, ".bind-no", "暂不绑定");

    await tapText(phone, ".bind-yes", "确认绑定");

    await waitForText(phone, ".report-title", FIRST_REPORT);
    await computer.page.getByText("绑定成功：沈青").waitFor();
    await computer.page.getByText("已绑定钉钉成员：沈青").waitFor();
    const again = await product.open(who);
    await waitForText(again, ".report-title", FIRST_REPORT);
  });

  it("and is shown nothing of the console but its personal settings", async () => {
    const { page: viewer } = computer;
    await viewer.goto(`${reader.origin}/console/members`);
    await viewer.getByText("没有权限").waitFor();
    await viewer.getByRole("link", { name: "个人设置" }).click();
    await viewer.getByText("已登录的设备").waitFor();
  });
});

async function chooseEnterprise(name: string): Promise<void> {
  await page.getByRole("combobox", { name: "企业" }).click();
  await newcomer.hands.press(
    page.locator(".ant-select-item-option", { hasText: name }),
    page.locator(".console-choice", { hasText: name }).first(),
  );
}

/** A number at the top of the quota page. */
async function statistic(name: string): Promise<number> {
  const text = await page
    .locator(".ant-statistic")
    .filter({ hasText: name })
    .locator(".ant-statistic-content-value")
    .innerText();
  return Number(text.replace(/,/g, ""));
}

describe("running an enterprise", () => {
  it("counts its calls as the desk counted them", async () => {
    const own = async (of: "counted" | "exempt"): Promise<number> => {
      const { totals } = await product.control.totals({});
      return totals.filter(({ corpId }) => corpId === XINGHE.corpId).reduce((sum, total) => sum + total[of], 0);
    };
    expect(await own("exempt")).toBeGreaterThan(10);
    await section("调用配额");
    const address = page.url();

    // The ledger is written beside the calls, not before them.
    const deadline = Date.now() + 20_000;
    let shown = { counted: -1, exempt: -1 };
    while (shown.exempt !== (await own("exempt")) && Date.now() < deadline) {
      await page.goto(address);
      shown = { counted: await statistic("已用"), exempt: await statistic("不计额度") };
    }
    expect(shown).toEqual({ counted: await own("counted"), exempt: await own("exempt") });
  });

  it("checks itself line by line", async () => {
    await section("自检");
    await page.getByRole("button", { name: "开始自检" }).click();
    await page.getByText("CorpId 与密钥").waitFor();
    expect(await page.getByText("测试登录").count()).toBe(1);
  });

  it("is set to open in the browser, and the audit log says by whom", async () => {
    await section("小程序设置");
    await page.getByLabel("在系统浏览器打开").check();
    await page
      .getByRole("button", { name: /^保\s?存$/ })
      .first()
      .click();
    await page.getByText("已保存", { exact: true }).waitFor();
    await section("审计日志");
    await page.getByRole("row").filter({ hasText: QINLAN.name }).first().waitFor();
  });

  it.each(["成员管理", "小程序设置", "调用配额", "自检", "审计日志", "个人设置", "钉钉 API 授权"])(
    "has nothing for axe-core to find on %s, in both themes",
    async (name) => {
      await section(name);
      expect(await faultsInBothThemes(page)).toEqual([]);
    },
  );

  it("ends for everybody when it is revoked, and the phone says why", async () => {
    await steps.revoke(newcomer, XINGHE.name);

    const phone = await product.open("xinghe.ruanxi");
    await waitForAttribute(phone, ".panel", "data-code", "authorisation_revoked");
    expect((await allTexts(phone, ".panel-title")).join()).toBe("企业授权已被撤销");
  });
});
