import type { ControlClient } from "../../desk/open-platform/control/client";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import type { Opening } from "./first-chart.browser";
import { costOf, type Cost } from "./opening";
import { openBrowser, Phone, type Loops } from "./phone";
import { openProduct, READER, reportId } from "../product";
import { median, rounded } from "../statistics";

const REPORT = { page: "pages/report/report", query: `id=${reportId}` };
const ROUNDS = 7;
const NOMINAL_SLOW_DOWN = 4;
const MOST_SETDATA = 10;
const LARGEST_SETDATA = 50 * 1024;

interface Counted {
  cost: Cost;
  dingTalkCalls: number;
}

async function count(control: ControlClient, open: () => Promise<Opening>): Promise<Counted> {
  await control.clearCalls({});
  const cost = costOf(await open());
  const { calls } = await control.calls({});
  return { cost, dingTalkCalls: calls.length };
}

function shown(name: string, value: number, unit: string): Figure {
  return { name: `first-chart: ${name}`, value: rounded(value), unit, bound: null, ok: true };
}

function bounded(name: string, value: number, unit: string, bound: number): Figure {
  return { name: `first-chart: ${name}`, value, unit, bound, ok: value <= bound };
}

function counts(way: string, { cost, dingTalkCalls }: Counted): Figure[] {
  return [
    shown(`${way}: HTTP requests`, cost.requests, "requests"),
    shown(`${way}: DingTalk calls`, dingTalkCalls, "calls"),
    bounded(`${way}: setData`, cost.setDataCount, "messages", MOST_SETDATA),
    bounded(`${way}: largest setData`, cost.largestSetData, "bytes", LARGEST_SETDATA),
    shown(`${way}: all setData`, cost.setDataBytes, "bytes"),
    shown(`${way}: all that crossed to the page`, cost.allBytes, "bytes"),
  ];
}

interface Speed {
  cost: Cost;
  loops: Loops;
}

async function measure(phone: Phone, rate: number): Promise<Speed> {
  await phone.slowDown(rate);
  const loops = await phone.loops();
  return { loops, cost: costOf(await phone.open(READER.who, REPORT)) };
}

/** Full speed and slowed down in turn, so that a busy machine slows both. */
async function measureSpeeds(phone: Phone): Promise<{ full: Speed[]; slow: Speed[] }> {
  const full: Speed[] = [];
  const slow: Speed[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    full.push(await measure(phone, 1));
    slow.push(await measure(phone, NOMINAL_SLOW_DOWN));
  }
  return { full, slow };
}

function speeds({ full, slow }: { full: Speed[]; slow: Speed[] }): Figure[] {
  const middle = (rounds: Speed[], pick: (speed: Speed) => number): number => median(rounds.map(pick));
  const factor = (pick: (speed: Speed) => number): number => middle(slow, pick) / middle(full, pick);
  const times = (rounds: Speed[], way: string): Figure[] => [
    shown(`warm, ${way}: time to the first chart`, Math.round(middle(rounds, ({ cost }) => cost.firstChartMs)), "ms"),
    shown(
      `warm, ${way}: baseline, the page without data`,
      Math.round(middle(rounds, ({ cost }) => cost.firstPageMs)),
      "ms",
    ),
    shown(
      `warm, ${way}: against its baseline`,
      middle(rounds, ({ cost }) => cost.firstChartMs / cost.firstPageMs),
      "x",
    ),
  ];
  return [
    ...times(full, "full speed"),
    shown(
      "slowed down: the page, by a fixed loop",
      factor(({ loops }) => loops.pageMs),
      "x",
    ),
    shown(
      "slowed down: the worker, by a fixed loop",
      factor(({ loops }) => loops.workerMs),
      "x",
    ),
    ...times(slow, "slowed down"),
  ];
}

/**
 * What lies between the tap and the first chart: cold (nothing stored on the phone), from a link and from the list; warm
 * (an unexpired token) from a link.
 */
export async function benchFirstChart(cleanup: Cleanup): Promise<Figure[]> {
  const product = await openProduct(cleanup);
  const { control, desk } = product;
  const browser = await openBrowser(cleanup);
  const phone = await Phone.take(browser, desk.addresses.desk);
  const cold = await count(control, () => phone.open(READER.who, REPORT));
  const warm = await count(control, () => phone.open(READER.who, REPORT));

  const other = await Phone.take(browser, desk.addresses.desk);
  const listed = await count(control, () => other.open(READER.who, { tap: ".report" }));
  await other.close();

  const [requests, ...rest] = counts("warm, from a link", warm);
  const oneRequest = requests && { ...requests, bound: 1, ok: requests.value === 1 };
  return [
    ...counts("cold, from a link", cold),
    ...counts("cold, from the list", listed),
    ...(oneRequest ? [oneRequest] : []),
    ...rest,
    ...speeds(await measureSpeeds(phone)),
  ];
}
