import type { ColumnType, Generated } from "kysely";
import type { EnterpriseId } from "../../../core/contract/id";

export type SyncState = "queued" | "running" | "waiting" | "done" | "failed";

/** How far a run is, so that another process can go on where it stopped. */
export interface SyncDepartmentTable {
  run_id: string;
  dept_id: number;
  parent_id: number | null;
  name: string;
  position: Generated<number>;
  listed: Generated<boolean>;
  next_cursor: ColumnType<number | null, number | null | undefined, number | null>;
}

/** Full synchronisations of an enterprise, at most one of them under way. */
export interface SyncRunTable {
  id: Generated<string>;
  enterprise_id: EnterpriseId;
  state: Generated<SyncState>;
  manual: boolean;
  started_at: Date;
  finished_at: Date | null;
  resumes_at: Date | null;
  attempts: Generated<number>;
  added: Generated<number>;
  changed: Generated<number>;
  gone: Generated<number>;
  skipped: Generated<number>;
  problem: ColumnType<unknown, string | null, string | null>;
}
