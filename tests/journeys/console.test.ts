import type { Locator, Page } from "playwright-core";
import { faultsInBothThemes } from "./accessibility";
import type { Product } from "./product";
import { startReader, type ReaderBrowser } from "./reader";
import { allTexts, waitForAttribute, waitForText } from "./screen";

/** 星禾传媒: an organisation of the desk that no instance has authorised yet. */
const XINGHE = {
  corpId: "ding6b419a0d62db252a15a97d75d7876250",
  name: "星禾传媒",
  key: "dingv8hmggf2rnd8ybbh",
  secret: "H1jpoOdCG_92tebmwy-GtLsjYKryVPFIeAWaijT9cMqJt3zT_Kxj0wzT-H5zQmKz",
};
const YUNLING = "dinga197b546a59eb6c5c2dbbb7347f440d0";

let reader: ReaderBrowser;
let product: Product;
let page: Page;

jest.setTimeout(120_000);
beforeAll(async () => {
  reader = await startReader();
  product = reader.product;
  page = await reader.visit("/console");
}, 240_000);
afterAll(() => reader.stop());

/** A dialog that still grows can be pressed beside its button: presses until what should follow is there. */
async function press(button: Locator, follows: Locator): Promise<void> {
  const there = async (): Promise<boolean> =>
    follows.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  for (let turn = 0; turn < 10; turn += 1) {
    await button.click({ timeout: 3_000 }).catch(() => undefined);
    if (await there()) return;
  }
  throw new Error("The button does nothing.");
}

async function section(name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
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

describe("authorising an enterprise", () => {
  it("says exactly why DingTalk refuses, and keeps what was typed when the dialog is closed by mistake", async () => {
    await page.getByRole("button", { name: "添加授权" }).click();
    await page.getByText("扫码的人必须是所选团队的管理员").waitFor();
    await press(page.getByRole("button", { name: "下一步" }), page.getByLabel("CorpId"));
    await page.getByLabel("CorpId").fill(` ${XINGHE.corpId} `);
    await page.getByLabel("Client ID（AppKey）").fill(XINGHE.key);
    await page.getByLabel("Client Secret（AppSecret）").fill("not the secret");
    await page.getByRole("button", { name: /^验\s?证$/ }).click();
    await page.getByRole("alert").getByText("Client ID 或 Client Secret 不正确").waitFor();

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "添加授权" }).click();
    expect(await page.getByLabel("Client ID（AppKey）").inputValue()).toBe(XINGHE.key);
  });

  it("shows the organisation's name, authorises it, and synchronises its members", async () => {
    await page.getByLabel("Client Secret（AppSecret）").fill(XINGHE.secret);
    const verify = page.getByRole("button", { name: /^验\s?证$/ });
    await verify.click();
    await page.getByText(`已找到组织：${XINGHE.name}`).waitFor();
    await page.getByRole("button", { name: "授权并开始同步" }).click();
    await page.getByText(`“${XINGHE.name}”已授权`).waitFor();
    await page.getByText("同步完成").waitFor();
    await page.getByRole("button", { name: "前往成员管理" }).click();
    await page.getByRole("heading", { name: "成员管理", level: 1 }).waitFor();
  });

  it("makes users of its members after showing who they are, and they read on the phone", async () => {
    await page.getByRole("button", { name: "添加用户" }).click();
    await press(page.getByRole("menuitem", { name: "从协同软件同步" }), page.getByText("新增 2 个用户"));
    await press(page.getByRole("button", { name: /^应\s?用$/ }), page.getByRole("cell", { name: "阮希" }).first());

    const phone = await product.open("xinghe.ruanxi");
    await waitForAttribute(phone, ".panel", "data-code", "");
    expect((await allTexts(phone, ".panel-title")).join()).not.toMatch(/授权|绑定/);
  });

  it("ends for everybody when it is revoked, and the phone says why", async () => {
    await section("钉钉 API 授权");
    await page.getByRole("button", { name: `撤销授权: ${XINGHE.name}` }).click();
    await page.getByText("报表和账号绑定保留 30 天").waitFor();
    await press(page.getByRole("dialog").getByRole("button", { name: "撤销授权" }), page.getByText("已撤销").first());

    const phone = await product.open("xinghe.ruanxi");
    await waitForAttribute(phone, ".panel", "data-code", "authorisation_revoked");
  });
});

describe("running an enterprise", () => {
  it("counts its calls as the desk counted them", async () => {
    const phone = await product.open("yunling.zhaoqian");
    await waitForText(phone, ".report-title", "经营总览");
    const { totals } = await product.control.totals({});
    const own = totals.filter(({ corpId }) => corpId === YUNLING);
    const sum = (of: "counted" | "exempt"): number => own.reduce((all, total) => all + total[of], 0);
    expect(sum("exempt")).toBeGreaterThan(1);

    // The ledger is written beside the calls, not before them.
    const deadline = Date.now() + 20_000;
    let shown = { counted: -1, exempt: -1 };
    while (shown.exempt !== sum("exempt") && Date.now() < deadline) {
      await page.goto(`${reader.origin}/console/quota`);
      shown = { counted: await statistic("已用"), exempt: await statistic("不计额度") };
    }
    expect(shown).toEqual({ counted: sum("counted"), exempt: sum("exempt") });
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
    await page.getByRole("row").filter({ hasText: "林悦" }).first().waitFor();
  });

  it.each(["成员管理", "小程序设置", "调用配额", "自检", "审计日志", "个人设置", "钉钉 API 授权"])(
    "has nothing for axe-core to find on %s, in both themes",
    async (name) => {
      await section(name);
      expect(await faultsInBothThemes(page)).toEqual([]);
    },
  );
});

it("is closed to people who do not administer, who still have their personal settings", async () => {
  const viewer = await reader.visit("/console/members", {}, "zhaoqian");
  await viewer.getByText("没有权限").waitFor();
  await viewer.getByRole("link", { name: "个人设置" }).click();
  await viewer.getByText("已登录的设备").waitFor();
});
