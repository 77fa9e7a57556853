import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { resolve } from "node:path";
import { type Headless, openHeadless } from "./automator/browser";
import { type Automator, startAutomator } from "./automator/endpoint";
import type { DeskConfig } from "./config";
import type { ClientBridge } from "./runtime/bridge";
import { createPhone, type Phone } from "./runtime/server/phone";

/** A mini program to show, or null where none was built. */
export async function createDeskPhone(
  config: DeskConfig,
  bridge: ClientBridge,
  log: (line: string) => void,
): Promise<Phone | null> {
  const project = resolve(config.rootDir, config.miniProgramDir);
  if (!existsSync(resolve(project, "app.json"))) {
    log(`There is no mini program in ${project}: npm run build:mini-program`);
    return null;
  }
  const runtime = resolve(config.rootDir, "desk/runtime");
  const domains = { trustedDomains: config.trustedDomains, webViewDomains: webViewDomains(config) };
  const product = config.productUrl === null ? {} : { product: config.productUrl };
  return createPhone({
    project,
    runtime,
    ...domains,
    ...product,
    bridge,
    mount: "/phone",
    canvasProfile: "documented",
    strict: config.strict,
    log,
  });
}

/** Where the product's pages may be shown, so may be those that the PC client brings. */
function webViewDomains({ webViewDomains: listed, productUrl }: DeskConfig): string[] {
  const own = productUrl !== null && listed.includes(new URL(productUrl).host);
  return own ? [...listed, "webview.localhost:*"] : listed;
}

const MISSING = `<!doctype html><meta charset="utf-8"><title>No mini program</title>
<style>body{margin:0;display:grid;place-content:center;height:100vh;text-align:center;font:14px/1.7 system-ui,"Noto Sans CJK SC",sans-serif;color:#6b7280}code{color:#1f2329}</style>
<p>小程序尚未构建 · The mini program is not built<br><code>npm run build:mini-program</code>`;

/** Stands in for the phone while no mini program is built; false for addresses that are not the phone's. */
export function answerWithoutPhone(request: IncomingMessage, response: ServerResponse): boolean {
  if (!(request.url ?? "").startsWith("/phone/")) return false;
  response.writeHead(503, { "content-type": "text/html; charset=utf-8" });
  response.end(MISSING);
  return true;
}

/** What the phone is opened with, besides who holds it. */
export interface PhoneLaunch {
  /** Page of the mini program; its home page when absent. */
  page?: string;
  query?: Record<string, string>;
  language?: "zh-CN" | "en-US";
  platform?: "iOS" | "Android" | "Windows";
}

/** A phone in a browser without a window, driven by the automator. */
export interface HeadlessPhone {
  automator: Automator;
  /** Gives the phone to that person and opens the mini program anew; starts the browser the first time. */
  open(who: string, launch?: PhoneLaunch): Promise<void>;
  close(): Promise<void>;
}

const SCREEN = { width: 375, height: 667, dpr: 2 } as const;

/** Starts the automator endpoint over the phone that the desk serves at `deskUrl`. */
export async function startHeadlessPhone(
  config: DeskConfig,
  phone: Phone,
  deskUrl: string,
  log: (line: string) => void,
): Promise<HeadlessPhone> {
  let browser: Headless | null = null;
  const automator = await startAutomator({
    port: config.automatorPort,
    token: config.token,
    phone: phone.automator,
    screenshot: () => {
      if (!browser) throw new Error("No browser of the desk shows the phone: start it with HEADLESS=1.");
      return browser.screenshot();
    },
    log,
  });
  return {
    automator,
    async open(who, launch = {}) {
      const url = phoneUrl(deskUrl, who, launch);
      const language = launch.language ?? "zh-CN";
      if (browser) await browser.open(url);
      else
        browser = await openHeadless(url, {
          ...SCREEN,
          language,
          reducedMotion: true,
          chromePath: config.chromePath,
          log,
        });
    },
    async close() {
      await automator.close();
      await browser?.close();
    },
  };
}

function phoneUrl(deskUrl: string, who: string, { page, query, language, platform }: PhoneLaunch): string {
  const url = new URL("phone/", deskUrl);
  const given = { who, page, lang: language ?? "zh-CN", platform };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) url.searchParams.set(name, value);
  if (query) url.searchParams.set("query", new URLSearchParams(query).toString());
  return url.href;
}
