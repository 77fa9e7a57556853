import { readdirSync } from "node:fs";
import { join } from "node:path";
import { startOpenPlatform, type StandIn } from "../../../desk/open-platform/start";
import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import type { CardData } from "../../../core/contract/report/query";
import { PASSWORD } from "../../../tests/factories/build";
import { cookieOf, request } from "../../../tests/factories/client";
import { connectSource } from "../../../tests/factories/data-source";
import { createTestDatabase } from "../../../tests/factories/database";
import { ansi } from "../../../tests/factories/datasets";
import { READER } from "../../../tests/factories/engines/engine";
import { startPostgresql } from "../../../tests/factories/engines/postgresql";
import { extractDesk, isDone } from "../../../tests/factories/extracts";
import { nodeProcesses, type NodeProcess } from "../../../tests/factories/node-process";
import { waitFor } from "../../../tests/factories/office";
import { PUBLIC_URL } from "../../../tests/factories/world";

jest.setTimeout(240_000); // processes start slowly on busy machines

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let engine: Awaited<ReturnType<typeof startPostgresql>>;
let dingtalk: StandIn;
let nodes: ReturnType<typeof nodeProcesses>;
let first: NodeProcess;
let second: NodeProcess;
let cookie: string;
let enterprise: string;
let dataSourceId: string;

beforeAll(async () => {
  [database, engine] = await Promise.all([createTestDatabase(), startPostgresql()]);
  await engine.run("CREATE TABLE sales.orders (region text, amount numeric(12,2))");
  await engine.run("INSERT INTO sales.orders VALUES ('east', 10.5), ('west', 32)");
  // Twenty thousand rows that come for seconds.
  await engine.run(
    `CREATE VIEW sales.slow AS SELECT 'shop ' || n AS region, 1 AS amount, repeat('x', 200) AS note,
     CASE WHEN n % 250 = 0 THEN pg_sleep(0.1)::text END AS pause FROM generate_series(1, 20000) AS n`,
  );
  await engine.run(
    `CREATE VIEW sales.endless AS SELECT 'shop ' || n AS region, 1 AS amount, repeat('x', 2000) AS note,
     CASE WHEN n > 8000 THEN pg_sleep(600)::text END AS pause FROM generate_series(1, 9000) AS n`,
  );
  await engine.run(`GRANT SELECT ON ALL TABLES IN SCHEMA sales TO ${READER.user}`);
  dingtalk = await startOpenPlatform({ seed: { organisations: [] }, port: 0, controlPort: 0, token: "unused" });
  nodes = nodeProcesses({ database, dingtalkUrl: dingtalk.api.url });
  const { corpId, app } = dingtalk.controls.addOrganisation({
    seed: "extracts",
    members: 3,
    departments: 1,
    longIds: false,
    oddDepartments: false,
    twins: false,
    withApp: true,
  });
  first = await nodes.start("first");
  const owner = { token: first.setupToken(), name: "Owner", login: "owner", password: PASSWORD };
  cookie = cookieOf(await request(first.url, "POST", "/api/setup", { body: owner, headers: { origin: PUBLIC_URL } }));
  const authorised = await ask<EnterpriseCard>(first, "POST", "/api/enterprises/authorise", {
    corpId,
    app: { kind: "internal_app", clientId: app?.appKey, clientSecret: app?.appSecret },
  });
  enterprise = authorised.body.id;
  await ask(first, "POST", "/api/session/enterprise", { enterpriseId: enterprise });
  dataSourceId = await connectSource(first.url, { cookie }, engine.connection());
  second = await nodes.start("second");
});
afterAll(async () => {
  await nodes.stopAll();
  await dingtalk.close();
  await engine.stop();
  await database.drop();
});

const ask = <T>(node: NodeProcess, method: string, path: string, body?: unknown) =>
  request<T>(node.url, method, path, { cookie, body });
const at = (node: NodeProcess) => extractDesk(node.url, { cookie });
const settings = (table: string) => ({
  dataSourceId,
  table: { schema: "sales", name: table },
  columns: ["region", "amount"],
  schedule: { kind: "manual" },
});

/** What is in the folder of extracts, drafts among it. */
const found = (): string[] => readdirSync(join(nodes.filesDir, enterprise, "extracts")).sort();

