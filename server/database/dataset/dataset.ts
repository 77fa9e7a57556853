import { sql } from "kysely";
import type { DatasetName, EnterpriseId, ReportId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

export interface StoredModel {
  id: string;
  name: DatasetName;
  revision: number;
  model: unknown;
}

/** What somebody saves: their text and what it says. */
export interface NewRevision {
  text: string;
  model: unknown;
  unchecked: boolean;
  restoredFrom: number | null;
  createdBy: UserId | null;
}

/** Owner of the tables `dataset` and `dataset_revision`: the semantic models of one enterprise. Revisions never change. */
export function datasets(db: Db, enterpriseId: EnterpriseId) {
  /** Datasets with their current revision. */
  const current = () =>
    db
      .selectFrom("dataset")
      .innerJoin("dataset_revision as at", (join) =>
        join.onRef("at.dataset_id", "=", "dataset.id").onRef("at.revision", "=", "dataset.revision"),
      )
      .leftJoin("app_user", "app_user.id", "at.created_by")
      .select(["dataset.id", "dataset.name", "dataset.revision", "dataset.model", "at.unchecked", "at.text"])
      .select(["at.created_at as at", "at.created_by as byId", "app_user.name as byName"])
      .where("dataset.enterprise_id", "=", enterpriseId);
  const revisions = (name: DatasetName) =>
    db
      .selectFrom("dataset_revision as at")
      .innerJoin("dataset", "dataset.id", "at.dataset_id")
      .leftJoin("app_user", "app_user.id", "at.created_by")
      .select(["at.revision", "at.created_at as at", "at.unchecked", "at.restored_from as restoredFrom"])
      .select(["at.created_by as byId", "app_user.name as byName"])
      .where("dataset.enterprise_id", "=", enterpriseId)
      .where("dataset.name", "=", name);
  return {
    listModels: async (names: DatasetName[]): Promise<StoredModel[]> => {
      if (names.length === 0) return [];
      return db
        .selectFrom("dataset")
        .select(["id", "name", "revision", "model"])
        .where("enterprise_id", "=", enterpriseId)
        .where("name", "in", names)
        .execute();
    },
    list: () => current().orderBy("dataset.name").execute(),
    find: (name: DatasetName) => current().where("dataset.name", "=", name).executeTakeFirst(),
    listRevisions: (name: DatasetName) => revisions(name).orderBy("at.revision", "desc").limit(500).execute(),
    findRevision: (name: DatasetName, revision: number) =>
      revisions(name).select("at.text").where("at.revision", "=", revision).executeTakeFirst(),

    /** False where the name is taken. */
    insert: async (name: DatasetName, first: NewRevision): Promise<boolean> => {
      const made = await db
        .insertInto("dataset")
        .values({ enterprise_id: enterpriseId, name, model: JSON.stringify(first.model) })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "name"]).doNothing())
        .returning("id")
        .executeTakeFirst();
      if (!made) return false;
      await insertRevision(db, enterpriseId, { id: made.id, revision: 1 }, first);
      return true;
    },

    /** Adds a revision behind the one that was read; undefined where that is not the current one. */
    addRevision: async (name: DatasetName, read: number, next: NewRevision): Promise<number | undefined> => {
      const row = await db
        .updateTable("dataset")
        .set({ model: JSON.stringify(next.model), revision: read + 1, updated_at: new Date() })
        .where("enterprise_id", "=", enterpriseId)
        .where("name", "=", name)
        .where("revision", "=", read)
        .returning(["id", "revision"])
        .executeTakeFirst();
      if (!row) return undefined;
      await insertRevision(db, enterpriseId, row, next);
      return row.revision;
    },

    /** Whatever the current revision is: for scripts. The same model again makes no revision. */
    put: async (name: DatasetName, next: NewRevision): Promise<void> => {
      const model = JSON.stringify(next.model);
      const row = await db
        .insertInto("dataset")
        .values({ enterprise_id: enterpriseId, name, model })
        .onConflict((conflict) =>
          conflict
            .columns(["enterprise_id", "name"])
            .doUpdateSet({ model, revision: sql`dataset.revision + 1`, updated_at: new Date() })
            .where(sql<boolean>`dataset.model is distinct from excluded.model`),
        )
        .returning(["id", "revision"])
        .executeTakeFirst();
      if (row) await insertRevision(db, enterpriseId, row, next);
    },

    remove: async (name: DatasetName): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom("dataset")
        .where("enterprise_id", "=", enterpriseId)
        .where("name", "=", name)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Which reports ask which dataset, as the reports are now. */
    listUses: async (): Promise<{ dataset: string; id: ReportId; title: string }[]> => {
      const rows = await sql<{ dataset: string; id: ReportId; title: string }>`
        select distinct asked.dataset, report.id, report.title
        from report join report_revision at
          on at.enterprise_id = report.enterprise_id and at.report_id = report.id and at.revision = report.revision,
          lateral (select jsonb_path_query(at.spec, '$.**.dataset') #>> '{}' as dataset) asked
        where report.enterprise_id = ${enterpriseId} order by report.title, report.id`.execute(db);
      return rows.rows;
    },
  };
}

async function insertRevision(
  db: Db,
  enterpriseId: EnterpriseId,
  { id, revision }: { id: string; revision: number },
  { text, model, unchecked, restoredFrom, createdBy }: NewRevision,
): Promise<void> {
  await db
    .insertInto("dataset_revision")
    .values({
      enterprise_id: enterpriseId,
      dataset_id: id,
      revision,
      text,
      model: JSON.stringify(model),
      unchecked,
      restored_from: restoredFrom,
      created_by: createdBy,
    })
    .execute();
}
