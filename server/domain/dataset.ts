import type { z } from "zod";
import { DatasetModel } from "../../core/contract/dataset";
import { DatasetName, type EnterpriseId } from "../../core/contract/id";
import { datasets } from "../database/dataset";
import type { Db } from "../database/tables";

/** Stores a checked model under its name inside the enterprise. Throws zod's error for a model that is not one. */
export async function saveDataset(
  db: Db,
  input: { enterpriseId: EnterpriseId; name: string; model: z.input<typeof DatasetModel> },
): Promise<void> {
  const model = DatasetModel.parse(input.model);
  await datasets(db, input.enterpriseId).save(DatasetName.parse(input.name), model);
}
