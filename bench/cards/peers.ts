import { DuckDBInstance } from "@duckdb/node-api";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { MILLION, timed } from "./uncached";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { openFlightsServer, QUESTIONS, type FlightsServer } from "./flights-server";
import { startCube, type Cube } from "./peers-cube";
import { median, rounded } from "../statistics";

const ROUNDS = 9;

type QuestionId = (typeof QUESTIONS)[number]["id"];

/** Somebody who answers a question; `again`: as one that was just answered. */
interface Peer {
  name: string;
  /** Answers how many rows there were. */
  ask(id: QuestionId, again: boolean): Promise<number>;
  /** Whether it remembers answers. */
  caches: boolean;
}

/** The same flights in a table, as somebody has them who has PostgreSQL and nothing else. */
async function loadPostgresql(server: FlightsServer): Promise<void> {
  const file = join(server.dataDir, "flights.csv");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const columns = "date, delay, distance, origin, destination";
  await connection.run(
    `COPY (SELECT ${columns} FROM read_parquet('${server.file}')) TO '${file}' (FORMAT csv, HEADER)`,
  );
  connection.closeSync();
  instance.closeSync();
  chmodSync(file, 0o644); // the database runs as somebody else
  const client = new pg.Client({ connectionString: server.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("CREATE TABLE flights (date timestamp, delay int, distance int, origin text, destination text)");
  await client.query(`COPY flights (${columns}) FROM '${file}' (FORMAT csv, HEADER)`);
  await client.query("VACUUM ANALYZE flights");
  await client.end();
}

/** Over HTTP with session and grant, as a reader's browser asks. */
function ourselves(server: FlightsServer): Peer {
  const url = `${server.running.url}/api/reports/${server.reportId}/cards`;
  const headers = { ...server.headers, "content-type": "application/json", origin: "http://dingboard.bench" };
  return {
    name: "ours",
    caches: true,
    ask: async (id, again) => {
      const body = JSON.stringify({ elements: [id], ...(again ? {} : { refresh: true }) });
      const response = await fetch(url, { method: "POST", headers, body });
      const { cards } = (await response.json()) as { cards: Record<string, { data: { rowCount: number } }> };
      return cards[id]?.data.rowCount ?? 0;
    },
  };
}

/** The questions in SQL that a person wrote, on a connection that stays open. */
function postgresql(client: pg.Client): Peer {
  const statements = new Map(
    QUESTIONS.map(({ id, sql }) => [id, sql.replace("INTERVAL 1 MINUTE", "INTERVAL '1 minute'")]),
  );
  return {
    name: "PostgreSQL alone",
    caches: false,
    ask: async (id) => (await client.query(statements.get(id) ?? "")).rowCount ?? 0,
  };
}

function cubePeer(cube: Cube): Peer {
  return { name: `Cube ${cube.version} over PostgreSQL`, caches: true, ask: cube.ask };
}

/** The four questions, asked of us and of others over the same million flights, in turn. Nothing here has a bound. */
export async function benchPeers(cleanup: Cleanup): Promise<Figure[]> {
  const server = await openFlightsServer(cleanup, { rows: MILLION });
  await loadPostgresql(server);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  client.on("error", () => undefined); // the database ends first where the bench failed
  await client.connect();
  cleanup.add(() => client.end());
  const cube = await startCube(server.databaseUrl, cleanup);
  const peers = [ourselves(server), postgresql(client), ...(cube ? [cubePeer(cube)] : [])];
  const figures: Figure[] = [];
  for (const { id } of QUESTIONS) {
    for (const again of [false, true]) {
      const asked = peers.filter(({ caches }) => caches || !again);
      const times = await inTurn(asked, id, again);
      for (const [name, values] of times) {
        const what = `peers: ${id}, ${again ? "cached" : "uncached"}, ${name}`;
        figures.push({ name: what, value: rounded(median(values)), unit: "ms", bound: null, ok: true });
      }
    }
  }
  return figures;
}

async function inTurn(peers: Peer[], id: QuestionId, again: boolean): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  const rows = new Set<number>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const peer of peers) {
      const ms = await timed(async () => rows.add(await peer.ask(id, again)));
      if (round > 0) times.get(peer.name)?.push(ms); // the first one warms up
    }
  }
  if (rows.size !== 1) throw new Error(`Peers answered ${id} with ${[...rows].join(", ")} rows.`);
  return times;
}
