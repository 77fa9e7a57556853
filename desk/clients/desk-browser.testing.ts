import { type Browser, chromium } from "playwright-core";
import { chromePath } from "../automator/browser";
import { loadDeskConfig } from "../config";
import { type RunningDesk, startDesk } from "../desk";

/** A desk over the example mini program, and a browser to look at it with. */
export interface DeskInBrowser {
  desk: RunningDesk;
  browser: Browser;
  close(): Promise<void>;
}

/** Starts both for a test file, on free ports. */
export async function startDeskInBrowser(): Promise<DeskInBrowser> {
  const config = loadDeskConfig({
    ...{ DESK_PORT: "0", DESK_TOKEN: "a-desk-token-for-tests", MINI_PROGRAM_DIR: "desk/runtime/example" },
    ...{ TRUSTED_DOMAINS: "bi.example.com", WEB_VIEW_DOMAINS: "pages.example.com" },
  });
  const desk = await startDesk(config, () => undefined);
  const browser = await chromium.launch({
    executablePath: chromePath(config.chromePath),
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--host-resolver-rules=MAP evil.example 127.0.0.1"],
  });
  return {
    desk,
    browser,
    async close() {
      await browser.close();
      await desk.close();
    },
  };
}
