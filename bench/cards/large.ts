import { cardFigure, MILLION, timed, uncached, viewUrl } from "./uncached";
import { runAsChild } from "../child";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openFlightsServer, tableElement, type FlightsServer } from "./flights-server";
import { memoryOfTree } from "../memory";
import { percentile } from "../statistics";
import { readView } from "./view-route";

const CLIENTS = 64;
const REQUESTS = 20;

/** The tail of a report that asks the engine each time, in ms. */
async function tailOf(server: FlightsServer): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) {
    times.push(await timed(() => readView(`${viewUrl(server, server.reportId)}?refresh=1`, server.headers)));
  }
  return percentile(times, 95);
}

/** One report's tail alone, and beside another report that asks for more than the engine can do. */
async function runaway(server: FlightsServer): Promise<Figure[]> {
  const heavy = Array.from({ length: 6 }, (_, index) => [
    `h${index}`,
    tableElement({ dimensions: [{ field: "origin" }], measures: ["heavy"], limit: index + 1 }),
  ]);
  const id = await server.addReport(Object.fromEntries(heavy) as never);
  await tailOf(server); // warms up: the engine has read its file, as it will have beside the other report
  const alone = await tailOf(server);
  const leaving = new AbortController();
  const endless = fetch(viewUrl(server, id), { headers: server.headers, signal: leaving.signal }).catch(() => null);
  await tailOf(server); // until the engine knows which report it is
  const beside = await tailOf(server);
  leaving.abort();
  await endless;
  const ratio = beside / alone;
  return [
    cardFigure("p95 of a report alone", alone, "ms"),
    cardFigure("p95 beside a runaway report", beside, "ms"),
    cardFigure("p95 beside a runaway report against alone", ratio, "x", 2, ratio <= 2),
  ];
}

/** Cards over ten million rows, in a process of their own. */
async function measure(cleanup: Cleanup): Promise<Figure[]> {
  const idle = memoryOfTree(); // of a process in which no server was up yet
  const server = await openFlightsServer(cleanup, { rows: 10 * MILLION });
  await readView(viewUrl(server, server.reportId), server.headers);
  const figures = await runaway(server);
  await Promise.all(
    Array.from({ length: CLIENTS }, () => readView(`${viewUrl(server, server.reportId)}?refresh=1`, server.headers)),
  );
  const used = memoryOfTree() - idle;
  figures.push(cardFigure("memory under load with ten million rows, above idle", used, "MB", 600, used <= 600));
  return [...figures, ...(await uncached(server, 10 * MILLION, cleanup))];
}

runAsChild(measure);
