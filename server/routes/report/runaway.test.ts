import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { ReportId } from "../../../core/contract/id";
import type { ReportView } from "../../../core/contract/report/report";
import { builders } from "../../../tests/factories/build";
import { request } from "../../../tests/factories/client";
import { ansi, datasetOffice } from "../../../tests/factories/datasets";
import type { TestEngine } from "../../../tests/factories/engines/engine";
import { mariadbMissing, startMariadb } from "../../../tests/factories/engines/mariadb";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { waitFor } from "../../../tests/factories/office";
import { kpi, prepareOrders, type Prepared } from "../../../tests/factories/orders";
import { remoteOffices } from "../../../tests/factories/remote-office";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(120_000); // engines start, and machines may be busy

let world: World;
let build: ReturnType<typeof builders>;
beforeAll(async () => {
  world = await startWorld({ queryTimeoutMs: 60_000 });
  build = builders(world);
});
afterAll(() => world.stop());

interface Kind {
  start(): Promise<TestEngine>;
  /** A row that takes ten minutes. */
  endless: string;
  /** How many wait for such a row at the engine now. */
  running: string;
}

const KINDS: [string, Kind][] = [
  [
    "PostgreSQL",
    {
      start: startPostgresql,
      endless: "SELECT length(CAST(pg_sleep(600) AS text)) AS n",
      running: "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
    },
  ],
];
if (mariadbMissing() === null) {
  KINDS.push([
    "MariaDB",
    {
      start: startMariadb,
      endless: "SELECT sleep(600) AS n FROM sales.orders LIMIT 1",
      running: "SELECT count(*) FROM information_schema.processlist WHERE state = 'User sleep'",
    },
  ]);
}

describe.each(KINDS)("two reports over %s whose questions never end", (_name, kind) => {
  let engine: TestEngine;
  let prepared: Prepared;
  beforeAll(async () => {
    engine = await kind.start();
    await engine.run("CREATE TABLE sales.orders (n int)");
    await engine.run("INSERT INTO sales.orders VALUES (30), (12)");
    await engine.run(`CREATE VIEW sales.endless AS ${kind.endless}`);
    prepared = await prepareOrders(world, build);
    const remote = remoteOffices(world, datasetOffice(world, build));
    const dataSource = await remote.connect(prepared.administrator, engine.connection());
    for (const name of ["orders", "endless"]) {
      const model = {
        version: 1,
        semantic_model: {
          name,
          datasets: [
            {
              name: "rows",
              source: `sales.${name}`,
              fields: [{ name: "n", expression: ansi("n"), datatype: "Integer" }],
            },
          ],
          metrics: [{ name: "value", expression: ansi("SUM(n)"), datatype: "Integer" }],
        },
        dingboard: { label: name, dataSource },
      } as z.input<typeof DatasetModel>;
      await world.server.domain.saveDataset({ enterpriseId: prepared.enterprise.id, name: `remote_${name}`, model });
    }
  });
  afterAll(() => engine.stop());

  /** Cards that ask each something of their own: what two reports ask alike is asked once. */
  const reportOf = (dataset: string, cards: number, from = 1): Promise<ReportId> =>
    prepared.addReport(
      Object.fromEntries(
        Array.from({ length: cards }, (_, card) => [`card${card}`, kpi("value", { dataset, limit: from + card })]),
      ),
    );
  const running = async (): Promise<number> => Number((await engine.rows(kind.running))[0]?.[0]);

  it("leave room for a third one and a fourth one, and are ended at the engine when nobody waits for them", async () => {
    const runaways = [await reportOf("remote_endless", 8), await reportOf("remote_endless", 8, 100)];
    const leaving = new AbortController();
    const answered: string[] = [];
    const views = runaways.map((report) =>
      fetch(`${world.server.url}/api/reports/${report}/view`, {
        headers: { authorization: `Bearer ${prepared.token}` },
        signal: leaving.signal,
      }).then(
        () => answered.push("answered"),
        () => answered.push("left"),
      ),
    );
    // One of them has as many as a report may have, the other one.
    expect(await waitFor(running, (count) => count === 4)).toBe(4);

    for (const cards of [5, 3]) {
      const path = `/api/reports/${await reportOf("remote_orders", cards)}/view`;
      const { body } = await request<ReportView>(world.server.url, "GET", path, { token: prepared.token });
      const values = Object.values(body.cards).map((card) => (card.state === "ready" ? card.data.values : card));
      expect(values).toEqual(Array.from({ length: cards }, () => [[42]]));
    }
    expect([answered, await running()]).toEqual([[], 4]);

    leaving.abort();
    await Promise.all(views);
    expect(answered).toEqual(["left", "left"]);
    expect(await waitFor(running, (count) => count === 0)).toBe(0);
  });
});
