import type { ColumnType, Generated } from "kysely";
import type { DataSourceKind, TlsMode } from "../../../core/contract/source/data-source";
import type { ExtractFaultCode, ExtractRun, ExtractSchedule } from "../../../core/contract/source/extract";
import type { FileColumn } from "../../../core/contract/source/file";
import type { DataSourceId, EnterpriseId, ExtractId, UploadId, UserId } from "../../../core/contract/id";
import type { CsvSettings, Inspection, UploadProblem, UploadState } from "../../../core/contract/source/upload";

export interface DataFileTable {
  enterprise_id: EnterpriseId;
  name: string;
  rows: ColumnType<string, number, number>;
  columns: ColumnType<FileColumn[], string, string>;
  updated_by: UserId | null;
  updated_at: Date;
}

export interface DataSourceTable {
  id: DataSourceId;
  enterprise_id: EnterpriseId;
  name: string;
  kind: DataSourceKind;
  host: string;
  port: number;
  database: string;
  login: string;
  tls: TlsMode;
  ca: string | null;
  key_id: string;
  sealed: Buffer;
  /** Another one after every change. */
  revision: Generated<string>;
  updated_at: Date;
}

export interface UploadTable {
  id: UploadId;
  enterprise_id: EnterpriseId;
  user_id: UserId;
  file_name: string;
  size: ColumnType<string, number, never>;
  modified: ColumnType<string, number, never>;
  state: UploadState;
  settings: ColumnType<CsvSettings, string, string>;
  /** Counts the settings: what was found with earlier ones is not kept. */
  revision: number;
  inspection: ColumnType<Inspection | null, string, string>;
  problem: ColumnType<UploadProblem | null, string, string>;
  /** Who reads it now, and until when that is believed. */
  worker: string | null;
  worker_until: Date | null;
  touched_at: Date;
}

export interface ExtractTable {
  id: ExtractId;
  enterprise_id: EnterpriseId;
  data_source_id: DataSourceId;
  name: string;
  table_schema: string;
  table_name: string;
  columns: ColumnType<string[] | null, string | null, string | null>;
  schedule: ColumnType<ExtractSchedule, string, string>;
  next_run_at: Date | null;
  data_as_of: Date | null;
  data_rows: ColumnType<string | null, number | null, number | null>;
  data_bytes: ColumnType<string | null, number | null, number | null>;
  updated_at: Date;
}

export interface ExtractRunTable {
  id: Generated<string>;
  extract_id: ExtractId;
  state: Generated<ExtractRun["state"]>;
  queued_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  row_count: Generated<number>;
  attempts: Generated<number>;
  fault: ExtractFaultCode | null;
  cause: string | null;
}
