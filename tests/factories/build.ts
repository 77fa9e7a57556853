import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { DatasetModel } from "../../core/contract/dataset/dataset";
import { CorpId, type EnterpriseId, type ReportId, type UserId } from "../../core/contract/id";
import type { ReportSpec } from "../../core/contract/report/report";
import type { Role } from "../../core/contract/session/session";
import type { DemoOrganisation } from "../../desk/demo/enterprise";
import { Secret } from "../../server/secret";
import { newDevice, request, type SignInAnswer } from "./client";
import { DEPARTMENTS } from "./organisation";
import type { World } from "./world";

export const PASSWORD = "correct horse battery";

/** An authorised enterprise whose departments are known. */
export interface BuiltEnterprise {
  id: EnterpriseId;
  corpId: CorpId;
  organisation: DemoOrganisation;
}

/** A user bound to a DingTalk member of the enterprise, unless told otherwise. */
export interface BuiltUser {
  id: UserId;
  login: string;
  userid: string;
  enterprise: BuiltEnterprise;
}

export interface UserWishes {
  enterprise?: BuiltEnterprise;
  role?: Role;
  departmentIds?: number[];
  bound?: boolean;
  /** Whether the account has PASSWORD; those that are not bound yet have it, since they need it. */
  password?: boolean;
}

/** Builds what a test needs, each time anew, the way the product itself would. */
export function builders(world: World) {
  const { domain } = world.server;
  const taken = new Map<EnterpriseId, number>();
  let organisations = 0;

  const nextOrganisation = (): DemoOrganisation => {
    const organisation = world.organisations[organisations++];
    if (!organisation) throw new Error("Add organisations to the test's world: all are taken.");
    return organisation;
  };

  const buildEnterprise = async (): Promise<BuiltEnterprise> => {
    const organisation = nextOrganisation();
    const enterprise = await domain.enterprises.store({ ...keyOf(organisation), name: organisation.name });
    for (const { deptId, parentId, name } of organisation.departments) {
      await domain.members.saveDepartment(enterprise.id, { id: deptId, parentId, name });
    }
    return { id: enterprise.id, corpId: enterprise.corpId, organisation };
  };

  /** The userid of somebody in the organisation whom no test has used yet. */
  const nextPerson = (enterprise: BuiltEnterprise): string => {
    const index = taken.get(enterprise.id) ?? 0;
    taken.set(enterprise.id, index + 1);
    const person = enterprise.organisation.members[index];
    if (!person) throw new Error("Add people to the test's organisation: all are taken.");
    return person.userid;
  };

  const buildUser = async (wishes: UserWishes = {}): Promise<BuiltUser> => {
    const enterprise = wishes.enterprise ?? (await buildEnterprise());
    const userid = nextPerson(enterprise);
    const login = `user-${randomBytes(6).toString("hex")}`;
    const withPassword = wishes.password ?? wishes.bound === false;
    const user = await domain.users.add({
      login,
      name: `Name of ${userid}`,
      password: withPassword ? PASSWORD : undefined,
    });
    await domain.users.setRole(enterprise.id, user.id, wishes.role ?? "viewer");
    if (wishes.bound ?? true) {
      await domain.members.save(enterprise.id, {
        userid,
        unionId: null,
        name: `Name of ${userid}`,
        departmentIds: wishes.departmentIds ?? [DEPARTMENTS.sales],
      });
      await domain.users.bindMember(enterprise.id, user.id, userid);
    }
    return { id: user.id, login, userid, enterprise };
  };

  /** An auth code as the person's DingTalk would get it. */
  const mintCode = (enterprise: BuiltEnterprise, userid: string): string =>
    world.dingtalk.controls.mintCode({ corpId: enterprise.corpId, userid, kind: "jsapi", withCorp: false }).code;

  const signIn = (user: BuiltUser, wishes: { deviceId?: string; authCode?: string } = {}): Promise<SignInAnswer> =>
    request(world.server.url, "POST", "/api/session/dingtalk", {
      body: {
        corpId: user.enterprise.corpId,
        authCode: wishes.authCode ?? mintCode(user.enterprise, user.userid),
        deviceId: wishes.deviceId ?? newDevice(),
      },
    });

  return {
    nextOrganisation,
    nextPerson,
    buildEnterprise,
    buildUser,
    mintCode,
    signIn,
    /** Signs in and answers the access token. */
    tokenOf: async (user: BuiltUser): Promise<string> => (await signIn(user)).body.tokens.accessToken,
    /** A report over the test's sales data that nobody but administrators may see. */
    buildReport: async (
      enterprise: BuiltEnterprise,
      changes: Partial<z.input<typeof ReportSpec>> = {},
    ): Promise<ReportId> => {
      await saveSales(world, enterprise.id);
      return domain.reports.create({
        enterpriseId: enterprise.id,
        spec: { ...SALES_REPORT, ...changes },
        createdBy: null,
      });
    },
  };
}

/** What an administrator types in to connect the organisation. */
export function keyOf(organisation: DemoOrganisation): { corpId: CorpId; clientId: string; clientSecret: Secret } {
  const { app, corpId } = organisation;
  if (!app) throw new Error("The organisation has no app.");
  return { corpId: CorpId.parse(corpId), clientId: app.appKey, clientSecret: new Secret(app.appSecret) };
}

/** Three rows: two regions, 30 and 12. */
const SALES = "day,region,amount\n2026-11-01,east,10\n2026-11-02,east,20\n2026-11-02,west,12\n";

const ansi = (expression: string) => ({ dialects: [{ dialect: "ANSI_SQL" as const, expression }] });

const SALES_MODEL: z.input<typeof DatasetModel> = {
  version: 1,
  semantic_model: {
    name: "sales",
    datasets: [
      {
        name: "sales",
        source: "sales.csv",
        fields: [
          { name: "day", expression: ansi("day"), dimension: { is_time: true }, datatype: "Date" },
          { name: "region", expression: ansi("region"), datatype: "String" },
        ],
      },
    ],
    metrics: [{ name: "amount", expression: ansi("SUM(amount)") }],
  },
  dingboard: { label: "Sales", measures: { amount: { label: "Amount" } } },
};

/** A number, a ranking and a text. */
export const SALES_REPORT: z.input<typeof ReportSpec> = {
  version: 1,
  title: "Sales",
  description: "Amount by region",
  pages: [
    {
      id: "main",
      title: "Main",
      layout: [
        { element: "total", x: 0, y: 0, w: 18, h: 4 },
        { element: "ranking", x: 0, y: 4, w: 36, h: 8 },
        { element: "note", x: 18, y: 0, w: 18, h: 4 },
      ],
    },
  ],
  elements: {
    total: { type: "kpi", title: "Total", query: { dataset: "sales", measures: ["amount"] } },
    ranking: {
      type: "table",
      title: "Ranking",
      query: {
        dataset: "sales",
        dimensions: [{ field: "region" }],
        measures: ["amount"],
        sort: [{ field: "amount", descending: true }],
      },
    },
    note: { type: "text", title: "Note", text: "Three rows." },
  },
};

async function saveSales(world: World, enterpriseId: EnterpriseId): Promise<void> {
  const folder = join(world.config.dataDir, "files", enterpriseId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sales.csv"), SALES);
  await world.server.domain.saveDataset({ enterpriseId, name: "sales", model: SALES_MODEL });
}
