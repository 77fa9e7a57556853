import { own } from "../../../core/own";
import type pg from "pg";
import type { Logger } from "pino";
import { z } from "zod";
import type { EnterpriseId } from "../../../core/contract/id";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { events, listEnterprisesWithEvents, type EventRow } from "../../database/event/dingtalk-event";
import {
  findEnterprise,
  noteAppState,
  resumeEnterprise,
  type EnterpriseRow,
} from "../../database/enterprise/enterprise";
import { getEnterpriseDetail, updateEnterprise } from "../../database/enterprise/detail";
import { addJob } from "../../database/job";
import { withLock } from "../../database/lock";
import type { Db } from "../../database/tables";
import type { DingTalk } from "../../dingtalk/client";
import { AppError } from "../../errors";
import { appOf, type AppParts } from "../access/app";
import { endEnterprise, lockPlaces, requireRoom } from "../enterprise/enterprise";
import { callFailureOf, problemOf } from "../enterprise/problem";
import { readDepartment, readMember, type TruthParts } from "../sync/truth";

export interface EventParts extends AppParts, TruthParts {
  pool: pg.Pool;
  log: Logger;
  dingtalk: DingTalk;
  limit: number;
  /** Begins a full synchronisation, off the full hour. */
  queueSync: (enterpriseId: EnterpriseId) => Promise<unknown>;
}

const Payload = z.object({
  userids: z.array(z.string()).catch([]),
  departmentIds: z.array(z.number()).catch([]),
  status: z.string().nullable().catch(null),
  agentId: z.string().nullable().catch(null),
  miniAppId: z.string().nullable().catch(null),
});
type Told = z.output<typeof Payload> & { type: string; bornAt: Date | null };

/** What an event makes us do. Whom or what it is about is read from DingTalk anew: order and repeats do not matter. */
type Kind =
  "member" | "department" | "organisation" | "dissolved" | "scope" | "enabled" | "disabled" | "status" | "release";

/** https://open.dingtalk.com/document/development/event-list */
const KINDS: Record<string, Kind> = {
  user_add_org: "member",
  user_modify_org: "member",
  user_leave_org: "member",
  user_active_org: "member",
  user_dept_change: "member",
  user_role_change: "member",
  org_admin_add: "member",
  org_admin_remove: "member",
  org_dept_create: "department",
  org_dept_modify: "department",
  org_dept_remove: "department",
  org_change: "organisation",
  org_update: "organisation",
  org_remove: "dissolved",
  inner_app_scopes_change: "scope",
  org_micro_app_scope_update: "scope",
  inner_app_status_change: "status",
  org_micro_app_restore: "enabled",
  org_micro_app_stop: "disabled",
  org_micro_app_remove: "disabled",
  inner_app_release: "release",
  inner_app_version_publish: "release",
  inner_app_version_rollback: "release",
};

const AT_ONCE = 100;

/** What waits longer was left behind by a node that died, or is held up by DingTalk. */
const LEFT_MS = 5_000;
/** The task of the worker that works off what was left behind. */
const LEFT_EVENTS_TASK = "left_events";

/** Works off what DingTalk told; one at a time for an enterprise, across all nodes. */
export function createEventWork(parts: EventParts) {
  const { db, now } = parts;

  /** False where another node has the enterprise's events. */
  const workOff = (enterpriseId: EnterpriseId): Promise<boolean> =>
    withLock(parts.pool, `events:${enterpriseId}`, async () => {
      const own = events(db, enterpriseId);
      for (;;) {
        const waiting = await own.listWaiting(AT_ONCE);
        const enterprise = await findEnterprise(db, enterpriseId);
        if (waiting.length === 0 || !enterprise) return;
        await applyAll(parts, enterprise, waiting.map(told));
        const done = waiting.map((event) => event.eventId);
        await own.markDone(done, new Date(now()));
      }
    });

  return {
    /** Throws what DingTalk answers: the worker tries again, and nothing is marked as done before it is. */
    work: async (enterpriseId: EnterpriseId): Promise<void> => {
      if (await workOff(enterpriseId)) return;
      throw new Error("Another node works this enterprise's events off; the worker asks again.");
    },

    /** The job of a node that was killed stays locked for hours: what it was about gets another one. */
    resume: async (): Promise<void> => {
      for (const enterpriseId of await listEnterprisesWithEvents(db, new Date(now() - LEFT_MS))) {
        const key = `${LEFT_EVENTS_TASK}:${enterpriseId}`;
        await addJob(db, { task: LEFT_EVENTS_TASK, payload: { enterpriseId }, key, maxAttempts: 1 });
      }
    },

    /** Once; a node that has them keeps them. */
    workLeft: async (enterpriseId: EnterpriseId): Promise<void> => {
      await workOff(enterpriseId);
    },
  };
}

function told(row: EventRow): Told {
  return { ...Payload.parse(row.payload), type: row.type, bornAt: row.bornAt };
}

