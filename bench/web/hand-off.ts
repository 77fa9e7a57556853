import type { Browser } from "playwright-core";
import { CorpId } from "../../core/contract/id";
import { buildWeb } from "../../scripts/build-web";
import { sitDown, type Computer } from "../../tests/journeys/computer";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openBrowser } from "../phone/phone";
import { openProduct, READER, reportId } from "../product";
import { median } from "../statistics";

const ROUNDS = 5;
const LONGEST_MS = 2_000;
const REPORT = `/r/${reportId}`;
const BARE = "/bench-static";

/** The app's address on PC leads to one report, as an administrator can set it. */
async function wantReport({ page }: Computer): Promise<void> {
  page.setDefaultTimeout(60_000); // a bench is late, not broken, on a busy machine
  await page.route(/\/__desk\/enter\?/, async (route) => {
    const url = new URL(route.request().url());
    const to = url.searchParams.get("to") ?? "";
    if (!/^\/pc\?corpId=[^&]*$/.test(to)) return route.continue(); // untouched, the fragment stays as well
    url.searchParams.set("to", `${to}&target=${encodeURIComponent(REPORT)}`);
    return route.continue({ url: url.href });
  });
}

/** From one click in the Workbench until the browser shows the report, signed in. */
async function click(computer: Computer): Promise<number> {
  const { page, browser } = computer;
  await page.click("[data-window=dingtalk]");
  await page.click(".rail-item.here");
  const started = performance.now();
  await page.click("[data-app=web-app]");
  await Promise.all([
    browser.getByRole("heading", { level: 1, name: "经营总览" }).waitFor(),
    browser.getByRole("button", { name: /林悦/ }).waitFor(),
    browser.locator(".chart-canvas[data-drawn=true] canvas").first().waitFor(),
  ]);
  return performance.now() - started;
}

/** A page without any script of ours, in another tab. */
async function openBare({ page }: Computer, deskUrl: string): Promise<number> {
  const tab = await page.context().newPage();
  await tab.route(`**${BARE}`, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><h1>Bare" }));
  const started = performance.now();
  await tab.goto(new URL(BARE, deskUrl).href);
  await tab.getByRole("heading", { name: "Bare" }).waitFor();
  const took = performance.now() - started;
  await tab.close();
  return took;
}

interface Round {
  first: number;
  again: number;
  bare: number;
}

async function measure(browser: Browser, deskUrl: string): Promise<Round> {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
  const computer = await sitDown(context, deskUrl, READER.who);
  await wantReport(computer);
  const first = await click(computer);
  const bare = await openBare(computer, deskUrl);
  await computer.page.reload(); // windows close, sessions stay
  const again = await click(computer);
  await context.close();
  return { first, again, bare };
}

function figures(rounds: Round[]): Figure[] {
  const middle = (pick: (round: Round) => number): number => Math.round(median(rounds.map(pick)));
  const timed = (name: string, value: number): Figure => {
    return { name: `hand-off: ${name}`, value, unit: "ms", bound: LONGEST_MS, ok: value < LONGEST_MS };
  };
  const bare = middle((round) => round.bare);
  return [
    timed(
      "one click to the report, nobody signed in before",
      middle(({ first }) => first),
    ),
    timed(
      "one click to the report, again",
      middle(({ again }) => again),
    ),
    { name: "hand-off: baseline, a bare page in a tab", value: bare, unit: "ms", bound: null, ok: true },
  ];
}

/** One click in the Workbench of the desk, with the enterprise's setting on the browser. */
export async function benchHandOff(cleanup: Cleanup): Promise<Figure[]> {
  await buildWeb(process.cwd());
  const product = await openProduct(cleanup);
  const { desk, server } = product;
  const organisation = desk.standIn.platform.directory.person(READER.who)?.organisation;
  await server.domain.enterprises.openOnPc(CorpId.parse(organisation?.corpId), "browser");
  const browser = await openBrowser(cleanup);
  await measure(browser, desk.addresses.desk); // the server's and the engine's first time is another bench's
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(browser, desk.addresses.desk));
  return figures(rounds);
}
