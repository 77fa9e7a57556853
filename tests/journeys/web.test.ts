import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromePath } from "../../desk/automator/browser";
import { choosePort } from "../../scripts/ports";
import { builders, PASSWORD as USER_PASSWORD } from "../factories/build";
import { startWorld, type World } from "../factories/world";
import { faultsInBothThemes } from "./accessibility";

let world: World;
let browser: Browser;
let origin: string;

const PASSWORD = "a quiet morning in may";

jest.setTimeout(60_000);
beforeAll(async () => {
  const webDir = resolve("dist/web");
  if (!existsSync(webDir)) throw new Error("The web pages are not built: npm run build");
  const port = await choosePort("PORT", undefined, null);
  origin = `http://localhost:${port}`; // browsers treat localhost as secure
  world = await startWorld({ webDir, port, publicUrl: origin });
  browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
    ],
  });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** A new visitor: no cookie, no storage. Fails the test on errors that the page itself reports. */
async function visit(path: string, locale = "zh-CN"): Promise<Page> {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`${origin}${path}`);
  return page;
}

describe("before there is an administrator", () => {
  it("says where the set-up link is", async () => {
    const page = await visit("/");

    await page.getByText("setup-link").waitFor();
    expect(await faultsInBothThemes(page)).toEqual([]);
  });

  it("makes the first administrator with the link, which leaves the address bar and works once", async () => {
    const token = new URL(world.server.setupLink ?? "").hash;
    const page = await visit(`/setup${token}`);
    await page.getByLabel("姓名").fill("林悦");
    expect(await faultsInBothThemes(page)).toEqual([]);
    expect(page.url()).not.toContain(token.slice(1));

    await page.getByLabel("用户名或邮箱").fill("linyue");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.getByRole("button", { name: "创建并登录" }).click();
    await page.getByText("还没有企业").waitFor();

    const again = await visit(`/setup${token}`);
    await again.getByRole("heading", { name: "登录" }).waitFor();
  });
});

describe("signing in with a password", () => {
  it("says why a wrong password is refused, keeps the form, and lets the right one in", async () => {
    const page = await visit("/");
    await page.getByLabel("用户名或邮箱").fill("linyue");
    await page.getByLabel("密码").fill("not the password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("账号或密码不正确").waitFor();
    expect(await page.getByLabel("用户名或邮箱").inputValue()).toBe("linyue");

    await page.getByLabel("密码").fill(PASSWORD);
    await page.keyboard.press("Enter");

    await page.getByText("还没有企业").waitFor();
  });

  it("keeps the session in a cookie that scripts cannot read, and ends it", async () => {
    const page = await visit("/");
    await page.getByLabel("用户名或邮箱").fill("linyue");
    await page.getByLabel("密码").fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("还没有企业").waitFor();
    const cookies = await page.context().cookies();
    // the session, and the device it belongs to
    expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([
      { httpOnly: true, sameSite: "Lax" },
      { httpOnly: true, sameSite: "Lax" },
    ]);
    expect(cookies.map(({ name }) => name)).toContain("dingboard-device");
    expect(await page.evaluate(() => document.cookie)).toBe("");
    await page.reload();
    await page.getByText("还没有企业").waitFor();

    await page.getByRole("button", { name: /林悦/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByRole("heading", { name: "登录" }).waitFor();
    await page.reload();

    await page.getByRole("heading", { name: "登录" }).waitFor();
  });

  it("speaks English to an English browser, and the other language on demand", async () => {
    const page = await visit("/", "en-US");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();

    await page.getByRole("button", { name: "中文" }).click();
    await page.reload();

    await page.getByRole("heading", { name: "登录" }).waitFor();
  });
});

it("lists the reports that the person may see, and searches them", async () => {
  const build = builders(world);
  const user = await build.buildUser({ role: "administrator", password: true });
  await build.buildReport(user.enterprise);
  const page = await visit("/");
  await page.getByLabel("用户名或邮箱").fill(user.login);
  await page.getByLabel("密码").fill(USER_PASSWORD);
  await page.keyboard.press("Enter");

  await page.getByRole("list").getByRole("listitem").first().waitFor();
  expect(await page.getByRole("listitem").count()).toBe(1);

  await page.getByLabel("搜索报表").fill("nothing is called that");
  await page.getByText("没有找到报表").waitFor();
});
