import type { Page } from "playwright-core";
import type { ReportSpec, ReportView } from "../../core/contract/report/report";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openBrowser } from "../phone/phone";
import { openProduct, reportId } from "../product";
import { median, percentile, rounded } from "../statistics";
import { WebVisitor } from "./visitor";

const PERSON = { login: "linyue", password: "dingboard-demo" };
const CARDS = 40;
const ROUNDS = 5;
const STEPS = 120;
const OPEN_MS = 2_000;
const PREVIEW_MS = 300;
/** A frame at 60 a second, as Chromium's clock rounds it. */
const FRAME_MS = 16.8;
const SAVE_BYTES = 20 * 1024;
const FRAME = ".frame-grab";
const FIELD = ".panel-fields .field-button[aria-pressed=false]";
const UNDO = "button[title*='Ctrl+Z']";
const BUSY = ".canvas .card-busy, .canvas .bone-fill";

function bounded(name: string, value: number, unit: string, bound: number): Figure {
  return { name: `editor: ${name}`, value: rounded(value), unit, bound, ok: value <= bound };
}

/** A report of forty cards, over and over those of the demo's first one. */
async function makeReport(page: Page, origin: string): Promise<string> {
  const view = (await (await page.request.get(`${origin}/api/reports/${reportId}/view`)).json()) as ReportView;
  const known = Object.values(view.spec.elements);
  const ids = Array.from({ length: CARDS }, (_, index) => `card-${index}`);
  const spec = {
    version: 1,
    title: "Forty cards",
    pages: [
      {
        id: "main",
        title: "",
        layout: ids.map((element, index) => ({
          element,
          x: (index % 4) * 9,
          y: Math.floor(index / 4) * 7,
          w: 9,
          h: 7,
        })),
        mobile: { mode: "auto" },
      },
    ],
    elements: Object.fromEntries(ids.map((id, index) => [id, known[index % known.length]])) as ReportSpec["elements"],
    filters: [],
  };
  const data = { title: spec.title, from: { kind: "spec", spec } };
  const reply = await page.request.post(`${origin}/api/reports`, { data, headers: { origin } });
  if (!reply.ok()) throw new Error(`Making the report failed: HTTP ${reply.status()}`);
  return ((await reply.json()) as { reportId: string }).reportId;
}

/** Until the last card stands. The page's connections stay open: waiting for them to end would take for ever. */
async function open(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  await page
    .locator(FRAME)
    .nth(CARDS - 1)
    .waitFor();
  return page.evaluate<number>("vitals.sinceStart()");
}

/** How long each frame took while a card was dragged over the others, in ms. */
async function frames(page: Page): Promise<number[]> {
  const box = await page.locator(FRAME).nth(1).boundingBox();
  if (!box) throw new Error("The card is not on the page.");
  const [x, y] = [box.x + 40, box.y + 40];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 10);
  await page.evaluate("vitals.watchFrames()");
  for (let step = 0; step < STEPS; step += 1) await page.mouse.move(x + step, y + step * 3);
  const seen = await page.evaluate<number[]>("vitals.frames()");
  await page.mouse.up();
  return seen.slice(1);
}

/** Bytes of the save that follows a change. */
async function saved(page: Page, change: () => Promise<void>): Promise<number> {
  const save = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/draft"));
  await change();
  return (await save).postDataBuffer()?.length ?? Number.NaN;
}

/** From a field that is put into the open card a second time until the preview is drawn: its answer is known. */
async function putField(page: Page): Promise<number> {
  const until = (press: string): Promise<number> =>
    page.evaluate<number>(`vitals.until(${JSON.stringify(press)}, ${JSON.stringify(BUSY)})`);
  await until(FIELD);
  await until(UNDO);
  return until(FIELD);
}

/** Opens the editor of a report of forty cards, drags one of them, puts a field into another, and weighs what is saved. */
export async function benchEditor(cleanup: Cleanup): Promise<Figure[]> {
  const product = await openProduct(cleanup);
  const origin = `http://localhost:${new URL(product.server.url).port}`;
  const browser = await openBrowser(cleanup);
  const first = await WebVisitor.come(browser, origin, PERSON);
  const path = `/r/${await first.use((page) => makeReport(page, origin))}/edit`;
  await first.leave();
  const opened: number[] = [];
  const dragged: number[] = [];
  const previews: number[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const visitor = await WebVisitor.come(browser, origin, PERSON);
    const rate = await visitor.calibrate();
    await visitor.slowDown(rate);
    opened.push(await visitor.use((page) => open(page, origin + path)));
    await visitor.use((page) => page.evaluate(`vitals.gone(${JSON.stringify(BUSY)})`));
    await visitor.use((page) => page.locator(FRAME).nth(4).click());
    previews.push(await visitor.use(putField));
    await visitor.slowDown(1);
    await visitor.use((page) => page.keyboard.press("Escape"));
    bytes = Math.max(
      bytes,
      await visitor.use((page) => saved(page, async () => void dragged.push(...(await frames(page))))),
    );
    await visitor.leave();
  }
  return [
    bounded("slowed down, 40 cards: until the last one stands", median(opened), "ms", OPEN_MS),
    bounded("slowed down: a field put in -> its preview drawn, answers known", median(previews), "ms", PREVIEW_MS),
    bounded("full speed: a card dragged over 40, 95 % of frames", percentile(dragged, 95), "ms", FRAME_MS),
    bounded("one save", bytes, "bytes", SAVE_BYTES),
  ];
}
