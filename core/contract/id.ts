import { z } from "zod";

/** DingTalk's id of an organisation, e.g. `ding0a1b2c3d`. */
export const CorpId = z.string().min(1).max(128).brand<"CorpId">();
export type CorpId = z.infer<typeof CorpId>;

export const EnterpriseId = z.uuid().brand<"EnterpriseId">();
export type EnterpriseId = z.infer<typeof EnterpriseId>;

export const UserId = z.uuid().brand<"UserId">();
export type UserId = z.infer<typeof UserId>;

export const MemberId = z.uuid().brand<"MemberId">();
export type MemberId = z.infer<typeof MemberId>;

export const ReportId = z.uuid().brand<"ReportId">();
export type ReportId = z.infer<typeof ReportId>;

export const DataSourceId = z.uuid().brand<"DataSourceId">();
export type DataSourceId = z.infer<typeof DataSourceId>;

export const ExtractId = z.uuid().brand<"ExtractId">();
export type ExtractId = z.infer<typeof ExtractId>;

export const FolderId = z.uuid().brand<"FolderId">();
export type FolderId = z.infer<typeof FolderId>;

/** A dataset's name inside its enterprise, e.g. `retail`. */
export const DatasetName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/)
  .brand<"DatasetName">();
export type DatasetName = z.infer<typeof DatasetName>;

export const UploadId = z.uuid().brand<"UploadId">();
export type UploadId = z.infer<typeof UploadId>;
