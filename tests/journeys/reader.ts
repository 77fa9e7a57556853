import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { CardData } from "../../core/contract/report/query";
import type { ReportView } from "../../core/contract/report/report";
import { chromePath } from "../../desk/automator/browser";
import { DEMO_PASSWORD } from "../../scripts/demo";
import { startProduct, type Product, type ProductOptions } from "./product";

/** A system browser, and the server with the demo enterprises that its pages come from. */
export interface ReaderBrowser {
  product: Product;
  /** The server as it knows itself; browsers treat it as secure. */
  origin: string;
  /** A window without a session. What its page itself reports as an error fails the test. */
  newPage(options?: BrowserContextOptions): Promise<Page>;
  /** A person's window, signed in, at a page. */
  visit(path: string, options?: BrowserContextOptions, login?: string): Promise<Page>;
  stop(): Promise<void>;
}

/** Starts the product and a browser. Needs the built web pages. */
export async function startReader(options: ProductOptions = {}): Promise<ReaderBrowser> {
  if (!existsSync(resolve("dist/web"))) throw new Error("The web pages are not built: npm run build");
  const product = await startProduct(options);
  const browser: Browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  const origin = `http://localhost:${new URL(product.server.url).port}`;
  const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => {
      throw error;
    });
    return page;
  };
  return {
    product,
    origin,
    newPage,
    visit: async (path, options = {}, login = "linyue") => {
      const page = await newPage(options);
      const reply = await page.request.post(`${origin}/api/session/password`, {
        data: { login, password: DEMO_PASSWORD },
        headers: { origin },
      });
      expect(reply.status()).toBe(200);
      await page.goto(`${origin}${path}`);
      return page;
    },
    stop: async () => {
      await browser.close();
      await product.stop();
    },
  };
}

/** What the server answers this person's browser for a report. */
export async function viewOf(page: Page, reportId: string): Promise<ReportView> {
  const { origin } = new URL(page.url());
  return (await (await page.request.get(`${origin}/api/reports/${reportId}/view`)).json()) as ReportView;
}

/** A card that the server answered; fails where it has no data. */
export function readyCard(
  view: Pick<ReportView, "cards">,
  id: string,
): { data: CardData; trend?: CardData | undefined } {
  const card = view.cards[id];
  if (card?.state !== "ready") throw new Error(`The card ${id} has no data.`);
  return card;
}

/** The selector of a card. */
export const card = (id: string): string => `#card-${id}`;

/** Opens a card's menu and clicks an item. */
export async function chooseInMenu(page: Page, id: string, item: string): Promise<void> {
  await page.locator(`${card(id)} .card-more`).click();
  await page.getByRole("menuitem", { name: item }).click();
}
