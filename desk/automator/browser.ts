import { existsSync } from "node:fs";
import { type BrowserContext, chromium } from "playwright-core";

/** How the phone's screen is shown. */
export interface HeadlessOptions {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels for each CSS pixel. */
  dpr: number;
  language: "zh-CN" | "en-US";
  reducedMotion: boolean;
  /** Chrome or Chromium to run; looked for in the usual places where none is given. */
  chromePath: string | null;
  /** Hears faults of the page itself (not what a mini program logs), one each. */
  log?: (line: string) => void;
}

/** A browser of ours that shows one address. */
export interface Headless {
  /** A PNG of the screen. */
  screenshot(): Promise<Buffer>;
  /** Loads another address in the same browser. */
  open(url: string): Promise<void>;
  close(): Promise<void>;
}

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const FLAGS = [
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--force-color-profile=srgb",
];

/** The process that starts the browser ends it; playwright would end that process itself. */
const SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/** Chrome or Chromium to run: the one given, else from the usual places. Throws when there is none. */
export function chromePath(given: string | null): string {
  const found = given ?? PLACES.find((path) => existsSync(path));
  if (found === undefined) throw new Error("Chrome or Chromium was not found; set CHROME_PATH to its executable.");
  return found;
}

/** Only DingTalk's client can load this; a page inside a web-view includes it. https://open.dingtalk.com/document/development/mini-app-web-view */
const WEB_VIEW_SCRIPT = "https://appx/web-view.min.js";

/** Has pages inside web-views get DingTalk's own script from the phone at that address. */
export async function serveWebViewScript(context: BrowserContext, phoneUrl: string): Promise<void> {
  const own = new URL("__host/web-view.js", phoneUrl).href;
  await context.route(WEB_VIEW_SCRIPT, async (route) => route.fulfill({ response: await route.fetch({ url: own }) }));
}

/** Starts Chromium without a window on an address. Root has no sandbox to give it. */
export async function openHeadless(url: string, options: HeadlessOptions): Promise<Headless> {
  const executablePath = chromePath(options.chromePath);
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath, args: FLAGS, chromiumSandbox: !isRoot, ...SIGNALS });
  try {
    const context = await browser.newContext({
      viewport: { width: options.width, height: options.height },
      deviceScaleFactor: options.dpr,
      locale: options.language,
      reducedMotion: options.reducedMotion ? "reduce" : "no-preference",
      hasTouch: true,
    });
    await serveWebViewScript(context, url);
    const page = await context.newPage();
    page.on("pageerror", (error) => options.log?.(error.stack ?? error.message));
    await page.goto(url);
    return {
      screenshot: () => page.screenshot({ type: "png" }),
      open: (next) => page.goto(next).then(() => undefined),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
