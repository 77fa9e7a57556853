import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DataSourceId, EnterpriseId } from "../../../core/contract/id";
import { waitFor } from "../../../tests/factories/office";
import { Secret } from "../../secret";
import { createHostGuard } from "./host-guard";
import { RemoteSources } from "./remote";

jest.setTimeout(60_000);

const ENTERPRISE = "5f0c4f3e-1111-4111-8111-111111111111" as EnterpriseId;
const ID = "5f0c4f3e-2222-4222-8222-222222222222" as DataSourceId;

/**
 * Speaks ClickHouse's HTTP as far as its turns need it: the embedded engine of the other tests answers one question at a
 * time, so it cannot show what several at once do.
 */
let server: Server;
let remote: RemoteSources;
/** Questions that are not answered, by their ids. */
const held = new Map<string, ServerResponse>();
const killed = new Set<string>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://loopback");
      const sql = url.searchParams.get("query") ?? Buffer.concat(chunks).toString();
      const victim = /KILL QUERY WHERE query_id = '([^']+)'/.exec(sql)?.[1];
      if (victim !== undefined) {
        killed.add(victim);
        held.get(victim)?.destroy();
        held.delete(victim);
        return response.end();
      }
      if (sql.includes("endless")) return held.set(url.searchParams.get("query_id") ?? "", response);
      return response.end('["one"]\n["UInt8"]\n[1]\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const connection = {
    kind: "clickhouse" as const,
    host: "127.0.0.1",
    port,
    database: "default",
    user: "reader",
    password: new Secret("x"),
    tls: "off" as const,
    ca: null,
    revision: "1",
  };
  remote = new RemoteSources({
    guard: createHostGuard(["127.0.0.1"]),
    find: () => Promise.resolve(connection),
    now: Date.now,
  });
});
afterAll(async () => {
  remote.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("ClickHouse's questions take turns by report, leave room for others, and are killed when nobody waits", async () => {
  const source = await remote.open(ENTERPRISE, ID);
  const limits = { maxRows: 10, maxBytes: 10_000, timeoutMs: 20_000 };
  const ask = (sql: string, report: string, signal?: AbortSignal) =>
    source.execute({ sql, values: [], expressions: [] }, { ...limits, report, signal });
  const leaving = new AbortController();
  const endless = ["a", "a", "a", "a", "a", "b", "b", "b"].map((report) =>
    ask("SELECT endless", report, leaving.signal).catch(String),
  );
  expect(
    await waitFor(
      () => Promise.resolve(held.size),
      (count) => count === 4,
    ),
  ).toBe(4);

  expect(await Promise.all(["c", "c", "d", "c", "d"].map((report) => ask("SELECT 1", report)))).toEqual(
    Array.from({ length: 5 }, () => [[1]]),
  );
  expect(held.size).toBe(4);

  const running = [...held.keys()].sort();
  leaving.abort("gone");
  expect(await Promise.all(endless)).toEqual(Array.from({ length: 8 }, () => "gone"));
  expect(
    await waitFor(
      () => Promise.resolve([...killed].sort()),
      (ids) => ids.length === 4,
    ),
  ).toEqual(running);
});
