import { setMaxListeners } from "node:events";
import type { DataSourceId, EnterpriseId } from "../../../core/contract/id";
import type { TestEngine } from "../../../tests/factories/engines/engine";
import { READER, WRITER } from "../../../tests/factories/engines/engine";
import { mariadbMissing, startMariadb } from "../../../tests/factories/engines/mariadb";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { ENGINES } from "../../../tests/factories/engines/engines";
import { Secret } from "../../secret";
import type { BoundValue } from "../query/render";
import type { Connection } from "./driver";
import { createHostGuard } from "./host-guard";
import { RemoteSources } from "./remote";
import type { Limits } from "./source";

jest.setTimeout(120_000);

const ENTERPRISE = "5f0c4f3e-1111-4111-8111-111111111111" as EnterpriseId;
const ID = "5f0c4f3e-2222-4222-8222-222222222222" as DataSourceId;
const LIMITS: Limits = { maxRows: 1_000, maxBytes: 1_000_000, timeoutMs: 20_000 };

const sources = (connection: Connection, list: string[] = ["127.0.0.1"]): RemoteSources =>
  new RemoteSources({
    guard: createHostGuard(list),
    find: (enterpriseId) => Promise.resolve(enterpriseId === ENTERPRISE ? { ...connection, revision: "1" } : null),
    now: Date.now,
  });

const statement = (sql: string, values: BoundValue[] = []) => ({ sql, values, expressions: [] });

