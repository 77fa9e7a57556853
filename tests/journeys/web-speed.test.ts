import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromePath } from "../../desk/automator/browser";
import { demoReportId } from "../../scripts/demo";
import { READER_LIMIT } from "../../scripts/reader-limit";
import { startProduct, type Product } from "./product";

let product: Product;
let browser: Browser;
let origin: string;

const overview = demoReportId("yunling", "business-overview");

jest.setTimeout(60_000);
beforeAll(async () => {
  if (!existsSync(resolve("dist/web"))) throw new Error("The web pages are not built: npm run build");
  product = await startProduct();
  origin = `http://localhost:${new URL(product.server.url).port}`;
  browser = await chromium.launch({
    executablePath: chromePath(process.env["CHROME_PATH"] ?? null),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await product.stop();
});

/** A person's browser, signed in, on no page yet; `asked` fills with the paths of its requests to our interface. */
async function signedIn(): Promise<{ page: Page; asked: string[] }> {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  const data = { login: "linyue", password: "dingboard-demo" };
  const reply = await page.request.post(`${origin}/api/session/password`, { data, headers: { origin } });
  expect(reply.status()).toBe(200);
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(pathname);
  });
  return { page, asked };
}

const heading = (page: Page) => page.getByRole("heading", { level: 1, name: "经营总览" });

it("asks one thing of the server to open a report, whatever its link says", async () => {
  const { page, asked } = await signedIn();
  const view = `/api/reports/${overview}/view`;
  for (const query of [
    "",
    "?page=trend",
    `?q=${encodeURIComponent('{"filters":{"region":{"operator":"equals","values":["华东"]}}}')}`,
  ]) {
    asked.length = 0;
    await page.goto(`${origin}/r/${overview}${query}`);
    await heading(page).waitFor();
    await page.locator("canvas").first().waitFor();
    await page.waitForLoadState("networkidle");

    expect({ query, asked }).toEqual({ query, asked: [view] });
    expect(await page.getByRole("button", { name: /林悦/ }).count()).toBe(1);
  }
});

it("transfers a report once for as long as it stays the same, and keeps nothing of it after signing out", async () => {
  const { page } = await signedIn();
  const view = `/api/reports/${overview}/view?with=me`;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  const ours = new Set<string>();
  // The two events of a request come in either order.
  const codes = new Map<string, number>();
  const answered = (): number[] => [...ours].flatMap((id) => codes.get(id) ?? []);
  devtools.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url === origin + view) ours.add(requestId);
  });
  devtools.on("Network.responseReceivedExtraInfo", ({ requestId, statusCode }) => {
    codes.set(requestId, statusCode);
  });
  const kept = (): Promise<boolean> =>
    page.evaluate(
      (address) =>
        fetch(address, { cache: "only-if-cached", mode: "same-origin" }).then(
          ({ ok }) => ok,
          () => false,
        ),
      view,
    );
  for (let time = 0; time < 2; time += 1) {
    await page.goto(`${origin}/r/${overview}`);
    await heading(page).waitFor();
    await page.locator("canvas").first().waitFor();
  }
  for (let waited = 0; answered().length < 2 && waited < 50; waited += 1) await page.waitForTimeout(100);
  expect(answered()).toEqual([200, 304]);
  expect(await kept()).toBe(true);

  await page.getByRole("button", { name: /林悦/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByRole("heading", { name: "登录", exact: true }).waitFor();
  expect(await kept()).toBe(false);
});

it("fetches the scripts of a report side by side: none waits for another to name it", async () => {
  const { page } = await signedIn();
  const answer = await page.goto(`${origin}/r/${overview}`);
  await page.locator("canvas").first().waitFor();
  const named = answer?.headers()["link"] ?? "";
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith(".js")),
  );
  const html = (await answer?.text()) ?? "";

  expect(loaded.filter((path) => !named.includes(path) && !html.includes(path))).toEqual([]);
  expect(loaded.length).toBeGreaterThan(3);
});

it("keeps a report's first scripts within the limit with gzip too, for proxies that speak nothing else", async () => {
  const { page } = await signedIn();
  const scripts = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "script") scripts.add(request.url());
  });
  await page.goto(`${origin}/r/${overview}`);
  await page.locator("canvas").first().waitFor();
  let bytes = 0;
  for (const url of scripts) {
    const answer = await page.request.get(url, { headers: { "accept-encoding": "gzip" } });
    expect([answer.headers()["content-encoding"], answer.headers()["cache-control"]]).toEqual([
      "gzip",
      expect.stringContaining("immutable"),
    ]);
    bytes += Number(answer.headers()["content-length"]);
  }

  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(bytes).toBeLessThanOrEqual(READER_LIMIT);
});
