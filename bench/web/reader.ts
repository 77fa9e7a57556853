import { join } from "node:path";
import { buildWeb, readerSize } from "../../scripts/build-web";
import { READER_LIMIT } from "../../scripts/reader-limit";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openBrowser } from "../phone/phone";
import { openProduct, reportId } from "../product";
import { median, rounded } from "../statistics";
import { WebVisitor, type Visit } from "./visitor";

const ROUNDS = 5;
const LARGEST_MS = 1_500;
const LARGEST_SHIFT = 0.01;
const PATH = `/r/${reportId}`;
const CHART = ".chart-canvas[data-drawn=true] canvas";
const PERSON = { login: "linyue", password: "dingboard-demo" };
const NARROW = { width: 375, height: 667 };

function shown(name: string, value: number, unit: string): Figure {
  return { name: `reader: ${name}`, value: rounded(value), unit, bound: null, ok: true };
}

function bounded(name: string, value: number, unit: string, bound: number): Figure {
  return { name: `reader: ${name}`, value, unit, bound, ok: value <= bound };
}

async function weigh(): Promise<Figure[]> {
  await buildWeb(process.cwd());
  const { gzip, brotli } = readerSize(join(process.cwd(), "dist/web"));
  return [
    bounded("scripts of the first load, gzip", gzip, "bytes", READER_LIMIT),
    bounded("scripts of the first load, Brotli", brotli, "bytes", READER_LIMIT),
  ];
}

interface Round {
  bare: Visit;
  first: Visit;
  again: Visit;
  /** How much slower the fixed loop was. */
  factor: number;
}

async function measure(come: () => Promise<WebVisitor>): Promise<Round> {
  const visitor = await come();
  const rate = await visitor.calibrate();
  const full = await visitor.loop();
  await visitor.slowDown(rate);
  const factor = (await visitor.loop()) / full;
  const bare = await visitor.openStatic();
  const first = await visitor.open(PATH, CHART);
  const again = await visitor.open(PATH, CHART);
  await visitor.leave();
  return { bare, first, again, factor };
}

function speeds(rounds: Round[]): Figure[] {
  const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
  const largest = Math.round(middle(({ first }) => first.largestMs));
  return [
    shown(
      "slowed down, by a fixed loop",
      middle(({ factor }) => factor),
      "x",
    ),
    bounded("slowed down, first visit: largest contentful paint", largest, "ms", LARGEST_MS),
    shown(
      "slowed down, first visit: against a bare page",
      middle(({ first, bare }) => first.largestMs / bare.largestMs),
      "x",
    ),
    shown(
      "slowed down: baseline, the bare page",
      middle(({ bare }) => bare.largestMs),
      "ms",
    ),
    shown(
      "slowed down, first visit: first chart drawn",
      middle(({ first }) => first.wholeMs),
      "ms",
    ),
    shown(
      "slowed down, scripts cached: largest contentful paint",
      middle(({ again }) => again.largestMs),
      "ms",
    ),
    shown(
      "slowed down, scripts cached: first chart drawn",
      middle(({ again }) => again.wholeMs),
      "ms",
    ),
  ];
}

/** Opens a report in a browser whose session runs: what travels, how often it is asked, and when it is seen. */
export async function benchReader(cleanup: Cleanup): Promise<Figure[]> {
  const weights = await weigh();
  const product = await openProduct(cleanup);
  const origin = `http://localhost:${new URL(product.server.url).port}`;
  const browser = await openBrowser(cleanup);
  const come = (viewport?: typeof NARROW): Promise<WebVisitor> => WebVisitor.come(browser, origin, PERSON, viewport);
  const phone = await come(NARROW);
  const narrow = await phone.open(PATH, CHART);
  await phone.leave();
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(come));
  const visits = rounds.flatMap(({ first, again }) => [first, again]);
  return [
    ...weights,
    bounded("requests for the first screen", Math.max(...visits.map(({ requests }) => requests)), "requests", 1),
    bounded("layout shift, 1280 px wide", Math.max(...visits.map(({ shift }) => shift)), "", LARGEST_SHIFT),
    bounded("layout shift, 375 px wide", narrow.shift, "", LARGEST_SHIFT),
    ...speeds(rounds),
  ];
}
