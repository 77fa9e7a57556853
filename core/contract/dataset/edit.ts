import { z } from "zod";
import { ProblemReason } from "./reason";
import { DataSourceId, DatasetName, ReportId, UserId } from "../id";
import { CardData, CardQuery, FieldName, Format } from "../report/query";
import { route } from "../route";

/** What can be wrong with a dataset's text, one word for each thing that its author would do something else about. */
export const ProblemCode = z.enum([
  "json_syntax",
  "duplicate_key",
  /** The document is not one of ours; `message` says how. */
  "schema",
  /** Only administrators may change this. */
  "administrator_only",
  "data_source_missing",
  "source_unreachable",
  "table_missing",
  "sql_refused",
  "unknown_column",
  "expression_invalid",
  "function_not_allowed",
  /** The engine itself does not take it; `message` says why. */
  "expression_refused",
  "wrong_datatype",
  "datatype_differs",
  "key_not_unique",
  "relationship_not_unique",
  "join_types_differ",
  "policy_unsuitable",
  "unknown_attribute",
  /** The source took too long or could not say. */
  "not_checked",
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Something about a dataset's text, and where it stands. Lines and columns begin with 1. */
export const DatasetProblem = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  line: z.number().int(),
  column: z.number().int(),
  /** An error keeps the text from being saved, a warning does not. */
  severity: z.enum(["error", "warning"]),
  code: ProblemCode,
  /** What exactly, where the code alone does not say it. */
  reason: ProblemReason.nullable(),
  message: z.string(),
  /** What the reason, else the code, is about: names, types, in the order of the message. */
  names: z.array(z.string()),
});
export type DatasetProblem = z.infer<typeof DatasetProblem>;

/** JSON text as its author wrote it. */
const Text = z.string().min(2).max(200_000);
const Revision = z.number().int().min(1);
const Person = z.object({ id: UserId, name: z.string() });
const ReportName = z.object({ id: ReportId, title: z.string() });

const facts = {
  name: DatasetName,
  label: z.string(),
  /** Files of the enterprise, or tables of a data source, whose name is told where it still exists. */
  source: z.object({
    kind: z.enum(["files", "postgresql", "mysql", "clickhouse", "missing"]),
    name: z.string().nullable(),
  }),
  revision: Revision,
  /** The source could not be reached when it was saved. */
  unchecked: z.boolean(),
  updatedAt: z.iso.datetime(),
  /** Null where a script wrote it, or the account is gone. */
  updatedBy: Person.nullable(),
  /** Reports of the enterprise that ask it. */
  reports: z.array(ReportName),
};

export const DatasetSummary = z.object(facts);
export type DatasetSummary = z.infer<typeof DatasetSummary>;

export const DatasetDocument = z.object({
  ...facts,
  text: z.string(),
  /**
   * Whom the groups of its policies mean that name somebody by an id (`user:`, `department:`, `enterprise:`). Who is not
   * there is not of the enterprise, nor one that its reports are shared with.
   */
  groups: z.array(z.object({ group: z.string(), name: z.string() })),
});
export type DatasetDocument = z.infer<typeof DatasetDocument>;

export const DatasetRevision = z.object({
  revision: Revision,
  at: z.iso.datetime(),
  by: Person.nullable(),
  unchecked: z.boolean(),
  /** The revision whose text was taken again. */
  restoredFrom: Revision.nullable(),
});
export type DatasetRevision = z.infer<typeof DatasetRevision>;

/** What a question can ask of a dataset, as people read it. */
export const DatasetField = z.object({
  name: FieldName,
  label: z.string(),
  role: z.enum(["dimension", "measure"]),
  type: z.enum(["string", "number", "date", "boolean"]),
  /** The dataset's first time field: periods go by it. */
  isTime: z.literal(true).optional(),
  format: Format.optional(),
  direction: z.enum(["up_good", "down_good", "neutral"]).optional(),
  /** The category that the dataset puts it into. */
  group: z.string().optional(),
  description: z.string().optional(),
});
export type DatasetField = z.infer<typeof DatasetField>;

export const DatasetFields = z.object({
  name: DatasetName,
  label: z.string(),
  /** In the dataset's order; without those that this person may not see. */
  fields: z.array(DatasetField),
  hierarchies: z.array(z.object({ name: FieldName, title: z.string(), levels: z.array(FieldName) })),
});
export type DatasetFields = z.infer<typeof DatasetFields>;

