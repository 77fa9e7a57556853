import type { Generated } from "kysely";
import type { DatasetName, EnterpriseId, UserId } from "../../../core/contract/id";
import type { Json, Now } from "../column";

export interface DatasetRevisionTable {
  enterprise_id: EnterpriseId;
  dataset_id: string;
  revision: number;
  text: string;
  model: Json;
  unchecked: Generated<boolean>;
  restored_from: number | null;
  created_by: UserId | null;
  created_at: Now;
}

export interface DatasetTable {
  id: Generated<string>;
  enterprise_id: EnterpriseId;
  name: DatasetName;
  model: Json;
  /** The current one. */
  revision: Generated<number>;
  created_at: Now;
  updated_at: Now;
}
