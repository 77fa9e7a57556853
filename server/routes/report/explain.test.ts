import { randomUUID } from "node:crypto";
import type { Explanation, SlowQuery } from "../../../core/contract/report/explain";
import { builders } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { kpi, prepareOrders, slowQueries, WEST, type Elements, type Prepared } from "../../../tests/factories/orders";
import { within } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // machines may be busy

const LONG_MS = 60_000;

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld({ cache: { bytes: 4_000_000, freshMs: 60_000, staleMs: 600_000, slowMs: 0 } });
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(url: string, method: string, path: string, options: Ask = {}) => request<T>(url, method, path, options);
const view = (reportId: string, token: string) =>
  ask(world.server.url, "GET", `/api/reports/${reportId}/view`, { token });
const slow = (prepared: Prepared): Promise<SlowQuery[]> => slowQueries(world, prepared);
const prepare = (elements?: Elements): Promise<Prepared> => prepareOrders(world, build, elements);

describe("how a card is computed", () => {
  const explain = (reportId: string, element: string, token?: string, query = "") =>
    ask<Explanation>(world.server.url, "GET", `/api/reports/${reportId}/elements/${element}/explain${query}`, {
      token,
    });

  it("is told to those who may edit the report: SQL, values, times, rows and what the cache had", async () => {
    const { reportId, administrator } = await prepare({ total: kpi("amount", { filters: [WEST] }) });

    const { body: cold } = await explain(reportId, "total", administrator);
    const { body: warm } = await explain(reportId, "total", administrator);

    const [question] = cold.questions;
    expect(question).toMatchObject({ part: "main", dataset: "orders", cache: "absent", failure: null });
    expect(question?.answer).toMatchObject({ engine: "duckdb", rows: 1 });
    expect(question?.answer?.statements[0]?.sql).toMatch(/SELECT/);
    expect(question?.answer?.statements[0]?.sql).not.toContain("west");
    expect(question?.answer?.statements[0]?.values).toContain("west");
    expect(warm.questions).toEqual([{ ...question, cache: "fresh" }]);
  });

  it("names what is wrong with a card that fails", async () => {
    const { reportId, administrator } = await prepare({ total: kpi("profit") });

    const { body } = await explain(reportId, "total", administrator);

    expect(body.questions).toMatchObject([{ answer: null, failure: { code: "input_invalid" } }]);
    expect(JSON.stringify(body)).toContain("profit");
  });

  it("is kept from viewers and strangers, and wants a session and an element with data", async () => {
    const { reportId, token, administrator } = await prepare({
      total: kpi("amount"),
      note: { type: "text", title: "Note", text: "" },
    });
    const stranger = await build.tokenOf(await build.buildUser({ role: "administrator" }));

    expect([
      (await explain(reportId, "total")).code,
      (await explain(reportId, "total", token)).code,
      (await explain(reportId, "total", stranger)).code,
      (await explain(reportId, "note", administrator)).code,
      (await explain(reportId, "total", administrator, "?question=nonsense")).code,
    ]).toEqual(["signed_out", "forbidden", "report_not_found", "not_found", "input_invalid"]);
  });
});

describe("the list of slow queries", () => {
  it("tells administrators what took long, without any value that was asked for", async () => {
    const prepared = await prepare({ total: kpi("amount", { filters: [{ ...WEST, values: ["a secret"] }] }) });
    await view(prepared.reportId, prepared.token);

    expect(await within(LONG_MS, async () => (await slow(prepared)).length === 1)).toBe(true);
    const [query] = await slow(prepared);

    expect(query).toMatchObject({
      report: { id: prepared.reportId, title: "Orders" },
      dataset: "orders",
      engine: "duckdb",
      outcome: "answered",
      rows: 1,
    });
    expect(query?.sql).toMatch(/SELECT/);
    expect(JSON.stringify(query)).not.toContain("secret");
    const of = async (outcome: string) => {
      const path = `/api/enterprises/${prepared.enterprise.id}/slow-queries?outcome=${outcome}`;
      const { body, code } = await ask<{ slowMs: number; queries: SlowQuery[] }>(world.server.url, "GET", path, {
        token: prepared.administrator,
      });
      return code ?? [body.slowMs, body.queries.length];
    };
    expect([await of("answered"), await of("failed"), await of("abandoned"), await of("odd")]).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      "input_invalid",
    ]);
    expect(world.logged()).toContain('"slow query"');
    expect(world.logged()).not.toContain("a secret");
  });

  it("is closed to viewers, strangers and those who are signed out", async () => {
    const { enterprise, token } = await prepare();
    const stranger = await build.tokenOf(await build.buildUser({ role: "administrator" }));
    const list = (path: string, as?: string) => ask(world.server.url, "GET", path, { token: as });
    const path = `/api/enterprises/${enterprise.id}/slow-queries`;

    expect([(await list(path)).code, (await list(path, token)).code]).toEqual(["signed_out", "forbidden"]);
    expect([403, 404]).toContain((await list(path, stranger)).status);
    expect([403, 404]).toContain((await list(`/api/enterprises/${randomUUID()}/slow-queries`, stranger)).status);
    expect((await list(`${path}?limit=0`, token)).code).toBe("input_invalid");
  });
});
