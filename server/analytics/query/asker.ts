import type { EnterpriseId, UserId } from "../../../core/contract/id";
import type { Role } from "../../../core/contract/session/session";

/** The person whom a dataset's policies judge: who reads, not who owns the report. Made of the server's own records. */
export interface Asker {
  userId: UserId;
  /** Where the person acts. Role, departments and attributes are those of this enterprise. */
  enterpriseId: EnterpriseId;
  role: Role | null;
  /** The departments the person is in, with all above them. */
  departmentIds: number[];
  /** What policies' `{ userAttributes.name }` stand for, besides those that follow from the rest. */
  attributes: Record<string, string | string[]>;
}
