import { EnterpriseId, UserId } from "../../core/contract/id";
import type { CardQuery } from "../../core/contract/report/query";
import type { z } from "zod";
import type { Analytics } from "./analytics";
import { AnalyticsWorld, cardQuery, datasetModel, rowsOf } from "../../tests/analytics/world";
import type { Asker } from "./query/asker";
import { policyKey } from "./query/policy";

jest.setTimeout(60_000);

const SALES = [
  "day,shop,owner,amount,cost",
  "2026-11-01,East,ann,10,1",
  "2026-11-02,West,bob,20,2",
  "2026-10-01,East,ann,4,3",
  "2026-10-02,,bob,7,4",
  "",
].join("\n");

let world: AnalyticsWorld;
let analytics: Analytics;
let enterpriseId: EnterpriseId;

beforeAll(async () => {
  world = await AnalyticsWorld.create();
  analytics = world.analytics();
  enterpriseId = world.enterprise();
  await world.writeFile(enterpriseId, "sales.csv", SALES);
});
afterAll(() => world.close());

const USER = UserId.parse("2b1c3d4e-5f60-4a7b-8c9d-0e1f2a3b4c5d");

const person = (changes: Partial<Asker> = {}): Asker => ({
  userId: USER,
  enterpriseId,
  role: "viewer",
  departmentIds: [7, 1],
  attributes: {},
  ...changes,
});

const model = (...access_policy: object[]) =>
  datasetModel({
    source: "sales.csv",
    fields: { day: "Date", shop: "String", owner: "String" },
    measures: { amount: "SUM(amount)", cost: "SUM(cost)", profit: "amount - cost" },
    settings: { access_policy },
  });

const only = (member: string, operator: string, ...values: unknown[]): object => ({
  row_level: { filters: [{ member, operator, values }] },
});

type Query = Partial<z.input<typeof CardQuery>>;

async function ask(policies: object[], asker: Asker | undefined, query: Query = {}): Promise<unknown> {
  const asked: CardQuery = cardQuery({ measures: ["amount"], ...query });
  return rowsOf(await analytics.run({ enterpriseId, dataset: model(...policies), asker }, asked));
}

const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (rows) => ({ rows }),
    (error: { code: string; message: string }) => error.code,
  );

