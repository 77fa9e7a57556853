import { sql } from "kysely";
import type { EnterpriseId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** Owner of the table `dingtalk_call`: the ledger of calls to DingTalk, per enterprise and day. */
export interface LedgerEntry {
  enterpriseId: EnterpriseId;
  /** `YYYY-MM-DD` in China Standard Time: DingTalk's month is China's. */
  day: string;
  api: string;
  /** Whether DingTalk takes it off the monthly quota. */
  counted: boolean;
  outcome: string;
}

export async function addToLedger(db: Db, entry: LedgerEntry): Promise<void> {
  await db
    .insertInto("dingtalk_call")
    .values({
      enterprise_id: entry.enterpriseId,
      day: entry.day,
      api: entry.api,
      counted: entry.counted,
      outcome: entry.outcome,
      calls: 1,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["enterprise_id", "day", "api", "counted", "outcome"])
        .doUpdateSet({ calls: sql<number>`dingtalk_call.calls + 1` }),
    )
    .execute();
}

/** The ledger of one enterprise between two days, both included. */
export function listLedger(db: Db, enterpriseId: EnterpriseId, from: string, to: string) {
  return db
    .selectFrom("dingtalk_call")
    .select(["day", "api", "counted", "outcome", "calls"])
    .where("enterprise_id", "=", enterpriseId)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .orderBy("day")
    .orderBy("api")
    .execute();
}

/** Counted calls of every enterprise between two days, both included. */
export async function countedCalls(db: Db, from: string, to: string): Promise<Map<EnterpriseId, number>> {
  const rows = await db
    .selectFrom("dingtalk_call")
    .select(["enterprise_id as id", (eb) => eb.fn.sum<number>("calls").as("calls")])
    .where("counted", "=", true)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .groupBy("enterprise_id")
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.calls)]));
}