const Params = z.object({ datasetName: DatasetName });
const RevisionParams = Params.extend({ revision: z.coerce.number().int().min(1).max(1_000_000) });
/** Saves also where the source cannot be reached; the revision is marked. */
const unchecked = z.boolean().default(false);
const Saved = z.object({ revision: Revision, unchecked: z.boolean(), problems: z.array(DatasetProblem) });

/** A few rows of a dataset, to look at it. */
export const DatasetPreview = z.strictObject({
  dimensions: CardQuery.shape.dimensions,
  measures: CardQuery.shape.measures,
  limit: z.number().int().min(1).max(50).default(20),
  /** As this user would see it; for administrators. */
  viewAs: UserId.optional(),
});

/**
 * Datasets of the chosen enterprise, for its editors and administrators. A text with errors is refused with
 * `dataset_invalid`, or `forbidden` where nothing but a right is missing, and the problems.
 */
export const datasetRoutes = {
  list: route({
    method: "GET",
    path: "/api/datasets",
    summary: "Datasets of the enterprise",
    access: "session",
    reply: z.object({ datasets: z.array(DatasetSummary) }),
  }),
  create: route({
    method: "POST",
    path: "/api/datasets",
    summary: "Makes a dataset of a text",
    access: "session",
    body: z.strictObject({ name: DatasetName, text: Text, unchecked }),
    reply: Saved,
  }),
  check: route({
    method: "POST",
    path: "/api/dataset-checks",
    summary: "What is wrong with a dataset's text; `name` says which dataset it would be",
    access: "session",
    body: z.strictObject({ name: DatasetName.optional(), text: Text }),
    reply: z.object({ problems: z.array(DatasetProblem) }),
  }),
  propose: route({
    method: "POST",
    path: "/api/dataset-proposals",
    summary: "A text to begin with: fields and measures by the columns of a file or a table",
    access: "session",
    body: z.strictObject({
      label: z.string().trim().min(1).max(100),
      dataSource: DataSourceId.optional(),
      source: z.string().min(1).max(500),
      /** In which labels are written. */
      language: z.enum(["zh-CN", "en-US"]).default("zh-CN"),
    }),
    reply: z.object({ text: z.string() }),
  }),
  get: route({
    method: "GET",
    path: "/api/datasets/:datasetName",
    summary: "A dataset with the text of its current revision",
    access: "session",
    params: Params,
    reply: DatasetDocument,
  }),
  fields: route({
    method: "GET",
    path: "/api/datasets/:datasetName/fields",
    summary: "What this person can ask of a dataset",
    access: "session",
    params: Params,
    reply: DatasetFields,
  }),
  save: route({
    method: "POST",
    path: "/api/datasets/:datasetName",
    summary:
      "Saves a text as the next revision; refused with `dataset_changed` where `revision` is not the current one",
    access: "session",
    params: Params,
    body: z.strictObject({ text: Text, revision: Revision, unchecked }),
    reply: Saved,
  }),
  remove: route({
    method: "POST",
    path: "/api/datasets/:datasetName/remove",
    summary: "Removes a dataset that no report asks",
    access: "session",
    params: Params,
    reply: z.object({}),
  }),
  revisions: route({
    method: "GET",
    path: "/api/datasets/:datasetName/revisions",
    summary: "All revisions of a dataset, the latest first",
    access: "session",
    params: Params,
    reply: z.object({ revisions: z.array(DatasetRevision) }),
  }),
  revision: route({
    method: "GET",
    path: "/api/datasets/:datasetName/revisions/:revision",
    summary: "One revision with its text",
    access: "session",
    params: RevisionParams,
    reply: DatasetRevision.extend({ text: z.string() }),
  }),
  restore: route({
    method: "POST",
    path: "/api/datasets/:datasetName/revisions/:revision/restore",
    summary: "Saves the text of an earlier revision as the next one; `current` is the revision that one has read",
    access: "session",
    params: RevisionParams,
    body: z.strictObject({ current: Revision, unchecked }),
    reply: Saved,
  }),
  preview: route({
    method: "POST",
    path: "/api/datasets/:datasetName/preview",
    summary: "A few rows of a dataset, as oneself or as somebody else sees them",
    access: "session",
    params: Params,
    body: DatasetPreview,
    reply: CardData,
  }),
};