describe.each(ENGINES)("%s as a data source", (_name, start) => {
  let engine: TestEngine;
  let remote: RemoteSources;

  beforeAll(async () => {
    engine = await start();
    const types = {
      postgresql: "id bigint, price numeric(20,2), share double precision, day date, paid boolean, shop text",
      mysql: "id bigint, price decimal(20,2), share double, day date, paid boolean, shop varchar(50)",
      clickhouse:
        "id Nullable(Int64), price Nullable(Decimal(20,2)), share Nullable(Float64), day Nullable(Date32), paid Nullable(Bool), shop Nullable(String)",
    }[engine.name];
    await engine.run(`CREATE TABLE sales.orders (${types})${engine.name === "clickhouse" ? " ENGINE = Memory" : ""}`);
    await engine.run(
      `INSERT INTO sales.orders VALUES
       (9007199254740993, 1234567890123456.78, 0.5, '2026-11-01', true, '羽绒服 🧥'),
       (1, 12.50, 0.25, '2026-11-02', false, 'a''b\\\\'), (NULL, NULL, NULL, NULL, NULL, NULL)`,
    );
    remote = sources(engine.connection());
  });
  afterAll(async () => {
    remote.close();
    await engine.stop();
  });

  const ask = async (sql: string, limits: Partial<Limits> = {}, values: BoundValue[] = []) =>
    (await remote.open(ENTERPRISE, ID)).execute(statement(sql, values), { ...LIMITS, ...limits });

  it("answers every value whole", async () => {
    const answer = await ask("SELECT id, price, share, day, shop FROM sales.orders ORDER BY id IS NULL, id DESC");
    expect(answer).toEqual([
      ["9007199254740993", 1, null],
      ["1234567890123456.78", 12.5, null],
      [0.5, 0.25, null],
      ["2026-11-01", "2026-11-02", null],
      ["羽绒服 🧥", expect.stringMatching(/^a'b\\+$/), null],
    ]);
  });

  it("takes bound values as values, whatever they hold", async () => {
    const { dialect } = await remote.open(ENTERPRISE, ID);
    const nasty = "x'); DROP TABLE sales.orders; -- \\' \" ? $1 {p1:String} :a 🧥";
    const values: BoundValue[] = [
      { type: "text", value: nasty },
      { type: "integer", value: 9007199254740991 },
      { type: "double", value: 0.1 },
      { type: "day", value: "2026-11-01" },
      { type: "decimal", value: "1234567890123456.78" },
    ];
    const columns = values.map(({ type }, index) => `${dialect.bound(index + 1, type)} AS c${index}`);
    expect(await ask(`SELECT ${columns.join(", ")}`, {}, values)).toEqual([
      [nasty],
      [9007199254740991],
      [0.1],
      ["2026-11-01"],
      ["1234567890123456.78"],
    ]);
  });

  it("shows its tables, and their columns with what a dataset would call them", async () => {
    const tables = await remote.tables(engine.connection());
    expect(tables).toContainEqual({ schema: "sales", name: "orders", kind: "table" });
    const columns = await remote.columns(engine.connection(), { schema: "sales", name: "orders" });
    expect(columns.map(({ name, datatype }) => [name, datatype])).toEqual([
      ["id", "Integer"],
      ["price", "Decimal"],
      ["share", "Float"],
      ["day", "Date"],
      ["paid", "Boolean"],
      ["shop", "String"],
    ]);
  });

  it("says what is wrong with a connection", async () => {
    const fault = async (changes: Partial<Connection>, list?: string[]) =>
      (await sources(engine.connection(), list).test(engine.connection(changes))).fault;
    expect(await fault({})).toBeNull();
    expect(await fault({ password: new Secret("wrong") })).toBe("login_failed");
    expect(await fault({ database: "nowhere" })).toMatch(/database_missing|not_permitted/);
    expect(await fault({ port: 1 })).toBe("unreachable");
    expect(await fault({ tls: "verify" })).toMatch(/tls_failed|unreachable/);
    expect(await fault({}, [])).toBe("host_refused");
    expect(await fault({}, ["127.0.0.1:1"])).toBe("host_refused");
    expect(await fault({ host: "no-such-host.invalid" }, ["no-such-host.invalid"])).toBe("host_unknown");
  });

  it("stops at the rows that are asked for, out of 50 million", async () => {
    const many = {
      postgresql: "SELECT * FROM generate_series(1, 50000000) AS n",
      mysql: "SELECT seq FROM seq_1_to_50000000",
      clickhouse: "SELECT number FROM numbers(1000000)", // the test's HTTP does not stream
    }[engine.name];
    const [column] = await ask(many ?? "", { maxRows: 100 });
    expect(column).toHaveLength(100);
    expect(await ask("SELECT 1 AS one")).toEqual([[1]]);
  });

  it("refuses a cell of 100 MB and answers the next question", async () => {
    const one =
      { postgresql: "repeat('x', 100000000)", mysql: "repeat('x', 16000000)" }[engine.name] ?? "repeat('x', 1000000)";
    const limits = { maxBytes: engine.name === "clickhouse" ? 100_000 : 1_000_000 };
    await expect(ask(`SELECT ${one} AS cell`, limits)).rejects.toMatchObject({
      fault: "too_large",
      code: "query_failed",
    });
    expect(await ask("SELECT 1 AS one")).toEqual([[1]]);
  });

  it("tells a table or column that is gone", async () => {
    await expect(ask("SELECT 1 FROM sales.gone")).rejects.toMatchObject({ fault: "changed" });
    await expect(ask("SELECT gone FROM sales.orders")).rejects.toMatchObject({ fault: "changed" });
  });

  it("is no other enterprise's", async () => {
    const other = "5f0c4f3e-3333-4333-8333-333333333333" as EnterpriseId;
    await expect(remote.open(other, ID)).rejects.toMatchObject({ code: "query_failed" });
  });
});

interface Watched {
  engine: TestEngine;
  sleep: string;
  /** How many statements of the test the engine runs now. */
  running(): Promise<number>;
}

const WATCHED: [string, () => Promise<Watched>][] = [
  ["PostgreSQL", watchPostgresql],
  ...(mariadbMissing() === null ? [["MariaDB", watchMariadb] as [string, () => Promise<Watched>]] : []),
];

async function watchPostgresql(): Promise<Watched> {
  const engine = await startPostgresql();
  const remote = sources(engine.connection({ user: WRITER.user, password: new Secret(WRITER.password) }));
  const sql = `SELECT count(*) FROM pg_stat_activity WHERE usename = '${READER.user}' AND state = 'active'`;
  await engine.run(`GRANT pg_read_all_stats TO ${WRITER.user}`);
  const running = async () =>
    Number((await (await remote.open(ENTERPRISE, ID)).execute(statement(sql), LIMITS))[0]?.[0]);
  return { engine, sleep: "SELECT pg_sleep(30)", running };
}

async function watchMariadb(): Promise<Watched> {
  const engine = await startMariadb();
  await engine.run(`GRANT PROCESS ON *.* TO ${WRITER.user}@'%'`);
  const remote = sources(engine.connection({ user: WRITER.user, password: new Secret(WRITER.password) }));
  const sql = `SELECT count(*) FROM information_schema.processlist WHERE user = '${READER.user}' AND command = 'Query'`;
  const running = async () =>
    Number((await (await remote.open(ENTERPRISE, ID)).execute(statement(sql), LIMITS))[0]?.[0]);
  return { engine, sleep: "SELECT sleep(30) FROM sales.one", running };
}

describe.each(WATCHED)("%s that does not behave", (_name, start) => {
  let watched: Watched;
  let remote: RemoteSources;

  beforeAll(async () => {
    watched = await start();
    await watched.engine.run("CREATE TABLE sales.one (n int)");
    await watched.engine.run("INSERT INTO sales.one VALUES (1)");
    remote = sources(watched.engine.connection());
  });
  afterAll(async () => {
    remote.close();
    await watched.engine.stop();
  });

  const ask = async (sql: string, limits: Partial<Limits> = {}) =>
    (await remote.open(ENTERPRISE, ID)).execute(statement(sql), { ...LIMITS, ...limits });
  const untilIdle = async (): Promise<void> => {
    while ((await watched.running()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  };

  it("ends a statement at the engine when its time is over", async () => {
    await expect(ask(watched.sleep, { timeoutMs: 300 })).rejects.toMatchObject({ code: "query_timeout" });
    await untilIdle();
    expect(await ask("SELECT n FROM sales.one")).toEqual([[1]]);
  });

  it("ends a statement at the engine when nobody waits for it any more", async () => {
    const leaving = new AbortController();
    const left = ask(watched.sleep, { signal: leaving.signal });
    const outcome = expect(left).rejects.toThrow("gone");
    while ((await watched.running()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    leaving.abort(new Error("gone"));
    await outcome;
    await untilIdle();
  });

  it("lets no session write, also where the user might", async () => {
    const writer = watched.engine.connection({ user: WRITER.user, password: new Secret(WRITER.password) });
    const writing = sources(writer);
    expect(await writing.test(writer)).toMatchObject({ ok: true, warnings: expect.arrayContaining(["can_write"]) });
    expect(await remote.test(watched.engine.connection())).toMatchObject({ ok: true, warnings: ["not_encrypted"] });
    const source = await writing.open(ENTERPRISE, ID);
    for (const sql of ["DELETE FROM sales.one", "INSERT INTO sales.one VALUES (2)", "DROP TABLE sales.one"]) {
      await expect(source.execute(statement(sql), LIMITS)).rejects.toMatchObject({ code: "query_failed" });
    }
    expect(await ask("SELECT n FROM sales.one")).toEqual([[1]]);
    writing.close();
  });

  it("answers a report while another one has any number of slow questions, which run few at a time", async () => {
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    const { signal } = leaving;
    const slow = Array.from({ length: 20 }, () => ask(watched.sleep, { report: "slow", signal }).catch(String));
    while ((await watched.running()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));

    for (let time = 0; time < 5; time += 1) {
      expect(await ask("SELECT n FROM sales.one", { report: "other" })).toEqual([[1]]);
      expect(await watched.running()).toBeLessThanOrEqual(3);
    }

    leaving.abort("gone");
    expect(await Promise.all(slow)).toEqual(Array.from({ length: 20 }, () => "gone"));
    await untilIdle();
  });

  it("lets who comes wait for their turn no longer than they may", async () => {
    const leaving = new AbortController();
    setMaxListeners(0, leaving.signal);
    const slow = Array.from({ length: 6 }, (_, index) =>
      ask(watched.sleep, { report: `slow ${index}`, signal: leaving.signal }).catch(String),
    );
    while ((await watched.running()) < 6) await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(ask("SELECT 1", { timeoutMs: 100 })).rejects.toMatchObject({
      fault: "overloaded",
      code: "unavailable",
    });
    leaving.abort("gone");
    await Promise.all(slow);
    await untilIdle();
    expect(await ask("SELECT n FROM sales.one")).toEqual([[1]]);
  });
});

describe("a line that breaks", () => {
  it("is told, and the next question opens another", async () => {
    const engine = await startPostgresql();
    const remote = sources(engine.connection());
    const ask = async (sql: string, limits: Partial<Limits> = {}) =>
      (await remote.open(ENTERPRISE, ID)).execute(statement(sql), { ...LIMITS, ...limits });
    try {
      expect(await ask("SELECT 1 AS one")).toEqual([[1]]);
      engine.wire.cut();
      expect(await ask("SELECT 1 AS one").catch((error: unknown) => error)).toEqual(expect.anything());
      expect(await ask("SELECT 1 AS one")).toEqual([[1]]);

      engine.wire.cutAfter(200_000);
      const large = ask("SELECT repeat('x', 1000) FROM generate_series(1, 100000)", { maxRows: 1e6, maxBytes: 1e9 });
      await expect(large).rejects.toMatchObject({ fault: "lost", code: "unavailable" });
      engine.wire.cutAfter(Infinity);
      expect(await ask("SELECT 1 AS one")).toEqual([[1]]);

      engine.wire.hang();
      await expect(ask("SELECT 1 AS one", { timeoutMs: 200 })).rejects.toMatchObject({ code: "query_timeout" });
      expect(await ask("SELECT 1 AS one")).toEqual([[1]]);
    } finally {
      remote.close();
      await engine.stop();
    }
  });
});

(mariadbMissing() === null ? describe : describe.skip)("texts in other encodings", () => {
  it("arrive as what they say", async () => {
    const engine = await startMariadb();
    const remote = sources(engine.connection());
    try {
      await engine.run(
        "CREATE TABLE sales.old (a varchar(20) CHARACTER SET latin1, b varchar(20) CHARACTER SET gbk, c text CHARACTER SET utf8mb4)",
      );
      await engine.run("INSERT INTO sales.old VALUES ('café', '华东大区', '😀')");
      const source = await remote.open(ENTERPRISE, ID);
      expect(await source.execute(statement("SELECT a, b, c FROM sales.old"), LIMITS)).toEqual([
        ["café"],
        ["华东大区"],
        ["😀"],
      ]);
    } finally {
      remote.close();
      await engine.stop();
    }
  });
});
