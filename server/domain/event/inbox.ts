import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { z } from "zod";
import { EnterpriseId } from "../../../core/contract/id";
import { findCredential, findEventKeys } from "../../database/enterprise/credential";
import { events } from "../../database/event/dingtalk-event";
import { findEnterprise, noteEvent, type EnterpriseRow } from "../../database/enterprise/enterprise";
import { addJob } from "../../database/job";
import type { Db } from "../../database/tables";
import { readEvent, type DingTalkEvent } from "../../dingtalk/event";
import { EnvelopeError, open, seal, signatureOf, type EventKeys } from "../../dingtalk/event-crypto";
import { parseExactly } from "../../dingtalk/json";
import { AppError } from "../../errors";
import type { AppParts } from "../access/app";

export interface InboxParts extends AppParts {
  now: () => number;
  log: Logger;
}

/** What DingTalk posts: signature, time and nonce in the query, the sealed message in the body. */
export interface Delivery {
  query: unknown;
  body: unknown;
}

export interface Receipt {
  msg_signature: string;
  timeStamp: string;
  nonce: string;
  encrypt: string;
}

/** The task of the worker that works events off. */
export const EVENT_TASK = "events";

/** DingTalk repeats for hours what was not acknowledged; what is older was recorded by somebody. */
const WINDOW_MS = 3_600_000;

const Query = z
  .object({
    signature: z.string().max(100).optional(),
    msg_signature: z.string().max(100).optional(),
    timestamp: z.string().regex(/^\d{10,16}$/),
    nonce: z.string().min(1).max(128),
  })
  .transform(({ signature, msg_signature, ...rest }) => ({ ...rest, signature: signature ?? msg_signature ?? "" }));
const Body = z.object({ encrypt: z.string().min(1).max(200_000) });

export type Inbox = ReturnType<typeof createInbox>;

/** Takes in what DingTalk tells: checked, written down and acknowledged at once, worked off later. */
export function createInbox(parts: InboxParts) {
  const { db, now } = parts;
  return {
    /** By HTTP for an internal app. Refuses, and logs, what is not DingTalk's. */
    receive: async (enterpriseId: string, delivery: Delivery): Promise<Receipt> => {
      const enterprise = await knownEnterprise(db, enterpriseId);
      const keys = await findEventKeys(db, parts.vault, enterprise.id);
      const credential = await findCredential(db, parts.vault, enterprise.id);
      if (!keys || !credential) throw new AppError("not_found", "This enterprise takes no events by HTTP.");
      // The console's subscriptions are sealed for the AppKey, those made by API for the CorpId.
      const message = openDelivery(parts, keys, delivery, [credential.clientId, enterprise.corpId]);
      const event = readEvent(message);
      if (!event) throw new AppError("input_invalid", "This is no event.");
      if (event.type !== "check_url") await keep(parts, enterprise, event);
      return receiptOf(keys, credential.clientId, now());
    },

    /** From a Stream connection, which vouches for itself. */
    accept: async (enterprise: EnterpriseRow, event: DingTalkEvent): Promise<void> => {
      if (event.corpId !== null && event.corpId !== enterprise.corpId) {
        parts.log.warn({ enterpriseId: enterprise.id }, "event of another organisation left alone");
        return;
      }
      await keep(parts, enterprise, event);
    },
  };
}

async function knownEnterprise(db: Db, id: string): Promise<EnterpriseRow> {
  const parsed = EnterpriseId.safeParse(id);
  const enterprise = parsed.success ? await findEnterprise(db, parsed.data) : undefined;
  // A suspended one is heard: DingTalk tells that its app was enabled again.
  if (!enterprise) throw new AppError("not_found", "There is no such enterprise.");
  return enterprise;
}

/** The decrypted message as JSON. Throws `forbidden` for a wrong signature or receiver, `input_invalid` for the rest. */
export function openDelivery(
  { now }: Pick<InboxParts, "now">,
  keys: EventKeys,
  delivery: Delivery,
  receivers: readonly string[],
): unknown {
  const query = Query.safeParse(delivery.query);
  const body = Body.safeParse(delivery.body);
  if (!query.success || !body.success) throw new AppError("input_invalid", "This is no envelope of DingTalk's.");
  const { signature, timestamp, nonce } = query.data;
  try {
    const text = open(keys, { signature, timestamp, nonce, encrypted: body.data.encrypt }, receivers);
    // Checked after the signature: only then is the time DingTalk's.
    if (Math.abs(now() - Number(timestamp)) > WINDOW_MS) throw new EnvelopeError("too old, or from the future");
    return parseExactly(text);
  } catch (error) {
    if (error instanceof EnvelopeError) throw new AppError("forbidden", "Refused.", { cause: error });
    throw new AppError("input_invalid", "This is no message of DingTalk's.", { cause: error });
  }
}

/** DingTalk wants "success" back, sealed and signed like its own messages. */
export function receiptOf(keys: EventKeys, receiver: string, nowMs: number): Receipt {
  const encrypt = seal(keys, "success", receiver, randomBytes(16));
  const [timeStamp, nonce] = [String(nowMs), randomBytes(8).toString("hex")];
  return { msg_signature: signatureOf(keys.token, timeStamp, nonce, encrypt), timeStamp, nonce, encrypt };
}

/** A repeat is acknowledged and otherwise left alone. */
export async function keep(
  parts: Pick<InboxParts, "db" | "now">,
  enterprise: EnterpriseRow,
  event: DingTalkEvent,
): Promise<void> {
  const at = new Date(parts.now());
  await parts.db.transaction().execute(async (trx) => {
    const { id: eventId, type, bornAt, ...payload } = event;
    const fresh = await events(trx, enterprise.id).insert({ eventId, type, bornAt, payload }, at);
    await noteEvent(trx, enterprise.id, at);
    if (!fresh) return;
    const key = `${EVENT_TASK}:${enterprise.id}`;
    await addJob(trx, { task: EVENT_TASK, payload: { enterpriseId: enterprise.id }, key });
  });
}
