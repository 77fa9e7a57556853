import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSource } from "../../../core/contract/source/data-source";
import type { ReportId } from "../../../core/contract/id";
import type { CardsReply } from "../../../core/contract/report/question";
import type { ReportView } from "../../../core/contract/report/report";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { READER } from "../../../tests/factories/engines/engine";
import { kpi, prepareOrders, type Elements, type Prepared } from "../../../tests/factories/orders";
import { within } from "../../../tests/factories/within";
import { wiredEngines, type WiredEngine } from "../../../tests/factories/engines/wired-engine";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // engines start, and machines may be busy

const QUERY_TIMEOUT_MS = 4_000;

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld({ queryTimeoutMs: QUERY_TIMEOUT_MS });
  build = builders(world);
});
afterAll(() => world.stop());

/** How each engine says it. */
const WORDS: Record<string, { orders: string; many: string; running: string }> = {
  postgresql: {
    orders: "region text, amount numeric(12,2)",
    many: "SELECT generate_series(1, 50000000) AS n",
    running: `SELECT count(*) FROM pg_stat_activity WHERE usename = '${READER.user}' AND state = 'active'`,
  },
  mysql: {
    orders: "region varchar(20), amount decimal(12,2)",
    many: "SELECT seq AS n FROM sales.seq_1_to_50000000",
    running: `SELECT count(*) FROM information_schema.processlist WHERE user = '${READER.user}' AND command = 'Query'`,
  },
};

const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });

