import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { chromePath } from "../../desk/automator/browser";
import { userAgent } from "../../desk/runtime/user-agent";
import { choosePort } from "../../scripts/ports";
import { builders, PASSWORD, type BuiltUser } from "../factories/build";
import { request } from "../factories/client";
import { startWorld, type World } from "../factories/world";

/** A server with its web pages and fresh enterprises, and browsers to visit it. */
export interface WebWorld {
  world: World;
  build: ReturnType<typeof builders>;
  /** Where the pages are; browsers treat localhost as secure. */
  origin: string;
  /** A new visitor with a browser of their own; with DingTalk's name where they are inside it. */
  visitor(inside?: boolean, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Opens an address or a path of ours. What the page itself reports as an error fails the test. */
  open(context: BrowserContext, url: string): Promise<Page>;
  /** Somebody with a password who may see a report, and the report's path. */
  somebody(): Promise<{ user: BuiltUser; report: string }>;
  stop(): Promise<void>;
}

/** Starts it with its first administrator: before there is one, every sign-in page is the set-up's. */
export async function startWebWorld(): Promise<WebWorld> {
  const webDir = resolve("dist/web");
  if (!existsSync(webDir)) throw new Error("The web pages are not built: npm run build");
  const port = await choosePort("PORT", undefined, null);
  const origin = `http://localhost:${port}`;
  const world = await startWorld({ webDir, port, publicUrl: origin });
  const build = builders(world);
  const token = new URL(world.server.setupLink ?? "").hash.slice(1);
  const { status } = await request(world.server.url, "POST", "/api/setup", {
    headers: { origin },
    body: { token, name: "林悦", login: "linyue", password: "a quiet morning in may" },
  });
  expect(status).toBe(200);
  const browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  return {
    world,
    build,
    origin,
    visitor: (inside = false, options = {}) =>
      browser.newContext({
        locale: "zh-CN",
        viewport: { width: 1280, height: 800 },
        ...(inside ? { userAgent: userAgent("Windows", "") } : {}),
        ...options,
      }),
    open: async (context, url) => {
      const page = await context.newPage();
      page.on("pageerror", (error) => {
        throw error;
      });
      await page.goto(url.startsWith("/") ? origin + url : url);
      return page;
    },
    somebody: async () => {
      const user = await build.buildUser({ role: "administrator", password: true });
      return { user, report: `/r/${await build.buildReport(user.enterprise)}` };
    },
    stop: async () => {
      await browser.close();
      await world.stop();
    },
  };
}

/** Fills in the form of a local account. */
export async function typeAccount(page: Page, { login }: BuiltUser): Promise<void> {
  await page.getByLabel("用户名或邮箱").fill(login);
  await page.getByLabel("密码").fill(PASSWORD);
  await page.keyboard.press("Enter");
}

/** Somebody reads the report that `somebody` may see. */
export const wantedReport = (page: Page): Promise<void> =>
  page.getByRole("heading", { name: "Sales", exact: true }).waitFor();
