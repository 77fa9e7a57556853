import type { SlowQuery } from "../../../core/contract/report/explain";
import { ReportView } from "../../../core/contract/report/report";
import { builders } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import {
  ansi,
  HEAVY_ROWS,
  kpi,
  modelOf,
  prepareOrders,
  slowQueries,
  WEST,
  type Elements,
  type Prepared,
} from "../../../tests/factories/orders";
import { within, withinASecond } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";
import type { Running } from "../../start";

jest.setTimeout(120_000); // machines may be busy

/** Longer than any machine needs; where it is waited for, something else decides. */
const LONG_MS = 60_000;
/** Less than an access token lasts. */
const MINUTES_10 = 600_000;
const DAY_MS = 24 * 3_600_000;

let world: World;
let node: Running;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  // Every question that reaches an engine counts as slow: so it is seen how many did.
  world = await startWorld({ cache: { bytes: 4_000_000, freshMs: 60_000, staleMs: 600_000, slowMs: 0 } });
  node = await world.startNode();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(url: string, method: string, path: string, options: Ask = {}) => request<T>(url, method, path, options);
const view = (reportId: string, token: string | undefined, { query = "", url = world.server.url } = {}) =>
  ask<ReportView>(url, "GET", `/api/reports/${reportId}/view${query}`, { token });
const total = (body: ReportView): unknown => {
  const card = body.cards["total"];
  return card?.state === "ready" ? card.data.values[0]?.[0] : card;
};
const slow = (prepared: Prepared): Promise<SlowQuery[]> => slowQueries(world, prepared);
const prepare = (elements?: Elements, model?: ReturnType<typeof modelOf>): Promise<Prepared> =>
  prepareOrders(world, build, elements, model);

describe("one computing for all", () => {
  it("asks the engine once for each distinct question, however many open the report at once", async () => {
    const elements = { total: kpi("amount"), same: kpi("amount"), west: kpi("amount", { filters: [WEST] }) };
    const prepared = await prepare(elements);

    const views = await Promise.all(Array.from({ length: 64 }, () => view(prepared.reportId, prepared.token)));

    expect(new Set(views.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(views.map(({ body }) => JSON.stringify(body.cards))).size).toBe(1);
    expect(await within(LONG_MS, async () => (await slow(prepared)).length >= 2)).toBe(true);
    await view(prepared.reportId, prepared.token);
    expect((await slow(prepared)).map(({ outcome }) => outcome)).toEqual(["answered", "answered"]);
  });

  it("goes on for the others when one of them leaves, and ends at the engine with the last one", async () => {
    const prepared = await prepare({ total: kpi("endless") });
    const address = `${world.server.url}/api/reports/${prepared.reportId}/view`;
    const leave = [new AbortController(), new AbortController()] as const;
    const [first, second] = leave.map(({ signal }) =>
      fetch(address, { headers: { authorization: `Bearer ${prepared.token}` }, signal }).then(
        () => "answered",
        () => "left",
      ),
    );
    const other = await prepared.addReport({ total: kpi("amount") });
    expect(total((await view(other, prepared.token)).body)).toBe(42);

    leave[0].abort();
    expect(await first).toBe("left");
    // Both had to be there; the second one still is, and the engine was not told to stop.
    expect((await slow(prepared)).map(({ outcome }) => outcome)).toEqual(["answered"]);
    leave[1].abort();
    expect(await second).toBe("left");

    expect(
      await within(LONG_MS, async () => (await slow(prepared)).some(({ outcome }) => outcome === "abandoned")),
    ).toBe(true);
    // The process was killed for it; the next one answers.
    expect(total((await view(other, prepared.token, { query: "?refresh=1" })).body)).toBe(42);
  });

  it("leaves other reports their answers while one of them asks for more than the engine can do", async () => {
    const heavy = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`e${index}`, kpi("heavy", { limit: index + 1 })]),
    );
    const prepared = await prepare(heavy);
    prepared.write(HEAVY_ROWS);
    const other = await prepared.addReport({ total: kpi("amount"), west: kpi("amount", { filters: [WEST] }) });
    expect(await within(LONG_MS, async () => total((await view(other, prepared.token)).body) === 60_000)).toBe(true);
    const leaving = new AbortController();
    let runaway = "running";
    const address = `${world.server.url}/api/reports/${prepared.reportId}/view`;
    const gone = fetch(address, { headers: { authorization: `Bearer ${prepared.token}` }, signal: leaving.signal })
      .then(() => (runaway = "answered"))
      .catch(() => (runaway = "left"));

    for (let time = 0; time < 5; time += 1) {
      expect(total((await view(other, prepared.token, { query: "?refresh=1" })).body)).toBe(60_000);
    }

    expect(runaway).toBe("running");
    leaving.abort();
    await gone;
  });
});

