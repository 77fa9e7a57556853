import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { Extract } from "../../../core/contract/source/extract";
import type { CardData } from "../../../core/contract/report/query";
import { builders, type BuiltEnterprise } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { startEndlessClickhouse } from "../../../tests/factories/engines/endless-clickhouse";
import { READER } from "../../../tests/factories/engines/engine";
import { extractDesk, isDone } from "../../../tests/factories/extracts";
import { within } from "../../../tests/factories/within";
import { hugeText, wiredEngines, type WiredEngine } from "../../../tests/factories/engines/wired-engine";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(180_000); // engines start, and machines may be busy

const MB = 1024 * 1024;
const LONG_MS = 60_000;
let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld({ extract: { maxRows: 50_000, maxBytes: 24 * MB, timeoutMs: LONG_MS } });
  build = builders(world);
});
afterAll(() => world.stop());

/** How each engine says it. */
interface Words {
  text: string;
  amount: string;
  /** More digits than can be kept. */
  huge: string;
  hugeValue: string;
  behind: string;
  /** So many rows, each with a number `n`. */
  numbers(count: number): string;
}

const WORDS: Record<string, Words> = {
  postgresql: {
    text: "text",
    amount: "numeric(12,2)",
    huge: "numeric",
    hugeValue: "9".repeat(50),
    behind: "",
    numbers: (count) => `(SELECT generate_series(1, ${count}) AS n) AS numbers`,
  },
  mysql: {
    text: "varchar(100)",
    amount: "decimal(12,2)",
    huge: "decimal(60,0)",
    hugeValue: "9".repeat(50),
    behind: "",
    numbers: (count) => `(SELECT seq AS n FROM sales.seq_1_to_${count}) AS numbers`,
  },
  clickhouse: {
    text: "String",
    amount: "Decimal(12, 2)",
    huge: "Decimal(60, 0)",
    hugeValue: `'${"9".repeat(50)}'`,
    behind: " ENGINE = MergeTree ORDER BY tuple()",
    numbers: (count) => `(SELECT number + 1 AS n FROM numbers(${count})) AS numbers`,
  },
};

const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });

