import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataSource, DataSourceTest } from "../../../core/contract/source/data-source";
import type { ReportView } from "../../../core/contract/report/report";
import { builders, type BuiltEnterprise, SALES_REPORT } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { settingsOf } from "../../../tests/factories/data-source";
import { READER, WRITER } from "../../../tests/factories/engines/engine";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000); // passwords are slow on purpose, and machines may be busy

let world: World;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  [world, engine] = await Promise.all([startWorld(), startPostgresql()]);
  build = builders(world);
  await engine.run(`CREATE TABLE sales.orders (day date, region text, amount numeric(12,2))`);
  await engine.run(
    `INSERT INTO sales.orders VALUES ('2026-11-01','east',10.5), ('2026-11-02','east',20), ('2026-11-02','west',12), (null, null, null)`,
  );
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});

const ask = <T>(method: string, path: string, options: Ask = {}) =>
  request<T>(world.server.url, method, `/api/data-sources${path}`, options);
const settings = (changes: object = {}) => settingsOf(engine.connection(), changes);
const create = (token: string | undefined, changes: object = {}) =>
  ask<DataSource>("POST", "", { token, body: settings(changes) });

async function editor(enterprise?: BuiltEnterprise): Promise<{ enterprise: BuiltEnterprise; token: string }> {
  const user = await build.buildUser({ role: "editor", ...(enterprise ? { enterprise } : {}) });
  return { enterprise: user.enterprise, token: await build.tokenOf(user) };
}

describe("a data source", () => {
  it("is stored with its password sealed, which no answer and no log holds", async () => {
    const { token } = await editor();
    const made = await create(token);
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({ kind: "postgresql", user: READER.user, tls: "off", ca: null });
    const list = await ask<{ dataSources: DataSource[] }>("GET", "", { token });
    expect(list.body.dataSources.map(({ id }) => id)).toEqual([made.body.id]);
    expect(JSON.stringify([made.body, list.body])).not.toContain(READER.password);
    expect(world.logged()).not.toContain(READER.password);
    const [row] = await world.database.query("select * from data_source where id = $1", [made.body.id]);
    expect(JSON.stringify(row)).not.toContain(READER.password);
    expect((await create(token, { name: made.body.name })).code).toBe("name_taken");
  });

  it("keeps its password on a change, but never for another server or user", async () => {
    const { token } = await editor();
    const { id, name } = (await create(token)).body;
    const { password, ...same } = settings({ name });
    const change = (body: object) => ask<DataSource>("POST", `/${id}`, { token, body });
    expect((await change({ ...same, name: `${name}!` })).body.name).toBe(`${name}!`);
    expect((await ask<DataSourceTest>("POST", `/${id}/test`, { token })).body).toMatchObject({ ok: true, tables: 1 });
    for (const other of [{ host: "localhost" }, { port: 9 }, { user: WRITER.user }]) {
      expect((await change({ ...same, ...other })).code).toBe("password_needed");
    }
    const attempt = (body: object) =>
      ask<DataSourceTest>("POST", `/${id}/test`, { token, body: { change: { ...same, ...body } } });
    expect((await attempt({ database: "nowhere" })).body).toMatchObject({ fault: "database_missing" });
    expect((await attempt({ port: 9 })).code).toBe("password_needed");
    expect((await attempt({ port: 9, password })).body).toMatchObject({ fault: "unreachable" });
    expect((await attempt({ port: "9" })).code).toBe("input_invalid");
    expect((await change({ ...same, port: 9, password })).status).toBe(200);
    expect((await ask<DataSourceTest>("POST", `/${id}/test`, { token })).body).toMatchObject({
      ok: false,
      fault: "unreachable",
    });
  });

  it("is tried before it is stored, and what is wrong is said", async () => {
    const { token } = await editor();
    const attempt = async (changes: object) =>
      (await ask<DataSourceTest>("POST", "/test", { token, body: settings(changes) })).body;
    expect(await attempt({})).toEqual({
      ok: true,
      fault: null,
      message: "",
      cause: null,
      warnings: ["not_encrypted"],
      tables: 1,
    });
    expect(await attempt({ password: "wrong" })).toMatchObject({
      ok: false,
      fault: "login_failed",
      cause: expect.stringContaining(READER.user),
    });
    expect(await attempt({ database: "nowhere" })).toMatchObject({ ok: false, fault: "database_missing" });
    expect(await attempt({ tls: "verify" })).toMatchObject({ ok: false, fault: "tls_failed" });
    for (const host of ["169.254.169.254", "10.0.0.1", "0.0.0.0", "[::1]", "2852039166"]) {
      expect(await attempt({ host })).toMatchObject({ ok: false, fault: expect.stringMatching(/^host_/) });
    }
    expect((await attempt({ user: WRITER.user, password: WRITER.password })).warnings).toContain("can_write");
  });

  it("shows the tables that its user may read, and their columns", async () => {
    const { token } = await editor();
    const { id } = (await create(token)).body;
    expect((await ask("GET", `/${id}/tables`, { token })).body).toEqual({
      tables: [{ schema: "sales", name: "orders", kind: "table" }],
    });
    expect((await ask("GET", `/${id}/columns?schema=sales&table=orders`, { token })).body).toEqual({
      columns: [
        { name: "day", type: "date", datatype: "Date" },
        { name: "region", type: "text", datatype: "String" },
        { name: "amount", type: "numeric", datatype: "Decimal" },
      ],
    });
    const gone = (await create(token, { port: 9 })).body;
    expect((await ask("GET", `/${gone.id}/tables`, { token })).code).toBe("unavailable");
  });

  it("answers a report's cards, and cannot be removed while a dataset needs it", async () => {
    const { enterprise, token } = await editor();
    const { id } = (await create(token)).body;
    const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });
    const model = {
      version: 1,
      semantic_model: {
        name: "orders",
        datasets: [
          {
            name: "orders",
            source: "sales.orders",
            fields: [
              { name: "day", expression: ansi("day"), datatype: "Date" },
              { name: "region", expression: ansi("region"), datatype: "String" },
            ],
          },
        ],
        metrics: [{ name: "amount", expression: ansi("SUM(amount)") }],
      },
      dingboard: { label: "Orders", dataSource: id as never, measures: { amount: { label: "Amount" } } },
    } satisfies z.input<typeof DatasetModel>;
    const reportId = await build.buildReport(enterprise);
    await world.server.domain.saveDataset({ enterpriseId: enterprise.id, name: "sales", model });
    const admin = await build.tokenOf(await build.buildUser({ enterprise, role: "administrator" }));
    const view = async () =>
      (await request<ReportView>(world.server.url, "GET", `/api/reports/${reportId}/view`, { token: admin })).body
        .cards;
    expect(Object.keys(SALES_REPORT.elements)).toEqual(expect.arrayContaining(Object.keys(await view())));
    expect((await view())["total"]).toMatchObject({ state: "ready", data: { values: [[42.5]] } });
    expect((await view())["ranking"]).toMatchObject({
      data: {
        values: [
          ["east", "west", null],
          [30.5, 12, null],
        ],
      },
    });
    const [listed] = (await ask<{ dataSources: DataSource[] }>("GET", "", { token })).body.dataSources;
    expect(listed?.datasets).toEqual(["sales"]);
    expect(await ask("POST", `/${id}/remove`, { token })).toMatchObject({
      code: "data_source_in_use",
      body: { error: { message: expect.stringContaining("sales") } },
    });
    await world.database.query("delete from dataset where enterprise_id = $1", [enterprise.id]);
    expect((await ask("POST", `/${id}/remove`, { token })).status).toBe(200);
    expect((await ask("POST", `/${id}/test`, { token })).code).toBe("data_source_not_found");
    const actions = await world.database.query(
      "select action from audit_entry where enterprise_id = $1 and subject = $2 order by id",
      [enterprise.id, id],
    );
    expect(actions.map(({ action }) => action)).toEqual(["data_source_added", "data_source_removed"]);
  });
});

