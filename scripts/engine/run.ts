import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { LOGIC_SHADOWED } from "../../desk/runtime/compiled";
import { client, drawn } from "./client";

/*
 * Runs a built mini program with nothing but what DingTalk gives, in the engine that this file is run by: signs in, opens
 * the list and a report, and lets every chart draw. Meant for an engine as old as DingTalk's: `node run.js FOLDER`.
 */

type Plain = Record<string, unknown>;
type Method = (this: Plain, ...args: unknown[]) => unknown;
type Factory = (...given: unknown[]) => void;

const [, , folder = ""] = process.argv;
/** A context has the language's own objects and nothing of Node. */
const context = createContext({});
const modules: Record<string, { exports: unknown }> = {};
const pages: Record<string, Plain> = {};
const components: Record<string, Plain> = {};
let app: Plain = {};
let current = "";

const silent = (): void => undefined;
const GIVEN: Plain = {
  App: (options: Plain) => void (app = options),
  Page: (options: Plain) => void (pages[current] = options),
  Component: (options: Plain) => void (components[current] = options),
  getApp: () => app,
  getCurrentPages: () => [],
  dd: client,
  my: client,
  console: { log: silent, info: silent, warn: silent, error: silent, debug: silent },
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
};

function load(path: string): unknown {
  const known = modules[path];
  if (known) return known.exports;
  const module = (modules[path] = { exports: {} as unknown });
  const names = ["require", "module", "exports", ...Object.keys(GIVEN), ...LOGIC_SHADOWED];
  const code = `(function (${names.join(",")}) {"use strict";${readFileSync(join(folder, path), "utf8")}\n})`;
  const factory = runInContext(code, context, { filename: path }) as Factory;
  const require = (name: string): unknown => load(join(dirname(path), name));
  factory(require, module, module.exports, ...Object.keys(GIVEN).map((name) => GIVEN[name]));
  return module.exports;
}

function loadUnit(path: string): void {
  const json = JSON.parse(readFileSync(join(folder, `${path}.json`), "utf8")) as {
    usingComponents?: Record<string, string>;
  };
  for (const used of Object.values(json.usingComponents ?? {})) {
    const place = used.replace(/^\//, "");
    if (!(place in components)) loadUnit(place);
  }
  current = path;
  if (existsSync(join(folder, `${path}.js`))) load(`${path}.js`);
}

/** `a.b[0]` set where it leads. */
function set(data: Plain, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop() as string;
  (keys.reduce<Plain>((object, key) => object[key] as Plain, data) as Plain)[last] = value;
}

function instance(options: Plain, extra: Plain): Plain {
  const data = JSON.parse(JSON.stringify(options["data"] ?? {})) as Plain;
  const setData = (change: Plain): void => {
    const crossed = JSON.parse(JSON.stringify(change)) as Plain;
    for (const path of Object.keys(crossed)) set(data, path, crossed[path]);
  };
  return Object.assign({}, options, options["methods"], { data, setData }, extra);
}

function call(target: Plain, name: string, ...args: unknown[]): void {
  (target[name] as Method | undefined)?.call(target, ...args);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function openPage(path: string, query: Plain): Promise<Plain> {
  const page = instance(pages[path] as Plain, {});
  call(page, "onLoad", query);
  call(page, "onShow");
  await pause(20);
  return page["data"] as Plain;
}

async function mount(path: string, props: Plain, id: number): Promise<Plain> {
  const options = components[path] as Plain & { props?: Plain };
  const component = instance(options, { props: { ...options.props, ...props }, $id: id });
  call(component, "onInit");
  call(component, "didMount");
  await pause(60);
  return component;
}

function expectDrawn(canvas: string, least: number): number {
  const calls = drawn[canvas] ?? [];
  if (!calls.some(([name]) => name === "draw")) throw new Error(`${canvas} was not drawn.`);
  if (calls.length < least) throw new Error(`${canvas} was drawn with ${calls.length} calls only.`);
  return calls.length;
}

async function drawCharts(cards: Plain[]): Promise<number> {
  let total = 0;
  for (const [index, card] of cards.filter(({ kind }) => kind === "chart").entries()) {
    const component = await mount("components/chart-canvas/chart-canvas", card, index);
    total += expectDrawn(`chart-${index}`, 20);
    const at = { x: 120, y: 60 };
    (drawn[`chart-${index}`] as unknown[]).length = 0;
    call(component, "touchStart", { touches: [at] });
    call(component, "touchEnd", { changedTouches: [at] });
    await pause(60);
    total += expectDrawn(`chart-${index}`, 20);
    call(component, "didUnmount");
  }
  return total;
}

async function main(): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(folder, "app.json"), "utf8")) as { pages: string[] };
  load("app.js");
  manifest.pages.forEach(loadUnit);
  call(app, "onLaunch", { query: {} });

  const list = (await openPage("pages/reports/reports", {}))["list"] as Plain;
  if (list["kind"] !== "ready") throw new Error(`The list of reports is ${String(list["kind"])}.`);
  const screen = (await openPage("pages/report/report", { id: "r1" }))["screen"] as {
    kind: string;
    rows: { cards: Plain[] }[];
  };
  if (screen.kind !== "ready") throw new Error(`The report is ${screen.kind}.`);
  const cards = screen.rows.reduce<Plain[]>((all, row) => all.concat(row.cards), []);
  const drawing = await drawCharts(cards);

  await mount("components/spark-line/spark-line", { points: [1, null, 3], width: 100, height: 30 }, 99);
  expectDrawn("spark-99", 5);
  const { node, v8 } = process.versions;
  const count = Object.keys(modules).length;
  console.log(`Node ${node} (V8 ${v8}): ${count} files ran, ${cards.length} cards, ${drawing} canvas calls.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
