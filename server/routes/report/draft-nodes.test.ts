import { startOpenPlatform, type StandIn } from "../../../desk/open-platform/start";
import type { EnterpriseCard } from "../../../core/contract/enterprise/enterprise";
import type { ReportDraft } from "../../../core/contract/report/draft";
import type { ReportSpec } from "../../../core/contract/report/report";
import { PASSWORD } from "../../../tests/factories/build";
import { cookieOf, request } from "../../../tests/factories/client";
import { createTestDatabase } from "../../../tests/factories/database";
import { nodeProcesses, type NodeProcess } from "../../../tests/factories/node-process";
import { PUBLIC_URL } from "../../../tests/factories/world";

jest.setTimeout(240_000); // processes start slowly on busy machines

const KILLS = 4;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let dingtalk: StandIn;
let nodes: ReturnType<typeof nodeProcesses>;
let node: NodeProcess;
let cookie: string;
let reportId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  dingtalk = await startOpenPlatform({ seed: { organisations: [] }, port: 0, controlPort: 0, token: "unused" });
  nodes = nodeProcesses({ database, dingtalkUrl: dingtalk.api.url });
  const { corpId, app } = dingtalk.controls.addOrganisation({
    seed: "drafts",
    members: 1,
    departments: 1,
    longIds: false,
    oddDepartments: false,
    twins: false,
    withApp: true,
  });
  node = await nodes.start("first");
  const owner = { token: node.setupToken(), name: "Owner", login: "owner", password: PASSWORD };
  cookie = cookieOf(await request(node.url, "POST", "/api/setup", { body: owner, headers: { origin: PUBLIC_URL } }));
  const key = { kind: "internal_app", clientId: app?.appKey, clientSecret: app?.appSecret };
  const { body } = await ask<EnterpriseCard>("POST", "/api/enterprises/authorise", { corpId, app: key });
  await ask("POST", "/api/session/enterprise", { enterpriseId: body.id });
  const made = await ask<{ reportId: string }>("POST", "/api/reports", { title: "Shared", from: { kind: "blank" } });
  reportId = made.body.reportId;
});
afterAll(async () => {
  await nodes.stopAll();
  await dingtalk.close();
  await database.drop();
});

const ask = <T>(method: string, path: string, body?: unknown) => request<T>(node.url, method, path, { cookie, body });

/** Saves until told to stop, again and again where no answer comes; answers what was acknowledged. */
async function edit(client: string, isOver: () => boolean): Promise<string[]> {
  const acknowledged: string[] = [];
  let { version, spec } = (await ask<ReportDraft>("GET", `/api/reports/${reportId}/draft`)).body;
  for (let count = 0; !isOver(); count++) {
    const id = `${client}-${count}`;
    const next = { ...spec, elements: { ...spec.elements, [id]: { type: "text" as const, title: id, text: "" } } };
    const saved = await saveUntilHeard({ version, client, spec: next });
    acknowledged.push(id);
    [version, spec] = [saved.version, saved.spec ?? next];
    if (saved.conflicts.length > 0) throw new Error(`${client} is told of ${JSON.stringify(saved.conflicts)}.`);
  }
  return acknowledged;
}

interface Saved {
  version: number;
  spec: ReportSpec | null;
  conflicts: unknown[];
}

async function saveUntilHeard(body: object): Promise<Saved> {
  for (;;) {
    try {
      const answer = await ask<Saved>("POST", `/api/reports/${reportId}/draft`, body);
      if (answer.status === 200) return answer.body;
      if (answer.status < 500) throw new RangeError(`Refused: ${answer.code}`);
    } catch (error) {
      if (error instanceof RangeError) throw error; // else nobody answered
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it("loses no acknowledged change of three editors while the server is killed", async () => {
  let isOver = false;
  const editors = Promise.all(["anna-tab", "bert-tab", "cleo-tab"].map((client) => edit(client, () => isOver)));
  for (let round = 0; round < KILLS; round++) {
    await new Promise((resolve) => setTimeout(resolve, 200 + 150 * round));
    await node.kill();
    node = await nodes.start(`again-${round}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  isOver = true;
  const acknowledged = (await editors).flat();

  const { body } = await ask<ReportDraft>("GET", `/api/reports/${reportId}/draft`);

  expect(acknowledged.length).toBeGreaterThan(3 * KILLS);
  expect(Object.keys(body.spec.elements).sort()).toEqual(acknowledged.sort());
});
