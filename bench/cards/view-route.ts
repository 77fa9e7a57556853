import autocannon from "autocannon";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { ReportView } from "../../core/contract/report/report";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openFlightsServer } from "./flights-server";
import { median, rounded } from "../statistics";

const ROWS = 100_000;
const CONNECTIONS = 64;
const ROUNDS = 9;
const WARM_UP_SECONDS = 2;
const ROUND_SECONDS = 2;
/** A round ends with a sample: at one a second, as is usual, one that takes a little more than a second would take two. */
const SAMPLE_MS = 10;
const TIMEOUT_SECONDS = 60;

type Headers = Record<string, string>;

/** The view's answer as it is sent; throws unless every card has its data, since a failed one costs nothing. */
export async function readView(url: string, headers: Headers): Promise<Buffer> {
  const response = await fetch(url, { headers: { ...headers, "accept-encoding": "identity" } });
  const body = Buffer.from(await response.arrayBuffer());
  const { cards } = ReportView.parse(JSON.parse(body.toString("utf8")));
  const failed = Object.entries(cards).filter(([, card]) => card.state !== "ready");
  if (failed.length > 0) throw new Error(`Cards without data: ${JSON.stringify(failed)}`);
  return body;
}

/** Koa that answers those bytes and does nothing else. */
async function startBare(body: Buffer, cleanup: Cleanup): Promise<string> {
  const app = new Koa();
  app.use((ctx) => {
    ctx.type = "application/json; charset=utf-8";
    ctx.body = body;
  });
  const server: Server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanup.add(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

interface Round {
  perSecond: number;
  p99Ms: number;
}

type Length = { duration: number } | { amount: number };

/** Asks from a thread of its own, so that asking and answering do not share an event loop. */
async function ask(url: string, headers: Headers, length: Length): Promise<Round> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    timeout: TIMEOUT_SECONDS,
    workers: 1,
    sampleInt: SAMPLE_MS,
    headers,
    ...length,
  });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0 || result["2xx"] === 0) throw new Error(`${url}: ${bad} answers were no success, ${result["2xx"]} were.`);
  return { perSecond: result["2xx"] / result.duration, p99Ms: result.latency.p99 };
}

/**
 * A round asks a number of requests, found while warming up, and not for a time: what is under way when the time is up
 * would not count, and a slow route would seem slower still.
 */
async function sizeRound(url: string, headers: Headers): Promise<Length> {
  const { perSecond } = await ask(url, headers, { duration: WARM_UP_SECONDS });
  return { amount: Math.max(4 * CONNECTIONS, Math.round(perSecond * ROUND_SECONDS)) };
}

/**
 * How many views of a report the server answers in a second from its cache, with session, grant and row policy, beside a
 * bare Koa that sends the same bytes. Rounds take turns, and each is compared with the one beside it.
 */
export async function measureViewRoute(cleanup: Cleanup): Promise<Figure[]> {
  const { running, reportId, headers } = await openFlightsServer(cleanup, { rows: ROWS, policy: true });
  const viewUrl = `${running.url}/api/reports/${reportId}/view`;
  const body = await readView(viewUrl, headers);
  const bareUrl = await startBare(body, cleanup);

  const view: Round[] = [];
  const bare: Round[] = [];
  const sizes = [await sizeRound(viewUrl, headers), await sizeRound(bareUrl, headers)] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    view.push(await ask(viewUrl, headers, sizes[0]));
    bare.push(await ask(bareUrl, headers, sizes[1]));
  }
  const compared = (of: (one: Round, other: Round) => number): number =>
    median(view.map((one, index) => of(one, bare[index] ?? one)));
  const speed = compared((one, other) => one.perSecond / other.perSecond);
  const tail = compared((one, other) => one.p99Ms / other.p99Ms);
  const shown = (name: string, value: number, unit: string, bound: number | null = null, ok = true): Figure => ({
    name: `view-route: ${name}`,
    value: rounded(value),
    unit,
    bound,
    ok,
  });
  return [
    shown(`cached views at ${CONNECTIONS} connections`, median(view.map((one) => one.perSecond)), "requests/s"),
    shown("baseline, a bare Koa with the same bytes", median(bare.map((one) => one.perSecond)), "requests/s"),
    shown("views against the baseline, at least", speed, "x", 0.5, speed >= 0.5),
    shown("p99 of the views", median(view.map((one) => one.p99Ms)), "ms"),
    shown("p99 of the baseline", median(bare.map((one) => one.p99Ms)), "ms"),
    shown("p99 against the baseline's", tail, "x", 2, tail <= 2),
    shown("one answer", body.length, "bytes"),
  ];
}
