import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CardData } from "../../../core/contract/report/query";
import type { ReportView } from "../../../core/contract/report/report";
import { builders, type BuiltUser } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { ansi, modelOf, prepareOrders } from "../../../tests/factories/orders";
import { uploader } from "../../../tests/factories/upload";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const as = async (user: BuiltUser) => uploader(world.server.url, await build.tokenOf(user));
const filesOf = ({ enterprise }: BuiltUser): string => join(world.config.dataDir, "files", enterprise.id);

it("lists what datasets can be read from, also what an operator put there, but no extracts", async () => {
  const user = await build.buildUser({ role: "editor" });
  const editor = await as(user);
  const folder = filesOf(user);
  mkdirSync(join(folder, "retail"), { recursive: true });
  mkdirSync(join(folder, "extracts"), { recursive: true });
  writeFileSync(join(folder, "retail", "by-hand.csv"), "a\n1\n");
  writeFileSync(join(folder, "extracts", "own.parquet"), "x");
  writeFileSync(join(folder, "notes.txt"), "x");
  writeFileSync(join(folder, ".hidden.csv"), "x");
  const { id } = await editor.send("a.csv", "day,n\n2026-11-01,1\n");
  await editor.import(id, { name: "retail/a.parquet" });
  expect(await editor.files()).toMatchObject([
    {
      name: "retail/a.parquet",
      rows: 1,
      columns: [
        { name: "day", type: "Date" },
        { name: "n", type: "Integer" },
      ],
    },
    { name: "retail/by-hand.csv", size: 4, rows: null, columns: null, updatedBy: null },
  ]);
  const outsider = await as(await build.buildUser({ role: "editor" }));
  expect(await outsider.files()).toEqual([]);
});

it("answers reports from an imported file, from the next one once it is replaced, and keeps it while it is used", async () => {
  const model = modelOf();
  const [dataset] = model.semantic_model.datasets;
  if (dataset) dataset.source = "shop/*.parquet";
  const prepared = await prepareOrders(world, build, undefined, model);
  const editor = await as(await build.buildUser({ enterprise: prepared.enterprise, role: "editor" }));
  const view = async () => {
    const path = `/api/reports/${prepared.reportId}/view`;
    const { body } = await request<ReportView>(world.server.url, "GET", path, { token: prepared.token });
    const card = body.cards["total"];
    return card?.state === "ready" ? (card.data as CardData).values[0]?.[0] : card?.state;
  };
  const { id } = await editor.send("orders.csv", "day,region,amount\n2026-11-01,east,0.1\n2026-11-01,west,0.2\n");
  await editor.import(id, { name: "shop/orders.parquet" });
  expect(await view()).toBe(0.3);
  const next = await editor.send("orders.csv", "day,region,amount\n2026-11-01,east,7\n");
  await editor.import(next.id, { name: "shop/orders.parquet", replace: true });
  expect(await view()).toBe(7);

  const remove = (name: string) => editor.ask<{ error: { message: string } }>("POST", "/api/files/remove", { name });
  expect((await editor.files()).find(({ name }) => name === "shop/orders.parquet")?.usedBy).toEqual(["orders"]);
  const refused = await remove("shop/orders.parquet");
  expect([refused.code, refused.body.error.message]).toEqual(["file_in_use", expect.stringContaining("orders")]);
  await world.database.query("delete from dataset where enterprise_id = $1", [prepared.enterprise.id]);
  expect((await remove("shop/orders.parquet")).status).toBe(200);
  expect((await remove("shop/orders.parquet")).code).toBe("file_not_found");
  expect((await editor.files()).map(({ name }) => name)).toEqual(["orders.csv"]);
});

