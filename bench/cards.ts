import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { CardQuery } from "../core/contract/query";
import type { Cleanup } from "./cleanup";
import type { Figure } from "./figure";
import { openFlightsServer, QUESTIONS, tableElement, type FlightsServer } from "./flights-server";
import { memoryOfTree } from "./memory";
import { median, percentile, rounded } from "./statistics";
import { readView } from "./view-route";

const MILLION = 1_000_000;
const ROUNDS = 9;
const CLIENTS = 64;
const REQUESTS = 20;
/** What a card may take beside its SQL: the way to the engine's process and back. */
const ON_TOP_MS = 3;

const figure = (name: string, value: number, unit: string, bound: number | null = null, ok = true): Figure => ({
  name: `cards: ${name}`,
  value: rounded(value),
  unit,
  bound,
  ok,
});

const viewUrl = ({ running }: FlightsServer, id: string): string => `${running.url}/api/reports/${id}/view`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Cards that no cache answers, and their SQL in a DuckDB of its own, in turn. */
async function uncached(server: FlightsServer, rows: number, cleanup: Cleanup): Promise<Figure[]> {
  const instance = await cleanup.start(
    () => DuckDBInstance.create(":memory:"),
    (started) => Promise.resolve(started.closeSync()),
  );
  const connection = await instance.connect();
  await connection.run(`CREATE TABLE flights AS SELECT * FROM read_parquet('${server.file}')`);
  const { answers } = server.running.domain;
  const asker = { userId: "", enterpriseId: server.enterpriseId, role: "viewer", departmentIds: [], attributes: {} };
  const figures: Figure[] = [];
  for (const { id, query, sql } of QUESTIONS) {
    const parsed = CardQuery.parse({ dataset: "flights", ...query });
    const question = answers.question(server.enterpriseId, server.dataset, parsed);
    const asking = { asker: asker as never, report: server.reportId, refresh: true };
    const [cards, direct]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const card = await timed(() => answers.ask(question, asking));
      const alone = await timed(() => connection.runAndReadAll(sql));
      if (round === 0) continue; // warms up
      cards.push(card);
      direct.push(alone);
    }
    const [card, alone] = [median(cards), median(direct)];
    const ratio = (card - ON_TOP_MS) / alone;
    const name = `${id} over ${rows / MILLION} million rows`;
    figures.push(figure(`${name}, uncached`, card, "ms"), figure(`${name}, its SQL alone`, alone, "ms"));
    figures.push(figure(`${name}, without ${ON_TOP_MS} ms against its SQL alone`, ratio, "x", 1.15, ratio <= 1.15));
  }
  return figures;
}

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
    figure(`engine queries for each distinct card, ${CLIENTS} clients on a cold report`, each, "", 1, each === 1),
  ];
}

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
  const alone = await tailOf(server);
  const leaving = new AbortController();
  const endless = fetch(viewUrl(server, id), { headers: server.headers, signal: leaving.signal }).catch(() => null);
  await tailOf(server); // until the engine knows which report it is
  const beside = await tailOf(server);
  leaving.abort();
  await endless;
  const ratio = beside / alone;
  return [
    figure("p95 of a report alone", alone, "ms"),
    figure("p95 beside a runaway report", beside, "ms"),
    figure("p95 beside a runaway report against alone", ratio, "x", 2, ratio <= 2),
  ];
}

/** Cards over one and over ten million rows: uncached, cold, beside a runaway, and what they take of memory. */
export async function benchCards(cleanup: Cleanup): Promise<Figure[]> {
  const small = await openFlightsServer(cleanup, { rows: MILLION, slowMs: 0 });
  await readView(viewUrl(small, small.reportId), small.headers);
  const figures = [...(await uncached(small, MILLION, cleanup)), ...(await cold(small))];
  await cleanup.run();

  const idle = memoryOfTree();
  const large = await openFlightsServer(cleanup, { rows: 10 * MILLION });
  await readView(viewUrl(large, large.reportId), large.headers);
  figures.push(...(await runaway(large)));
  await Promise.all(
    Array.from({ length: CLIENTS }, () => readView(`${viewUrl(large, large.reportId)}?refresh=1`, large.headers)),
  );
  const used = memoryOfTree() - idle;
  figures.push(figure("memory under load with ten million rows, above idle", used, "MB", 600, used <= 600));
  return [...figures, ...(await uncached(large, 10 * MILLION, cleanup))];
}
