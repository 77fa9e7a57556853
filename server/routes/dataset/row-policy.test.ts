import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { ReportId } from "../../../core/contract/id";
import type { FilterOptions } from "../../../core/contract/report/question";
import type { ReportView } from "../../../core/contract/report/report";
import { builders, SALES_REPORT, type BuiltEnterprise, type BuiltUser } from "../../../tests/factories/build";
import { request, type Ask } from "../../../tests/factories/client";
import { startWorld, type World } from "../../../tests/factories/world";

jest.setTimeout(60_000);

let world: World;
let build: ReturnType<typeof builders>;

beforeAll(async () => {
  world = await startWorld();
  build = builders(world);
});
afterAll(() => world.stop());

const ask = <T>(method: string, path: string, options: Ask = {}) => request<T>(world.server.url, method, path, options);

const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });

/** Each person sees the rows that carry their login; administrators see all, without the cost. */
const MODEL: z.input<typeof DatasetModel> = {
  version: 1,
  semantic_model: {
    name: "guarded",
    datasets: [
      {
        name: "guarded",
        source: "guarded.csv",
        fields: [
          { name: "region", expression: ansi("region"), datatype: "String" },
          { name: "owner", expression: ansi("owner"), datatype: "String" },
        ],
      },
    ],
    metrics: [
      { name: "amount", expression: ansi("SUM(amount)") },
      { name: "cost", expression: ansi("SUM(cost)") },
    ],
  },
  dingboard: {
    label: "Guarded",
    access_policy: [
      {
        group: "role:viewer",
        row_level: { filters: [{ member: "owner", operator: "equals", values: ["{ userAttributes.login }"] }] },
      },
      { group: "role:administrator", member_level: { excludes: ["cost"] } },
    ],
  },
};

const query = (changes: object) => ({ dataset: "guarded", measures: ["amount"], ...changes });
const SPEC = {
  ...SALES_REPORT,
  elements: {
    total: { type: "kpi", title: "Total", query: query({}) },
    cost: { type: "kpi", title: "Cost", query: query({ measures: ["cost"] }) },
    ranking: { type: "table", title: "Ranking", query: query({ dimensions: [{ field: "region" }] }) },
    note: SALES_REPORT.elements["note"],
  },
  filters: [{ id: "region", label: "Region", dataset: "guarded", field: "region", operator: "equals" }],
} as typeof SALES_REPORT;

interface Prepared {
  enterprise: BuiltEnterprise;
  reportId: ReportId;
  administrator: BuiltUser;
  viewer: BuiltUser;
}

async function prepare(): Promise<Prepared> {
  const administrator = await build.buildUser({ role: "administrator" });
  const { enterprise } = administrator;
  const viewer = await build.buildUser({ enterprise });
  const folder = join(world.config.dataDir, "files", enterprise.id);
  mkdirSync(folder, { recursive: true });
  const rows = [`north,${viewer.login},10,1`, "south,somebody,20,2", "west,somebody,30,3"];
  writeFileSync(join(folder, "guarded.csv"), `region,owner,amount,cost\n${rows.join("\n")}\n`);
  const { domain } = world.server;
  await domain.saveDataset({ enterpriseId: enterprise.id, name: "guarded", model: MODEL });
  const reportId = await domain.reports.create({ enterpriseId: enterprise.id, spec: SPEC, createdBy: null });
  await domain.reports.grant(enterprise.id, reportId, { kind: "user", userId: viewer.id }, "view");
  return { enterprise, reportId, administrator, viewer };
}

const viewOf = (reportId: ReportId, token: string | undefined, search = "") =>
  ask<ReportView>("GET", `/api/reports/${reportId}/view${search}`, { token });
const totalOf = ({ body }: { body: ReportView }): unknown => body.cards["total"];

