import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { Cleanup } from "../bench/cleanup";
import { openProduct } from "../bench/product";
import { FIRST_REPORT, loadFirstReport } from "../tests/journeys/first-report";
import * as steps from "../tests/journeys/first-steps";
import type { Product } from "../tests/journeys/product";
import { buildAll } from "./build-all";
import { ensureChromium } from "./chromium";
import { scriptConfig } from "./config";

type Language = steps.Newcomer["language"];

const DIALOG = "[role=dialog]:visible";
/** What of the page is in the picture; moments of the walk that are not named here need none. */
const FRAMES: Record<string, string> = {
  "set-up": ".entry-card",
  activate: DIALOG,
  verified: DIALOG,
  synchronising: DIALOG,
  "bind-code": DIALOG,
  preview: DIALOG,
  revoke: DIALOG,
};
/** Pages besides the walk, by the name of their picture. */
const PAGES: Record<string, string> = {
  members: "members?tab=members",
  settings: "settings",
  quota: "quota",
};
/** High enough for each page to stand there whole, below its bar. */
const DESKTOP = { width: 1280, height: 1500 };
const PHONE = { width: 375, height: 667 };

/** A picture of what a person sees, so whatever moves has come to rest. */
async function take(page: Page, folder: string, name: string, frame: string): Promise<void> {
  await page.waitForTimeout(700);
  await page
    .locator(frame)
    .last()
    .screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

/** What the phone in somebody's hand shows after opening the app. */
async function takePhone(browser: Browser, product: Product, language: Language, until: RegExp | string) {
  const page = await browser.newPage({ viewport: PHONE, locale: language });
  const query = new URLSearchParams({ who: steps.QINLAN.who, lang: language });
  await page.goto(`${product.desk.addresses.desk}phone/?${query.toString()}`);
  await page.getByText(until).first().waitFor();
  return page;
}

async function walk(browser: Browser, language: Language, rootDir: string): Promise<void> {
  const cleanup = new Cleanup();
  try {
    const product = await openProduct(cleanup, { empty: true });
    const folder = join(rootDir, "docs/images/guide", language);
    mkdirSync(folder, { recursive: true });
    const page = await (await browser.newContext({ viewport: DESKTOP, locale: language })).newPage();
    const newcomer = steps.newcomer(product, page, language, async (name, where = page) => {
      const frame = FRAMES[name];
      if (frame !== undefined) await take(where, folder, name, frame);
    });
    await steps.growOrganisation(product);
    await steps.setUp(newcomer);
    await steps.enterKeys(newcomer);
    await steps.authorise(newcomer, steps.XINGHE.name);
    await steps.bindOwnAccount(newcomer);
    await steps.addUsers(newcomer, 8);
    await loadFirstReport(product, steps.XINGHE.corpId);
    const phone = await takePhone(browser, product, language, FIRST_REPORT);
    await phone.getByText(FIRST_REPORT).first().click();
    await phone.getByText("近30天销售额").first().waitFor();
    await take(phone, folder, "phone-report", "body");
    await phone.close();
    const { origin } = new URL(page.url());
    for (const [name, path] of Object.entries(PAGES)) {
      await page.goto(`${origin}/console/${path}`);
      await page.locator("main h1").waitFor();
      await take(page, folder, name, "main");
    }
    await page.goto(`${origin}/console/check`);
    await page.getByRole("button", { name: /自检|check/i }).click();
    await page.locator(".console-check").last().waitFor();
    await take(page, folder, "check", "main");
    await steps.revoke(newcomer, steps.XINGHE.name);
    const closed = await takePhone(browser, product, language, /撤销|revoked/i);
    await take(closed, folder, "phone-revoked", "body");
    await page.context().close();
    await closed.close();
  } finally {
    await cleanup.run();
  }
}

/**
 * Takes the pictures of the administrator's guide: `npm run guide-pictures`. It walks from an empty instance to the first
 * reader, as the console's test does, once in each language, and writes docs/images/guide.
 */
async function main(): Promise<void> {
  const { rootDir, chromePath } = scriptConfig();
  const executablePath = ensureChromium(chromePath);
  await buildAll({ rootDir, miniProgram: null, desk: true, log: (line) => console.log(line) });
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
  try {
    for (const language of ["zh-CN", "en-US"] as const) await walk(browser, language, rootDir);
  } finally {
    await browser.close();
  }
  console.log("Wrote docs/images/guide.");
  process.exit(); // what the bench's product started may still listen
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
