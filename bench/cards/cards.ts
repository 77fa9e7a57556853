import pg from "pg";
import { cardFigure, MILLION, viewUrl } from "./uncached";
import { measureBuilt } from "../child";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openFlightsServer, QUESTIONS, tableElement, type FlightsServer } from "./flights-server";
import { readView } from "./view-route";

const CLIENTS = 64;

/** How many statements the engine is given when many open a cold report at once. */
async function cold(server: FlightsServer): Promise<Figure[]> {
  const id = await server.addReport(
    Object.fromEntries(QUESTIONS.map(({ id, query }) => [id, tableElement({ ...query, limit: 50 })])) as never,
  );
  await Promise.all(Array.from({ length: CLIENTS }, () => readView(viewUrl(server, id), server.headers)));
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ n: string }>("select count(*) as n from slow_query where report_id = $1", [id]);
  await client.end();
  const each = Number(rows[0]?.n) / QUESTIONS.length;
  return [
    cardFigure(`engine queries for each distinct card, ${CLIENTS} clients on a cold report`, each, "", 1, each === 1),
  ];
}

/** Cards over one and over ten million rows: cold, uncached, beside a runaway, and what they take of memory. */
export async function benchCards(cleanup: Cleanup): Promise<Figure[]> {
  const counted = await openFlightsServer(cleanup, { rows: MILLION, slowMs: 0 });
  await readView(viewUrl(counted, counted.reportId), counted.headers);
  const figures = await cold(counted);
  await cleanup.run();
  // Processes of their own: the memory is that of one server, whatever ran here before.
  figures.push(...(await measureBuilt("bench/cards/small.ts", cleanup)));
  return [...figures, ...(await measureBuilt("bench/cards/large.ts", cleanup))];
}
