import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { driveProgram, type DrivenProgram, type MiniPage, type MiniProgram } from "../mini-host.testing";
import { miniAntuiPages, writeMiniAntuiApp, type ConformancePage } from "./mini-antui";

jest.setTimeout(180_000);

const pages = miniAntuiPages();

let folder: string;
let driven: DrivenProgram;
let mini: MiniProgram;
const exceptions: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mini-antui-"));
  writeMiniAntuiApp(folder, resolve("node_modules/mini-antui"), pages);
  driven = await driveProgram(folder, process.env["CHROME_PATH"]);
  mini = driven.mini;
  mini.on("exception", (exception: { message: string }) => exceptions.push(exception.message));
});

afterAll(async () => {
  await driven?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function isShown(page: MiniPage, { selector, text }: ConformancePage): Promise<boolean> {
  if ((await page.$(selector)) === null) return false;
  if (text === "") return true;
  for (const view of await page.$$("view")) {
    // An element may be replaced while it is asked.
    if ((await view.text().catch(() => "")).includes(text)) return true;
  }
  return false;
}

/** Opens a page and waits until it shows what it must, at most ten seconds. */
async function renders(use: ConformancePage): Promise<boolean> {
  await mini.callWxMethod("reLaunch", { url: `/${use.page}` });
  const page = await mini.currentPage();
  const deadline = Date.now() + 10_000;
  while (page && Date.now() < deadline) {
    if (await isShown(page, use)) return true;
    await new Promise((done) => setTimeout(done, 20));
  }
  return false;
}

it("renders each of the 37 unmodified components", async () => {
  const missing: string[] = [];
  for (const use of pages) if (!(await renders(use))) missing.push(use.component);

  expect(pages).toHaveLength(37);
  expect(missing).toEqual([]);
});

it("meets no exception in them", () => {
  expect(exceptions).toEqual([]);
});
