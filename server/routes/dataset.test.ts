import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type {
  DatasetDocument,
  DatasetProblem,
  DatasetRevision,
  DatasetSummary,
} from "../../core/contract/dataset-edit";
import type { CardData } from "../../core/contract/query";
import type { ReportView } from "../../core/contract/report";
import type { Role } from "../../core/contract/session";
import { builders, type BuiltEnterprise, type BuiltUser } from "../../tests/factories/build";
import { request, type Ask } from "../../tests/factories/client";
import { startWorld, type World } from "../../tests/factories/world";

jest.setTimeout(60_000); // the engine starts, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

type Failure = { error: { message: string; problems?: DatasetProblem[] } };
type Saved = { revision: number; unchecked: boolean; problems: DatasetProblem[] } & Partial<Failure>;

const ask = <T>(method: string, path: string, options: Ask = {}) =>
  request<T>(world.server.url, method, `/api/datasets${path}`, options);
const check = async (token: string, text: string, name?: string): Promise<DatasetProblem[]> =>
  (
    await request<{ problems: DatasetProblem[] }>(world.server.url, "POST", "/api/dataset-checks", {
      token,
      body: { text, ...(name === undefined ? {} : { name }) },
    })
  ).body.problems;

const ansi = (expression: string, dialect = "ANSI_SQL") => ({ dialects: [{ dialect, expression }] });

/** Orders and the shops that they were made in. */
function shopModel() {
  return {
    version: 1,
    semantic_model: {
      name: "shops",
      datasets: [
        {
          name: "orders",
          source: "shop/orders.csv",
          primary_key: ["id"],
          fields: [
            { name: "day", expression: ansi("day"), datatype: "Date" },
            { name: "shop", expression: ansi("shop"), datatype: "String" },
          ],
          metrics: [{ name: "amount", expression: ansi("SUM(amount)"), datatype: "Float" }],
        },
        {
          name: "shops",
          source: "shop/shops.csv",
          fields: [{ name: "city", expression: ansi("city"), datatype: "String" }],
        },
      ],
      relationships: [
        { name: "of_shop", from: "orders", to: "shops", from_columns: ["shop"], to_columns: ["name"] },
      ] as object[],
    },
    dingboard: { label: "Shops" } as Record<string, unknown>,
  };
}
type Draft = ReturnType<typeof shopModel>;

function textOf(change: (model: Draft) => void = () => undefined): string {
  const model = shopModel();
  change(model);
  return JSON.stringify(model, null, 2);
}

/** The line on which this text ends. */
const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part) + part.length).split("\n").length;

interface Office {
  enterprise: BuiltEnterprise;
  editor: string;
  administrator: string;
}

async function office(): Promise<Office> {
  const enterprise = await build.buildEnterprise();
  const folder = join(world.config.dataDir, "files", enterprise.id, "shop");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "orders.csv"),
    "id,day,shop,amount\n1,2026-11-01,a,10.5\n2,2026-11-02,b,20\n3,2026-11-02,a,12\n",
  );
  writeFileSync(join(folder, "shops.csv"), "name,city\na,Hangzhou\nb,Ningbo\n");
  return {
    enterprise,
    editor: await tokenOf(enterprise, "editor"),
    administrator: await tokenOf(enterprise, "administrator"),
  };
}

const userOf = (enterprise: BuiltEnterprise, role: Role): Promise<BuiltUser> => build.buildUser({ enterprise, role });
const tokenOf = async (enterprise: BuiltEnterprise, role: Role): Promise<string> =>
  build.tokenOf(await userOf(enterprise, role));
const create = (token: string, text = textOf(), name = "shops") =>
  ask<Saved>("POST", "", { token, body: { name, text } });
const save = (token: string, revision: number, text: string, more: object = {}) =>
  ask<Saved>("POST", "/shops", { token, body: { text, revision, ...more } });

