import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { ansi, datasetOffice, lineOf, textOf, type Draft, type Saved } from "../../../tests/factories/datasets";
import { made, mistake, MISTAKES } from "../../../tests/factories/mistakes";
import { startWorld, type World } from "../../../tests/factories/world";
import type { DatasetDocument } from "../../../core/contract/dataset/edit";
import type { CardData } from "../../../core/contract/report/query";

jest.setTimeout(60_000); // the engine starts, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
let work: ReturnType<typeof datasetOffice>;
beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
  work = datasetOffice(world, build);
});
afterAll(() => world.stop());

describe("what is wrong with a text", () => {
  const CASES = [...MISTAKES, mistake("a missing table", "shop/shops.csv", "shop/none.csv", "table_missing")];

  it.each(CASES)("$what is told with its line", async (each) => {
    const { editor } = await work.office();
    const { text, line, code } = made(each, textOf());
    const problems = await work.check(editor, text);
    expect(problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ code, line, severity: "error", message: expect.any(String) })]),
    );
    const refused = await work.create(editor, text);
    expect(refused).toMatchObject({ status: 400, code: "dataset_invalid" });
    expect(refused.body.error?.problems).toEqual(problems);
    expect((await work.ask("GET", "/shops", { token: editor })).code).toBe("dataset_not_found");
  });

  it("names all of it at once, in the order of the text, and what is meant", async () => {
    const { editor } = await work.office();
    const text = textOf((model) => {
      const [orders] = model.semantic_model.datasets;
      orders?.fields.push({ name: "town", expression: ansi("shpo"), datatype: "String" });
      orders?.metrics?.push({ name: "worst", expression: ansi("MEDIAN(amount)"), datatype: "Float" });
    });
    const problems = await work.check(editor, text);
    expect(problems.map(({ code, names }) => [code, ...names])).toEqual([
      ["unknown_column", "shpo", "shop"],
      ["function_not_allowed", "median"],
    ]);
  });

  it("a circle of relationships stands at the one that closes it", async () => {
    const { editor } = await work.office();
    const text = textOf((model) =>
      model.semantic_model.relationships.push({
        name: "back",
        from: "shops",
        to: "orders",
        from_columns: ["name"],
        to_columns: ["shop"],
      }),
    );
    const [problem] = await work.check(editor, text);
    expect(problem).toMatchObject({ code: "schema", line: lineOf(text, '"name": "back"') - 1 });
    expect(problem?.message).toContain("back to itself");
  });

  it("a warning does not keep it from being saved", async () => {
    const { editor, enterprise } = await work.office();
    work.writeFile(enterprise, "shops.csv", "name,city\na,Hangzhou\na,Ningbo\n");
    const made = await work.create(editor);
    expect(made.body.problems).toMatchObject([{ code: "relationship_not_unique", severity: "warning" }]);
    expect(made.body.revision).toBe(1);
  });

  it("a source that cannot be reached is saved over only on purpose, and marked", async () => {
    const { editor } = await work.office();
    const source = await request<{ id: string }>(world.server.url, "POST", "/api/data-sources", {
      token: editor,
      body: {
        name: "gone",
        kind: "postgresql",
        host: "127.0.0.1",
        port: 9,
        database: "x",
        user: "x",
        password: "x",
        tls: "off",
      },
    });
    const text = textOf((model) => {
      model.dingboard["dataSource"] = source.body.id;
      for (const dataset of model.semantic_model.datasets) dataset.source = `sales.${dataset.name}`;
    });
    const refused = await work.create(editor, text);
    expect(refused.body.error?.problems).toMatchObject([
      { code: "source_unreachable", severity: "error", line: lineOf(text, "sales.orders") },
    ]);
    const body = { name: "shops", text, unchecked: true };
    const made = await work.ask<Saved>("POST", "", { token: editor, body });
    expect(made.body).toMatchObject({ unchecked: true, problems: [{ severity: "warning" }] });
    expect((await work.ask<DatasetDocument>("GET", "/shops", { token: editor })).body.unchecked).toBe(true);
    const stranger = textOf((model) => (model.dingboard["dataSource"] = crypto.randomUUID()));
    expect(await work.check(editor, stranger.replaceAll("shop/", "").replaceAll(".csv", ""))).toMatchObject([
      { code: "data_source_missing", line: lineOf(stranger, '"dataSource"') },
    ]);
  });
});

