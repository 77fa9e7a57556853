import type { DatasetName, EnterpriseId } from "../../core/contract/id";
import type { Db } from "./tables";

export interface StoredModel {
  id: string;
  name: DatasetName;
  model: unknown;
  updatedAt: Date;
}

/** Owner of the table `dataset`: the semantic models of one enterprise, as stored. */
export function datasets(db: Db, enterpriseId: EnterpriseId) {
  return {
    listModels: async (names: DatasetName[]): Promise<StoredModel[]> => {
      if (names.length === 0) return [];
      return db
        .selectFrom("dataset")
        .select(["id", "name", "model", "updated_at as updatedAt"])
        .where("enterprise_id", "=", enterpriseId)
        .where("name", "in", names)
        .execute();
    },
    save: async (name: DatasetName, model: unknown): Promise<void> => {
      const json = JSON.stringify(model);
      await db
        .insertInto("dataset")
        .values({ enterprise_id: enterpriseId, name, model: json })
        .onConflict((conflict) =>
          conflict.columns(["enterprise_id", "name"]).doUpdateSet({ model: json, updated_at: new Date() }),
        )
        .execute();
    },
  };
}