describe.each(wiredEngines())("an extract of %s", (_name, start) => {
  let engine: WiredEngine;
  let words: Words;
  let enterprise: BuiltEnterprise;
  let token: string;
  let dataSourceId: string;
  let desk: ReturnType<typeof extractDesk>;
  let extract: Extract;
  let table: string;

  beforeAll(async () => {
    engine = await start();
    words = WORDS[engine.name] ?? fail();
    const user = await build.buildUser({ role: "editor" });
    ({ enterprise } = user);
    token = await build.tokenOf(user);
    desk = extractDesk(world.server.url, { token });
    dataSourceId = await connectSource(world.server.url, { token }, engine.connection());
  });
  afterAll(() => engine.stop());

  /** An extract that has data, of a table of its own, and a dataset over it. */
  beforeEach(async () => {
    table = `t${randomUUID().slice(0, 8)}`;
    await engine.run(`CREATE TABLE sales.${table} (region ${words.text}, amount ${words.amount})${words.behind}`);
    await engine.run(`INSERT INTO sales.${table} VALUES ('east', 10.5), ('west', 32)`);
    const made = await desk.ask("POST", "", { name: table, ...settings(table) });
    extract = await desk.when(made.body.id, isDone);
    const model = {
      version: 1,
      semantic_model: {
        name: table,
        datasets: [
          {
            name: "orders",
            source: extract.source,
            fields: [{ name: "region", expression: ansi("region"), datatype: "String" }],
          },
        ],
        metrics: [{ name: "amount", expression: ansi("SUM(amount)") }],
      },
      dingboard: { label: table },
    } satisfies z.input<typeof DatasetModel>;
    await world.server.domain.saveDataset({ enterpriseId: enterprise.id, name: table, model });
  });

  const settings = (name: string, columns: string[] | null = null) => ({
    dataSourceId,
    table: { schema: "sales", name },
    columns,
    schedule: { kind: "manual" },
  });

  async function view(select: string): Promise<string> {
    const name = `v${randomUUID().slice(0, 8)}`;
    await engine.run(`CREATE VIEW sales.${name} AS ${select}`);
    if (engine.name === "postgresql") await engine.run(`GRANT SELECT ON sales.${name} TO ${READER.user}`);
    return name;
  }

  /** A run has failed so, everything else is as it was before. */
  async function expectFault(after: Extract, fault: object): Promise<void> {
    expect(after.runs[0]).toMatchObject({ state: "failed", ...fault });
    expect(after.data).toEqual(extract.data);
    await expectOldData();
  }

  async function expectOldData(): Promise<void> {
    const preview = await request<CardData>(world.server.url, "POST", `/api/datasets/${table}/preview`, {
      token,
      body: { dimensions: [], measures: ["amount"] },
    });
    expect(preview.body).toMatchObject({ values: [[42.5]] });
    const folder = join(world.config.dataDir, "files", enterprise.id, "extracts");
    expect(readdirSync(folder).filter((name) => name.includes(table))).toEqual([`${table}.parquet`]);
  }

  const runOver = async (name: string, columns: string[] | null = null): Promise<Extract> =>
    desk.runAgain(extract.id, settings(name, columns));

  it("keeps what it has where there are too many rows", async () => {
    const many = await view(`SELECT n FROM ${words.numbers(10_000_000)}`);
    await expectFault(await runOver(many), { fault: "too_many_rows" });
  });

  it("keeps what it has where there are too many bytes", async () => {
    const long = await view(`SELECT n, repeat('x', 10000) AS note FROM ${words.numbers(20_000)}`);
    await expectFault(await runOver(long), { fault: "too_many_bytes" });
  });

  it("keeps what it has where a cell has 100 MB", async () => {
    const huge = await view(`SELECT n, ${hugeText(engine.name)} AS note FROM ${words.numbers(1)}`);
    await expectFault(await runOver(huge), { fault: "too_large" });
  });

  it("keeps what it has where a number has more digits than can be kept", async () => {
    const exact = `d${randomUUID().slice(0, 8)}`;
    await engine.run(`CREATE TABLE sales.${exact} (amount ${words.amount}, price ${words.huge})${words.behind}`);
    await engine.run(`INSERT INTO sales.${exact} VALUES (1, ${words.hugeValue})`);
    await expectFault(await runOver(exact), { fault: "not_exact", cause: "price" });
  });

  it("keeps what it has where a chosen column is gone, and takes what there is where none was chosen", async () => {
    await desk.runAgain(extract.id, settings(table, ["region", "amount"]));
    extract = await desk.find(extract.id);
    await engine.run(`ALTER TABLE sales.${table} DROP COLUMN region`);
    await expectFault(await desk.runAgain(extract.id), { fault: "column_missing", cause: "region" });
    const whole = await runOver(table);
    expect(whole).toMatchObject({ runs: [{ state: "done" }, {}, {}, {}], data: { rows: 2 } });
  });

  it("keeps what it has where the table is gone", async () => {
    await engine.run(`DROP TABLE sales.${table}`);
    await expectFault(await desk.runAgain(extract.id), { fault: "changed" });
  });

  it("keeps what it has where the source dies in the middle", async () => {
    const long = await view(`SELECT n, repeat('x', 1000) AS note FROM ${words.numbers(10_000)}`);
    engine.wire.cutAfter(3 * MB);
    const after = await runOver(long);
    engine.wire.cutAfter(Infinity);
    await expectFault(after, { fault: "lost" });
    expect((await desk.runAgain(extract.id)).data?.rows).toBe(10_000);
  });
});