describe("replacing a file that datasets read", () => {
  const STORED = "day,region,amount,note\n2026-11-01,east,10.5,x\n";

  /** An editor with the file `orders.parquet`, and datasets that are read from this source. */
  async function reading(source: string, change: (model: ReturnType<typeof modelOf>) => void = () => undefined) {
    const model = modelOf();
    const [dataset] = model.semantic_model.datasets;
    if (dataset) dataset.source = source;
    change(model);
    const { enterprise } = await prepareOrders(world, build, undefined, model);
    const editor = await as(await build.buildUser({ enterprise, role: "editor" }));
    await editor.import((await editor.send("orders.csv", STORED)).id, { name: "orders.parquet" });
    return {
      editor,
      effects: async (content: string, name = "orders.parquet") =>
        (await editor.effects((await editor.send("next.csv", content)).id, name)).body.effects,
    };
  }

  it("tells which of their columns would be missing or of another kind, and what is made of them", async () => {
    const { editor, effects } = await reading("orders.parquet");
    const missing = { code: "column_missing", dataset: "orders", label: "Orders", becomes: null };
    expect(await effects("day,AREA,Amount\nMonday,east,many\n")).toEqual([
      { ...missing, code: "column_kind", column: "day", was: "Date", becomes: "String", members: ["day"] },
      { ...missing, column: "region", was: "String", members: ["region", "heavy"] },
      { ...missing, code: "column_kind", column: "amount", was: "Decimal", becomes: "String", members: ["amount"] },
    ]);
    expect(await effects("REGION,day,amount\nwest,2026-11-02,3\n")).toEqual([]);
    expect(await effects("other\n1\n", "another.parquet")).toEqual([]);
    // Asking changed nothing.
    expect(await editor.files()).toMatchObject([{ name: "orders.csv" }, { name: "orders.parquet", rows: 1 }]);
  });

  it("also where they read all files of a folder, and where nobody knows what an operator's file holds", async () => {
    const all = await reading("*.parquet");
    expect(await all.effects("day,region\n2026-11-01,east\n", "new.parquet")).toMatchObject([
      { code: "column_missing", column: "amount", was: null, members: ["amount"] },
    ]);
    const byHand = await reading("by-hand.parquet");
    expect(await byHand.effects("day,region,amount\nx,1,1\n", "by-hand.parquet")).toMatchObject([
      { code: "column_kind", column: "day", was: "Date", becomes: "String" },
      { code: "column_kind", column: "region", was: "String", becomes: "Integer" },
    ]);
  });

  it("also where a SELECT reads it, which keeps it from being removed", async () => {
    const { editor, effects } = await reading('SELECT day, region, amount FROM "orders.parquet"');
    expect(await effects("day,region\n2026-11-01,east\n")).toMatchObject([
      { code: "column_missing", column: "amount", members: ["amount"] },
    ]);
    expect((await editor.ask("POST", "/api/files/remove", { name: "orders.parquet" })).code).toBe("file_in_use");
  });

  it("also keys, what relationships join by, and what only DuckDB reads", async () => {
    const { effects } = await reading("orders.parquet", ({ semantic_model: { datasets, metrics } }) => {
      Object.assign(datasets[0] ?? {}, { primary_key: ["day"] });
      metrics?.push({ name: "notes", expression: ansi("list(note)[1]") });
    });
    expect(await effects("region,amount\neast,1\n")).toMatchObject([
      { code: "column_missing", column: "day", members: ["day"] },
      { code: "column_missing", column: "note", members: ["notes"] },
    ]);
  });
});

it("is closed to the signed-out, to viewers and to strangers, and answers bad names with a code", async () => {
  const user = await build.buildUser({ role: "editor" });
  const editor = await as(user);
  const { id } = await editor.send("a.csv", "a\n1\n");
  await editor.import(id, { name: "a.parquet" });
  const codes = async (who: ReturnType<typeof uploader>) => [
    (await who.ask("GET", "/api/files")).code,
    (await who.ask("POST", "/api/files/remove", { name: "a.parquet" })).code,
  ];
  expect(await codes(uploader(world.server.url, undefined))).toEqual(["signed_out", "signed_out"]);
  const viewer = await build.buildUser({ enterprise: user.enterprise, role: "viewer" });
  expect(await codes(await as(viewer))).toEqual(["forbidden", "forbidden"]);
  expect(await codes(await as(await build.buildUser({ role: "editor" })))).toEqual([undefined, "file_not_found"]);
  for (const name of ["../a.parquet", "*.parquet", "", 7]) {
    expect((await editor.ask("POST", "/api/files/remove", { name })).code).toBe("input_invalid");
  }
  expect((await editor.ask("POST", "/api/files/remove", { name: "extracts/a.parquet" })).code).toBe("file_not_found");
  expect((await editor.files()).map(({ name }) => name)).toEqual(["a.parquet"]);
});
