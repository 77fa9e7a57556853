import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import automator from "miniprogram-automator";
import { type Browser, chromium, type Page } from "playwright-core";
import { type MiniHost, startMiniHost } from "../runtime/mini-host";
import type { MiniProgram } from "../runtime/mini-host.testing";
import { chromePath, serveWebViewScript } from "./browser";
import { writeSampleProgram } from "./sample-program.testing";

/** The sample mini program on a phone in a browser that the test itself looks into. */
export interface SamplePhone {
  /** Folder of the mini program. */
  folder: string;
  host: MiniHost;
  /** The page that shows the phone. */
  page: Page;
  /** What the host told, line by line. */
  lines: string[];
  /** Loads the phone's address with that query; returns an automator that drives it. */
  open(search: string): Promise<MiniProgram>;
  close(): Promise<void>;
}

/** Starts it. `chrome` is the browser to run, null for the usual one; web-views may show the same domains. */
export async function startSamplePhone(chrome: string | null, trustedDomains: string[]): Promise<SamplePhone> {
  const folder = await mkdtemp(join(tmpdir(), "sample-"));
  await writeSampleProgram(folder);
  const lines: string[] = [];
  const host = await startMiniHost({
    project: folder,
    runtime: resolve("desk/runtime"),
    port: 0,
    automatorPort: 0,
    headless: false,
    chromePath: null,
    trustedDomains,
    webViewDomains: trustedDomains,
    canvasProfile: "documented",
    strict: true,
    token: "a-token-of-this-test",
    log: (line) => lines.push(line),
  });
  const browser: Browser = await chromium.launch({
    executablePath: chromePath(chrome),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu"],
  });
  const context = await browser.newContext({ viewport: { width: 375, height: 667 }, reducedMotion: "reduce" });
  await serveWebViewScript(context, host.url);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  let mini: MiniProgram | null = null;

  return {
    folder,
    host,
    page,
    lines,
    async open(search) {
      mini?.disconnect();
      await page.goto(`${host.url}${search}`);
      await page.waitForSelector(".splash", { state: "detached" });
      mini = await automator.connect({ wsEndpoint: host.wsEndpoint });
      return mini;
    },
    async close() {
      mini?.disconnect();
      await browser.close();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
