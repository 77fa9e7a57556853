import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { TestEngine } from "../../../tests/factories/engines/engine";
import { ENGINES } from "../../../tests/factories/engines/engines";
import { startRemoteWorld, type RemoteOffice, type RemoteWorld } from "../../../tests/factories/remote-office";

jest.setTimeout(120_000); // engines start, and machines may be busy

let world: RemoteWorld["world"];
let work: RemoteWorld["work"];
let remote: RemoteWorld["remote"];
beforeAll(async () => {
  ({ world, work, remote } = await startRemoteWorld());
});
afterAll(() => world.stop());

/** A table with a column of each kind. The odd ones are an engine's own. */
interface Kinds {
  before?: string;
  /** Type of each column, and whether a field is proposed for it: as what. */
  columns: Record<string, [type: string, datatype: string | null]>;
  odd: { values: string; nulls: string };
  behind: string;
  /** The day of an instant in China. */
  dayOf(column: string): string;
  quote: '"' | "`";
}

const COMMON = ["id", "big", "price", "share", "paid", "day", "shop", "Order No", "select", "地区", "sent"] as const;

/** The columns that every engine has, by the types of the first six, of texts and of instants. */
function common(numbers: string[], text: string, instant: string): Kinds["columns"] {
  const datatypes = ["Integer", "Integer", "Decimal", "Float", "Boolean", "Date"];
  return Object.fromEntries(
    COMMON.map((name, index) => {
      if (name === "sent") return [name, [instant, "DateTimeTz"]];
      return [name, [numbers[index] ?? text, datatypes[index] ?? "String"]];
    }),
  );
}

const KINDS: Record<string, Kinds> = {
  postgresql: {
    before: "CREATE TYPE sales.mood AS ENUM ('good', 'bad')",
    columns: {
      ...common(["integer", "bigint", "numeric(12,2)", "double precision", "boolean", "date"], "text", "timestamptz"),
      seen: ["timestamp", "DateTime"],
      mood: ["sales.mood", "String"],
      ref: ["uuid", "String"],
      doc: ["jsonb", null],
      tags: ["text[]", null],
      span: ["interval", null],
      raw: ["bytea", null],
    },
    odd: {
      values: `'2026-11-02 00:30:00', 'bad', '5f0c4f3e-1111-4111-8111-111111111111', '{"a": 1}', '{a,b}', '1 day', '\\x00'`,
      nulls: "NULL, NULL, NULL, NULL, NULL, NULL, NULL",
    },
    behind: "",
    dayOf: (column) => `(${column} AT TIME ZONE 'Asia/Shanghai')::date`,
    quote: '"',
  },
  mysql: {
    columns: {
      ...common(["int", "bigint", "decimal(12,2)", "double", "boolean", "date"], "varchar(50)", "timestamp NULL"),
      seen: ["datetime", "DateTime"],
      mood: ["enum('good', 'bad')", "String"],
      doc: ["json", "String"], // MariaDB has JSON as text
      raw: ["blob", null],
      flag: ["bit(1)", "Boolean"],
      opened: ["time", "Time"],
    },
    odd: {
      values: `'2026-11-02 00:30:00', 'bad', '{"a": 1}', X'00', b'1', '08:30:00'`,
      nulls: "NULL, NULL, NULL, NULL, NULL, NULL",
    },
    behind: "",
    dayOf: (column) => `CAST(${column} + INTERVAL 8 HOUR AS DATE)`,
    quote: "`",
  },
  clickhouse: {
    columns: {
      ...common(
        ["Int32", "Int64", "Decimal(12, 2)", "Float64", "Bool", "Date32"].map((type) => `Nullable(${type})`),
        "LowCardinality(Nullable(String))",
        "Nullable(DateTime)",
      ),
      mood: ["Nullable(Enum8('good' = 1, 'bad' = 2))", "String"],
      ref: ["Nullable(UUID)", "String"],
      tags: ["Array(String)", null],
      doc: ["Map(String, String)", null],
      pair: ["Tuple(Int32, String)", null],
    },
    odd: {
      values: `'bad', '5f0c4f3e-1111-4111-8111-111111111111', ['a', 'b'], {'a': '1'}, (1, 'x')`,
      nulls: "NULL, NULL, [], {}, (0, '')",
    },
    behind: " ENGINE = Memory",
    dayOf: (column) => `toDate32(addHours(${column}, 8))`,
    quote: '"',
  },
};

