import { sql } from "kysely";
import type { FileColumn } from "../../../core/contract/source/file";
import type { DatasetName, EnterpriseId, UserId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** What is known of an imported file besides the file itself. */
export interface StoredDataFile {
  name: string;
  rows: number;
  columns: FileColumn[];
  updatedBy: string | null;
  updatedAt: Date;
}

/** Owner of the table `data_file`: what the enterprise's imported files hold, and who brought them. */
export function dataFiles(db: Db, enterpriseId: EnterpriseId) {
  return {
    list: async (): Promise<StoredDataFile[]> => {
      const rows = await db
        .selectFrom("data_file")
        .leftJoin("app_user", "app_user.id", "data_file.updated_by")
        .select(["data_file.name", "rows", "columns", "app_user.name as updatedBy", "updated_at as updatedAt"])
        .where("enterprise_id", "=", enterpriseId)
        .execute();
      return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
    },
    save: async (
      file: { name: string; rows: number; columns: FileColumn[]; updatedBy: UserId },
      at: Date,
    ): Promise<void> => {
      const known = {
        rows: file.rows,
        columns: JSON.stringify(file.columns),
        updated_by: file.updatedBy,
        updated_at: at,
      };
      await db
        .insertInto("data_file")
        .values({ enterprise_id: enterpriseId, name: file.name, ...known })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "name"]).doUpdateSet(known))
        .execute();
    },
    remove: async (name: string): Promise<void> => {
      await db.deleteFrom("data_file").where("enterprise_id", "=", enterpriseId).where("name", "=", name).execute();
    },
    /** Which files the enterprise's datasets name, patterns such as `sales/*.parquet` among them. */
    listUses: async (): Promise<{ dataset: DatasetName; source: string }[]> => {
      const rows = await db
        .selectFrom("dataset")
        .select([
          "name",
          sql<string[]>`jsonb_path_query_array(model, '$.semantic_model.datasets[*].source')`.as("sources"),
        ])
        .where("enterprise_id", "=", enterpriseId)
        .where(sql<boolean>`model -> 'dingboard' ->> 'dataSource' is null`)
        .orderBy("name")
        .execute();
      return rows.flatMap(({ name, sources }) => sources.map((source) => ({ dataset: name, source })));
    },
  };
}