describe("the routes of data sources", () => {
  const ROUTES: [string, string, boolean][] = [
    ["GET", "", false],
    ["POST", "", true],
    ["POST", "/test", true],
    ["POST", "/ID", true],
    ["POST", "/ID/remove", false],
    ["POST", "/ID/test", false],
    ["GET", "/ID/tables", false],
    ["GET", "/ID/columns?schema=sales&table=orders", false],
  ];

  it.each(ROUTES)("%s %s is closed to the signed-out, to viewers and to strangers", async (method, path, needsBody) => {
    const owner = await editor();
    const { id } = (await create(owner.token)).body;
    const place = path.replace("ID", id);
    const body = needsBody ? { body: settings() } : {};
    expect((await ask(method, place, body)).code).toBe("signed_out");
    const viewer = await build.tokenOf(await build.buildUser({ enterprise: owner.enterprise, role: "viewer" }));
    expect((await ask(method, place, { ...body, token: viewer })).code).toBe("forbidden");
    const stranger = await editor();
    const answer = await ask(method, place, { ...body, token: stranger.token });
    if (path.includes("ID")) expect(answer.code).toBe("data_source_not_found");
    else expect(JSON.stringify(answer.body)).not.toContain(id);
    expect((await ask<{ dataSources: DataSource[] }>("GET", "", { token: owner.token })).body.dataSources).toHaveLength(
      1,
    );
  });

  it.each([
    { kind: "oracle" },
    { port: 0 },
    { port: "5432; DROP" },
    { host: "a b" },
    { host: "http://metadata/" },
    { host: "" },
    { name: "" },
    { name: "a\u0000b" },
    { name: "a\ud83db" },
    { tls: "maybe" },
    { ca: "no certificate" },
    { password: 7 },
    { more: true },
  ])("refuse %j", async (changes) => {
    const { token } = await editor();
    expect((await create(token, changes)).code).toBe("input_invalid");
    expect((await ask("POST", "/not-an-id/test", { token })).code).toBe("input_invalid");
  });
});