async function makeKinds(engine: TestEngine): Promise<Kinds> {
  const kinds = KINDS[engine.name];
  if (!kinds) throw new Error(`Nothing is known of ${engine.name}.`);
  if (kinds.before) await engine.run(kinds.before);
  const columns = Object.entries(kinds.columns).map(([name, [type]]) => `${kinds.quote}${name}${kinds.quote} ${type}`);
  await engine.run(`CREATE TABLE sales.kinds (${columns.join(", ")})${kinds.behind}`);
  const rows = [
    "1, 9007199254741993, 10.50, 0.25, true, '2026-11-01', 'east', 'A 1', 'x', '华东', '2026-11-01 20:00:00'",
    "2, 2, 20, 0.5, false, '2026-11-02', 'east', 'A 2', 'y', '华东', '2026-11-02 02:00:00'",
    "3, -7, 12.25, 1.5, true, '2026-11-02', 'west', 'A 3', 'y', '华北', '2026-11-02 18:00:00'",
  ].map((row) => `(${row}, ${kinds.odd.values})`);
  rows.push(`(${"NULL, ".repeat(11)}${kinds.odd.nulls})`);
  await engine.run(`INSERT INTO sales.kinds VALUES ${rows.join(", ")}`);
  return kinds;
}

/** A table of nothing that a field could be made of. */
const ODD: Record<string, string> = {
  postgresql: "doc jsonb, tags text[]",
  mysql: "raw blob",
  clickhouse: "tags Array(String)",
};

describe.each(ENGINES)("a dataset that is proposed from a table of %s", (_name, start) => {
  let engine: TestEngine;
  let kinds: Kinds;
  let office: RemoteOffice;
  let text: string;
  let model: DatasetModel;
  beforeAll(async () => {
    engine = await start();
    kinds = await makeKinds(engine);
    office = await remote.office(engine.connection());
    text = (await remote.propose(office.editor, "sales.kinds", office.dataSource)).body.text;
    model = DatasetModel.parse(JSON.parse(text));
    await work.create(office.editor, text, "kinds");
  });
  afterAll(() => engine.stop());

  const columnOf = (expression: string): string => expression.replace(/^"|"$/g, "");

  it("has a field for each column that a datatype of ours can say, and nothing is wrong with it", async () => {
    const fields = model.semantic_model.datasets[0]?.fields ?? [];
    const proposed = fields.map(({ expression, datatype }) => [
      columnOf(expression.dialects[0]?.expression ?? ""),
      datatype,
    ]);
    const expected = Object.entries(kinds.columns).flatMap(([name, [, datatype]]) =>
      datatype === null ? [] : [[name, datatype]],
    );
    expect(proposed).toEqual(expected);
    const { status, body } = await remote.checked(office.editor, text);
    expect({ status, problems: body.problems }).toEqual({ status: 200, problems: [] });
  });

  it("puts together what the engine itself puts together", async () => {
    const measures = ["row_count", "total_big", "average_price", "average_share"];
    const { body } = await remote.preview(office.editor, "kinds", { measures });
    const [direct] = await engine.rows("SELECT count(*), sum(big), avg(price), avg(share) FROM sales.kinds");
    const rounded = (values: readonly unknown[]): string[] => values.map((value) => Number(value).toFixed(4));
    expect(rounded(body.values.map(([value]) => value))).toEqual(rounded(direct ?? []));
  });

  it("tells the rows apart by each of its fields as the engine does", async () => {
    for (const { name, expression, datatype } of model.semantic_model.datasets[0]?.fields ?? []) {
      const column = `${kinds.quote}${columnOf(expression.dialects[0]?.expression ?? "")}${kinds.quote}`;
      const by =
        datatype === "DateTimeTz" ? kinds.dayOf(column) : datatype === "DateTime" ? `CAST(${column} AS date)` : column;
      const { body } = await remote.preview(office.editor, "kinds", {
        dimensions: [{ field: name }],
        measures: ["row_count"],
      });
      const direct = await engine.rows(`SELECT count(*) FROM sales.kinds GROUP BY ${by}`);
      const sizes = (counts: unknown[]): number[] => counts.map(Number).sort((a, b) => a - b);
      expect([name, sizes(body.values?.[1] ?? [])]).toEqual([name, sizes(direct.map(([count]) => count))]);
    }
  });

  it("is refused with a code where there is nothing to propose", async () => {
    await engine.run(`CREATE TABLE sales.odd (${ODD[engine.name]})${kinds.behind}`);
    const { editor, administrator, dataSource } = office;
    for (const [source, says] of [
      ["sales.none", /"sales.none" cannot be read: .*none/],
      ["sales.odd", /"sales.odd" has no column/],
      ["pg_catalog.pg_authid", /engine itself/],
      ["system.users", /engine itself/],
    ] as const) {
      const { status, code, body } = await remote.propose(editor, source, dataSource);
      expect({ status, code, says: body.error.message }).toEqual({
        status: 400,
        code: "input_invalid",
        says: expect.stringMatching(says),
      });
    }
    const sql = "SELECT shop, price FROM sales.kinds";
    expect((await remote.propose(editor, sql, dataSource)).code).toBe("forbidden");
    const bySql = await remote.propose(administrator, sql, dataSource);
    expect((await remote.checked(administrator, bySql.body.text)).body.problems).toEqual([]);
    const stranger = await work.office();
    expect(await remote.propose(stranger.editor, "sales.kinds", dataSource)).toMatchObject({
      status: 404,
      code: "data_source_not_found",
    });
  });
});
