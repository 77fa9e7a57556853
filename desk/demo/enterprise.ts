import { readFileSync } from "node:fs";
import { z } from "zod";

const Department = z.strictObject({
  /** DingTalk's `dept_id`; the root department is 1 in every organisation. */
  deptId: z.int().positive(),
  name: z.string().min(1),
  nameEn: z.string().min(1),
  parentId: z.int().positive().nullable(),
});

const Role = z.enum(["administrator", "editor", "viewer"]);

const Member = z.strictObject({
  /** Unique inside its organisation only: another organisation may have the same one for somebody else. */
  userid: z.string().regex(/^[\w@.-]{1,64}$/),
  /** Unique per developer organisation, so one person has another unionid in each organisation here. */
  unionid: z.string().min(1),
  name: z.string().min(1),
  mobile: z.string().regex(/^1\d{10}$/),
  email: z.email(),
  jobNumber: z.string(),
  title: z.string(),
  departmentIds: z.array(z.int().positive()).min(1),
  admin: z.boolean().default(false),
  /** 1 main administrator, 2 sub-administrator, 100 boss, 0 anybody else. https://open.dingtalk.com/document/development/obtain-the-userid-of-a-user-by-using-the-log-free */
  sysLevel: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(100)]).default(0),
  /** False for a member who was added but never activated DingTalk. */
  active: z.boolean().default(true),
  /** The local Dingboard account this member is bound to in the demo. The same login in two organisations is one user. */
  account: z.strictObject({ login: z.string().min(1), role: Role, disabled: z.boolean().default(false) }).optional(),
  /** Set for the people whom the desk page offers, in that order: role, colon, what to expect as this person. */
  tryOut: z.strictObject({ order: z.int(), zh: z.string(), en: z.string() }).optional(),
});

/** An internal app as DingTalk's developer console knows it. */
const App = z.strictObject({
  name: z.string().min(1),
  appKey: z.string().regex(/^ding[a-z0-9]+$/),
  appSecret: z.string().min(20),
  agentId: z.int().positive(),
  miniAppId: z.string().min(1),
  /** Permission points granted in the console, by name. */
  permissions: z.array(z.string()),
  /** Egress addresses that may call with this app; `*` stands for any single part of an IPv4 address. */
  ipWhiteList: z.array(z.string()),
  /** Addresses to which DingTalk's sign-in page may lead back. */
  redirectUrls: z.array(z.url()).optional(),
  /** Departments (with everything below) whose members the app may read. */
  contactScope: z.array(z.int().positive()),
  /** Events are ticked for Stream mode in the console; absent: none are pushed. */
  events: z.strictObject({ mode: z.literal("stream"), types: z.null() }).optional(),
});

const Organisation = z.strictObject({
  /** Short name used in addresses and tests: `yunling.linyue` is a person. */
  key: z.string().regex(/^[a-z][a-z0-9-]*$/),
  corpId: z.string().regex(/^ding[a-z0-9]+$/),
  name: z.string().min(1),
  nameEn: z.string().min(1),
  licenseName: z.string().min(1),
  /** Certification: 0 none, 1 advanced, 2 medium, 3 basic. */
  authLevel: z.int().min(0).max(3),
  /** Whether the demo authorises this organisation in Dingboard. */
  authorised: z.boolean(),
  app: App.nullable(),
  departments: z.array(Department).min(1),
  members: z.array(Member),
  /** Local accounts bound to nobody, so that a member who is not bound can bind right there. Demo passwords only. */
  spareAccounts: z.array(
    z.strictObject({ login: z.string(), name: z.string(), role: Role, password: z.string().min(10) }),
  ),
});

/** A third-party app as its developer's console has it: one for many organisations. */
const Suite = z.strictObject({
  name: z.string().min(1),
  suiteKey: z.string().regex(/^suite[a-z0-9]+$/),
  suiteSecret: z.string().min(20),
  suiteId: z.string().regex(/^\d+$/),
  appId: z.int().positive(),
  miniAppId: z.string().min(1),
  /** Permission points that each organisation grants by activating it. */
  permissions: z.array(z.string()),
  ipWhiteList: z.array(z.string()),
  /** Addresses to which DingTalk's sign-in page may lead back. */
  redirectUrls: z.array(z.url()).optional(),
});

export type DemoDepartment = z.infer<typeof Department>;
export type DemoMember = z.infer<typeof Member>;
export type DemoApp = z.infer<typeof App>;
export type DemoOrganisation = z.infer<typeof Organisation>;
export type DemoSuite = z.infer<typeof Suite>;

/** The demo: organisations as DingTalk knows them, and who of them has which local account. */
export const DemoSeed = z
  .strictObject({ organisations: z.array(Organisation).min(1), suites: z.array(Suite).optional() })
  .superRefine((seed, context) => {
    for (const fault of faultsOf(seed.organisations)) context.addIssue({ code: "custom", message: fault });
  });
export type DemoSeed = z.infer<typeof DemoSeed>;

/** Reads and checks a demo file; throws with a readable list of what is wrong with it. */
export function loadDemo(file: string): DemoSeed {
  const parsed = DemoSeed.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} is not a demo description:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** What one schema cannot say: ids are unique where DingTalk has them unique, and trees and references close. */
function faultsOf(organisations: DemoOrganisation[]): string[] {
  const apps = organisations.flatMap((organisation) => organisation.app ?? []);
  return [
    ...repeated(organisations.map((organisation) => organisation.corpId)).map((id) => `corpId ${id} is there twice`),
    ...repeated(organisations.map((organisation) => organisation.key)).map((key) => `key ${key} is there twice`),
    ...repeated(apps.map((app) => app.appKey)).map((key) => `appKey ${key} is there twice`),
    ...organisations.flatMap(faultsIn),
  ];
}

function faultsIn(organisation: DemoOrganisation): string[] {
  const ids = organisation.departments.map((department) => department.deptId);
  const known = new Set(ids);
  const where = `${organisation.key}: `;
  return [
    ...repeated(ids).map((id) => `${where}department ${id} is there twice`),
    ...repeated(organisation.members.map((member) => member.userid)).map((id) => `${where}userid ${id} is there twice`),
    ...repeated(organisation.members.map((member) => member.unionid)).map(
      (id) => `${where}unionid ${id} is there twice`,
    ),
    ...organisation.departments
      .filter(({ deptId, parentId }) => (deptId === 1 ? parentId !== null : parentId === null || !known.has(parentId)))
      .map(({ deptId }) => `${where}department ${deptId} hangs on nothing`),
    ...organisation.members
      .filter((member) => member.departmentIds.some((id) => !known.has(id)))
      .map((member) => `${where}${member.userid} is in a department that is not there`),
  ];
}

function repeated<T>(values: T[]): T[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
