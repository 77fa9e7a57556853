import type { EnterpriseId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface EventRow {
  eventId: string;
  type: string;
  payload: unknown;
  bornAt: Date | null;
}

export function events(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** False where the event is known already. */
    insert: async (event: EventRow, receivedAt: Date): Promise<boolean> => {
      const rows = await db
        .insertInto("dingtalk_event")
        .values({
          enterprise_id: enterpriseId,
          event_id: event.eventId,
          type: event.type,
          payload: JSON.stringify(event.payload),
          born_at: event.bornAt,
          received_at: receivedAt,
          done_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("event_id")
        .execute();
      return rows.length > 0;
    },
    /** The oldest ones that wait. */
    listWaiting: (limit: number): Promise<EventRow[]> =>
      db
        .selectFrom("dingtalk_event")
        .select(["event_id as eventId", "type", "payload", "born_at as bornAt"])
        .where("enterprise_id", "=", enterpriseId)
        .where("done_at", "is", null)
        .orderBy("received_at")
        .orderBy("event_id")
        .limit(limit)
        .execute(),
    markDone: async (eventIds: string[], at: Date): Promise<void> => {
      await db
        .updateTable("dingtalk_event")
        .set({ done_at: at })
        .where("enterprise_id", "=", enterpriseId)
        .where("event_id", "in", eventIds)
        .execute();
    },
    removeAll: async (): Promise<void> => {
      await db.deleteFrom("dingtalk_event").where("enterprise_id", "=", enterpriseId).execute();
    },
  };
}

/** Every enterprise with events that wait since before that. */
export async function listEnterprisesWithEvents(db: Db, before: Date): Promise<EnterpriseId[]> {
  const rows = await db
    .selectFrom("dingtalk_event")
    .select("enterprise_id as id")
    .distinct()
    .where("done_at", "is", null)
    .where("received_at", "<", before)
    .execute();
  return rows.map((row) => row.id);
}

export async function removeOldEvents(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("dingtalk_event").where("done_at", "<", before).execute();
}
