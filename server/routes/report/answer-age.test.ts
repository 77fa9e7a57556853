import pg from "pg";
import type { SlowQuery } from "../../../core/contract/report/explain";
import type { ReportView } from "../../../core/contract/report/report";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { READER, WRITER } from "../../../tests/factories/engines/engine";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { kpi, modelOf, prepareOrders, slowQueries, type Prepared } from "../../../tests/factories/orders";
import { within } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // machines may be busy

const LONG_MS = 60_000;
const FRESH_MS = 60_000;
const STALE_MS = 600_000;

let world: World;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let build: ReturnType<typeof builders>;
let prepared: Prepared;

beforeAll(async () => {
  const cache = { bytes: 4_000_000, freshMs: FRESH_MS, staleMs: STALE_MS, slowMs: 0 };
  [world, engine] = await Promise.all([startWorld({ cache }), startPostgresql()]);
  build = builders(world);
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});

/** A table with one row in a database that does not tell when its rows change, and a report that adds them up. */
beforeEach(async () => {
  await engine.run("CREATE TABLE sales.orders (day date, region text, amount int)");
  await engine.run("INSERT INTO sales.orders VALUES ('2026-11-01', 'east', 42)");
  prepared = await prepareOrders(world, build, { total: kpi("amount") });
  const { body } = await request<{ id: string }>(world.server.url, "POST", "/api/data-sources", {
    token: prepared.administrator,
    body: {
      name: "warehouse",
      kind: "postgresql",
      host: "127.0.0.1",
      port: engine.wire.port,
      database: "postgres",
      user: READER.user,
      password: READER.password,
      tls: "off",
    },
  });
  const model = modelOf({ dataSource: body.id as never });
  for (const dataset of model.semantic_model.datasets) dataset.source = "sales.orders";
  model.semantic_model.metrics = [
    { name: "amount", expression: { dialects: [{ dialect: "ANSI_SQL", expression: "SUM(amount)" }] } },
  ];
  for (const field of model.semantic_model.datasets.flatMap(({ fields }) => fields ?? [])) {
    field.expression = { dialects: [{ dialect: "ANSI_SQL", expression: field.name }] };
  }
  await prepared.store(model);
});
afterEach(() => engine.run("DROP TABLE IF EXISTS sales.orders"));

const look = async (): Promise<ReportView> => {
  const path = `/api/reports/${prepared.reportId}/view`;
  return (await request<ReportView>(world.server.url, "GET", path, { token: prepared.token })).body;
};
const total = ({ cards }: ReportView): unknown => {
  const card = cards["total"];
  return card?.state === "ready" ? card.data.values[0]?.[0] : card;
};
const asked = async (): Promise<SlowQuery["outcome"][]> =>
  (await slowQueries(world, prepared)).map(({ outcome }) => outcome);

it("an answer is as it was while it is fresh, and shown at once while one new computing runs", async () => {
  const first = await look();
  expect(total(first)).toBe(42);
  await engine.run("UPDATE sales.orders SET amount = 43");
  world.advance(FRESH_MS - 10_000);
  expect(await look()).toEqual(first);
  expect(await within(LONG_MS, async () => (await asked()).length > 0)).toBe(true);
  expect(await asked()).toEqual(["answered"]);

  world.advance(20_000);
  await engine.run("BEGIN; LOCK TABLE sales.orders"); // whoever asks the engine now waits
  for (let reader = 0; reader < 5; reader += 1) expect(await look()).toEqual(first);
  await engine.run("COMMIT");

  expect(await within(LONG_MS, async () => total(await look()) === 43)).toBe(true);
  expect(await within(LONG_MS, async () => (await asked()).length > 1)).toBe(true);
  expect(await asked()).toEqual(["answered", "answered"]);
});

it("a renewal that fails leaves the answer as it was until its end, and is logged", async () => {
  const first = await look();
  await engine.run("DROP TABLE sales.orders");
  world.advance(FRESH_MS + 10_000);
  expect(world.logged()).not.toContain("answer not renewed");

  expect(await look()).toEqual(first);

  expect(await within(LONG_MS, async () => (await asked()).includes("query_failed"))).toBe(true);
  expect(world.logged()).toContain("answer not renewed");
  expect(await look()).toEqual(first);
  world.advance(STALE_MS - FRESH_MS);
  expect(total(await look())).toMatchObject({ state: "failed", error: { code: "query_failed" } });
});

it("a reader who goes away ends the statement at the database", async () => {
  const { user, password } = WRITER;
  const watcher = new pg.Client({ host: "127.0.0.1", port: engine.wire.port, database: "postgres", user, password });
  await engine.run(`GRANT pg_read_all_stats TO ${user}`);
  await watcher.connect();
  const running = async (): Promise<number> => {
    const sql = "SELECT count(*) AS n FROM pg_stat_activity WHERE usename = $1 AND state = 'active'";
    return Number((await watcher.query<{ n: string }>(sql, [READER.user])).rows[0]?.n);
  };
  await engine.run("BEGIN; LOCK TABLE sales.orders"); // the statement waits, and would for ever
  const leaving = new AbortController();
  const address = `${world.server.url}/api/reports/${prepared.reportId}/view`;
  const headers = { authorization: `Bearer ${prepared.token}` };
  const left = fetch(address, { headers, signal: leaving.signal }).catch(() => "left");
  expect(await within(LONG_MS, async () => (await running()) === 1)).toBe(true);

  leaving.abort();

  expect(await left).toBe("left");
  expect(await within(LONG_MS, async () => (await running()) === 0)).toBe(true);
  await engine.run("COMMIT");
  await watcher.end();
});
