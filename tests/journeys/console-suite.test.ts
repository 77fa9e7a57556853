import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { chromePath } from "../../desk/automator/browser";
import type { OrganisationView } from "../../desk/open-platform/contacts/control-contract";
import { choosePort } from "../../scripts/ports";
import { PASSWORD } from "../factories/build";
import { startWorld, type World } from "../factories/world";
import { faultsOn } from "./accessibility";

jest.setTimeout(120_000);

let world: World;
let browser: Browser;
let page: Page;
/** An organisation that has no app of ours yet. */
let customer: OrganisationView;

const desk = () => world.dingtalk.controls;

beforeAll(async () => {
  if (!existsSync(resolve("dist/web"))) throw new Error("The web pages are not built: npm run build");
  const port = await choosePort("PORT", undefined, null);
  // Browsers treat localhost as secure.
  const publicUrl = `http://localhost:${port}`;
  world = await startWorld({ withSuite: "http", port, publicUrl, webDir: resolve("dist/web") });
  const wishes = { longIds: false, oddDepartments: false, twins: false, withApp: false, members: 40, departments: 5 };
  customer = desk().addOrganisation({ ...wishes, seed: "console suite" });
  const { key = "", push } = world.config.suite ?? {};
  const keys = { token: push?.token.reveal() ?? "", aesKey: push?.aesKey.reveal() ?? "" };
  const url = `${world.server.url}/dingtalk/suite/events`;
  await desk().setEvents({ key, mode: "http", url, ...keys, types: null });
  await world.server.domain.users.add({ login: "owner", name: "Owner", password: PASSWORD, instanceOwner: true });

  browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  await page.request.post(`${publicUrl}/api/session/password`, {
    data: { login: "owner", password: PASSWORD },
    headers: { origin: publicUrl },
  });
  await page.goto(`${publicUrl}/console`);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** A dialog that still grows can be pressed beside its button: presses until what should follow is there. */
async function press(button: Locator, follows: Locator): Promise<void> {
  for (let turn = 0; turn < 10 && !(await follows.isVisible()); turn += 1) {
    await button.click({ timeout: 3_000 }).catch(() => undefined);
    await follows.waitFor({ timeout: 3_000 }).catch(() => undefined);
  }
}

const verify = () => page.getByRole("button", { name: /^验\s?证$/ });

it("an enterprise is authorised with the third-party app: scan, choose the team, CorpId, verify, synchronise", async () => {
  await press(page.getByRole("button", { name: "添加授权" }), page.getByText("第三方企业应用"));
  const code = page.locator("[data-qr*='applink']");
  await press(page.getByText("第三方企业应用"), code);
  const link = (await code.getAttribute("data-qr")) ?? "";
  expect(await faultsOn(page)).toEqual([]);
  await press(page.getByRole("button", { name: "下一步" }), page.getByLabel("CorpId"));
  expect(await page.getByLabel("Client ID（AppKey）").count()).toBe(0);
  await page.getByLabel("CorpId").fill(customer.corpId);
  await verify().click();
  await page.getByRole("alert").getByText("该企业还没有开通应用").waitFor();

  const who = `${customer.key}.${customer.mainAdministrator}`;
  expect(desk().scan({ who, link })).toMatchObject({ does: "activate", teams: [{ isAdministrator: true }] });
  desk().activateScanned({ who, link, corpId: customer.corpId });
  await verify().click();
  await page.getByText(`已找到组织：${customer.name}`).waitFor();
  await page.getByRole("button", { name: "授权并开始同步" }).click();

  await page.getByText(`“${customer.name}”已授权`).waitFor();
  await page.getByText("同步完成").waitFor();
  await page.keyboard.press("Escape");
  const tile = page.locator(".ant-card").filter({ hasText: customer.name });
  await tile.getByText("第三方企业应用").waitFor();
});