/** ClickHouse's engine within our tests does one thing after the other: nobody could end a statement of it. */
it("a run over ClickHouse that takes long ends at the source when somebody cancels it", async () => {
  const source = await startEndlessClickhouse();
  try {
    const token = await build.tokenOf(await build.buildUser({ role: "editor" }));
    const desk = extractDesk(world.server.url, { token });
    const dataSourceId = await connectSource(world.server.url, { token }, source.connection());
    const table = { schema: "sales", name: "endless" };
    const made = await desk.ask("POST", "", { name: "endless", dataSourceId, table, schedule: { kind: "manual" } });
    const sending = async (count: number): Promise<boolean> =>
      within(LONG_MS / 2, () => pause(20, source.sending().length === count));
    expect(await sending(1)).toBe(true);
    const [statement] = source.sending();
    await desk.ask("POST", `/${made.body.id}/cancel`);
    expect(await sending(0)).toBe(true);
    expect(new Set(source.killed)).toEqual(new Set([statement]));
    expect((await desk.find(made.body.id)).runs[0]?.state).toBe("cancelled");
  } finally {
    await source.stop();
  }
});

describe.each(wiredEngines(["PostgreSQL", "MariaDB"]))("a run over %s that takes long", (_name, start) => {
  const RUNNING: Record<string, string> = {
    postgresql: `SELECT count(*) FROM pg_stat_activity WHERE usename = '${READER.user}' AND state = 'active'`,
    mysql: `SELECT count(*) FROM information_schema.processlist WHERE user = '${READER.user}' AND command = 'Query'`,
  };
  const PAUSE: Record<string, string> = {
    postgresql: "CASE WHEN n > 3000 THEN pg_sleep(60)::text END",
    mysql: "CASE WHEN n > 3000 THEN SLEEP(60) END",
  };
  let engine: WiredEngine;
  let desk: ReturnType<typeof extractDesk>;
  let dataSourceId: string;

  beforeAll(async () => {
    engine = await start();
    const pause = PAUSE[engine.name] ?? fail();
    const numbers = WORDS[engine.name]?.numbers(4_000) ?? fail();
    await engine.run(
      `CREATE VIEW sales.slow AS SELECT n, repeat('x', 1000) AS note, ${pause} AS pause FROM ${numbers}`,
    );
    if (engine.name === "postgresql") await engine.run(`GRANT SELECT ON sales.slow TO ${READER.user}`);
    const token = await build.tokenOf(await build.buildUser({ role: "editor" }));
    desk = extractDesk(world.server.url, { token });
    dataSourceId = await connectSource(world.server.url, { token }, engine.connection());
  });
  afterAll(() => engine.stop());

  const running = async (): Promise<number> => Number((await engine.rows(RUNNING[engine.name] ?? ""))[0]?.[0]);
  const begin = async (name: string): Promise<Extract> => {
    const table = { schema: "sales", name: "slow" };
    const made = await desk.ask("POST", "", { name, dataSourceId, table, schedule: { kind: "manual" } });
    return desk.when(made.body.id, ({ runs }) => (runs[0]?.rows ?? 0) > 0);
  };

  it("ends at the source when somebody cancels it", async () => {
    const { id } = await begin("cancelled");
    expect(await running()).toBe(1);
    await desk.ask("POST", `/${id}/cancel`);
    expect(await within(LONG_MS / 2, async () => (await running()) === 0)).toBe(true);
    expect(await desk.find(id)).toMatchObject({ data: null, runs: [{ state: "cancelled", fault: null }] });
  });

  it("ends at the source when its extract is removed", async () => {
    const { id } = await begin("removed");
    await desk.ask("POST", `/${id}/remove`);
    expect(await within(LONG_MS / 2, async () => (await running()) === 0)).toBe(true);
  });

  it("ends at the source when its time is over", async () => {
    world.config.extract.timeoutMs = 4_000;
    const { id } = await begin("late");
    const late = await desk.when(id, ({ runs }) => runs[0]?.state === "failed");
    world.config.extract.timeoutMs = LONG_MS;
    expect(late.runs[0]?.fault).toBe("timeout");
    expect(await within(LONG_MS / 2, async () => (await running()) === 0)).toBe(true);
  });

  it("fails when the source is stopped altogether", async () => {
    const { id } = await begin("stopped");
    await engine.wire.close();
    expect(await desk.when(id, ({ runs }) => runs[0]?.state === "failed")).toMatchObject({ runs: [{ fault: "lost" }] });
    expect((await desk.runAgain(id)).runs[0]).toMatchObject({ state: "failed", fault: "unreachable" });
  });
});

function fail(): never {
  throw new Error("The test has no words for this engine.");
}
