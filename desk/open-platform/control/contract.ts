import { z } from "zod";
import { CONTACT_CONTROLS, type ContactReplies, ControlId } from "../contacts/control-contract";
import { type ActiveFault, Fault } from "../gateway/fault";
import { EVENT_CONTROLS, type EventReplies } from "../events/control-contract";
import type { CallTotal, LedgerCall } from "../gateway/ledger";
import { SUITE_CONTROLS, type SuiteReplies } from "../suite/control-contract";

/** What the control interface takes, by address; every body is a JSON object, every answer too. */
export const CONTROL = {
  ...CONTACT_CONTROLS,
  ...EVENT_CONTROLS,
  ...SUITE_CONTROLS,
  /** An auth code as the person's client would get it. `corpId` scope asks the login page for the organisation too. */
  mintCode: {
    path: "/codes",
    body: z.strictObject({
      corpId: z.string().min(1),
      userid: z.string().min(1),
      kind: z.enum(["jsapi", "oauth"]).default("jsapi"),
      withCorp: z.boolean().default(false),
    }),
  },
  /** What each organisation's calls came to, by API and month, since the start; `clearCalls` leaves it alone. */
  totals: { path: "/calls/totals", body: z.strictObject({}) },
  calls: { path: "/calls", body: z.strictObject({ after: z.int().min(0).default(0) }) },
  clearCalls: { path: "/calls/clear", body: z.strictObject({}) },
  faults: { path: "/faults", body: z.strictObject({}) },
  addFault: { path: "/faults/add", body: Fault },
  clearFaults: { path: "/faults/clear", body: z.strictObject({ id: z.int().positive().optional() }) },
  /** Moves the clock on; 0 only tells the time. */
  advanceClock: {
    path: "/clock",
    body: z.strictObject({
      milliseconds: z
        .int()
        .min(0)
        .max(366 * 86_400_000)
        .default(0),
    }),
  },
  people: { path: "/people", body: z.strictObject({}) },
  /** Changes what the organisation's app was granted in the console. */
  patchApp: {
    path: "/apps/patch",
    body: z.strictObject({
      corpId: z.string().min(1),
      permissions: z.array(z.string()).optional(),
      ipWhiteList: z.array(z.string()).optional(),
      contactScope: z.array(ControlId).optional(),
      contactUsers: z.array(z.string()).optional(),
      /** Who may open the app; null: everybody. */
      visibleTo: z
        .strictObject({ departmentIds: z.array(ControlId), userids: z.array(z.string()) })
        .nullable()
        .optional(),
      appSecret: z.string().min(20).optional(),
      stopped: z.boolean().optional(),
    }),
  },
  /** Counted calls of the running month, and how many there may be. */
  setQuota: {
    path: "/quota",
    body: z.strictObject({
      corpId: z.string().min(1),
      used: z.int().min(0).optional(),
      limit: z.int().min(0).optional(),
    }),
  },
  reset: { path: "/reset", body: z.strictObject({}) },
} as const;

export type ControlName = keyof typeof CONTROL;
/** What a caller of that control writes: defaults may be left out. */
export type ControlInput<Name extends ControlName> = z.input<(typeof CONTROL)[Name]["body"]>;
/** What arrives: defaults are filled in. */
export type ControlBody<Name extends ControlName> = z.output<(typeof CONTROL)[Name]["body"]>;

/** Controls that wait for somebody else's answer. */
type SlowControl = "setEvents" | "pushRaw" | "disturbStream";
/** What a control gives at once, or later. */
export type ControlResult<Name extends ControlName> = Name extends SlowControl
  ? Promise<ControlReplies[Name]>
  : ControlReplies[Name];

/** One organisation's month. */
export interface MonthUse {
  corpId: string;
  name: string;
  month: string;
  used: number;
  limit: number;
}

/** A person of the demo as tests and the desk page see them. */
export interface Person {
  /** `yunling.linyue`: what stands in the phone's address. */
  who: string;
  corpId: string;
  userid: string;
  organisation: { name: string; nameEn: string; authorised: boolean };
  name: string;
  title: string;
  departments: string[];
  active: boolean;
  account: { login: string; role: string; disabled: boolean } | null;
  tryOut: { order: number; zh: string; en: string } | null;
}

/** What each control answers. */
export interface ControlReplies extends ContactReplies, EventReplies, SuiteReplies {
  totals: { totals: CallTotal[] };
  people: { people: Person[] };
  mintCode: { code: string; expiresAt: string };
  calls: { calls: LedgerCall[]; months: MonthUse[] };
  clearCalls: Record<string, never>;
  faults: { faults: ActiveFault[] };
  addFault: { id: number };
  clearFaults: Record<string, never>;
  advanceClock: { now: string };
  patchApp: Record<string, never>;
  setQuota: MonthUse;
  reset: Record<string, never>;
}