describe.each(wiredEngines(["PostgreSQL", "MariaDB"]))("a report over %s and over a file", (_name, start) => {
  let engine: WiredEngine;
  let prepared: Prepared;
  let dataSource: DataSource["id"];
  const words = (): { orders: string; many: string; running: string } => {
    const own = WORDS[engine.name];
    if (!own) throw new Error("The test has no words for this engine.");
    return own;
  };

  beforeAll(async () => {
    engine = await start();
    await engine.run(`CREATE TABLE sales.orders (${words().orders})`);
    await engine.run(`INSERT INTO sales.orders VALUES ('east', 10), ('east', 20), ('west', 12.5)`);
    await engine.run(`CREATE VIEW sales.many AS ${words().many}`);
    prepared = await prepareOrders(world, build);
    dataSource = await connectSource(world.server.url, { token: prepared.administrator }, engine.connection());
    await store("warehouse", "sales.orders", "region", "SUM(amount)");
  });
  afterAll(() => engine.stop());

  function store(name: string, source: string, field: string, measure: string): Promise<void> {
    const model = {
      version: 1,
      semantic_model: {
        name,
        datasets: [{ name: "rows", source, fields: [{ name: "part", expression: ansi(field), datatype: "String" }] }],
        metrics: [{ name: "value", expression: ansi(measure) }],
      },
      dingboard: { label: name, dataSource },
    } satisfies z.input<typeof DatasetModel>;
    return world.server.domain.saveDataset({ enterpriseId: prepared.enterprise.id, name, model });
  }

  const parts = (dataset: string): Elements[string] => ({
    type: "table",
    title: dataset,
    query: {
      dataset,
      dimensions: [{ field: "part" }],
      measures: ["value"],
      sort: [{ field: "part", descending: false }],
    },
  });

  /** A report of its own for each look: nothing of it was answered before. */
  const reportOver = (dataset: string): Promise<ReportId> =>
    prepared.addReport({ remote: parts(dataset), file: kpi("amount") });
  async function look(report: ReportId): Promise<ReportView["cards"][string] | undefined> {
    const path = `/api/reports/${report}/view`;
    const { status, body } = await request<ReportView>(world.server.url, "GET", path, { token: prepared.token });
    expect(status).toBe(200);
    expect(body.cards["file"]).toMatchObject({ state: "ready", data: { values: [[42]] } });
    return body.cards["remote"];
  }

  /** Everything is asked anew, whatever is remembered. */
  const lookAnew = async (report: ReportId): Promise<CardsReply["cards"]> =>
    (
      await request<CardsReply>(world.server.url, "POST", `/api/reports/${report}/cards`, {
        token: prepared.token,
        body: { refresh: true },
      })
    ).body.cards;
  const expectRecovered = async (report: ReportId): Promise<void> =>
    expect(await lookAnew(report)).toMatchObject({
      remote: { data: { values: ORDERS } },
      file: { data: { values: [[42]] } },
    });

  const ORDERS = [
    ["east", "west"],
    [30, 12.5],
  ];
  const failed = (code: string, text: RegExp) => ({
    state: "failed",
    error: { code, message: expect.stringMatching(text) },
  });

  it("is answered from both", async () => {
    expect(await look(await reportOver("warehouse"))).toMatchObject({ state: "ready", data: { values: ORDERS } });
  });

  it("keeps the file's card where the source hangs, and recovers", async () => {
    await store("hanging", "sales.orders", "region", "SUM(amount)");
    const report = await reportOver("hanging");
    engine.wire.hang();
    expect(await look(report)).toMatchObject(failed("query_timeout", /took too long.*filter/));
    await expectRecovered(report);
  });

  it("keeps it where the source dies in the middle of its answer", async () => {
    await engine.run("CREATE TABLE sales.wide (region varchar(2000), amount int)");
    for (let row = 0; row < 60; row += 1) {
      await engine.run(`INSERT INTO sales.wide VALUES ('${row}${"x".repeat(1_900)}', 1)`);
    }
    await store("dying", "sales.wide", "region", "SUM(amount)");
    const report = await reportOver("dying");
    engine.wire.cut();
    engine.wire.cutAfter(60_000);
    expect(await look(report)).toMatchObject(failed("unavailable", /connection.*broke.*again/i));
    engine.wire.cutAfter(Infinity);
    expect(await look(report)).toMatchObject({ state: "ready", data: { rowCount: 60 } });
  });

  it("keeps it where a column is gone, and answers again when it is back", async () => {
    await engine.run("CREATE TABLE sales.changing (region varchar(20), amount int)");
    await engine.run("INSERT INTO sales.changing VALUES ('east', 1)");
    await store("changing", "sales.changing", "region", "SUM(amount)");
    const report = await reportOver("changing");
    expect(await look(report)).toMatchObject({ state: "ready" });
    await engine.run("ALTER TABLE sales.changing DROP COLUMN region");
    expect(await lookAnew(report)).toMatchObject({
      remote: failed("query_failed", /model does not fit.*column/),
      file: { data: { values: [[42]] } },
    });
    await engine.run("ALTER TABLE sales.changing ADD COLUMN region varchar(20)");
    expect(await lookAnew(report)).toMatchObject({ remote: { state: "ready", data: { values: [[null], [1]] } } });
  });

  it("keeps it where a view has 50 million rows, of which a dataset can take the first", async () => {
    await store("many", "sales.many", "n", "COUNT(*)");
    expect(await look(await reportOver("many"))).toMatchObject(failed("query_timeout", /took too long.*filter/));
    const running = async (): Promise<number> => Number((await engine.rows(words().running))[0]?.[0]);
    expect(await within(QUERY_TIMEOUT_MS, async () => (await running()) === 0)).toBe(true);
    await store("few", "SELECT n FROM sales.many LIMIT 1000", "n", "COUNT(*)");
    expect(await look(await reportOver("few"))).toMatchObject({ state: "ready", data: { rowCount: 1_000 } });
    await expectRecovered(await reportOver("warehouse"));
  });

  it("keeps it where one cell has 100 MB", async () => {
    await engine.run("CREATE VIEW sales.huge AS SELECT 1 AS n, repeat('x', 100000000) AS cell");
    await store("huge", "sales.huge", "n", "MAX(cell)");
    expect(await look(await reportOver("huge"))).toMatchObject(failed("query_failed", /larger than it may be/));
    await expectRecovered(await reportOver("warehouse"));
  });

  it("takes a filter of 1,000 values, and refuses one of 10,000", async () => {
    const filter = { id: "part", label: "Part", dataset: "warehouse", field: "part", operator: "equals" as const };
    const report = await prepared.addReport({ remote: parts("warehouse"), file: kpi("amount") }, [filter]);
    const ask = (count: number) =>
      request<CardsReply>(world.server.url, "POST", `/api/reports/${report}/cards`, {
        token: prepared.token,
        body: {
          filters: {
            part: { operator: "equals", values: ["east", ...Array.from({ length: count - 1 }, (_, n) => `shop ${n}`)] },
          },
        },
      });
    const refused = await ask(10_000);
    expect(refused).toMatchObject({ status: 400, code: "input_invalid" });
    expect((await ask(1_000)).body.cards).toMatchObject({
      remote: { state: "ready", data: { values: [["east"], [30]] } },
      file: { state: "ready" },
    });
  });

  it("keeps it where the source is stopped altogether", async () => {
    await store("stopped", "sales.orders", "region", "SUM(amount)");
    const report = await reportOver("stopped");
    await engine.wire.close();
    for (let time = 0; time < 2; time += 1) {
      expect(await look(report)).toMatchObject(failed("unavailable", /does not answer|connection.*broke/));
    }
  });
});