describe("a dataset with policies", () => {
  it("denies whoever none of them names, administrators and nobody at all too", async () => {
    const forOthers = [{ group: "role:editor" }, { group: "department:9" }, { group: "attribute:region=east" }];
    for (const asker of [person(), person({ role: "administrator" }), undefined]) {
      expect(await refused(ask(forOthers, asker))).toBe("forbidden");
    }
  });

  it.each<[string, string, Partial<Asker>]>([
    ["everybody", "*", {}],
    ["a role", "role:editor", { role: "editor" }],
    ["a user", `user:${USER}`, {}],
    ["a department, with all below it", "department:1", {}],
    ["an attribute", "attribute:region=north-east", { attributes: { region: ["south", "north-east"] } }],
  ])("opens to %s", async (_whom, group, changes) => {
    expect(await ask([{ group }], person(changes))).toEqual([[41]]);
  });

  it("trusts another enterprise's readers with nothing but who they are", async () => {
    const stranger = person({
      enterpriseId: EnterpriseId.parse("9f0e1d2c-3b4a-4958-8776-655443322110"),
      role: "administrator",
      attributes: { region: "east", user_id: "somebody" },
    });
    const theirs = [{ group: "*" }, { group: "role:administrator" }, { group: "department:1" }];
    expect(await refused(ask([...theirs, { group: "attribute:region=east" }], stranger))).toBe("forbidden");
    expect(await ask([{ group: `enterprise:${stranger.enterpriseId}` }], stranger)).toEqual([[41]]);
    const byAttribute = {
      group: `enterprise:${stranger.enterpriseId}`,
      ...only("shop", "equals", "{ userAttributes.region }"),
    };
    expect(await ask([byAttribute], stranger)).toEqual([[null]]);
  });

  it("shows the rows of all entries that are for the reader", async () => {
    const east = { group: "*", ...only("shop", "equals", "East") };
    const november = { group: "role:viewer", ...only("day", "greaterThanOrEqual", "2026-11-01") };
    const west = { group: "role:editor", ...only("shop", "equals", "West") };
    expect(await ask([east], person())).toEqual([[14]]);
    expect(await ask([east, west], person())).toEqual([[14]]);
    expect(await ask([east, november], person())).toEqual([[34]]);
    expect(await ask([east, { group: "*", row_level: { allow_all: true } }], person())).toEqual([[41]]);
  });

  it("puts the reader's attributes in, and lets no row through where there are none", async () => {
    const own = { group: "*", ...only("owner", "equals", "{ userAttributes.name }") };
    expect(await ask([own], person({ attributes: { name: "ann" } }))).toEqual([[14]]);
    expect(await ask([own], person({ attributes: { name: ["ann", "bob"] } }))).toEqual([[41]]);
    for (const operator of ["equals", "notEquals", "include", "doesNotInclude", "startsWith"]) {
      for (const value of ["{ userAttributes.name }", "{ userAttributes.constructor }", "{ securityContext.name }"]) {
        expect(await ask([{ group: "*", ...only("owner", operator, value) }], person())).toEqual([[null]]);
      }
      expect(await ask([{ group: "*", ...only("owner", operator) }], person())).toEqual([[null]]);
    }
    const hostile = person({ attributes: { name: "' OR 1 = 1 --" } });
    expect(await ask([own], hostile)).toEqual([[null]]);
  });

  it("does not let built-in attributes be given by somebody else", async () => {
    const own = { group: "*", ...only("owner", "equals", "{ userAttributes.user_id }") };
    expect(await ask([own], person({ attributes: { user_id: "ann" } }))).toEqual([[null]]);
  });

  const NO_COST = { group: "*", member_level: { excludes: ["cost", "owner"] } };

  it.each<[string, Query]>([
    ["a measure", { measures: ["cost"] }],
    ["a dimension", { dimensions: [{ field: "owner" }] }],
    ["a dimension without a measure, as options ask", { dimensions: [{ field: "owner" }], measures: [] }],
    ["a filter", { filters: [{ field: "owner", operator: "equals", values: ["ann"] }] }],
    ["a filter without a value", { filters: [{ field: "owner", operator: "equals", values: [] }] }],
    ["a measure's filter", { filters: [{ field: "cost", operator: "greaterThan", values: [1] }] }],
    ["a comparison", { compare: { field: "owner", period: "previousYear" } }],
  ])("refuses a hidden member in %s", async (_what, query) => {
    const all = { ...cardQuery({ ...query, measures: ["amount"] }), measures: query.measures ?? ["amount"] };
    const dataset = model(NO_COST);
    await expect(analytics.run({ enterpriseId, dataset, asker: person() }, all)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/^You may not see "(cost|owner)"\.$/),
    });
  });

  it("shows a visible measure that is made of hidden ones", async () => {
    expect(await ask([NO_COST], person(), { measures: ["profit"] })).toEqual([[31]]);
  });

  it("gives a row with those members only that an entry gives it with", async () => {
    const policies = [
      { group: "*", member_level: { includes: ["amount", "shop"] } },
      { group: "*", member_level: { includes: ["cost", "amount"] }, ...only("shop", "equals", "East") },
    ];
    expect(await ask(policies, person())).toEqual([[41]]);
    expect(await ask(policies, person(), { measures: ["cost"] })).toEqual([[4]]);
    expect(await ask(policies, person(), { measures: ["amount", "cost"] })).toEqual([[14, 4]]);
  });

  it("restricts totals, comparisons and negated filters alike", async () => {
    const east = { group: "*", ...only("shop", "equals", "East") };
    const asked = cardQuery({
      dimensions: [{ field: "shop" }],
      measures: ["amount"],
      filters: [
        { field: "shop", operator: "notEquals", values: ["East", "x"] },
        { field: "day", operator: "inBetween", values: ["2026-11-01", "2026-11-30"] },
      ],
      compare: { field: "day", period: "previousPeriod" },
      totals: [[]],
    });
    const scope = { enterpriseId, dataset: model(east), asker: person() };
    const none = await analytics.run(scope, asked);
    expect([none.rowCount, none.totals]).toEqual([0, [{ by: [], values: [[null], [null], [null]] }]]);
    const all = await analytics.run(scope, { ...asked, filters: asked.filters.slice(1) });
    expect([rowsOf(all), all.totals?.[0]?.values]).toEqual([[["East", 10, 4]], [[null], [10], [4]]]);
  });

  it("does not move its own periods with a comparison", async () => {
    const november = { group: "*", ...only("day", "greaterThanOrEqual", "2026-11-01") };
    const asked: Query = {
      filters: [{ field: "day", operator: "inBetween", values: ["2026-11-01", "2026-11-30"] }],
      compare: { field: "day", period: "previousPeriod" },
    };
    expect(await ask([november], person(), asked)).toEqual([[30, null]]);
  });
});

it("people have the same key where they see the same", () => {
  const dataset = model({ group: "role:viewer", ...only("owner", "equals", "{ userAttributes.name }") });
  const key = (asker: Asker | undefined): string => policyKey({ enterpriseId, dataset, asker });
  const other = UserId.parse("3c2d4e5f-6071-4b8c-9dae-1f203b4c5d6e");
  const ann = person({ attributes: { name: "ann" } });
  expect(key({ ...ann, userId: other, departmentIds: [] })).toBe(key(ann));
  expect(
    new Set([ann, person(), person({ role: "editor" }), person({ attributes: { name: "bob" } })].map(key)).size,
  ).toBe(4);
  expect(key(undefined)).toBe(key(person({ role: "editor" })));
});
