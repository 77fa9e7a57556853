import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSource } from "../../../core/contract/source/data-source";
import type { Extract } from "../../../core/contract/source/extract";
import type { ReportView } from "../../../core/contract/report/report";
import { builders, type BuiltEnterprise } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { READER } from "../../../tests/factories/engines/engine";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { extractDesk } from "../../../tests/factories/extracts";
import { within } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(90_000);

const LONG_MS = 30_000;
let world: World;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  [world, engine] = await Promise.all([
    startWorld({ extract: { maxRows: 50_000, maxBytes: 64 * 1024 ** 2, timeoutMs: 60_000 } }),
    startPostgresql(),
  ]);
  build = builders(world);
  await engine.run("CREATE TABLE sales.orders (day date, region text, amount numeric(12,2))");
  await engine.run("INSERT INTO sales.orders VALUES ('2026-11-01','east',10.5), ('2026-11-02','west',32)");
  await engine.run("CREATE VIEW sales.many AS SELECT n FROM generate_series(1, 50000000) AS n");
  // Sends a row, and then nothing for as long as anybody waits.
  await engine.run(
    "CREATE VIEW sales.hanging AS SELECT n, CASE WHEN n > 1 THEN pg_sleep(60)::text END AS pause FROM generate_series(1, 2) AS n",
  );
  await engine.run(`GRANT SELECT ON ALL TABLES IN SCHEMA sales TO ${READER.user}`);
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});

interface Prepared {
  enterprise: BuiltEnterprise;
  token: string;
  dataSourceId: string;
}

async function prepare(): Promise<Prepared> {
  const user = await build.buildUser({ role: "editor" });
  const token = await build.tokenOf(user);
  const dataSourceId = await connectSource(world.server.url, { token }, engine.connection());
  return { enterprise: user.enterprise, token, dataSourceId };
}

const ask = <T = Extract>(method: string, path: string, options: Ask = {}) =>
  request<T>(world.server.url, method, `/api/extracts${path}`, options);
const settings = (dataSourceId: string, changes: object = {}) => ({
  dataSourceId,
  table: { schema: "sales", name: "orders" },
  schedule: { kind: "manual" },
  ...changes,
});
const create = ({ token, dataSourceId }: Prepared, changes: object = {}) =>
  ask("POST", "", { token, body: { name: "orders", ...settings(dataSourceId, changes) } });

const find = ({ token }: Prepared, id: string): Promise<Extract> => extractDesk(world.server.url, { token }).find(id);

/** The extract once its last run is in that state. */
const once = ({ token }: Prepared, id: string, state: string): Promise<Extract> =>
  extractDesk(world.server.url, { token }).when(id, ({ runs }) => runs[0]?.state === state);

const fileOf = ({ enterprise }: Prepared): string =>
  join(world.config.dataDir, "files", enterprise.id, "extracts/orders.parquet");

async function saveDataset({ enterprise }: Prepared): Promise<void> {
  const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });
  const model = {
    version: 1,
    semantic_model: {
      name: "orders",
      datasets: [
        {
          name: "orders",
          source: "extracts/orders.parquet",
          fields: [
            { name: "day", expression: ansi("day"), datatype: "Date" },
            { name: "region", expression: ansi("region"), datatype: "String" },
          ],
        },
      ],
      metrics: [{ name: "amount", expression: ansi("SUM(amount)") }],
    },
    dingboard: { label: "Orders", measures: { amount: { label: "Amount" } } },
  } satisfies z.input<typeof DatasetModel>;
  await world.server.domain.saveDataset({ enterpriseId: enterprise.id, name: "sales", model });
}

