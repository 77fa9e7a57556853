import type { BrowserContext, FrameLocator, Page } from "playwright-core";

/** The page on the desk where one person's PC stands. */
export interface Computer {
  page: Page;
  /** What is shown in the Workbench's newest tab: a web page, or the page in a mini program's web-view. */
  tab: FrameLocator;
  webView: FrameLocator;
  /** What the system browser shows. */
  browser: FrameLocator;
  /** Addresses of the requests for a hand-off so far. */
  handOffs: string[];
  openWebApp(): Promise<void>;
  openMiniProgram(): Promise<void>;
  /** Sends a link into a chat and opens it from there. */
  openFromChat(link: string): Promise<void>;
  /** What the client's side panel shows. */
  panel: FrameLocator;
  /** Turns the client's own switch: all pages of Workbench apps open inside. */
  keepInside(kept: boolean): Promise<void>;
  /** Types an address into the system browser. */
  browse(address: string): Promise<void>;
  /** The browser's address bar. */
  address(): Promise<string>;
  /** Fails the test on what pages reported as errors. */
  faults: string[];
}

/** Sits a person down at the PC in a context: no cookies, no storage, the client's switch off. */
export async function sitDown(context: BrowserContext, deskUrl: string, who: string): Promise<Computer> {
  const page = await context.newPage();
  page.setDefaultTimeout(45_000); // this machine may have much else to do
  const faults: string[] = [];
  const handOffs: string[] = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === "/api/hand-off")
      handOffs.push(request.url());
  });
  await page.goto(`${deskUrl}pc#${who}`);
  const raise = (name: "dingtalk" | "browser") => page.click(`[data-window=${name}]`);
  const fromWorkbench = async (name: string): Promise<void> => {
    await raise("dingtalk");
    await page.click("[data-rail=workbench]");
    await page.click(`[data-app=${name}]`);
  };
  return {
    page,
    tab: page.frameLocator(".client-page:not([hidden]) iframe"),
    webView: page.frameLocator(".client-page:not([hidden]) iframe[title=Dingboard]").frameLocator("web-view iframe"),
    browser: page.frameLocator(".browser-body iframe"),
    handOffs,
    faults,
    openWebApp: () => fromWorkbench("web-app"),
    openMiniProgram: () => fromWorkbench("mini-program"),
    panel: page.frameLocator(".side-panel iframe"),
    async openFromChat(link) {
      await raise("dingtalk");
      await page.click("[data-rail=chat]");
      await page.fill(".chat input", link);
      await page.press(".chat input", "Enter");
      await page.click(".chat li:last-child button");
    },
    async keepInside(kept) {
      await raise("dingtalk");
      await page.click(".rail-end");
      const setting = page.getByRole("switch");
      if ((await setting.getAttribute("aria-checked")) !== String(kept)) await setting.click();
      await page.click(".rail-end");
    },
    async browse(address) {
      await raise("browser");
      await page.fill(".address", address);
      await page.press(".address", "Enter");
    },
    address: () => page.inputValue(".address"),
  };
}
