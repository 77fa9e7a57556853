import type { DatasetModel } from "../../../core/contract/dataset";
import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session";

/** The person whom a dataset's policies judge: who reads, not who owns the report. Made of the server's own records. */
export interface Asker {
  userId: UserId;
  /** Where the person acts. Role, departments and attributes are those of this enterprise. */
  enterpriseId: EnterpriseId;
  role: Role | null;
  /** The departments the person is in, with all above them. */
  departmentIds: number[];
  attributes: Record<string, string | string[]>;
}

/**
 * What of the asker an answer depends on: people with the same key get the same answer to the same question. A cache of
 * answers has it in its key.
 */
export function policyKey({ dataset, asker }: { dataset: DatasetModel; asker?: Asker | undefined }): string {
  return (dataset.dingboard.access_policy ?? []).length === 0 ? "everybody" : JSON.stringify(asker ?? null);
}
