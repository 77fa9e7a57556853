import { sql } from "kysely";
import type { EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { NamedUser } from "../../../core/contract/report/draft";
import type { ReportSpec } from "../../../core/contract/report/report";
import type { Db } from "../tables";

/** How a report's draft stands. Where nobody has saved yet, version 0. */
export interface DraftHead {
  version: number;
  /** Whether what was saved last is a draft; otherwise what is published holds. */
  isDraft: boolean;
  savedAt: Date | null;
  savedBy: NamedUser | null;
  /** What is published; 0: nothing. */
  revision: number;
}

export interface NewSave {
  version: number;
  spec: ReportSpec;
  /** What was sent, where something else is stored. */
  sent: ReportSpec | null;
  client: string | null;
  savedBy: UserId | null;
  isDraft: boolean;
  at: Date;
}

const KEPT_SAVES = 200;
const KEPT_AT_MOST = 1_000;
const KEPT_MS = 24 * 3_600_000;

/** Owner of the tables `report_draft` and `draft_save`: what editors of an enterprise's reports have saved. */
export function drafts(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** How the draft stands; whoever asks inside a transaction is the only one who saves until its end. */
    lock: async (reportId: ReportId): Promise<{ version: number; isDraft: boolean }> => {
      await db
        .insertInto("report_draft")
        .values({ enterprise_id: enterpriseId, report_id: reportId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return db
        .selectFrom("report_draft")
        .select(["version", "is_draft as isDraft"])
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .forUpdate()
        .executeTakeFirstOrThrow();
    },
    /** Undefined where the enterprise has no such report. */
    findHead: async (reportId: ReportId): Promise<DraftHead | undefined> => {
      const { rows } = await sql<DraftHead>`
        select coalesce(d.version, 0) as version, coalesce(d.is_draft, false) as "isDraft", d.saved_at as "savedAt",
          case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as "savedBy", r.revision
        from report r
        left join report_draft d on d.report_id = r.id
        left join app_user u on u.id = d.saved_by
        where r.enterprise_id = ${enterpriseId} and r.id = ${reportId}`.execute(db);
      return rows[0];
    },
    findSave: async (reportId: ReportId, version: number): Promise<unknown> => {
      const row = await db
        .selectFrom("draft_save")
        .select("spec")
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .where("version", "=", version)
        .executeTakeFirst();
      return row?.spec;
    },
    /** What a client last sent after that version: the answer to it was lost where the client does not know of it. */
    findSentSince: async (reportId: ReportId, version: number, client: string): Promise<unknown> => {
      const row = await db
        .selectFrom("draft_save")
        .select((eb) => eb.fn.coalesce("sent", "spec").as("spec"))
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .where("client", "=", client)
        .where("version", ">", version)
        .orderBy("version", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.spec;
    },
    /** Keeps what a version was where nobody has saved it: a report that was published without its editors. */
    keep: async (reportId: ReportId, version: number, spec: unknown): Promise<void> => {
      const row = { enterprise_id: enterpriseId, report_id: reportId, version, spec: JSON.stringify(spec) };
      await db
        .insertInto("draft_save")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    /** Stores the next version. What nobody can have in hand any more is dropped. */
    save: async (reportId: ReportId, { version, spec, sent, client, savedBy, isDraft, at }: NewSave): Promise<void> => {
      const ids = { enterprise_id: enterpriseId, report_id: reportId };
      const stored = { spec: JSON.stringify(spec), sent: sent && JSON.stringify(sent) };
      await db
        .insertInto("draft_save")
        .values({ ...ids, version, ...stored, client, saved_by: savedBy, saved_at: at })
        .execute();
      await db
        .updateTable("report_draft")
        .set({ version, is_draft: isDraft, saved_by: savedBy, saved_at: at })
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .execute();
      const old = new Date(at.getTime() - KEPT_MS);
      await db
        .deleteFrom("draft_save")
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .where("version", "<=", version - KEPT_SAVES)
        .where((eb) => eb.or([eb("saved_at", "<", old), eb("version", "<=", version - KEPT_AT_MOST)]))
        .execute();
    },
    /** What was saved last is published now. */
    end: async (reportId: ReportId): Promise<void> => {
      await db
        .updateTable("report_draft")
        .set({ is_draft: false })
        .where("enterprise_id", "=", enterpriseId)
        .where("report_id", "=", reportId)
        .execute();
    },
  };
}