describe("an answer from memory", () => {
  it("says when its data was read, and is read anew where a reader asks for that", async () => {
    const { reportId, token } = await prepare();
    const { body: first } = await view(reportId, token);
    world.advance(MINUTES_10);
    const { body: again } = await view(reportId, token);

    expect(again).toEqual(first);
    const { body: refreshed } = await view(reportId, token, { query: "?refresh=1" });
    expect(Date.parse(refreshed.dataAsOf)).toBeGreaterThanOrEqual(Date.parse(first.dataAsOf) + MINUTES_10);
    const cards = await ask<{ dataAsOf: string }>(world.server.url, "POST", `/api/reports/${reportId}/cards`, {
      token,
      body: {},
    });
    expect(cards.body.dataAsOf).toBe(refreshed.dataAsOf);
    expect((await view(reportId, token, { query: "?refresh=yes" })).code).toBe("input_invalid");
  });

  it("has what the contract names, and no more", async () => {
    const { reportId, token } = await prepare({
      total: { ...kpi("amount"), trend: { dataset: "orders", dimensions: [{ field: "day" }], measures: ["amount"] } },
      broken: kpi("profit"),
      note: { type: "text", title: "Note", text: "说明 “quoted”" },
    });

    const { body, headers } = await view(reportId, token);

    expect(ReportView.parse(body)).toEqual(body);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("is never that of somebody whom the dataset's policies show other rows", async () => {
    const prepared = await prepare(
      { total: kpi("amount") },
      modelOf({
        access_policy: [
          {
            group: "role:viewer",
            row_level: { filters: [{ member: "region", operator: "equals", values: ["west"] }] },
          },
          { group: "role:administrator", row_level: { allow_all: true } },
        ],
      }),
    );
    const editor = await build.tokenOf(await build.buildUser({ enterprise: prepared.enterprise, role: "editor" }));

    for (let round = 0; round < 2; round += 1) {
      expect(total((await view(prepared.reportId, prepared.token)).body)).toBe(12);
      expect(total((await view(prepared.reportId, prepared.administrator)).body)).toBe(42);
      expect((await view(prepared.reportId, editor)).body.cards["total"]).toMatchObject({
        state: "failed",
        error: { code: "forbidden" },
      });
    }
    const colleague = await build.tokenOf(await build.buildUser({ enterprise: prepared.enterprise }));
    expect(total((await view(prepared.reportId, colleague)).body)).toBe(12);
    expect((await slow(prepared)).filter(({ outcome }) => outcome === "answered")).toHaveLength(2);
  });

  it("does not outlive the day that a relative period ends on", async () => {
    const today = { filters: [{ field: "day", operator: "inThePast" as const, values: [3], unit: "days" as const }] };
    const { reportId, token, user } = await prepare({ total: kpi("amount", today) }, modelOf({ asOf: "now" }));
    const { body: before } = await view(reportId, token);

    world.advance(DAY_MS);
    const again = await view(reportId, await build.tokenOf(user));

    expect(Date.parse(again.body.dataAsOf)).toBeGreaterThanOrEqual(Date.parse(before.dataAsOf) + DAY_MS);
  });

  it("makes way for new data and for a new model, on every node", async () => {
    const prepared = await prepare();
    const { reportId, token } = prepared;
    const both = async (): Promise<unknown[]> =>
      Promise.all([world.server.url, node.url].map(async (url) => total((await view(reportId, token, { url })).body)));
    expect(await both()).toEqual([42, 42]);

    prepared.write("day,region,amount\n2026-11-01,east,11\n");
    expect(await within(LONG_MS, async () => (await both()).every((sum) => sum === 11))).toBe(true);

    const renamed = modelOf();
    renamed.semantic_model.metrics = [{ name: "amount", expression: ansi("SUM(amount) * 2") }];
    await prepared.store(renamed);
    expect(await withinASecond(async () => (await both()).every((sum) => sum === 22))).toBe(true);
  });

  it("gives way on every node to what a reader had read anew on one of them", async () => {
    const { reportId, token } = await prepare();
    await view(reportId, token);
    await view(reportId, token, { url: node.url });
    world.advance(60_000);

    const { dataAsOf } = (await view(reportId, token, { query: "?refresh=1" })).body;

    const elsewhere = async () => (await view(reportId, token, { url: node.url })).body.dataAsOf;
    expect(await withinASecond(async () => Date.parse(await elsewhere()) >= Date.parse(dataAsOf))).toBe(true);
  });
});

describe("who may see a report", () => {
  it("is looked up again on every node when it changes", async () => {
    const prepared = await prepare();
    const { reportId, token } = prepared;
    const codes = () =>
      Promise.all([world.server.url, node.url].map(async (url) => (await view(reportId, token, { url })).code));
    expect(await codes()).toEqual([undefined, undefined]);

    await world.database.query("delete from report_grant where report_id = $1", [reportId]);
    expect(await withinASecond(async () => (await codes()).every((code) => code === "report_not_found"))).toBe(true);

    const everyone = { kind: "enterprise" as const, enterpriseId: prepared.enterprise.id };
    await world.server.domain.reports.grant(prepared.enterprise.id, reportId, everyone, "view");
    expect(await withinASecond(async () => (await codes()).every((code) => code === undefined))).toBe(true);
  });
});
