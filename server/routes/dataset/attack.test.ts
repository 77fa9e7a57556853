import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import { ATTACKS, DISARMED, EXPRESSION_ATTACKS, TABLE_ATTACKS } from "../../../tests/factories/attacks";
import { ansi, lineOf } from "../../../tests/factories/datasets";
import { MIGHTY, type TestEngine } from "../../../tests/factories/engines/engine";
import { ENGINES } from "../../../tests/factories/engines/engines";
import { startRemoteWorld, type RemoteOffice, type RemoteWorld } from "../../../tests/factories/remote-office";
import { Secret } from "../../secret";

jest.setTimeout(120_000); // engines start, and machines may be busy

let world: RemoteWorld["world"];
let work: RemoteWorld["work"];
let remote: RemoteWorld["remote"];
beforeAll(async () => {
  ({ world, work, remote } = await startRemoteWorld());
});
afterAll(() => world.stop());

/** What stands in the canaries; nobody must ever read it. */
const SECRET = "canary-7f3a91";

interface Ground {
  /** Types of `sales.orders`: `id`, `shop`, `amount`; and of the canary: `secret`, `n`. */
  types: [orders: string, canary: string];
  behind: string;
  /** Reads the canary file: proof that a question could, were it let through. Null where the engine can read none. */
  sings: ((file: string) => string) | null;
  /** All that an attack could have changed at the engine. */
  state: string[];
  own: "POSTGRESQL" | "MYSQL" | "CLICKHOUSE";
}

const GROUNDS: Record<string, Ground> = {
  postgresql: {
    types: ["id int, shop text, amount numeric(12,2)", "secret text, n int"],
    behind: "",
    sings: (file) => `SELECT pg_read_file('${file}')`,
    state: [
      "SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text NOT LIKE 'pg_toast%'",
      "SELECT count(*) FROM pg_proc",
      "SELECT count(*) FROM pg_roles",
      "SELECT count(*) FROM pg_largeobject_metadata",
      "SELECT count(*) FROM pg_db_role_setting",
      "SELECT pg_stat_force_next_flush()",
      "SELECT seq_scan, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables WHERE relname = 'canary'",
    ],
    own: "POSTGRESQL",
  },
  mysql: {
    types: ["id int, shop varchar(20), amount decimal(12,2)", "secret varchar(50), n int"],
    behind: "",
    sings: (file) => `SELECT load_file('${file}')`,
    state: [
      "SELECT count(*) FROM information_schema.tables",
      "SELECT count(*) FROM mysql.user",
      "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'HANDLER_DELETE'",
    ],
    own: "MYSQL",
  },
  clickhouse: {
    types: ["id Int32, shop String, amount Decimal(12, 2)", "secret String, n Int32"],
    behind: " ENGINE = Memory",
    sings: null,
    state: ["SELECT count() FROM system.tables", "SELECT count() FROM system.databases"],
    own: "CLICKHOUSE",
  },
};