describe("an extract", () => {
  it("answers reports with the data of the moment at which it began, until it is made again", async () => {
    const prepared = await prepare();
    const { body: made, status } = await create(prepared);
    expect(status).toBe(200);
    expect(made).toMatchObject({ source: "extracts/orders.parquet", data: null, nextRunAt: null });
    const done = await once(prepared, made.id, "done");
    expect(done.data).toMatchObject({ rows: 2 });
    const reportId = await build.buildReport(prepared.enterprise);
    await saveDataset(prepared);
    const token = await build.tokenOf(
      await build.buildUser({ enterprise: prepared.enterprise, role: "administrator" }),
    );
    const view = async () =>
      (await request<ReportView>(world.server.url, "GET", `/api/reports/${reportId}/view`, { token })).body;
    const total = async () => {
      const { cards, dataAsOf } = await view();
      return { card: cards["total"], dataAsOf };
    };
    world.advance(600_000);
    expect(await total()).toMatchObject({
      card: { state: "ready", data: { values: [[42.5]] } },
      dataAsOf: done.data?.asOf,
    });

    await engine.run("INSERT INTO sales.orders VALUES ('2026-11-03','east',7.5)");
    await ask("POST", `/${made.id}/run`, { token: prepared.token });
    await within(LONG_MS, async () => (await find(prepared, made.id)).data?.rows === 3);
    const again = await once(prepared, made.id, "done");
    // The first question after a change is still answered from the database of before.
    const renewed = await within(LONG_MS, async () => {
      world.advance(1_500);
      await pause(100); // or the session would be over before a busy machine has built the database
      return (await total()).dataAsOf === again.data?.asOf;
    });
    expect([renewed, (await total()).card]).toMatchObject([true, { data: { values: [[50]] } }]);
    await engine.run("DELETE FROM sales.orders WHERE day = '2026-11-03'");

    expect((await find(prepared, made.id)).datasets).toEqual(["sales"]);
    expect(await ask("POST", `/${made.id}/remove`, { token: prepared.token })).toMatchObject({
      code: "extract_in_use",
      body: { error: { message: expect.stringContaining("sales") } },
    });
    const sources = await request<{ dataSources: DataSource[] }>(world.server.url, "GET", "/api/data-sources", {
      token: prepared.token,
    });
    expect(sources.body.dataSources[0]?.extracts).toEqual(["orders"]);
    const removal = `/api/data-sources/${prepared.dataSourceId}/remove`;
    expect((await request(world.server.url, "POST", removal, { token: prepared.token })).code).toBe(
      "data_source_in_use",
    );
    await world.database.query("delete from dataset where enterprise_id = $1", [prepared.enterprise.id]);
    expect((await ask("POST", `/${made.id}/remove`, { token: prepared.token })).status).toBe(200);
    expect(existsSync(fileOf(prepared))).toBe(false);
    expect((await request(world.server.url, "POST", removal, { token: prepared.token })).status).toBe(200);
    const actions = await world.database.query("select action from audit_entry where subject = $1 order by id", [
      made.id,
    ]);
    expect(actions.map(({ action }) => action)).toEqual(["extract_added", "extract_removed"]);
  });

  it("keeps what it has where a run fails, and says why", async () => {
    const prepared = await prepare();
    const { id } = (await create(prepared)).body;
    const before = await once(prepared, id, "done");
    const change = (changes: object) =>
      ask("POST", `/${id}`, { token: prepared.token, body: settings(prepared.dataSourceId, changes) });
    await change({ columns: ["day", "profit"] });
    const missing = await once(prepared, id, "failed");
    expect(missing).toMatchObject({ data: before.data, runs: [{ fault: "column_missing", cause: "profit" }, {}] });
    await change({ table: { schema: "sales", name: "many" } });
    await within(LONG_MS, async () => (await find(prepared, id)).runs.length === 3);
    const many = await once(prepared, id, "failed");
    expect(many).toMatchObject({ data: before.data, runs: [{ fault: "too_many_rows" }, {}, {}] });
    expect(readdirSync(join(fileOf(prepared), ".."))).toEqual(["orders.parquet"]);
  });

  it("is cancelled at the source too", async () => {
    const prepared = await prepare();
    const { id } = (await create(prepared, { table: { schema: "sales", name: "hanging" } })).body;
    const asleep = async (): Promise<number> =>
      Number((await engine.rows("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))[0]?.[0]);
    expect(await within(LONG_MS, async () => (await asleep()) > 0)).toBe(true);
    expect((await find(prepared, id)).runs[0]?.state).toBe("running");
    // One that is under way goes on: there are never two.
    await ask("POST", `/${id}/run`, { token: prepared.token });
    expect((await find(prepared, id)).runs).toHaveLength(1);
    await ask("POST", `/${id}/cancel`, { token: prepared.token });
    expect((await find(prepared, id)).runs[0]?.state).toBe("cancelled");
    expect(await within(LONG_MS, async () => (await asleep()) === 0)).toBe(true);
  });

  it("is made when it is due, once, and begun anew where its server died", async () => {
    const prepared = await prepare();
    const schedule = { kind: "every", minutes: 60 };
    const { id, nextRunAt } = (await create(prepared, { schedule })).body;
    expect(new Date(String(nextRunAt)).getUTCMinutes()).toBeGreaterThan(0);
    await once(prepared, id, "done");
    await world.database.query("update extract set next_run_at = $2 where id = $1", [
      id,
      new Date(world.now() - 1_000),
    ]);
    await Promise.all([world.server.domain.extractRuns.queueDue(), world.server.domain.extractRuns.queueDue()]);
    await within(LONG_MS, async () => (await find(prepared, id)).runs[0]?.state === "done");
    const due = await find(prepared, id);
    expect(due.runs).toHaveLength(2);
    expect(Date.parse(String(due.nextRunAt))).toBeGreaterThan(world.now());

    const left = (attempts: number) =>
      world.database.query(
        "insert into extract_run (extract_id, state, queued_at, started_at, attempts) values ($1, 'running', $2, $2, $3)",
        [id, new Date(world.now()), attempts],
      );
    await left(1);
    await world.server.domain.extractRuns.resume();
    await once(prepared, id, "done");
    expect((await find(prepared, id)).runs).toHaveLength(3);
    await left(3);
    await world.server.domain.extractRuns.resume();
    expect((await once(prepared, id, "failed")).runs[0]?.fault).toBe("crashed");
  });
});

describe("the routes of extracts", () => {
  const ROUTES: [string, string, boolean][] = [
    ["GET", "", false],
    ["POST", "", true],
    ["POST", "/ID", true],
    ["POST", "/ID/run", false],
    ["POST", "/ID/cancel", false],
    ["POST", "/ID/remove", false],
  ];

  it("are closed to the signed-out, to viewers and to strangers", async () => {
    const owner = await prepare();
    const { id } = (await create(owner)).body;
    const viewer = await build.tokenOf(await build.buildUser({ enterprise: owner.enterprise, role: "viewer" }));
    const stranger = await prepare();
    for (const [method, path, needsBody] of ROUTES) {
      const place = path.replace("ID", id);
      const named = path === "" ? { name: "theirs" } : {};
      const body = needsBody ? { body: { ...named, ...settings(owner.dataSourceId) } } : {};
      expect((await ask(method, place, body)).code).toBe("signed_out");
      expect((await ask(method, place, { ...body, token: viewer })).code).toBe("forbidden");
      const answer = await ask(method, place, { ...body, token: stranger.token });
      if (path.includes("ID")) expect(answer.code).toBe("extract_not_found");
      // Another enterprise's data source is none.
      else if (needsBody) expect(answer.code).toBe("data_source_not_found");
      else expect(JSON.stringify(answer.body)).not.toContain(id);
    }
    expect((await create(owner)).code).toBe("name_taken");
  });

  it.each([
    { name: "../escape" },
    { name: "Große" },
    { name: "" },
    { table: { schema: "", name: "orders" } },
    { columns: [] },
    { schedule: { kind: "every", minutes: 1 } },
    { schedule: { kind: "daily", at: "25:00", timeZone: "Asia/Shanghai" } },
    { schedule: { kind: "daily", at: "03:17", timeZone: "Mars/Olympus" } },
    { schedule: { kind: "weekly", weekday: 8, at: "03:17", timeZone: "Asia/Shanghai" } },
    { more: true },
  ])("refuse %j", async (changes) => {
    const prepared = await prepare();
    expect((await create(prepared, changes)).code).toBe("input_invalid");
  });
});
