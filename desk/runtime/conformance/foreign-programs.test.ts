import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { driveProgram, type DrivenProgram, type MiniPage, type MiniProgram } from "../mini-host.testing";

jest.setTimeout(60_000);

/** A program in the manner of those that other people wrote: each page is one kind of what they do. */
const FILES: Record<string, string> = {
  "app.json": JSON.stringify({
    pages: ["pages/faulty/faulty", "pages/style/style", "pages/props/props", "pages/calls/calls", "pages/old/old"],
  }),
  "app.js": "App({});",
  "pages/faulty/faulty.axml": "<view>{{a b}}</view>",
  "pages/faulty/faulty.js": "Page({});",
  "pages/style/style.json": '{ "usingComponents": { "box": "/components/box/box" } }',
  "pages/style/style.axml": '<view><view class="z page-one">p</view><box/></view>',
  "pages/style/style.acss": ".z { height: 100px; color: red; }",
  "pages/style/style.js": "Page({});",
  "components/box/box.json": '{ "component": true }',
  "components/box/box.axml": '<view class="z box-one">c</view>',
  "components/box/box.acss": ".z { height: 40px; color: blue; }",
  "components/box/box.js": "Component({});",
  "pages/props/props.json": '{ "usingComponents": { "named": "/components/named/named" } }',
  "pages/props/props.axml": '<named canvas-id="abc" some-value="{{n}}" as-is="kept" data-key="k"/>',
  "pages/props/props.js": "Page({ data: { n: 7 } });",
  "components/named/named.json": '{ "component": true }',
  "components/named/named.axml": '<view class="said">{{said}}</view>',
  "components/named/named.js":
    'Component({ props: { "as-is": "" }, data: { said: "" }, didMount() { this.setData({ said: JSON.stringify(this.props) }); } });',
  "pages/calls/calls.axml": '<view class="said">{{said}} {{text.toString().length}} {{list.slice(0, 2)}}</view>',
  "pages/calls/calls.js":
    'Page({ data: { said: "no", text: "four", list: [1, 2, 3] }, onLoad() { dd.setNavigationBar("title"); dd.hideShareMenu(); this.setData({ said: "yes" }); } });',
  "pages/old/old.axml": '<view class="said">{{said}}</view>',
  "pages/old/old.js": 'const old = require("old"); Page({ data: { said: old.said() } });',
  "node_modules/old/package.json": '{ "main": "main.js" }',
  "node_modules/old/main.js":
    'var root = Function("return this")(); leaked = root.Array; exports.said = function () { return [this === exports, leaked === Array, root.document === undefined].join(); };',
};

let folder: string;
let driven: DrivenProgram;
let mini: MiniProgram;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "foreign-"));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  driven = await driveProgram(folder, process.env["CHROME_PATH"]);
  mini = driven.mini;
});

afterAll(async () => {
  await driven?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(name: string, selector: string): Promise<MiniPage> {
  await mini.callWxMethod("reLaunch", { url: `/pages/${name}/${name}` });
  const page = await mini.currentPage();
  if (!page) throw new Error("No page is open");
  await page.waitFor(selector);
  return page;
}

async function said(name: string): Promise<string> {
  const page = await open(name, ".said");
  const element = await page.$(".said");
  return (await element?.text()) ?? "";
}

it("a page with a fault shows it with its place", async () => {
  const page = await open("faulty", ".a-fault");
  const box = await page.$(".a-fault");
  expect(await box?.text()).toContain("/pages/faulty/faulty.axml:1:");
});

it("the page's rule wins over its component's, in both", async () => {
  const page = await open("style", ".box-one");
  for (const selector of [".page-one", ".box-one"]) {
    const element = await page.$(selector);
    expect([await element?.style("height"), await element?.style("color")]).toEqual(["100px", "rgb(255, 0, 0)"]);
  }
});

it("a component's attributes with hyphens are camelCase props, and as written where it declares them so", async () => {
  await open("props", ".said");
  const page = await mini.currentPage();
  await page?.waitFor(async () => (await (await page.$(".said"))?.text()) !== "");
  const props = JSON.parse((await (await page?.$(".said"))?.text()) ?? "{}") as Record<string, unknown>;
  expect(props).toMatchObject({ canvasId: "abc", someValue: 7, asIs: "kept", "as-is": "kept", "data-key": "k" });
  expect(Object.keys(props)).not.toContain("canvas-id");
});

it("a wrong argument does not end onLoad, and templates call methods of values", async () => {
  await open("calls", ".said");
  const page = await mini.currentPage();
  await page?.waitFor(async () => ((await (await page.$(".said"))?.text()) ?? "").startsWith("yes"));
  expect(await said("calls")).toMatch(/^yes 4 1,2$/);
});

it("an old package is as sloppy as it was written, and finds the language's own names", async () => {
  expect(await said("old")).toBe("true,true,true");
});

it("tells an automator at once why nothing runs", async () => {
  writeFileSync(join(folder, "app.json"), "{}");
  const other = await driveProgram(folder, process.env["CHROME_PATH"]).catch((error: unknown) => error);
  try {
    const asked = (other as DrivenProgram).mini.currentPage();
    await expect(asked).rejects.toThrow(/app\.json:1:1 .*at least one page/);
  } finally {
    await (other as DrivenProgram).close();
  }
});
