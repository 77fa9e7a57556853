import { z } from "zod";
import type { EventSettings } from "../events/subscription";
import { type Id, idFromText } from "../id";

/** An id in a control's body: a number, or its digits as text where a number is not exact. */
export const ControlId = z
  .union([z.int(), z.bigint(), z.string().regex(/^-?\d{1,19}$/)])
  .transform((value): Id => (typeof value === "string" ? (idFromText(value) ?? 0) : value));

const corpId = z.string().min(1);
const userid = z.string().regex(/^[\w@.-]{1,64}$/);
const deptId = ControlId;
const mobile = z.string().regex(/^1\d{10}$/);
/** As DingTalk names them: 1 main administrator, 2 sub-administrator, 100 boss, 0 anybody else. */
const sysLevel = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(100)]);

/** Controls over organisations, departments and members. Each change is announced as the events that DingTalk sends for it. */
export const CONTACT_CONTROLS = {
  organisations: { path: "/organisations", body: z.strictObject({}) },
  /** Adds an organisation made by the generator: the same seed and sizes give the same one. */
  addOrganisation: {
    path: "/organisations/add",
    body: z.strictObject({
      seed: z.string().min(1),
      members: z.int().min(1).max(20_000),
      departments: z.int().min(1).max(500),
      longIds: z.boolean().default(false),
      oddDepartments: z.boolean().default(false),
      twins: z.boolean().default(false),
      /** False: it has no internal app, so that only a suite can be activated there. */
      withApp: z.boolean().default(true),
    }),
  },
  /** Renames an organisation, or dissolves it for good. */
  patchOrganisation: {
    path: "/organisations/patch",
    body: z.strictObject({ corpId, name: z.string().min(1).optional(), dissolved: z.literal(true).optional() }),
  },
  departments: { path: "/departments", body: z.strictObject({ corpId }) },
  addDepartment: {
    path: "/departments/add",
    body: z.strictObject({ corpId, name: z.string().min(1), parentId: deptId.default(1), deptId: deptId.optional() }),
  },
  /** Renames a department or hangs it elsewhere. */
  patchDepartment: {
    path: "/departments/patch",
    body: z.strictObject({ corpId, deptId, name: z.string().min(1).optional(), parentId: deptId.optional() }),
  },
  /** Only an empty one can go, as in DingTalk. */
  removeDepartment: { path: "/departments/remove", body: z.strictObject({ corpId, deptId }) },
  /** Members of an organisation, or of one department, found by name, userid, mobile or job number. */
  members: {
    path: "/members",
    body: z.strictObject({
      corpId,
      deptId: deptId.optional(),
      search: z.string().default(""),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(50),
    }),
  },
  addMember: {
    path: "/members/add",
    body: z.strictObject({
      corpId,
      name: z.string().min(1),
      departmentIds: z.array(deptId).min(1).default([1]),
      /** One that had left may be given to somebody else. */
      userid: userid.optional(),
      /** Of a person who was here before; absent: somebody new. */
      unionid: z.string().min(1).optional(),
      mobile: mobile.optional(),
      email: z.email().optional(),
      title: z.string().default(""),
      active: z.boolean().default(true),
    }),
  },
  /** Changes a member, or lets one leave the organisation. */
  patchPerson: {
    path: "/people/patch",
    body: z.strictObject({
      corpId,
      userid: z.string().min(1),
      left: z.literal(true).optional(),
      active: z.boolean().optional(),
      name: z.string().min(1).optional(),
      title: z.string().optional(),
      jobNumber: z.string().optional(),
      mobile: mobile.optional(),
      email: z.email().optional(),
      departmentIds: z.array(deptId).min(1).optional(),
      /** Departments that the member leads. */
      leads: z.array(deptId).optional(),
      sysLevel: sysLevel.optional(),
    }),
  },
} as const;

/** An organisation as tests and the desk's administrator page see it. */
export interface OrganisationView {
  key: string;
  corpId: string;
  name: string;
  nameEn: string;
  members: number;
  departments: number;
  dissolved: boolean;
  /** The main administrator's userid; null in an organisation without one. */
  mainAdministrator: string | null;
  /** Its internal app, with what an administrator copies from the console; null where it has none. */
  app: {
    appKey: string;
    appSecret: string;
    agentId: number;
    miniAppId: string;
    stopped: boolean;
    events: EventSettings;
  } | null;
}

export interface DepartmentView {
  deptId: Id;
  name: string;
  parentId: Id | null;
  /** Direct members. */
  members: number;
}

export interface MemberView {
  userid: string;
  unionid: string;
  name: string;
  mobile: string;
  title: string;
  jobNumber: string;
  active: boolean;
  sysLevel: number;
  departmentIds: Id[];
}

/** What each of these controls answers. */
export interface ContactReplies {
  organisations: { organisations: OrganisationView[] };
  addOrganisation: OrganisationView;
  patchOrganisation: Record<string, never>;
  departments: { departments: DepartmentView[] };
  addDepartment: { deptId: Id };
  patchDepartment: Record<string, never>;
  removeDepartment: Record<string, never>;
  members: { total: number; members: MemberView[] };
  addMember: { userid: string; unionid: string };
  patchPerson: Record<string, never>;
}
