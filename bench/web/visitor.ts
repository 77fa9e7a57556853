import { build } from "esbuild";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { median } from "../statistics";
import type { Vitals } from "./vitals.browser";

/** One page as it was opened. */
export interface Visit extends Vitals {
  /** Until everything that was waited for was there. */
  wholeMs: number;
  /** Requests to our interface. */
  requests: number;
}

/** Slower by this factor than the machine is; Chromium's nominal rate is set so that a fixed loop takes that long. */
const SLOW_DOWN = 4;
const LOOPS = 5;
/** Of the product's own origin, for comparison: text without script, style sheet or picture. */
const STATIC = "/bench-static";
const STATIC_BODY = `<!doctype html><meta charset="utf-8"><title>static</title><h1>Reports</h1><p>${"Text of a page. ".repeat(40)}`;
const WIDE = { width: 1280, height: 900 };

/** A person at a browser of their own, signed in, with nothing cached. */
export class WebVisitor {
  private constructor(
    private readonly context: BrowserContext,
    private readonly page: Page,
    private readonly devtools: CDPSession,
    private readonly origin: string,
  ) {}

  static async come(
    browser: Browser,
    origin: string,
    data: { login: string; password: string },
    viewport: { width: number; height: number } = WIDE,
  ): Promise<WebVisitor> {
    const context = await browser.newContext({ locale: "zh-CN", viewport });
    context.setDefaultTimeout(60_000);
    await context.route(`**${STATIC}`, (route) => route.fulfill({ contentType: "text/html", body: STATIC_BODY }));
    const script = await build({
      entryPoints: ["bench/web/vitals.browser.ts"],
      bundle: true,
      write: false,
      format: "iife",
    });
    await context.addInitScript({ content: script.outputFiles[0]?.text ?? "" });
    const reply = await context.request.post(`${origin}/api/session/password`, { data, headers: { origin } });
    if (!reply.ok()) throw new Error(`Signing in failed: HTTP ${reply.status()}`);
    const page = await context.newPage();
    return new WebVisitor(context, page, await context.newCDPSession(page), origin);
  }

  /** The nominal rate at which the fixed loop takes `SLOW_DOWN` times as long. */
  async calibrate(): Promise<number> {
    const full = await this.loop();
    await this.slowDown(SLOW_DOWN);
    const slow = await this.loop();
    await this.slowDown(1);
    return Math.min(20, (SLOW_DOWN * SLOW_DOWN) / (slow / full));
  }

  /** Slows the page's CPU down by a nominal rate; 1 is full speed. */
  async slowDown(rate: number): Promise<void> {
    await this.devtools.send("Emulation.setCPUThrottlingRate", { rate });
  }

  /** Opens a page and waits until as many elements as `count` match. */
  async open(path: string, selector: string, count = 1): Promise<Visit> {
    let requests = 0;
    const counted = (request: { url: () => string }): void => {
      if (new URL(request.url()).pathname.startsWith("/api/")) requests += 1;
    };
    this.page.on("request", counted);
    await this.page.goto(this.origin + path, { waitUntil: "commit" });
    await this.page
      .locator(selector)
      .nth(count - 1)
      .waitFor();
    const wholeMs = await this.page.evaluate<number>("vitals.sinceStart()");
    await this.page.waitForLoadState("networkidle"); // what comes late shifts the page as well
    this.page.off("request", counted);
    return { ...(await this.page.evaluate<Vitals>("vitals.read()")), wholeMs, requests };
  }

  openStatic(): Promise<Visit> {
    return this.open(STATIC, "h1");
  }

  /** The fixed loop's time now, in ms. */
  async loop(): Promise<number> {
    await this.page.goto(this.origin + STATIC);
    const times: number[] = [];
    for (let turn = 0; turn < LOOPS; turn += 1) times.push(await this.page.evaluate<number>("vitals.loop()"));
    return median(times);
  }

  /** Does something on the page that is open. */
  use<Value>(run: (page: Page) => Promise<Value>): Promise<Value> {
    return run(this.page);
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