async function makeExtract(name: string): Promise<string> {
  const made = await at(first).ask("POST", "", { name, ...settings("orders") });
  await at(first).when(made.body.id, isDone);
  const model = {
    version: 1,
    semantic_model: {
      name,
      datasets: [
        {
          name: "orders",
          source: `extracts/${name}.parquet`,
          fields: [{ name: "region", expression: ansi("region"), datatype: "String" }],
        },
      ],
      metrics: [{ name: "amount", expression: ansi("SUM(amount)") }],
    },
    dingboard: { label: name },
  };
  const saved = await ask(first, "POST", "/api/datasets", { name, text: JSON.stringify(model) });
  expect(saved.status).toBe(200);
  return made.body.id;
}

async function total(node: NodeProcess, dataset: string): Promise<unknown> {
  const { body } = await ask<CardData>(node, "POST", `/api/datasets/${dataset}/preview`, {
    dimensions: [],
    measures: ["amount"],
  });
  return body.values?.[0]?.[0] ?? body;
}

/** The first question after a change is still answered from the data of before. */
const becomes = async (node: NodeProcess, dataset: string, amount: number): Promise<void> =>
  expect([
    node.name,
    await waitFor(
      () => total(node, dataset),
      (answer) => answer === amount,
    ),
  ]).toEqual([node.name, amount]);

it("of two nodes that are asked at once one makes an extract, and both answer from it", async () => {
  const id = await makeExtract("shared");
  for (const node of [first, second]) expect(await total(node, "shared")).toBe(42.5);
  await engine.run("INSERT INTO sales.orders VALUES ('north', 7.5)");
  await Promise.all([first, second].map((node) => at(node).ask("POST", `/${id}/run`)));
  const done = await at(second).when(id, (extract) => isDone(extract) && extract.data?.rows === 3);
  expect(done.runs).toHaveLength(2);
  for (const node of [first, second]) await becomes(node, "shared", 50);
  await engine.run("DELETE FROM sales.orders WHERE region = 'north'");
});

it("what a node was making when it was killed is begun anew by the other; until then the data of before is read", async () => {
  const id = await makeExtract("killed");
  await at(first).ask("POST", `/${id}`, settings("slow"));
  await at(first).when(id, ({ runs }) => (runs[0]?.rows ?? 0) > 0);
  const dies = await nodes.holder();
  const survives = dies === first ? second : first;
  expect(found()).toContainEqual(expect.stringMatching(/^\.killed\./));
  for (const node of [first, second]) expect(await total(node, "killed")).toBe(42.5);

  await dies?.kill();
  expect(await total(survives, "killed")).toBe(42.5);
  const done = await at(survives).when(id, isDone);
  expect(done.data?.rows).toBe(20_000);
  expect(done.runs).toHaveLength(2);
  expect(found().filter((name) => name.includes("killed"))).toEqual(["killed.parquet"]);
  const again = await nodes.start(dies?.name ?? "first");
  [first, second] = [again, survives];
  for (const node of [first, second]) await becomes(node, "killed", 20_000);
});

it("is given up when it has brought down three servers, and nothing of it remains", async () => {
  const id = await makeExtract("fatal");
  await nodes.stopOthers(first);
  await at(first).ask("POST", `/${id}`, settings("endless"));
  let began: string | null | undefined = null;
  for (let time = 0; time < 3; time += 1) {
    const running = await at(first).when(
      id,
      ({ runs }) => (runs[0]?.rows ?? 0) > 0 && runs[0]?.startedAt !== began && runs[0]?.state === "running",
    );
    began = running.runs[0]?.startedAt;
    await first.kill();
    expect(found()).toContainEqual(expect.stringMatching(/^\.fatal\./));
    first = await nodes.start("first");
  }
  const failed = await at(first).when(id, ({ runs }) => runs[0]?.state === "failed");
  expect(failed).toMatchObject({ data: { rows: 2 }, runs: [{ fault: "crashed" }, { state: "done" }] });
  expect(found().filter((name) => name.includes("fatal"))).toEqual(["fatal.parquet"]);
  expect(await total(first, "fatal")).toBe(42.5);
});

it("leaves nothing behind where its node died and somebody cancels it", async () => {
  const id = await makeExtract("cancelled");
  await at(first).ask("POST", `/${id}`, settings("endless"));
  await at(first).when(id, ({ runs }) => (runs[0]?.rows ?? 0) > 0);
  await first.kill();
  first = await nodes.start("first");
  await at(first).ask("POST", `/${id}/cancel`);
  expect((await at(first).find(id)).runs[0]?.state).toBe("cancelled");
  const kept = ["cancelled.parquet"];
  const left = () => Promise.resolve(found().filter((name) => name.includes("cancelled")));
  expect(await waitFor(left, ({ length }) => length === kept.length)).toEqual(kept);
});
