import type { z } from "zod";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Check } from "../../../core/contract/enterprise/self-check";
import { departments } from "../../database/people/department";
import { describeCredentials } from "../../database/enterprise/credential";
import { getEnterpriseDetail, type EnterpriseDetailRow } from "../../database/enterprise/detail";
import type { AuthorisedApp, DingTalk } from "../../dingtalk/client";
import { AppError } from "../../errors";
import { requireActiveAdministrator } from "../access/administration";
import { appOf, type AppParts } from "../access/app";
import { callFailureOf, plain, problemOf } from "./problem";
import type { Session } from "../access/signed-in";

type Line = z.output<typeof Check>;

export interface SelfCheckParts extends AppParts {
  dingtalk: DingTalk;
  now: () => number;
  /** Whether this node hears the enterprise's Stream. */
  hears: (enterpriseId: EnterpriseId) => boolean;
}

const ROOT = 1;
/** No auth code looks like this: DingTalk's refusal of it proves that sign-in works up to here. */
const NO_CODE = "dingboard-self-check";

/** Asks DingTalk for everything that the product needs, one thing after the other. */
export function createSelfChecks(parts: SelfCheckParts) {
  return {
    run: async (session: Session, enterpriseId: EnterpriseId) => {
      const row = await requireActiveAdministrator(parts.db, session, enterpriseId);
      const enterprise = await getEnterpriseDetail(parts.db, enterpriseId);
      const app = await appOf(parts, row).catch((error: unknown) => {
        if (error instanceof AppError) return null;
        throw error;
      });
      const checks = app ? await askAll(parts, app) : skipAll();
      checks.push(await members(parts, enterprise), await eventChannel(parts, enterprise));
      return { checkedAt: new Date(parts.now()).toISOString(), checks };
    },
  };
}

function line(check: Line["check"], state: Line["state"], more: Partial<Line> = {}): Line {
  return { permission: null, count: null, problem: null, advice: null, ...more, check, state };
}

type Try = { check: Line["check"]; permission?: string; run: () => Promise<number | null> };

async function askAll({ dingtalk }: SelfCheckParts, app: AuthorisedApp): Promise<Line[]> {
  const nothing = async (call: Promise<unknown>): Promise<null> => {
    await call;
    return null;
  };
  const first: Try[] = [
    { check: "key", run: () => nothing(dingtalk.prove(app)) },
    { check: "token", run: () => nothing(dingtalk.requireToken(app)) },
  ];
  const then: Try[] = [
    ...organisationTry(dingtalk, app),
    {
      check: "permission",
      permission: "qyapi_get_department_list",
      run: async () => (await passing(["50004"], () => dingtalk.listDepartments(app, ROOT)))?.length ?? null,
    },
    {
      check: "permission",
      permission: "qyapi_get_department_member",
      run: async () => (await passing(["50004"], () => dingtalk.listMembers(app, ROOT, 0)))?.members.length ?? null,
    },
    {
      check: "permission",
      permission: "qyapi_get_member",
      run: () => nothing(passing(["60121", "33012", "50002"], () => dingtalk.getContact(app, NO_CODE))),
    },
    { check: "visible_range", run: async () => rangeOf(await dingtalk.readScopes(app)) },
    { check: "sign_in", run: () => nothing(passing(["40078"], () => dingtalk.identify(app, NO_CODE))) },
  ];
  const lines: Line[] = [];
  for (const one of first) lines.push(await attempt(one));
  if (lines.some(({ state }) => state === "failed")) return [...lines, ...then.map(skipped)];
  for (const one of then) lines.push(await attempt(one));
  return lines.map((one) =>
    one.check === "visible_range" && one.count === 0
      ? { ...one, state: "failed", problem: plain("out_of_scope") }
      : one,
  );
}

/** A suite reads the organisation's name with a token of its own, and needs no permission point for it. */
function organisationTry(dingtalk: DingTalk, app: AuthorisedApp): Try[] {
  if (app.suiteTicket) return [];
  const run = (): Promise<null> => dingtalk.getOrganisationName(app).then(() => null);
  return [{ check: "permission", permission: "Contact.Org.Read", run }];
}

const skipped = ({ check, permission }: Try): Line => line(check, "skipped", { permission: permission ?? null });

function skipAll(): Line[] {
  return [
    line("key", "failed", { problem: plain("no_key") }),
    ...(["token", "permission", "visible_range", "sign_in"] as const).map((check) => line(check, "skipped")),
  ];
}

async function attempt({
  check,
  permission = null as string | null,
  run,
}: Omit<Try, "permission"> & { permission?: string | null }) {
  try {
    return line(check, "ok", { permission, count: await run() });
  } catch (error) {
    return line(check, "failed", { permission, problem: problemOf(error) });
  }
}

/** Undefined where DingTalk refused for one of these reasons: it understood and allowed the question itself. */
async function passing<T>(codes: string[], call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (codes.includes(callFailureOf(error)?.code ?? "")) return undefined;
    throw error;
  }
}

function rangeOf({ departmentIds, userids }: { departmentIds: number[]; userids: string[] }): number {
  return departmentIds.length + userids.length;
}

async function members({ db }: SelfCheckParts, enterprise: EnterpriseDetailRow): Promise<Line> {
  const known = await departments(db, enterprise.id).list();
  const count = enterprise.members;
  if (count === 0 || known.length === 0) return line("members", "failed", { count, advice: "sync_first" });
  const nobody = enterprise.users === 0;
  return line("members", nobody ? "warning" : "ok", { count, advice: nobody ? "bind_somebody" : null });
}

async function eventChannel({ db, hears }: SelfCheckParts, enterprise: EnterpriseDetailRow): Promise<Line> {
  const advise = (state: "warning" | "failed", advice: Line["advice"]) => line("event_channel", state, { advice });
  const { eventMode, id, appKind } = enterprise;
  if (appKind === "internal_app" && eventMode === "none") return advise("warning", "choose_event_channel");
  if (eventMode === "stream") return hears(id) ? line("event_channel", "ok") : advise("failed", "stream_not_connected");
  const { eventKeys } = await describeCredentials(db, id);
  if (appKind === "internal_app" && !eventKeys) return advise("failed", "enter_event_keys");
  return enterprise.lastEventAt ? line("event_channel", "ok") : advise("warning", "no_event_yet");
}
