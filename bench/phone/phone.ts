import { build } from "esbuild";
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/chromium";
import { scriptConfig } from "../../scripts/config";
import type { Cleanup } from "../cleanup";
import type { Opening } from "./first-chart.browser";
import { median } from "../statistics";

/** Times of a fixed loop: how fast page and worker are. */
export interface Loops {
  pageMs: number;
  workerMs: number;
}

const SCREEN = { viewport: { width: 375, height: 667 }, deviceScaleFactor: 2, locale: "zh-CN", hasTouch: true };
const DEADLINE_MS = 60_000;
const LOOPS = 3;
/** Of the phone's own origin, without its Content-Security-Policy: there the fixed loop may start a worker. */
const BLANK = "/bench-blank";

/** A Chromium for phones. */
export async function openBrowser(cleanup: Cleanup): Promise<Browser> {
  const launch = (): Promise<Browser> =>
    chromium.launch({
      executablePath: ensureChromium(scriptConfig().chromePath),
      args: ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
      chromiumSandbox: process.getuid?.() !== 0,
      // Playwright would end this process before everything else that was started has ended.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  return cleanup.start(launch, (browser) => browser.close());
}

/** One phone with a storage of its own, empty at first. */
export class Phone {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly devtools: CDPSession,
    private readonly deskUrl: string,
  ) {}

  static async take(browser: Browser, deskUrl: string): Promise<Phone> {
    const context = await browser.newContext({ ...SCREEN, reducedMotion: "reduce" });
    context.setDefaultTimeout(DEADLINE_MS);
    const script = await build({
      entryPoints: ["bench/phone/first-chart.browser.ts"],
      bundle: true,
      write: false,
      format: "iife",
      target: "es2022",
    });
    await context.addInitScript({ content: script.outputFiles[0]?.text ?? "" });
    const page = await context.newPage();
    await page.route(`**${BLANK}`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    return new Phone(context, page, await context.newCDPSession(page), deskUrl);
  }

  /** Opens the mini program as that person; where a selector is given, also taps what it names. */
  async open(who: string, launch: { page?: string; query?: string; tap?: string } = {}): Promise<Opening> {
    const { tap, ...rest } = launch;
    const url = new URL("phone/", this.deskUrl);
    for (const [name, value] of Object.entries({ who, lang: "zh-CN", ...rest })) url.searchParams.set(name, value);
    await this.page.goto(url.href, { waitUntil: "commit" });
    if (tap !== undefined) await this.page.locator(tap).first().tap();
    return this.page.evaluate<Opening>("bench.opening");
  }

  /** Slows the CPU down by a nominal rate; 1 is full speed. Chromium slows pages only, not workers. */
  async slowDown(rate: number): Promise<void> {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
  }

  /** How fast page and worker are now. */
  async loops(): Promise<Loops> {
    await this.page.goto(new URL(BLANK, this.deskUrl).href);
    const pageMs: number[] = [];
    const workerMs: number[] = [];
    for (let turn = 0; turn < LOOPS; turn += 1) {
      pageMs.push(await this.page.evaluate<number>("bench.pageLoop()"));
      workerMs.push(await this.page.evaluate<number>("bench.workerLoop()"));
    }
    return { pageMs: median(pageMs), workerMs: median(workerMs) };
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
