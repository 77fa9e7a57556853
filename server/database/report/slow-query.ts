import type { SlowOutcome } from "../../../core/contract/report/explain";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface SlowQueryRow {
  enterpriseId: EnterpriseId;
  reportId: ReportId | null;
  dataset: string;
  engine: string;
  sql: string;
  outcome: string;
  engineMs: number;
  queueMs: number;
  rows: number | null;
  at: Date;
}

const MAX_SQL = 10_000;

export async function insertSlowQuery(db: Db, slow: SlowQueryRow): Promise<void> {
  await db
    .insertInto("slow_query")
    .values({
      enterprise_id: slow.enterpriseId,
      report_id: slow.reportId,
      dataset: slow.dataset,
      engine: slow.engine,
      sql: slow.sql.slice(0, MAX_SQL),
      outcome: slow.outcome,
      engine_ms: Math.round(slow.engineMs),
      queue_ms: Math.round(slow.queueMs),
      row_count: slow.rows,
      at: slow.at,
    })
    .execute();
}

/** The latest first, with the report's title where it is still there. */
export async function listSlowQueries(
  db: Db,
  enterpriseId: EnterpriseId,
  { limit, outcome }: { limit: number; outcome?: SlowOutcome | undefined },
): Promise<(SlowQueryRow & { reportTitle: string | null })[]> {
  return db
    .selectFrom("slow_query")
    .leftJoin("report", "report.id", "slow_query.report_id")
    .select([
      "slow_query.enterprise_id as enterpriseId",
      "slow_query.report_id as reportId",
      "slow_query.dataset",
      "slow_query.engine",
      "slow_query.sql",
      "slow_query.outcome",
      "slow_query.engine_ms as engineMs",
      "slow_query.queue_ms as queueMs",
      "slow_query.row_count as rows",
      "slow_query.at",
      "report.title as reportTitle",
    ])
    .where("slow_query.enterprise_id", "=", enterpriseId)
    .$if(outcome === "failed", (query) => query.where("slow_query.outcome", "not in", ["answered", "abandoned"]))
    .$if(outcome !== undefined && outcome !== "failed", (query) =>
      query.where("slow_query.outcome", "=", String(outcome)),
    )
    .orderBy("slow_query.at", "desc")
    .limit(limit)
    .execute();
}

export async function removeOldSlowQueries(db: Db, before: Date): Promise<void> {
  await db.deleteFrom("slow_query").where("at", "<", before).execute();
}
