import { z } from "zod";
import { CorpId } from "../../../core/contract/id";
import { insertAuditEntry } from "../../database/access/audit-entry";
import { findEnterpriseByCorpId } from "../../database/enterprise/enterprise";
import { saveSuiteCorp } from "../../database/enterprise/suite-corp";
import { readEvent, type DingTalkEvent } from "../../dingtalk/event";
import type { EventKeys } from "../../dingtalk/event-crypto";
import { parseExactly } from "../../dingtalk/json";
import { AppError } from "../../errors";
import { saveSuiteTicket } from "../access/app";
import { resume, suspend, type EventParts } from "./apply";
import { keep, openDelivery, receiptOf, type Delivery, type Receipt } from "./inbox";

/** One entry of a push: what it is about is in `biz_data`, a JSON text or, on newer pages, an object. */
const Entry = z.object({
  biz_type: z.number(),
  biz_id: z.union([z.string(), z.number()]).transform(String).catch(""),
  biz_data: z.union([z.string().transform(readJson), z.looseObject({})]),
  corp_id: z.string().catch(""),
  gmt_modified: z.number().optional().catch(undefined),
});
type Entry = z.output<typeof Entry>;

const Push = z.object({ EventType: z.string(), bizData: z.array(z.unknown()).max(1_000).optional() });
const Ticket = z.object({ suiteTicket: z.string().min(1) });
const OldTicket = z.object({ EventType: z.literal("suite_ticket"), SuiteTicket: z.string().min(1) });
const Action = z.object({ syncAction: z.string().catch("") });
const Agents = z
  .looseObject({ agent: z.array(z.looseObject({ agentid: z.union([z.string(), z.number()]).transform(String) })) })
  .optional();
/** As SyncHTTP writes it, and as Stream does. */
const Authorised = z.union([
  z
    .looseObject({ auth_corp_info: z.looseObject({ corp_name: z.string() }), auth_info: Agents })
    .transform((told) => ({ name: told.auth_corp_info.corp_name, agents: told.auth_info?.agent ?? [] })),
  z
    .looseObject({ authCorpInfo: z.looseObject({ corpName: z.string() }), authInfo: Agents })
    .transform((told) => ({ name: told.authCorpInfo.corpName, agents: told.authInfo?.agent ?? [] })),
]);
const Department = z.looseObject({ id: z.union([z.string(), z.number()]).transform(Number).pipe(z.int().min(1)) });

function readJson(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return null;
  }
}

/** Members, departments, the organisation, the app: the same work as an internal app's events, once unpacked. */
const SHARED = new Set([7, 13, 14, 16]);
const TICKET = 2;
const AUTHORISATION = 4;

const AUTHORISATIONS = new Set(["org_suite_auth", "org_suite_change", "org_suite_relieve"]);

/** What an organisation's entry says of its authorisation; null where it says nothing of it. */
function wordOf(
  action: string,
  data: unknown,
): { name: string; agent_id: string | null; state: "relieved" | "activated" } | null {
  const relieved = action === "org_suite_relieve";
  const authorised = Authorised.safeParse(data);
  if (!relieved && !authorised.success) return null;
  return {
    name: authorised.data?.name ?? "",
    agent_id: authorised.data?.agents[0]?.agentid ?? null,
    state: relieved ? "relieved" : "activated",
  };
}

/** An entry as the event that an internal app would be told. */
function eventOf({ biz_data: data, biz_id: about, biz_type: kind, gmt_modified: ms }: Entry): DingTalkEvent | null {
  // Leavers and removed departments are named by the entry alone.
  const named = kind === 13 ? { userId: [about] } : kind === 14 ? { deptId: [about] } : {};
  return readEvent(typeof data === "object" && data !== null ? { ...data, ...named } : named, {
    type: Action.parse(data ?? {}).syncAction || undefined,
    id: `${kind}:${about}:${ms ?? JSON.stringify(data).length}`,
    bornAt: ms === undefined ? undefined : String(ms),
  });
}

export type SuiteInbox = ReturnType<typeof createSuiteInbox>;

