import autocannon from "autocannon";
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Koa from "koa";
import { ReportView } from "../core/contract/report";
import { SessionReply } from "../core/contract/session";
import type { Product } from "../tests/journeys/product";
import type { Cleanup } from "./cleanup";
import type { Figure } from "./figure";
import { openProduct, READER, reportId } from "./product";
import { median, rounded } from "./statistics";

const CONNECTIONS = 16;
const ROUNDS = 5;
const WARM_UP_SECONDS = 3;
const ROUND_SECONDS = 3;
const TIMEOUT_SECONDS = 60;

/** Signs in as the mini program does. */
async function signIn({ server, control }: Product): Promise<string> {
  const { people } = await control.people({});
  const reader = people.find(({ who }) => who === READER.who);
  if (!reader) throw new Error(`The demo has no ${READER.who}.`);
  const { corpId, userid } = reader;
  const { code } = await control.mintCode({ corpId, userid });
  const response = await fetch(`${server.url}/api/session/dingtalk`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ corpId, authCode: code, deviceId: randomBytes(16).toString("hex") }),
  });
  return SessionReply.parse(await response.json()).tokens.accessToken;
}

/** The view's answer as it is sent; throws unless every card has its data, since a failed one costs nothing. */
async function readView(url: string, authorization: string): Promise<Buffer> {
  const response = await fetch(url, { headers: { authorization, "accept-encoding": "identity" } });
  const body = Buffer.from(await response.arrayBuffer());
  const { cards } = ReportView.parse(JSON.parse(body.toString("utf8")));
  const failed = Object.entries(cards).filter(([, card]) => card.state !== "ready");
  if (failed.length > 0) throw new Error(`Cards without data: ${failed.map(([id]) => id).join(", ")}`);
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
async function ask(url: string, authorization: string, length: Length): Promise<Round> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    timeout: TIMEOUT_SECONDS,
    workers: 1,
    headers: { authorization },
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
async function sizeRound(url: string, authorization: string): Promise<Length> {
  const { perSecond } = await ask(url, authorization, { duration: WARM_UP_SECONDS });
  return { amount: Math.max(4 * CONNECTIONS, Math.round(perSecond * ROUND_SECONDS)) };
}

/** How many views of a report the server answers in a second, beside a bare Koa that sends the same bytes. */
export async function benchViewRoute(cleanup: Cleanup): Promise<Figure[]> {
  const product = await openProduct(cleanup);
  const authorization = `Bearer ${await signIn(product)}`;
  const viewUrl = `${product.server.url}/api/reports/${reportId}/view`;
  const body = await readView(viewUrl, authorization);
  const bareUrl = await startBare(body, cleanup);

  const view: Round[] = [];
  const bare: Round[] = [];
  const sizes = [await sizeRound(viewUrl, authorization), await sizeRound(bareUrl, authorization)] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    view.push(await ask(viewUrl, authorization, sizes[0]));
    bare.push(await ask(bareUrl, authorization, sizes[1]));
  }
  const perSecond = (rounds: Round[]): number => median(rounds.map((round) => round.perSecond));
  const p99 = (rounds: Round[]): number => median(rounds.map((round) => round.p99Ms));
  const shown = (name: string, value: number, unit: string): Figure => ({
    name: `view-route: ${name}`,
    value: rounded(value),
    unit,
    bound: null,
    ok: true,
  });
  return [
    shown(`views at ${CONNECTIONS} connections`, perSecond(view), "requests/s"),
    shown("baseline, a bare Koa with the same bytes", perSecond(bare), "requests/s"),
    shown("the baseline against the views", perSecond(bare) / perSecond(view), "x"),
    shown("p99 of the views", p99(view), "ms"),
    shown("p99 of the baseline", p99(bare), "ms"),
    shown("one answer", body.length, "bytes"),
  ];
}
