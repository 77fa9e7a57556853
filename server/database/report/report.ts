import { sql } from "kysely";
import type { EnterpriseId, FolderId, ReportId, UserId } from "../../../core/contract/id";
import type { ReportSpec } from "../../../core/contract/report/report";
import type { Db } from "../tables";

/** Owner of the tables `report` and `report_revision`: the reports that an enterprise owns. Revisions never change. */
export function reports(db: Db, enterpriseId: EnterpriseId) {
  return {
    /** A report of which only its editors know: it has no revision. */
    insertUnpublished: async (spec: ReportSpec, ownerId: UserId, folderId: FolderId | null): Promise<ReportId> => {
      const { title } = spec;
      const description = spec.description ?? null;
      const row = await db
        .insertInto("report")
        .values({
          enterprise_id: enterpriseId,
          folder_id: folderId,
          title,
          description,
          revision: 0,
          owner_id: ownerId,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      return row.id;
    },
    /** Calls it as its draft does, while nothing is published. */
    rename: async (reportId: ReportId, spec: ReportSpec): Promise<void> => {
      const { title } = spec;
      const description = spec.description ?? null;
      await db
        .updateTable("report")
        .set({ title, description })
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", reportId)
        .where(sql<boolean>`(title, description) is distinct from (${title}, ${description})`)
        .execute();
    },
    insert: async (spec: ReportSpec, createdBy: UserId | null, id?: ReportId): Promise<ReportId> => {
      const row = await db
        .insertInto("report")
        .values({
          ...(id ? { id } : {}),
          enterprise_id: enterpriseId,
          folder_id: null,
          title: spec.title,
          description: spec.description ?? null,
          revision: 1,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      await insertRevision(db, enterpriseId, { reportId: row.id, revision: 1, spec, createdBy });
      return row.id;
    },
    /** Adds a revision and makes it the current one; undefined where the enterprise has no such report. */
    addRevision: async (
      reportId: ReportId,
      spec: ReportSpec,
      { createdBy, note }: { createdBy: UserId | null; note?: string | undefined },
    ): Promise<number | undefined> => {
      const row = await db
        .updateTable("report")
        .set((eb) => ({
          title: spec.title,
          description: spec.description ?? null,
          revision: eb("revision", "+", 1),
          updated_at: new Date(),
        }))
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", reportId)
        .returning("revision")
        .executeTakeFirst();
      if (!row) return undefined;
      await insertRevision(db, enterpriseId, { reportId, revision: row.revision, spec, createdBy, note });
      return row.revision;
    },
    /** Puts a report into a folder of the enterprise; false where it has no such report. */
    place: async (reportId: ReportId, folderId: FolderId | null): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable("report")
        .set({ folder_id: folderId })
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", reportId)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    /** The current revision. */
    findSpec: async (reportId: ReportId): Promise<{ revision: number; spec: unknown } | undefined> =>
      db
        .selectFrom("report")
        .innerJoin("report_revision", (join) =>
          join
            .onRef("report_revision.enterprise_id", "=", "report.enterprise_id")
            .onRef("report_revision.report_id", "=", "report.id")
            .onRef("report_revision.revision", "=", "report.revision"),
        )
        .select(["report_revision.revision", "report_revision.spec"])
        .where("report.enterprise_id", "=", enterpriseId)
        .where("report.id", "=", reportId)
        .executeTakeFirst(),
  };
}

async function insertRevision(
  db: Db,
  enterpriseId: EnterpriseId,
  revision: {
    reportId: ReportId;
    revision: number;
    spec: ReportSpec;
    createdBy: UserId | null;
    note?: string | undefined;
  },
): Promise<void> {
  await db
    .insertInto("report_revision")
    .values({
      enterprise_id: enterpriseId,
      report_id: revision.reportId,
      revision: revision.revision,
      spec: JSON.stringify(revision.spec),
      created_by: revision.createdBy,
      note: revision.note === "" ? null : (revision.note ?? null),
    })
    .execute();
}