/**
 * What DingTalk tells our third-party suite: its ticket, who activated and relieved it, and each organisation's contacts.
 * https://open.dingtalk.com/document/development/development-data-format-help
 */
export function createSuiteInbox(parts: EventParts) {
  const { suite, db, now } = parts;
  return {
    /** Throws `not_found` without a suite that is pushed to, `forbidden`, `input_invalid`. */
    receive: async (delivery: Delivery): Promise<Receipt> => {
      if (!suite?.push) throw new AppError("not_found", "No suite takes events by HTTP here.");
      const keys: EventKeys = { token: suite.push.token.reveal(), aesKey: suite.push.aesKey.reveal() };
      const message = openDelivery(parts, keys, delivery, [suite.key]);
      const push = Push.safeParse(message);
      if (!push.success) throw new AppError("input_invalid", "This is no event.");
      const old = OldTicket.safeParse(message);
      if (old.success) await saveSuiteTicket(parts, old.data.SuiteTicket);
      for (const raw of push.data.bizData ?? []) {
        const entry = Entry.safeParse(raw);
        if (entry.success) await take(entry.data);
        else parts.log.warn("an entry of a suite's push could not be read");
      }
      return receiptOf(keys, suite.key, now());
    },

    /** From the suite's Stream connection, which vouches for itself. */
    accept: async (event: DingTalkEvent, data: unknown): Promise<void> => {
      const ticket = Ticket.safeParse(data);
      if (event.type === "suite_ticket" && ticket.success) return saveSuiteTicket(parts, ticket.data.suiteTicket);
      const corpId = CorpId.safeParse(event.corpId);
      if (!corpId.success) return;
      if (AUTHORISATIONS.has(event.type)) return authorisation(corpId.data, wordOf(event.type, data), event.bornAt);
      const department = event.type.startsWith("org_dept_") ? Department.safeParse(data) : null;
      await pass(corpId.data, department?.success ? { ...event, departmentIds: [department.data.id] } : event);
    },
  };

  async function take(entry: Entry): Promise<void> {
    const { biz_type: kind, biz_data: data, corp_id: corp } = entry;
    const ticket = Ticket.safeParse(data);
    if (kind === TICKET && ticket.success) return saveSuiteTicket(parts, ticket.data.suiteTicket);
    const corpId = CorpId.safeParse(corp);
    if (!corpId.success) return;
    if (kind === AUTHORISATION) {
      const at = entry.gmt_modified === undefined ? null : new Date(entry.gmt_modified);
      return authorisation(corpId.data, wordOf(Action.parse(data).syncAction, data), at);
    }
    const event = SHARED.has(kind) ? eventOf(entry) : null;
    if (event) await pass(corpId.data, event);
  }

  /** The latest word counts: DingTalk repeats what it said, and not always in order. */
  async function authorisation(corpId: CorpId, word: ReturnType<typeof wordOf>, at: Date | null): Promise<void> {
    if (!word) return;
    if (!(await saveSuiteCorp(db, { corp_id: corpId, ...word, changed_at: at ?? new Date(now()) }))) return;
    const relieved = word.state === "relieved";
    const enterprise = await findEnterpriseByCorpId(db, corpId);
    const subject = {
      enterpriseId: enterprise?.id ?? null,
      actorId: null,
      subject: corpId,
      origin: "dingtalk",
    } as const;
    const action = relieved ? "suite_relieved" : "suite_activated";
    await insertAuditEntry(db, { ...subject, action }, new Date(now()));
    if (enterprise?.appKind !== "suite") return;
    if (relieved) return suspend(parts, enterprise);
    // It may be that the suite may read more than before, or less.
    if (enterprise.state === "active") await parts.queueSync(enterprise.id);
    else await resume(parts, enterprise);
  }

  /** An organisation that is not authorised here is nobody's: logged, acknowledged, left alone. */
  async function pass(corpId: CorpId, event: DingTalkEvent): Promise<void> {
    const enterprise = await findEnterpriseByCorpId(db, corpId);
    if (enterprise?.appKind === "suite") return keep(parts, enterprise, event);
    parts.log.warn({ type: event.type }, "event of an organisation that is not authorised by the suite");
  }
}
