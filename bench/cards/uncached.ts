import { DuckDBInstance } from "@duckdb/node-api";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CardQuery } from "../../core/contract/report/query";
import { buildDatabase } from "../../server/analytics/engine/build-database";
import type { Cleanup } from "../cleanup";
import type { Figure } from "../figure";
import { QUESTIONS, type FlightsServer } from "./flights-server";
import { median, rounded } from "../statistics";

export const MILLION = 1_000_000;
const ROUNDS = 15;
/** What a card may take beside its SQL: the way to the engine's process and back. */
const ON_TOP_MS = 3;

/** One figure of the cards; only shown where it has no bound. */
export const cardFigure = (
  name: string,
  value: number,
  unit: string,
  bound: number | null = null,
  ok = true,
): Figure => ({ name: `cards: ${name}`, value: rounded(value), unit, bound, ok });

/** The address of a report's view. */
export const viewUrl = ({ running }: FlightsServer, id: string): string => `${running.url}/api/reports/${id}/view`;

/** How long something takes, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A database file written by the product's own build, and opened for reading with the limits of its engine. */
async function openDirect(server: FlightsServer, cleanup: Cleanup): Promise<DuckDBInstance> {
  const [memoryLimit, threads] = ["512MB", availableParallelism()];
  const file = join(server.dataDir, "direct.duckdb");
  const temporaryDir = join(server.dataDir, "direct-temporary");
  const flights = { table: "flights", format: "parquet" as const, files: [server.file] };
  await buildDatabase({ file, temporaryDir, memoryLimit, threads }, [flights]);
  return cleanup.start(
    () =>
      DuckDBInstance.create(file, {
        access_mode: "READ_ONLY",
        temp_directory: temporaryDir,
        memory_limit: memoryLimit,
        threads: String(threads),
      }),
    (started) => Promise.resolve(started.closeSync()),
  );
}

/**
 * Cards that nobody has asked yet, and their SQL in a DuckDB of its own over a file like the product's, in turn. No
 * question is asked twice: to compute an answer anew would tell other nodes too, which a new question does not.
 */
export async function uncached(server: FlightsServer, rows: number, cleanup: Cleanup): Promise<Figure[]> {
  const connection = await (await openDirect(server, cleanup)).connect();
  const { answers } = server.running.domain;
  const asker = { userId: "", enterpriseId: server.enterpriseId, role: "viewer", departmentIds: [], attributes: {} };
  const figures: Figure[] = [];
  for (const { id, query, sql } of QUESTIONS) {
    const { limit = 500, ...rest } = { limit: undefined, ...query };
    const asking = { asker: asker as never, report: server.reportId };
    const [cards, direct]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const parsed = CardQuery.parse({ dataset: "flights", ...rest, limit: limit + round });
      const question = answers.question(server.enterpriseId, server.dataset, parsed);
      const card = await timed(() => answers.ask(question, asking));
      const alone = await timed(() => connection.runAndReadAll(sql));
      if (round === 0) continue; // warms up
      cards.push(card);
      direct.push(alone);
    }
    const [card, alone] = [median(cards), median(direct)];
    const ratio = (card - ON_TOP_MS) / alone;
    const name = `${id} over ${rows / MILLION} million rows`;
    figures.push(cardFigure(`${name}, uncached`, card, "ms"), cardFigure(`${name}, its SQL alone`, alone, "ms"));
    figures.push(cardFigure(`${name}, without ${ON_TOP_MS} ms against its SQL alone`, ratio, "x", 1.15, ratio <= 1.15));
  }
  return figures;
}
