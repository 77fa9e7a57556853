import type { SuiteCorpTable } from "./tables";
import type { Db } from "../tables";

/** The latest word wins; an older one, which DingTalk may repeat, changes nothing and answers false. */
export async function saveSuiteCorp(db: Db, row: SuiteCorpTable): Promise<boolean> {
  const { corp_id: _corpId, ...values } = row;
  const saved = await db
    .insertInto("suite_corp")
    .values(row)
    .onConflict((conflict) =>
      conflict.column("corp_id").doUpdateSet(values).where("suite_corp.changed_at", "<", row.changed_at),
    )
    .returning("corp_id")
    .execute();
  return saved.length > 0;
}
