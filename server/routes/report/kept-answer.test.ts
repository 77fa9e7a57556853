import type { ReportView } from "../../../core/contract/report/report";
import { builders } from "../../../tests/factories/build";
import { request, type Answer } from "../../../tests/factories/client";
import { kpi, modelOf, prepareOrders, slowQueries } from "../../../tests/factories/orders";
import { within } from "../../../tests/factories/within";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // machines may be busy

const LONG_MS = 60_000;

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  const cache = { bytes: 4_000_000, freshMs: 60_000, staleMs: 600_000, slowMs: 0 };
  world = await startWorld({ cache, publicUrl: "https://dingboard.test" });
  build = builders(world);
});
afterAll(() => world.stop());

type View = Answer<ReportView>;

/** Opens a report, as a browser does that kept the answer with that tag. */
function look(reportId: string, token: string | undefined, kept?: string | null, query = ""): Promise<View> {
  const headers = kept ? { "if-none-match": kept } : {};
  return request(world.server.url, "GET", `/api/reports/${reportId}/view${query}`, { token, headers });
}

const tagOf = ({ headers }: View): string => {
  expect(headers.get("etag")).toMatch(/^"[\w-]{43}"$/);
  return headers.get("etag") ?? "";
};

/** East 30, west 12; viewers see the west only. */
const prepare = () =>
  prepareOrders(
    world,
    build,
    { total: kpi("amount") },
    modelOf({
      access_policy: [
        { group: "role:viewer", row_level: { filters: [{ member: "region", operator: "equals", values: ["west"] }] } },
        { group: "role:administrator", row_level: { allow_all: true } },
      ],
    }),
  );

it("a browser that kept a report is told that it is still the same, and the engine is asked nothing", async () => {
  const prepared = await prepare();
  const { reportId, token } = prepared;
  const first = await look(reportId, token);
  expect(first.headers.get("cache-control")).toBe("private, no-cache");

  const again = await look(reportId, token, tagOf(first));

  expect([again.status, again.body]).toEqual([304, ""]);
  expect([again.headers.get("etag"), again.headers.get("cache-control")]).toEqual([tagOf(first), "private, no-cache"]);
  expect((await look(reportId, token, `W/${tagOf(first)}`)).status).toBe(304); // a proxy compressed it
  expect((await look(reportId, token, '"another"')).body).toEqual(first.body);
  // Written down a moment later than answered.
  expect(await within(LONG_MS, async () => (await slowQueries(world, prepared)).length > 0)).toBe(true);
  expect(await slowQueries(world, prepared)).toHaveLength(1);
});

it("whatever changes what is answered changes the tag: data, model, favourites, who is named", async () => {
  const prepared = await prepare();
  const { reportId, token } = prepared;
  const tags = [tagOf(await look(reportId, token))];
  const changed = async (): Promise<boolean> => {
    const next = await look(reportId, token, tags.at(-1));
    if (next.status === 304) return false;
    expect(tags).not.toContain(tagOf(next));
    tags.push(tagOf(next));
    return true;
  };
  expect(await changed()).toBe(false);

  prepared.write("day,region,amount\n2026-11-01,west,13\n");
  expect(await within(LONG_MS, changed)).toBe(true);
  await prepared.store(modelOf({ label: "Sold" }));
  expect(await within(LONG_MS, changed)).toBe(true);
  const path = `/api/reports/${reportId}/favourite`;
  await request(world.server.url, "POST", path, { token, body: { favourite: true } });
  expect(await changed()).toBe(true);
  expect((await look(reportId, token, tags.at(-1), "?with=me")).body).toHaveProperty("me");
  world.advance(1_000);
  expect((await look(reportId, token, tags.at(-1), "?refresh=1")).status).toBe(200);
});

it("another person's tag opens nothing", async () => {
  const { reportId, token, administrator } = await prepare();
  const own = tagOf(await look(reportId, token));
  const whole = await look(reportId, administrator, own);
  const stranger = await build.tokenOf(await build.buildUser());

  expect(whole.body.cards["total"]).toMatchObject({ data: { values: [[42]] } });
  expect((await look(reportId, token, tagOf(whole))).body.cards["total"]).toMatchObject({ data: { values: [[12]] } });
  for (const [asker, code] of [
    [stranger, "report_not_found"],
    [undefined, "signed_out"],
  ] as const) {
    const refused = await look(reportId, asker, own);
    expect([refused.code, refused.headers.get("etag"), refused.headers.get("cache-control")]).toEqual([
      code,
      null,
      "no-store",
    ]);
  }
  expect((await look(reportId, token, own, "?refresh=yes")).code).toBe("input_invalid");
});