describe.each(ENGINES)("an attack on %s, as a user who may do everything", (name, start) => {
  let engine: TestEngine;
  let ground: Ground;
  let office: RemoteOffice;
  let folder: string;
  let before: unknown;

  const stateNow = async (): Promise<unknown> => {
    const counts = [];
    for (const sql of ground.state) counts.push(await engine.rows(sql));
    const left = readdirSync(tmpdir()).filter((file) => file.startsWith("dingboard-x"));
    const orders = await engine.rows("SELECT id, shop FROM sales.orders ORDER BY id");
    return { counts, orders, files: readdirSync(folder), left };
  };

  beforeAll(async () => {
    engine = await start();
    ground = GROUNDS[engine.name] as Ground;
    const { behind, types } = ground;
    await engine.run(engine.name === "postgresql" ? "CREATE SCHEMA vault" : "CREATE DATABASE vault");
    await engine.run(`CREATE TABLE sales.orders (${types[0]})${behind}`);
    await engine.run("INSERT INTO sales.orders VALUES (1, 'a', 10.5), (2, 'b', 20)");
    await engine.run(`CREATE TABLE vault.canary (${types[1]})${behind}`);
    await engine.run(`INSERT INTO vault.canary VALUES ('${SECRET}', 1)`);
    folder = mkdtempSync(join(tmpdir(), "dingboard-attack-"));
    chmodSync(folder, 0o777);
    writeFileSync(join(folder, "canary"), SECRET, { mode: 0o644 });
    const mighty = engine.name === "clickhouse" ? {} : { user: MIGHTY.user, password: new Secret(MIGHTY.password) };
    office = await remote.office(engine.connection(mighty));
    before = await stateNow();
  });
  afterAll(async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The paths and servers of the attacks, where there is something to be found. */
  const armed = (attack: string): string =>
    attack.replaceAll("/etc/passwd", join(folder, "canary")).replaceAll("/tmp/x", join(folder, "x"));

  const document = (parts: { source?: string; field?: string; metric?: string; dialect?: string }) => {
    const { source = "sales.orders", field = "shop", metric = "SUM(amount)", dialect } = parts;
    return {
      version: 1,
      semantic_model: {
        name: "attack",
        datasets: [
          {
            name: "orders",
            source,
            fields: [{ name: "part", expression: ansi(field, dialect), datatype: "String" }],
            metrics: [{ name: "value", expression: ansi(metric, dialect), datatype: "Float" }],
          },
        ],
      },
      dingboard: { label: "Attack", dataSource: office.dataSource },
    };
  };

  /** Tries a model in each way there is: checked, saved, and asked though it was never checked. */
  async function expectRefused(model: ReturnType<typeof document>, at: string): Promise<void> {
    const text = JSON.stringify(model, null, 2);
    const { status, body } = await remote.checked(office.administrator, text);
    expect(status).toBe(200);
    const errors = body.problems.filter(({ severity }) => severity === "error");
    expect(errors[0]).toMatchObject({ line: lineOf(text, at) });
    for (const { code } of errors) expect(code).not.toMatch(/source_unreachable|not_checked/);
    const saved = await work.create(office.administrator, text, "attack");
    expect(saved).toMatchObject({ status: 400, code: "dataset_invalid" });
    const answers: unknown[] = [body, saved.body];
    // A script's datasets are not checked, and a table may change behind one that was.
    const input = { enterpriseId: office.enterprise.id, name: "attack", model: model as z.input<typeof DatasetModel> };
    const isStored = await world.server.domain.saveDataset(input).then(
      () => true,
      () => false,
    );
    if (isStored) {
      const asked = await remote.preview(office.administrator, "attack", {
        dimensions: [{ field: "part" }],
        measures: ["value"],
      });
      expect(["input_invalid", "query_failed"]).toContain(asked.code);
      answers.push(asked.body);
      await world.database.query("delete from dataset where enterprise_id = $1", [office.enterprise.id]);
    }
    expect(JSON.stringify(answers)).not.toMatch(new RegExp(`${SECRET}|root:x:0`));
  }

  it("would be heard: whoever is let through reads the canaries", async () => {
    const [[heard] = []] = ground.sings ? await engine.rows(ground.sings(join(folder, "canary"))) : [[SECRET]];
    expect(String(heard)).toBe(SECRET);
    expect(await engine.rows("SELECT secret FROM vault.canary")).toEqual([[SECRET]]);
    const text = JSON.stringify(document({}), null, 2);
    expect((await remote.checked(office.administrator, text)).body.problems).toEqual([]);
    before = await stateNow();
  });

  it.each([...ATTACKS, ...DISARMED])("by SQL in the place of a table is refused: %s", async (_, sql) => {
    await expectRefused(document({ source: armed(sql) }), '"source"');
  });

  it.each(TABLE_ATTACKS)("by the name of a table is refused: %s", async (_, source) => {
    await expectRefused(document({ source: armed(source) }), '"source"');
  });

  it.each(EXPRESSION_ATTACKS)("by an expression is refused: %s", async (_, expression) => {
    for (const dialect of ["ANSI_SQL", ground.own]) {
      await expectRefused(
        document({ field: armed(expression), dialect }),
        '"expression": ' + JSON.stringify(armed(expression)),
      );
      const sum = `MAX(${armed(expression)})`;
      await expectRefused(document({ metric: sum, dialect }), '"expression": ' + JSON.stringify(sum));
    }
  });

  it("by the columns of a key or of a relationship is refused", async () => {
    const nasty = `id" FROM vault.canary) AS x --`;
    const keyed = document({});
    Object.assign(keyed.semantic_model.datasets[0] ?? {}, { primary_key: [nasty] });
    const joined = document({});
    const other = {
      name: "others",
      source: "sales.orders",
      fields: [{ name: "town", expression: ansi("shop"), datatype: "String" }],
    };
    Object.assign(joined.semantic_model, {
      datasets: [...joined.semantic_model.datasets, other],
      relationships: [{ name: "of", from: "orders", to: "others", from_columns: [nasty], to_columns: [nasty] }],
    });
    for (const model of [keyed, joined]) {
      const text = JSON.stringify(model, null, 2);
      const { problems } = (await remote.checked(office.administrator, text)).body;
      expect(problems[0]).toMatchObject({
        code: "unknown_column",
        line: lineOf(text, JSON.stringify(nasty)),
      });
      expect((await work.create(office.administrator, text, "attack")).code).toBe("dataset_invalid");
    }
    const input = { enterpriseId: office.enterprise.id, name: "attack", model: joined as z.input<typeof DatasetModel> };
    await world.server.domain.saveDataset(input);
    const asked = await remote.preview(office.administrator, "attack", {
      dimensions: [{ field: "town" }],
      measures: ["value"],
    });
    expect(asked.code).toBe("query_failed");
    await world.database.query("delete from dataset where enterprise_id = $1", [office.enterprise.id]);
  });

  it("is not even looked at where an editor tries it", async () => {
    const text = JSON.stringify(document({ source: "SELECT * FROM sales.orders" }), null, 2);
    expect((await remote.checked(office.editor, text)).body.problems).toMatchObject([
      { code: "administrator_only", line: lineOf(text, '"source"') },
    ]);
    expect((await work.create(office.editor, text, "attack")).code).toBe("forbidden");
  });

  it("by another enterprise's data source finds none", async () => {
    const stranger = await work.office();
    const model = document({});
    const text = JSON.stringify(model, null, 2);
    expect((await remote.checked(stranger.administrator, text)).body.problems).toMatchObject([
      { code: "data_source_missing" },
    ]);
    const enterpriseId = stranger.enterprise.id;
    await world.server.domain.saveDataset({
      enterpriseId,
      name: "attack",
      model: model as z.input<typeof DatasetModel>,
    });
    const asked = await remote.preview(stranger.administrator, "attack", { measures: ["value"] });
    expect(asked.code).toBe("query_failed");
  });

  // The embedded ClickHouse has one user only.
  if (name !== "ClickHouse") {
    it("reaches no table that the source's user may not read", async () => {
      const dataSource = await remote.connect(office.administrator, engine.connection());
      for (const source of ["vault.canary", "SELECT secret AS shop, n AS amount FROM vault.canary"]) {
        const model = document({ source, metric: "SUM(n)" });
        model.dingboard.dataSource = dataSource;
        await expectRefused(model, '"source"');
      }
    });
  }

  it("has read and changed nothing", async () => {
    expect(await stateNow()).toEqual(before);
  });
});