async function applyAll(parts: EventParts, enterprise: EnterpriseRow, all: Told[]): Promise<void> {
  const of = (kind: Kind): Told[] => all.filter(({ type }) => own(KINDS, type) === kind);
  const state = [...of("enabled"), ...of("disabled"), ...of("status")].sort(byBirth);
  for (const event of state) await setAppState(parts, enterprise, event);
  for (const event of of("release")) await learnApp(parts.db, enterprise, event);
  const current = await findEnterprise(parts.db, enterprise.id);
  if (current?.state !== "active") return;
  await readAnew(parts, current, of);
  if (of("scope").length > 0) await parts.queueSync(enterprise.id);
}

async function readAnew(parts: EventParts, enterprise: EnterpriseRow, of: (kind: Kind) => Told[]): Promise<void> {
  const userids = new Set(of("member").flatMap((event) => event.userids));
  const departmentIds = new Set(of("department").flatMap((event) => event.departmentIds));
  const organisation = of("organisation").length + of("dissolved").length > 0;
  if (userids.size + departmentIds.size === 0 && !organisation) return;
  const app = await appOf(parts, enterprise);
  const permitted = (read: () => Promise<unknown>): Promise<void> => ifPermitted(parts, enterprise, read);
  for (const userid of userids) await permitted(() => readMember(parts, { enterprise, app, userid }));
  for (const id of departmentIds) await permitted(() => readDepartment(parts, { enterprise, app }, id));
  if (organisation) await permitted(() => readOrganisation(parts, enterprise, app));
}

/**
 * What the app has no permission point for must not hold up all that it has one for. The next synchronisation says what
 * is missing, and reads what was passed over.
 */
async function ifPermitted(parts: EventParts, enterprise: EnterpriseRow, read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!callFailureOf(error) || problemOf(error).code !== "permission_missing") throw error;
    parts.log.warn({ enterpriseId: enterprise.id, err: error }, "event passed over: a permission point is missing");
  }
}

const byBirth = (a: Told, b: Told): number => (a.bornAt?.getTime() ?? 0) - (b.bornAt?.getTime() ?? 0);

async function readOrganisation(
  parts: EventParts,
  enterprise: EnterpriseRow,
  app: Awaited<ReturnType<typeof appOf>>,
): Promise<void> {
  try {
    await updateEnterprise(parts.db, enterprise.id, { name: await parts.dingtalk.getOrganisationName(app) });
  } catch (error) {
    if (!callFailureOf(error)) throw error;
    const { code } = problemOf(error);
    if (code !== "corp_dissolved" && code !== "not_activated") throw error;
    await suspend(parts, enterprise);
  }
}

/** The latest word of DingTalk's counts, whatever the order in which they arrive. */
async function setAppState(parts: EventParts, enterprise: EnterpriseRow, event: Told): Promise<void> {
  const at = event.bornAt ?? new Date(parts.now());
  if (!(await noteAppState(parts.db, enterprise.id, at))) return;
  const disabled = own(KINDS, event.type) === "disabled" || (event.status !== null && event.status !== "enable");
  if (disabled) await suspend(parts, enterprise);
  else await resume(parts, enterprise);
}

const DINGTALK = { actorId: null, origin: "dingtalk" } as const;

/** Ends all sessions that DingTalk vouched for; the key stays, since DingTalk may enable the app again. */
export async function suspend(parts: Pick<EventParts, "db" | "now">, enterprise: EnterpriseRow): Promise<void> {
  const at = new Date(parts.now());
  await parts.db.transaction().execute((trx) => endEnterprise(trx, enterprise, at, "dingtalk", DINGTALK));
}

/**
 * Only what DingTalk itself had stopped; what we revoked stays so. Without a free place it stays suspended. What happened
 * in the organisation meanwhile, nobody told us: all of it is read.
 */
export async function resume(
  parts: Pick<EventParts, "db" | "now" | "log" | "limit" | "queueSync">,
  enterprise: EnterpriseRow,
): Promise<void> {
  try {
    const resumed = await parts.db.transaction().execute(async (trx) => {
      await lockPlaces(trx);
      await requireRoom(parts, trx, enterprise);
      if (!(await resumeEnterprise(trx, enterprise.id))) return false;
      const entry = { ...DINGTALK, enterpriseId: enterprise.id, subject: enterprise.id } as const;
      await insertAuditEntry(trx, { ...entry, action: "enterprise_resumed" }, new Date(parts.now()));
      return true;
    });
    if (resumed) await parts.queueSync(enterprise.id);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "enterprise_limit") throw error;
    parts.log.warn({ enterpriseId: enterprise.id }, "no free place: the enterprise stays suspended");
  }
}

/** A release names the app's ids; what an administrator typed in stays. */
async function learnApp(db: Db, enterprise: EnterpriseRow, event: Told): Promise<void> {
  const known = await getEnterpriseDetail(db, enterprise.id);
  await updateEnterprise(db, enterprise.id, {
    agentId: known.agentId ?? event.agentId ?? undefined,
    miniAppId: known.miniAppId ?? event.miniAppId ?? undefined,
  });
}
