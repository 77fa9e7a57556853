import type { EnterpriseRow } from "../../database/enterprise/enterprise";
import { departments } from "../../database/people/department";
import { bindings } from "../../database/people/binding";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { members } from "../../database/people/member";
import type { Db } from "../../database/tables";
import type { AuthorisedApp, DingTalk } from "../../dingtalk/client";
import { callFailureOf } from "../enterprise/problem";
import { auditReplaced, saveMember } from "../session/member";
import { patiently } from "./refusal";

export interface TruthParts {
  db: Db;
  dingtalk: DingTalk;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}

interface Asked {
  enterprise: EnterpriseRow;
  app: AuthorisedApp;
}

/** Not found, not a valid id (any more), or outside of what the app may see. */
const GONE = new Set(["60121", "33012", "50002"]);
const NO_DEPARTMENT = new Set(["60003", "50004"]);

/** DingTalk says that there is no such department, or none that the app may see. */
export const isNoDepartment = (error: unknown): boolean => NO_DEPARTMENT.has(callFailureOf(error)?.code ?? "");

/**
 * Asks DingTalk who this is now, and writes that down, whatever was told before: repeated and late news do no harm. A
 * member who left loses the binding, and with it every session that DingTalk vouched for.
 */
export async function readMember(
  parts: TruthParts,
  { enterprise, app, userid, runId }: Asked & { userid: string; runId?: string },
): Promise<"here" | "gone"> {
  const readAt = new Date(parts.now());
  try {
    const contact = await patiently(parts, () => parts.dingtalk.getContact(app, userid));
    await parts.db.transaction().execute(async (trx) => {
      if (runId === undefined) return void (await saveMember(trx, enterprise.id, contact, readAt));
      const { replaced } = await members(trx, enterprise.id).savePage([contact], runId, readAt);
      await auditReplaced(trx, enterprise.id, replaced, readAt);
    });
    return "here";
  } catch (error) {
    if (!GONE.has(callFailureOf(error)?.code ?? "")) throw error;
    await parts.db.transaction().execute((trx) => leave(trx, enterprise, userid, readAt));
    return "gone";
  }
}

async function leave(trx: Db, enterprise: EnterpriseRow, userid: string, at: Date): Promise<void> {
  const own = members(trx, enterprise.id);
  const member = await own.findByUserid(userid);
  if (!member || member.state === "left" || (member.readAt !== null && member.readAt > at)) return;
  await own.setState(member.id, "left");
  await bindings(trx, enterprise.id).removeOfMember(member.id);
  const entry = { enterpriseId: enterprise.id, actorId: null, subject: member.id, origin: "dingtalk" } as const;
  await insertAuditEntry(trx, { ...entry, action: "member_left" }, at);
}

/** The same for a department: its name and place, or that it is no more. */
export async function readDepartment(parts: TruthParts, { enterprise, app }: Asked, id: number): Promise<void> {
  const own = departments(parts.db, enterprise.id);
  try {
    const found = await patiently(parts, () => parts.dingtalk.getDepartment(app, id));
    await own.save({ id, ...found });
  } catch (error) {
    if (!isNoDepartment(error)) throw error;
    await own.remove(id);
  }
}
