import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { ensureChromium } from "./chromium";
import { scriptConfig } from "./config";

const WHO = "林悦";
const APP = "Dingboard";
const REPORT = "经营总览";
const CARD = "近30天销售额";

async function openReport(page: Page, deskUrl: string): Promise<void> {
  await page.goto(deskUrl);
  await page.getByRole("button", { name: new RegExp(`^${WHO}`) }).click();
  await page.getByRole("button", { name: APP, exact: true }).click();
  const phone = page.frameLocator("iframe");
  await phone.getByText(REPORT).first().click();
  await phone.getByText(CARD).first().waitFor();
  await page.waitForTimeout(1_500); // charts are drawn after their texts; a picture of a person's view, not a test
}

/**
 * Takes the README's pictures from a running `npm start`: `npm run screenshots -- [address of the desk]`.
 * Writes docs/images/desk.png and docs/images/report.png.
 */
async function main(): Promise<void> {
  const deskUrl = process.argv[2] ?? "http://localhost:3100/";
  const folder = join(process.cwd(), "docs/images");
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: ensureChromium(scriptConfig().chromePath),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 820 }, locale: "zh-CN" });
    await openReport(page, deskUrl);
    await page.screenshot({ path: join(folder, "desk.png") });

    const address = await page.locator("iframe").getAttribute("src");
    const tall = await browser.newPage({
      viewport: { width: 375, height: 1500 },
      deviceScaleFactor: 2,
      locale: "zh-CN",
    });
    await tall.goto(new URL(address ?? "", deskUrl).href);
    await tall.getByText(REPORT).first().click();
    await tall.getByText(CARD).first().waitFor();
    await tall.waitForTimeout(1_500);
    await tall.screenshot({ path: join(folder, "report.png") });
  } finally {
    await browser.close();
  }
  console.log(`Wrote ${join("docs/images", "desk.png")} and ${join("docs/images", "report.png")}.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