describe("a dataset", () => {
  it("is made, listed and read back as its author wrote it", async () => {
    const { editor } = await office();
    const text = textOf().replace('"version": 1', '"version":    1');
    expect(await create(editor, text)).toMatchObject({ status: 200, body: { revision: 1, unchecked: false } });
    expect((await create(editor, text)).code).toBe("name_taken");
    const list = (await ask<{ datasets: DatasetSummary[] }>("GET", "", { token: editor })).body.datasets;
    expect(list).toMatchObject([
      { name: "shops", label: "Shops", source: { kind: "files", name: null }, revision: 1, reports: [] },
    ]);
    expect(list[0]?.updatedBy?.name).toContain("Name of");
    expect((await ask<DatasetDocument>("GET", "/shops", { token: editor })).body.text).toBe(text);
  });

  it("is never overwritten unknowingly: of two who save the same revision, one learns it and loses nothing", async () => {
    const { editor, administrator } = await office();
    await create(editor);
    const mine = textOf((model) => (model.dingboard["label"] = "Mine"));
    const theirs = textOf((model) => (model.dingboard["label"] = "Theirs"));
    const answers = await Promise.all([save(editor, 1, mine), save(administrator, 1, theirs)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.code).toBe("dataset_changed");
    const current = (await ask<DatasetDocument>("GET", "/shops", { token: editor })).body;
    expect([mine, theirs]).toContain(current.text);
    // Knowingly: on top of the other one's revision, which stays.
    expect((await save(editor, current.revision, mine)).body.revision).toBe(3);
    const second = await ask<{ text: string }>("GET", "/shops/revisions/2", { token: editor });
    expect(second.body.text).toBe(current.text);
  });

  it("goes back to an earlier revision by making a new one", async () => {
    const { editor } = await office();
    const first = textOf();
    await create(editor, first);
    await save(
      editor,
      1,
      textOf((model) => (model.dingboard["label"] = "Second")),
    );
    const restore = (revision: number, current: number) =>
      ask<Saved>("POST", `/shops/revisions/${revision}/restore`, { token: editor, body: { current } });
    expect((await restore(1, 1)).code).toBe("dataset_changed");
    expect((await restore(9, 2)).code).toBe("not_found");
    expect((await restore(1, 2)).body.revision).toBe(3);
    expect((await ask<DatasetDocument>("GET", "/shops", { token: editor })).body).toMatchObject({
      text: first,
      revision: 3,
    });
    const { revisions } = (await ask<{ revisions: DatasetRevision[] }>("GET", "/shops/revisions", { token: editor }))
      .body;
    expect(revisions.map(({ revision, restoredFrom }) => [revision, restoredFrom])).toEqual([
      [3, 1],
      [2, null],
      [1, null],
    ]);
  });

  it("shows in reports at once, on another node too", async () => {
    const { enterprise, editor, administrator } = await office();
    const reportId = await build.buildReport(enterprise);
    const other = await world.startNode();
    const total = async (url: string) =>
      (await request<ReportView>(url, "GET", `/api/reports/${reportId}/view`, { token: administrator })).body.cards[
        "total"
      ];
    expect(await total(other.url)).toMatchObject({ data: { values: [[42]] } });
    const { text } = (await ask<DatasetDocument>("GET", "/sales", { token: editor })).body;
    const doubled = text.replace("SUM(amount)", "SUM(amount * 2)");
    const saved = await ask<Saved>("POST", "/sales", { token: editor, body: { text: doubled, revision: 1 } });
    expect(saved.body.revision).toBe(2);
    expect(await total(world.server.url)).toMatchObject({ data: { values: [[84]] } });
    const seen = async (): Promise<unknown> => {
      const card = await total(other.url);
      return card && "data" in card ? card.data?.values : undefined;
    };
    for (let tries = 0; tries < 50 && JSON.stringify(await seen()) !== "[[84]]"; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20)); // until the notification has arrived
    }
    expect(await seen()).toEqual([[84]]);
  });

  it("stays while reports use it, which are named", async () => {
    const { enterprise, editor } = await office();
    await build.buildReport(enterprise);
    await create(editor);
    const refused = await ask<Failure>("POST", "/sales/remove", { token: editor });
    expect(refused.code).toBe("dataset_in_use");
    expect(refused.body.error.message).toContain("Sales");
    expect((await ask("POST", "/shops/remove", { token: editor })).status).toBe(200);
    expect((await ask("GET", "/shops", { token: editor })).code).toBe("dataset_not_found");
    const actions = await world.database.query(
      "select action from audit_entry where enterprise_id = $1 and subject = 'shops' order by id",
      [enterprise.id],
    );
    expect(actions.map(({ action }) => action)).toEqual(["dataset_added", "dataset_removed"]);
  });

  it("is proposed from a file's columns, and what is proposed can be saved", async () => {
    const { editor } = await office();
    const proposal = await request<{ text: string }>(world.server.url, "POST", "/api/dataset-proposals", {
      token: editor,
      body: { label: "Orders", source: "shop/orders.csv" },
    });
    expect(await check(editor, proposal.body.text)).toEqual([]);
    expect((await create(editor, proposal.body.text, "proposed")).status).toBe(200);
    const body = { dimensions: [{ field: "shop" }], measures: ["total_amount", "row_count"] };
    const preview = await ask<CardData>("POST", "/proposed/preview", { token: editor, body });
    expect(preview.body.values).toEqual([
      ["a", "b"],
      [22.5, 20],
      [2, 1],
    ]);
  });
});

