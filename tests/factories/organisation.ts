import { randomBytes } from "node:crypto";
import type { DemoMember, DemoOrganisation, DemoSuite } from "../../desk/demo/enterprise";
import { activationLinkOf } from "../../desk/open-platform/suite/scan";
import type { SuiteConfig } from "../../server/config";
import { Secret } from "../../server/secret";

/** Departments of every organisation here: the root, two below it, and one below the first of them. */
export const DEPARTMENTS = { root: 1, sales: 10, east: 11, finance: 20 };

const PEOPLE = 40;

/** An organisation as DingTalk knows it, with an app and people `p1`, `p2`, ... who all work in the sales department. */
export function makeOrganisation(number: number, redirectUrl: string): DemoOrganisation {
  return {
    key: `org${number}`,
    corpId: `ding${randomBytes(16).toString("hex")}`,
    name: `组织${number}`,
    nameEn: `Organisation ${number}`,
    licenseName: `组织${number}有限公司`,
    authLevel: 2,
    authorised: false,
    app: {
      name: "Dingboard",
      appKey: `ding${randomBytes(8).toString("hex")}`,
      appSecret: randomBytes(36).toString("base64url"),
      agentId: 1_000 + number,
      miniAppId: `500000000000${number}`,
      permissions: ["qyapi_base", "Contact.Org.Read", "Contact.User.Read", "qyapi_get_member"],
      ipWhiteList: ["127.0.0.1"],
      contactScope: [DEPARTMENTS.root],
      redirectUrls: [redirectUrl],
    },
    departments: [
      { deptId: DEPARTMENTS.root, name: `组织${number}`, nameEn: "Root", parentId: null },
      { deptId: DEPARTMENTS.sales, name: "销售部", nameEn: "Sales", parentId: DEPARTMENTS.root },
      { deptId: DEPARTMENTS.east, name: "华东大区", nameEn: "East", parentId: DEPARTMENTS.sales },
      { deptId: DEPARTMENTS.finance, name: "财务部", nameEn: "Finance", parentId: DEPARTMENTS.root },
    ],
    members: Array.from({ length: PEOPLE }, (_, index) => makeMember(number, index + 1)),
    spareAccounts: [],
  };
}

/** The userids repeat in every organisation, as they may in DingTalk. */
function makeMember(organisation: number, number: number): DemoMember {
  return {
    userid: `p${number}`,
    unionid: `union-${organisation}-${number}`,
    name: `成员${number}`,
    mobile: `138${String(organisation * 1_000 + number).padStart(8, "0")}`,
    email: `p${number}@org${organisation}.example`,
    jobNumber: String(number),
    title: "店长",
    departmentIds: [DEPARTMENTS.sales],
    admin: number === 1,
    sysLevel: number === 1 ? 1 : 0,
    active: true,
  };
}

const AES_KEY = "Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7";

/** A third-party suite as DingTalk's console has it; no organisation has activated it yet. */
export function makeSuite(redirectUrl: string): DemoSuite {
  return {
    name: "Dingboard",
    suiteKey: `suite${randomBytes(8).toString("hex")}`,
    suiteSecret: randomBytes(36).toString("base64url"),
    suiteId: "24830016",
    appId: 98_214,
    miniAppId: "5000000031940772",
    permissions: [
      "qyapi_base",
      "Contact.User.Read",
      "qyapi_get_member",
      "qyapi_get_department_list",
      "qyapi_get_department_member",
    ],
    ipWhiteList: ["127.0.0.1"],
    redirectUrls: [redirectUrl],
  };
}

/** The same suite as the operator configures it, with keys where its events are pushed. */
export function suiteConfigOf(suite: DemoSuite, events: "http" | "stream"): SuiteConfig {
  return {
    key: suite.suiteKey,
    secret: new Secret(suite.suiteSecret),
    push: events === "http" ? { token: new Secret("suiteToken"), aesKey: new Secret(AES_KEY) } : null,
    appId: String(suite.appId),
    miniAppId: suite.miniAppId,
    activationUrl: activationLinkOf(suite),
  };
}