it("shows each person their own rows, in cards, options and exports, whatever they ask", async () => {
  const { reportId, viewer } = await prepare();
  const token = await build.tokenOf(viewer);
  const { body } = await viewOf(reportId, token);
  expect(totalOf({ body })).toMatchObject({ state: "ready", data: { values: [[10]] } });
  expect(body.cards["ranking"]).toMatchObject({ data: { values: [["north"], [10]] } });

  const question = { filters: { region: { operator: "equals", values: ["south"] } } };
  const asked = await ask<ReportView>("POST", `/api/reports/${reportId}/cards`, { token, body: question });
  expect(asked.body.cards["ranking"]).toMatchObject({ state: "ready", data: { rowCount: 0 } });

  const options = `/api/reports/${reportId}/filters/region/options`;
  expect((await ask<FilterOptions>("POST", options, { token, body: {} })).body.values).toEqual(["north"]);
  expect((await ask<FilterOptions>("POST", options, { token, body: { search: "so" } })).body.values).toEqual([]);

  const file = await fetch(`${world.server.url}/api/reports/${reportId}/elements/ranking/export?format=csv`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await file.text();
  expect([text.includes("north"), /south|west/.test(text)]).toEqual([true, false]);
});

it("fails the card alone whose measure a person may not see", async () => {
  const { reportId, administrator } = await prepare();
  const { body } = await viewOf(reportId, await build.tokenOf(administrator));
  expect(totalOf({ body })).toMatchObject({ state: "ready", data: { values: [[60]] } });
  expect(body.cards["cost"]).toEqual({
    state: "failed",
    error: { code: "forbidden", message: 'You may not see "cost".' },
  });
});

describe("viewing as somebody else", () => {
  it("shows an administrator what that user sees, and is written down", async () => {
    const { enterprise, reportId, administrator, viewer } = await prepare();
    const token = await build.tokenOf(administrator);
    expect(totalOf(await viewOf(reportId, token, `?viewAs=${viewer.id}`))).toMatchObject({ data: { values: [[10]] } });
    const cards = await ask<ReportView>("POST", `/api/reports/${reportId}/cards`, {
      token,
      body: { viewAs: viewer.id },
    });
    expect(cards.body.cards["cost"]).toMatchObject({ state: "ready", data: { values: [[1]] } });
    const options = `/api/reports/${reportId}/filters/region/options`;
    const { body } = await ask<FilterOptions>("POST", options, { token, body: { viewAs: viewer.id } });
    expect(body.values).toEqual(["north"]);

    const audit = `/api/enterprises/${enterprise.id}/audit?action=report_viewed_as`;
    const { items } = (await ask<{ items: object[] }>("GET", audit, { token })).body;
    const entry = {
      subject: viewer.id,
      actor: expect.objectContaining({ id: administrator.id }),
      detail: { reportId },
    };
    expect(items).toEqual([1, 2, 3].map(() => expect.objectContaining(entry)));
  });

  it("is refused to everybody else, for strangers, and for users who may not open the report", async () => {
    const { enterprise, reportId, administrator, viewer } = await prepare();
    const as = (userId: string): string => `?viewAs=${userId}`;
    const token = await build.tokenOf(administrator);
    const other = await build.buildUser({ enterprise });
    expect((await viewOf(reportId, await build.tokenOf(viewer), as(administrator.id))).code).toBe("forbidden");
    expect((await viewOf(reportId, token, as(other.id))).code).toBe("forbidden");
    const stranger = await build.buildUser({ role: "administrator" });
    expect((await viewOf(reportId, token, as(stranger.id))).code).toBe("not_found");
    expect((await viewOf(reportId, token, as("nobody"))).code).toBe("input_invalid");
    expect((await viewOf(reportId, undefined, as(viewer.id))).code).toBe("signed_out");
    expect((await viewOf(reportId, await build.tokenOf(stranger), as(viewer.id))).code).toBe("report_not_found");

    const everyone = { kind: "enterprise", enterpriseId: stranger.enterprise.id } as const;
    await world.server.domain.reports.grant(enterprise.id, reportId, everyone, "view");
    const crossing = await build.tokenOf(stranger);
    expect(totalOf(await viewOf(reportId, crossing))).toMatchObject({ state: "failed", error: { code: "forbidden" } });
    expect((await viewOf(reportId, crossing, as(viewer.id))).code).toBe("forbidden");
  });
});