describe("what is wrong with a text", () => {
  const CASES: [string, string, string, string][] = [
    ["not JSON", '"label": "Shops"', '"label": "Shops",,', "json_syntax"],
    ["a comment", '"version"', '// no\n"version"', "json_syntax"],
    ["a key twice", '"label"', '"label": "Twice",\n"label"', "duplicate_key"],
    ["an unknown key", '"label"', '"colour": "red",\n"label"', "schema"],
    ["an unknown column", "SUM(amount)", "SUM(amuont)", "unknown_column"],
    ["a wrong datatype", '"Date"', '"Boolean"', "wrong_datatype"],
    ["no expression", "SUM(amount)", "SUM(amount", "expression_invalid"],
    ["a function", "SUM(amount)", "SUM(sleep(amount))", "function_not_allowed"],
    ["a sub-query", "SUM(amount)", "(SELECT 1)", "expression_invalid"],
    ["a missing table", "shop/shops.csv", "shop/none.csv", "table_missing"],
    ["a key that is none", '"primary_key": [\n          "id"', '"primary_key": [\n          "shop"', "key_not_unique"],
    ["a join of no column", '"to_columns": [\n          "name"', '"to_columns": [\n          "nmae"', "unknown_column"],
    [
      "a join of unlike types",
      '"from_columns": [\n          "shop"',
      '"from_columns": [\n          "id"',
      "join_types_differ",
    ],
  ];

  /** A key stands at its list, what is joined at its column, all else where the change begins. */
  const at = (change: string): string => (change.includes("_columns") ? change : (change.split("\n")[0] ?? ""));

  it.each(CASES)("%s is told with its line", async (_, before, after, code) => {
    const { editor } = await office();
    expect(textOf()).toContain(before);
    const text = textOf().replace(before, after);
    const problems = await check(editor, text);
    const line = lineOf(text, at(after));
    expect(problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ code, line, severity: "error", message: expect.any(String) })]),
    );
    const refused = await create(editor, text);
    expect(refused).toMatchObject({ status: 400, code: "dataset_invalid" });
    expect(refused.body.error?.problems).toEqual(problems);
    expect((await ask("GET", "/shops", { token: editor })).code).toBe("dataset_not_found");
  });

  it("names all of it at once, in the order of the text, and what is meant", async () => {
    const { editor } = await office();
    const text = textOf((model) => {
      const [orders] = model.semantic_model.datasets;
      orders?.fields.push({ name: "town", expression: ansi("shpo"), datatype: "String" });
      orders?.metrics?.push({ name: "worst", expression: ansi("MEDIAN(amount)"), datatype: "Float" });
    });
    const problems = await check(editor, text);
    expect(problems.map(({ code, names }) => [code, ...names])).toEqual([
      ["unknown_column", "shpo", "shop"],
      ["function_not_allowed", "median"],
    ]);
  });

  it("a circle of relationships stands at the one that closes it", async () => {
    const { editor } = await office();
    const text = textOf((model) =>
      model.semantic_model.relationships.push({
        name: "back",
        from: "shops",
        to: "orders",
        from_columns: ["name"],
        to_columns: ["shop"],
      }),
    );
    const [problem] = await check(editor, text);
    expect(problem).toMatchObject({ code: "schema", line: lineOf(text, '"name": "back"') - 1 });
    expect(problem?.message).toContain("back to itself");
  });

  it("a warning does not keep it from being saved", async () => {
    const { editor } = await office();
    writeFileSync(
      join(world.config.dataDir, "files", (await ownEnterprise(editor)) ?? "", "shop", "shops.csv"),
      "name,city\na,Hangzhou\na,Ningbo\n",
    );
    const made = await create(editor);
    expect(made.body.problems).toMatchObject([{ code: "relationship_not_unique", severity: "warning" }]);
    expect(made.body.revision).toBe(1);
  });

  it("a source that cannot be reached is saved over only on purpose, and marked", async () => {
    const { editor } = await office();
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
    const refused = await create(editor, text);
    expect(refused.body.error?.problems).toMatchObject([
      { code: "source_unreachable", severity: "error", line: lineOf(text, "sales.orders") },
    ]);
    const body = { name: "shops", text, unchecked: true };
    const made = await ask<Saved>("POST", "", { token: editor, body });
    expect(made.body).toMatchObject({ unchecked: true, problems: [{ severity: "warning" }] });
    expect((await ask<DatasetDocument>("GET", "/shops", { token: editor })).body.unchecked).toBe(true);
    const stranger = textOf((model) => (model.dingboard["dataSource"] = crypto.randomUUID()));
    expect(await check(editor, stranger.replaceAll("shop/", "").replaceAll(".csv", ""))).toMatchObject([
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
    const { editor, administrator } = await office();
    await create(editor);
    const own = textOf((model) => {
      const [orders] = model.semantic_model.datasets;
      orders?.metrics?.push({ name: "middle", expression: ansi("median(amount)", "DUCKDB"), datatype: "Float" });
    });
    for (const [text, at] of [
      [guarded(), '"access_policy"'],
      [own, '"dialect": "DUCKDB"'],
    ] as const) {
      const refused = await save(editor, 1, text);
      expect(refused).toMatchObject({ status: 403, code: "forbidden" });
      expect(refused.body.error?.problems?.[0]?.code).toBe("administrator_only");
      const line = refused.body.error?.problems?.[0]?.line ?? 0;
      expect(Math.abs(line - lineOf(text, at))).toBeLessThanOrEqual(1);
    }
    expect((await save(administrator, 1, own)).body.revision).toBe(2);
    expect((await save(administrator, 2, guarded())).body.revision).toBe(3);
  });

  it("also what a policy leans on: an editor cannot say which rows it means", async () => {
    const { editor, administrator } = await office();
    await create(administrator, guarded());
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
      const refused = await save(editor, 1, guarded(attempt));
      expect(refused.code).toBe("forbidden");
      expect(refused.body.error?.problems?.map(({ code }) => code)).toContain("administrator_only");
    }
    const renamed = guarded((model) => (model.dingboard["label"] = "Other name"));
    expect((await save(editor, 1, renamed)).body.revision).toBe(2);
  });

  it("a preview shows each person their own rows, and somebody else's only to administrators", async () => {
    const { enterprise, editor, administrator } = await office();
    const reader = await userOf(enterprise, "viewer");
    await create(
      administrator,
      textOf((model) => {
        model.dingboard["access_policy"] = [
          { group: "role:administrator" },
          { group: `user:${reader.id}`, row_level: POLICY[0]?.row_level },
        ];
      }),
    );
    const preview = async (token: string, more: object = {}) =>
      ask<CardData>("POST", "/shops/preview", { token, body: { measures: ["amount"], ...more } });
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

describe("the routes of datasets", () => {
  const text = textOf();
  const ROUTES: [string, string, object | undefined][] = [
    ["GET", "/api/datasets", undefined],
    ["POST", "/api/datasets", { name: "another", text }],
    ["POST", "/api/dataset-checks", { text }],
    ["POST", "/api/dataset-proposals", { label: "Orders", source: "shop/orders.csv" }],
    ["GET", "/api/datasets/shops", undefined],
    ["POST", "/api/datasets/shops", { text, revision: 1 }],
    ["POST", "/api/datasets/shops/remove", undefined],
    ["GET", "/api/datasets/shops/revisions", undefined],
    ["GET", "/api/datasets/shops/revisions/1", undefined],
    ["POST", "/api/datasets/shops/revisions/1/restore", { current: 1 }],
    ["POST", "/api/datasets/shops/preview", { measures: ["amount"] }],
  ];
  let own: Office;
  let viewer: string;
  let stranger: string;
  beforeAll(async () => {
    own = await office();
    await create(own.editor);
    viewer = await tokenOf(own.enterprise, "viewer");
    stranger = await tokenOf(await build.buildEnterprise(), "editor");
  });

  it.each(ROUTES)("%s %s is closed to the signed-out, to viewers and to strangers", async (method, path, body) => {
    const send = (options: Ask) => request<unknown>(world.server.url, method, path, { ...options, body });
    expect((await send({})).code).toBe("signed_out");
    expect((await send({ token: viewer })).code).toBe("forbidden");
    const answer = await send({ token: stranger });
    if (path.includes("/shops")) expect(answer.code).toBe("dataset_not_found");
    else expect(JSON.stringify(answer.body)).not.toContain("Hangzhou");
    expect((await ask<DatasetDocument>("GET", "/shops", { token: own.editor })).body.revision).toBe(1);
  });

  it.each([
    ["", { name: "Shops!", text }],
    ["", { name: "shops" }],
    ["", { name: "shops", text: "x" }],
    ["", { name: "shops", text: "x".repeat(200_001) }],
    ["/shops", { text }],
    ["/shops", { text, revision: 0 }],
    ["/shops", { text, revision: 1, force: true }],
    ["/SHOPS", { text, revision: 1 }],
    ["/shops/revisions/x/restore", { current: 1 }],
    ["/shops/preview", { measures: ["amount"], limit: 51 }],
    ["/shops/preview", { measures: ["nothing"] }],
    ["/shops/preview", { measures: ["amount"], viewAs: "me" }],
  ])("POST %s refuses bad input %#", async (path, body) => {
    expect((await ask("POST", path, { token: own.administrator, body })).code).toBe("input_invalid");
  });
});

async function ownEnterprise(token: string): Promise<string | undefined> {
  return (await request<{ enterprise: { id: string } | null }>(world.server.url, "GET", "/api/me", { token })).body
    .enterprise?.id;
}
