import type { DatasetProblem } from "../../../core/contract/dataset/edit";
import { lineOf, textOf, type Draft } from "../../../tests/factories/datasets";
import type { TestEngine } from "../../../tests/factories/engines/engine";
import { ENGINES } from "../../../tests/factories/engines/engines";
import { keyOf, made, mistake, MISTAKES } from "../../../tests/factories/mistakes";
import { startRemoteWorld, type RemoteOffice, type RemoteWorld } from "../../../tests/factories/remote-office";
import { startWire, type Wire } from "../../../tests/factories/engines/wire";
import { Secret } from "../../secret";

jest.setTimeout(120_000); // engines start, and machines may be busy

let world: RemoteWorld["world"];
let work: RemoteWorld["work"];
let remote: RemoteWorld["remote"];
beforeAll(async () => {
  ({ world, work, remote } = await startRemoteWorld());
});
afterAll(() => world.stop());

const TYPES: Record<string, string> = {
  postgresql: "id int, day date, shop text, amount numeric(12,2)",
  mysql: "id int, day date, shop varchar(20), amount decimal(12,2)",
  clickhouse: "id Int32, day Date32, shop String, amount Decimal(12, 2)",
};

describe.each(ENGINES)("what is wrong with a text over %s", (_name, start) => {
  let engine: TestEngine;
  let wire: Wire;
  let office: RemoteOffice;
  beforeAll(async () => {
    engine = await start();
    wire = await startWire({ host: "127.0.0.1", port: engine.connection().port });
    const behind = engine.name === "clickhouse" ? " ENGINE = Memory" : "";
    const text = engine.name === "clickhouse" ? "String" : "varchar(20)";
    await engine.run(`CREATE TABLE sales.orders (${TYPES[engine.name]})${behind}`);
    await engine.run(
      "INSERT INTO sales.orders VALUES (1, '2026-11-01', 'a', 10.5), (2, '2026-11-02', 'b', 20), (3, '2026-11-02', 'a', 12)",
    );
    await engine.run(`CREATE TABLE sales.shops (name ${text}, city ${text})${behind}`);
    await engine.run("INSERT INTO sales.shops VALUES ('a', 'Hangzhou'), ('b', 'Ningbo'), ('c', 'Ningbo')");
    office = await remote.office(engine.connection({ port: wire.port }));
  });
  afterAll(async () => {
    await wire.close();
    await engine.stop();
  });

  const overTables = (change: (model: Draft) => void = () => undefined, dataSource = office.dataSource): string =>
    textOf((model) => {
      for (const dataset of model.semantic_model.datasets) dataset.source = `sales.${dataset.name}`;
      model.dingboard["dataSource"] = dataSource;
      change(model);
    });
  const told = (problems: DatasetProblem[]) => problems.map(({ code, line, severity }) => ({ code, line, severity }));

  it("is nothing where nothing is", async () => {
    expect(await work.check(office.editor, overTables())).toEqual([]);
  });

  it.each([
    ...MISTAKES,
    mistake("a missing table", '"sales.shops"', '"sales.none"', "table_missing"),
    mistake("a missing schema", '"sales.shops"', '"seals.shops"', "table_missing"),
    mistake("what the engine refuses", "SUM(amount)", "MAX(SUBSTRING(shop))", "expression_refused"),
  ])("$what is told with its line", async (each) => {
    const { text, line, code } = made(each, overTables());
    const problems = await work.check(office.editor, text);
    expect(told(problems)).toContainEqual({ code, line, severity: "error" });
    const refused = await work.create(office.editor, text);
    expect(refused).toMatchObject({ status: 400, code: "dataset_invalid" });
    expect(refused.body.error?.problems).toEqual(problems);
  });

  it("a relationship whose columns are no key is a warning at them", async () => {
    const each = mistake("", keyOf("to_columns", "name"), keyOf("to_columns", "city"), "relationship_not_unique");
    const { text, line, code } = made(each, overTables());
    const problems = await work.check(office.editor, text);
    expect(told(problems)).toEqual([{ code, line: line - 1, severity: "warning" }]);
  });

  it.each([
    "SELECT id, day, shop, amount FROM sales.orders WHERE",
    "SELECT id, day, shop, amuont FROM sales.orders",
    "SELECT id, day, shop, amount FROM sales.none",
    "SELECT id, day, shop, sleep(1) AS amount FROM sales.orders",
    "SELECT id, day, shop, round(shop, 1, 2, 3) AS amount FROM sales.orders",
  ])("an SQL in the place of a table is told where it stands: %s", async (sql) => {
    const text = overTables((model) => Object.assign(model.semantic_model.datasets[0] ?? {}, { source: sql }));
    const [problem, ...others] = await work.check(office.administrator, text);
    expect(problem).toMatchObject({ code: "sql_refused", line: lineOf(text, '"source"'), severity: "error" });
    // What the relationship would have led from is not there: nothing is made up about it.
    expect(others).toEqual([]);
  });

  it("an SQL that is understood is a table like any other", async () => {
    const sql = "SELECT id, day, shop, amount FROM sales.orders WHERE amount > 11";
    const text = overTables((model) => Object.assign(model.semantic_model.datasets[0] ?? {}, { source: sql }));
    expect(await work.check(office.administrator, text)).toEqual([]);
    expect((await work.create(office.administrator, text, "by_sql")).status).toBe(200);
    const { body } = await remote.preview(office.editor, "by_sql", { measures: ["amount"] });
    expect(body.values).toEqual([[32]]);
  });

  it.each([
    ["a wrong password", { password: new Secret("wrong") }, /user or the password/],
    ["a database that is not there", { database: "nowhere" }, /database|may not read/],
    ["a port where nobody listens", { port: 9 }, /does not answer/],
  ])(
    "%s is told as a source that cannot be reached, which a check and a proposal answer with a code",
    async (_, changes, says) => {
      const dataSource = await remote.connect(office.editor, engine.connection(changes));
      const text = overTables(undefined, dataSource);
      const { status, body } = await remote.checked(office.editor, text);
      expect({ status, problems: told(body.problems) }).toEqual({
        status: 200,
        problems: [{ code: "source_unreachable", line: lineOf(text, "sales.orders"), severity: "error" }],
      });
      expect(body.problems[0]?.message).toMatch(says);
      const proposal = await remote.propose(office.editor, "sales.orders", dataSource);
      expect(proposal).toMatchObject({
        status: 503,
        code: "unavailable",
        body: { error: { message: expect.stringMatching(says) } },
      });
    },
  );

  it("a source that is cut off is there again for the next check", async () => {
    wire.cut();
    wire.cutAfter(0);
    const text = overTables();
    expect(told(await work.check(office.editor, text))).toEqual([
      { code: "source_unreachable", line: lineOf(text, "sales.orders"), severity: "error" },
    ]);
    wire.cutAfter(Infinity);
    expect(await work.check(office.editor, text)).toEqual([]);
  });
});