describe("what only administrators may change", () => {
  const POLICY = [{ group: "*", row_level: { filters: [{ member: "shop", operator: "equals", values: ["a"] }] } }];
  const guarded = (change: (model: Draft) => void = () => undefined): string =>
    textOf((model) => {
      model.dingboard["access_policy"] = POLICY;
      change(model);
    });

  it("a policy, and an expression in an engine's own dialect", async () => {
    const { editor, administrator } = await work.office();
    await work.create(editor);
    const own = textOf((model) => {
      const [orders] = model.semantic_model.datasets;
      orders?.metrics?.push({ name: "middle", expression: ansi("median(amount)", "DUCKDB"), datatype: "Float" });
    });
    for (const [text, at] of [
      [guarded(), '"access_policy"'],
      [own, '"dialect": "DUCKDB"'],
    ] as const) {
      const refused = await work.save(editor, 1, text);
      expect(refused).toMatchObject({ status: 403, code: "forbidden" });
      expect(refused.body.error?.problems?.[0]?.code).toBe("administrator_only");
      const line = refused.body.error?.problems?.[0]?.line ?? 0;
      expect(Math.abs(line - lineOf(text, at))).toBeLessThanOrEqual(1);
    }
    expect((await work.save(administrator, 1, own)).body.revision).toBe(2);
    expect((await work.save(administrator, 2, guarded())).body.revision).toBe(3);
  });

  it("a SELECT in the place of a table; what it may not say stands at its line", async () => {
    const { editor, administrator } = await work.office();
    await work.create(editor);
    const query = (sql: string): string =>
      textOf((model) => Object.assign(model.semantic_model.datasets[0] ?? {}, { source: sql }));
    const good = query('SELECT id, day, shop, amount FROM "shop/orders.csv" WHERE amount > 11');
    expect((await work.save(editor, 1, good)).body.error?.problems).toMatchObject([
      { code: "administrator_only", line: lineOf(good, '"source"') },
    ]);
    for (const sql of [
      'SELECT * FROM "shop/orders.csv"; DROP TABLE x',
      "SELECT * FROM read_csv('/etc/passwd')",
      'SELECT * FROM "shop/orders.csv" WHERE',
    ]) {
      const bad = query(sql);
      const refused = await work.save(administrator, 1, bad);
      expect(refused.body.error?.problems?.[0]).toMatchObject({ code: "sql_refused", line: lineOf(bad, '"source"') });
    }
    expect((await work.save(administrator, 1, good)).body.revision).toBe(2);
    const body = { measures: ["amount"] };
    const rows = await work.ask<CardData>("POST", "/shops/preview", { token: editor, body });
    expect(rows.body.values).toEqual([[32]]);
  });

  it("also what a policy leans on: an editor cannot say which rows it means", async () => {
    const { editor, administrator } = await work.office();
    await work.create(administrator, guarded());
    const attempts: ((model: Draft) => void)[] = [
      (model) => delete model.dingboard["access_policy"],
      (model) => (model.dingboard["access_policy"] = []),
      (model) => Object.assign(model.semantic_model.datasets[0]?.fields[1] ?? {}, { expression: ansi("'a'") }),
      (model) => Object.assign(model.semantic_model.datasets[0] ?? {}, { source: "shop/shops.csv" }),
      (model) => model.semantic_model.relationships.pop(),
      (model) =>
        model.semantic_model.datasets[0]?.metrics?.push({
          name: "more",
          expression: ansi("COUNT(*)"),
          datatype: "Integer",
        }),
    ];
    for (const attempt of attempts) {
      const refused = await work.save(editor, 1, guarded(attempt));
      expect(refused.code).toBe("forbidden");
      expect(refused.body.error?.problems?.map(({ code }) => code)).toContain("administrator_only");
    }
    const renamed = guarded((model) => (model.dingboard["label"] = "Other name"));
    expect((await work.save(editor, 1, renamed)).body.revision).toBe(2);
  });

  it("names whom policies mean, but nobody who is not of the enterprise", async () => {
    const { enterprise, administrator, editor } = await work.office();
    const reader = await build.buildUser({ enterprise, role: "viewer" });
    const stranger = await build.buildUser();
    await world.database.query(
      "insert into department (enterprise_id, dept_id, parent_id, name) values ($1, 77, null, 'Sales'), ($2, 78, null, 'Theirs')",
      [enterprise.id, stranger.enterprise.id],
    );
    const text = textOf((model) => {
      model.dingboard["access_policy"] = [
        { group: `user:${reader.id}` },
        { groups: ["department:77", "department:78", `user:${stranger.id}`, `user:${"-".repeat(36)}`, "role:editor"] },
        { group: `enterprise:${stranger.enterprise.id}` },
      ];
    });
    expect((await work.create(administrator, text)).status).toBe(200);
    const groups = async (token: string) =>
      (await work.ask<DatasetDocument>("GET", "/shops", { token })).body.groups.map((each) => [each.group, each.name]);
    const [{ name } = { name: "" }] = await world.database.query("select name from app_user where id = $1", [
      reader.id,
    ]);
    const names = [
      [`user:${reader.id}`, name],
      ["department:77", "Sales"],
    ];
    expect(await groups(editor)).toEqual(names);
    const shared = await build.buildReport(enterprise);
    await world.server.domain.reports.grant(
      enterprise.id,
      shared,
      { kind: "enterprise", enterpriseId: stranger.enterprise.id },
      "view",
    );
    expect(await groups(editor)).toEqual([
      ...names,
      [`enterprise:${stranger.enterprise.id}`, stranger.enterprise.organisation.name],
    ]);
  });

  it("a preview shows each person their own rows, and somebody else's only to administrators", async () => {
    const { enterprise, editor, administrator } = await work.office();
    const reader = await build.buildUser({ enterprise, role: "viewer" });
    await work.create(
      administrator,
      textOf((model) => {
        model.dingboard["access_policy"] = [
          { group: "role:administrator" },
          { group: `user:${reader.id}`, row_level: POLICY[0]?.row_level },
        ];
      }),
    );
    const preview = async (token: string, more: object = {}) =>
      work.ask<CardData>("POST", "/shops/preview", { token, body: { measures: ["amount"], ...more } });
    expect((await preview(administrator)).body.values).toEqual([[42.5]]);
    expect((await preview(administrator, { viewAs: reader.id })).body.values).toEqual([[22.5]]);
    expect((await preview(editor)).code).toBe("forbidden");
    expect((await preview(editor, { viewAs: reader.id })).code).toBe("forbidden");
    const stranger = await build.buildUser();
    expect((await preview(administrator, { viewAs: stranger.id })).code).toBe("not_found");
    const seen = await world.database.query(
      "select detail from audit_entry where enterprise_id = $1 and action = 'dataset_viewed_as'",
      [enterprise.id],
    );
    expect(seen).toEqual([{ detail: { userId: reader.id } }]);
  });
});
