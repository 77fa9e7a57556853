import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromePath } from "../../automator/browser";
import { appOf } from "../compiler/project.testing";
import type { Json, JsonObject, Patch, ToLogic } from "../protocol";
import type { ComponentData } from "./stage.browser";

type Heard<Type extends ToLogic["type"]> = Extract<ToLogic, { type: Type }>;

/** A dot of pure red, 1 x 1. */
export const RED_DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";

/** What stands on the page of a test. */
export interface Scene {
  data?: JsonObject;
  /** More files of the mini program: styles, sjs, components. */
  files?: Record<string, string>;
  components?: ComponentData;
}

/** A view in a real browser, fed with compiled AXML. */
export interface Stage {
  page: Page;
  /** Shows AXML as the only page and waits until it is on the screen. */
  show(axml: string, scene?: Scene): Promise<void>;
  setData(patches: Patch[], componentId?: string): Promise<void>;
  /** What is to read on the page, white space as one space. */
  text(): Promise<string>;
  /** Markup inside `<page>`, as AXML. */
  markup(): Promise<string>;
  heard<Type extends ToLogic["type"]>(type: Type): Promise<Heard<Type>[]>;
  /** Handlers that ran, with their details, oldest first. */
  events(): Promise<{ handler: string; owner: string | null; event: JsonObject }[]>;
  /** The same, only handler and detail: what most tests compare. */
  details(): Promise<[string, Json | undefined][]>;
  /** A finger on an element. */
  tap(selector: string): Promise<void>;
  /** What was reported since the last time. */
  exceptions(): Promise<string[]>;
  close(): Promise<void>;
}

function serve(script: string): Promise<Server> {
  const page = `<!doctype html><html style="--rpx: 0.5px"><body style="margin:0"><div id="root" style="position:relative;width:375px;height:600px"></div><script src="/stage.js"></script></body></html>`;
  const server = createServer((request, response) => {
    const isScript = request.url === "/stage.js";
    const missing = !isScript && request.url !== "/";
    response.writeHead(missing ? 404 : 200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(missing ? "" : isScript ? script : page);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function openBrowser(given: string | undefined): Promise<Browser> {
  const executablePath = chromePath(given ?? null);
  return chromium.launch({ executablePath, args: ["--disable-gpu"], chromiumSandbox: process.getuid?.() !== 0 });
}

/** How to open a stage. */
export interface StageOptions {
  /** Where this file lies. */
  folder: string;
  /** Chromium; looked for in the usual places without it. */
  chromePath: string | undefined;
  /** Fingers on the screen instead of a mouse. */
  touch?: boolean;
}

/** Opens a browser for a test file. */
async function openStage({ folder, chromePath: given, touch = false }: StageOptions): Promise<Stage> {
  const entry = join(folder, "stage.browser.ts");
  const bundled = await build({ entryPoints: [entry], bundle: true, write: false, format: "iife", target: "es2022" });
  const server = await serve(bundled.outputFiles[0]?.text ?? "");
  const browser = await openBrowser(given);
  const context = await browser.newContext({ viewport: { width: 375, height: 600 }, hasTouch: touch });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.stack ?? error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

  const events: Stage["events"] = async () => {
    const all = await page.evaluate(() => window.stage.heard);
    return all
      .filter((message): message is Heard<"event"> => message.type === "event")
      .map(({ handler, owner, event }) => ({ handler, owner, event }));
  };

  return {
    page,
    async show(axml, scene = {}) {
      const app = await appOf({ ...scene.files, "pages/a/a.axml": axml });
      const given: unknown[] = [app, scene.data ?? {}, scene.components ?? {}];
      await page.evaluate((parts) => window.startStage(...(parts as Parameters<Window["startStage"]>)), given);
    },
    setData: (patches, componentId) =>
      page.evaluate(
        ([list, id]) => window.stage.setData(list as Patch[], id as string | undefined),
        [patches as unknown, componentId as unknown],
      ),
    text: async () => {
      const text = await page.evaluate(() => window.stage.view.pageElement("p1")?.page.innerText ?? "");
      return text.replace(/\s+/g, " ").trim();
    },
    markup: () =>
      page.evaluate(() => {
        const found = window.stage.view.pageElement("p1")?.page;
        return found ? window.stage.view.elements.markup(found, "inner") : "";
      }),
    heard: async <Type extends ToLogic["type"]>(type: Type) => {
      const all = await page.evaluate(() => window.stage.heard);
      return all.filter((message): message is Heard<Type> => message.type === type);
    },
    events,
    details: async () => (await events()).map(({ handler, event }) => [handler, event["detail"]]),
    tap: (selector) => page.locator(selector).tap({ force: true }),
    exceptions: async () => [...(await page.evaluate(() => window.stage.exceptions.splice(0))), ...broken.splice(0)],
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/**
 * One stage for all tests of a file, to be called at its top: opened before them, closed behind them, and after each nothing
 * may have been reported.
 */
export function useStage(options: StageOptions, prepare?: (stage: Stage) => Promise<void>): Stage {
  let opened: Stage | null = null;
  const stage = new Proxy({} as Stage, {
    get: (_target, name) => Reflect.get(opened ?? {}, name) as unknown,
  });
  beforeAll(async () => {
    opened = await openStage(options);
    await prepare?.(stage);
  }, 60_000);
  afterAll(() => opened?.close());
  afterEach(async () => {
    expect(await stage.exceptions()).toEqual([]);
  });
  return stage;
}
