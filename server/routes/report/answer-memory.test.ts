import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { prepareOrders } from "../../../tests/factories/orders";
import { startWorld, type World } from "../../../tests/factories/world";
import type { CardResult } from "../../../core/contract/report/report";

jest.setTimeout(120_000); // machines may be busy

const BYTES = 2_000_000;
/** Each with a text of 900 letters that no other one has. */
const ROWS = Array.from({ length: 1_000 }, (_, index) => `2026-11-01,${String(index).padStart(900, "x")},1\n`);

let world: World;

beforeAll(async () => {
  world = await startWorld({ cache: { bytes: BYTES, freshMs: 60_000, staleMs: 600_000, slowMs: 1_000 } });
});
afterAll(() => world.stop());

/** So many rows, each of about a kilobyte. */
const list = (limit: number) => ({
  type: "table" as const,
  title: "List",
  query: { dataset: "orders", dimensions: [{ field: "region" }], measures: ["amount"], limit },
});

it("answers keep within their memory: the least recently used go first, and one that is too large is not kept", async () => {
  // Four of the former fit; the latter takes more than a quarter of all.
  const elements = { a: list(450), b: list(451), c: list(452), d: list(453), e: list(454), large: list(800) };
  const { reportId, token, write } = await prepareOrders(world, builders(world), elements);
  write(`day,region,amount\n${ROWS.join("")}`);

  /** When what is answered now was computed, which is now where it is not in memory. */
  const ask = async (id: string): Promise<string> => {
    world.advance(1_000);
    const { body } = await request<{ cards: Record<string, CardResult>; dataAsOf: string }>(
      world.server.url,
      "POST",
      `/api/reports/${reportId}/cards`,
      { token, body: { elements: [id] } },
    );
    expect(body.cards[id]).toMatchObject({ state: "ready", data: { rowCount: elements[id as "a"].query.limit } });
    expect(world.server.domain.answers.bytes).toBeLessThanOrEqual(BYTES);
    return body.dataAsOf;
  };

  const first = { a: await ask("a"), b: await ask("b"), c: await ask("c"), d: await ask("d") };
  expect(await ask("a")).toBe(first.a);
  const e = await ask("e");
  const held = world.server.domain.answers.bytes;
  expect(await ask("large")).not.toBe(await ask("large"));
  expect(world.server.domain.answers.bytes).toBe(held);

  expect(await ask("a")).toBe(first.a);
  expect(await ask("c")).toBe(first.c);
  expect(await ask("d")).toBe(first.d);
  expect(await ask("e")).toBe(e);
  expect(await ask("b")).not.toBe(first.b);
});
