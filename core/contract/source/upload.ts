import { z } from "zod";
import { ColumnDoubt, NumberMark, TypeReason, Understanding } from "./column";
import { ERRORS, type ErrorCode } from "../error";
import { DataFile, DataFileName } from "./file";
import { DatasetName, UploadId } from "../id";
import { Scalar } from "../report/query";
import { route } from "../route";
import { DataType } from "../dataset/semantic-model";
import { isTimeZone } from "../time-zone";

/** Text encodings that are read, by their names in the WHATWG's standard; everything but UTF-8 is converted. GB18030 holds GBK and GB2312. */
export const FileEncoding = z.enum([
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1252",
]);
export type FileEncoding = z.infer<typeof FileEncoding>;

export const Delimiter = z.enum([",", ";", "\t", "|"]);
export type Delimiter = z.infer<typeof Delimiter>;

/** How days are written, in strptime's words (`%q`: the quarter). Where none is chosen, the values say it. */
export const DayFormat = z.enum([
  "%Y-%m-%d",
  "%Y/%m/%d",
  "%Y.%m.%d",
  "%Y%m%d",
  "%Y年%m月%d日",
  "%d/%m/%Y",
  "%m/%d/%Y",
  "%d.%m.%Y",
  "%d-%m-%Y",
  "%m-%d-%Y",
  "%Y年%m月",
  "%Y-%m",
  "%Y/%m",
  "%Y%m",
  "%YQ%q",
  "Q%q %Y",
]);
export type DayFormat = z.infer<typeof DayFormat>;

const ColumnName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\u0000-\u001f]*$/);

/** What can become of a column of text. */
export const CsvType = DataType.exclude(["Opaque"]);
export type CsvType = z.infer<typeof CsvType>;

/** How to read a CSV file; what is left out is detected. */
export const CsvSettings = z.strictObject({
  encoding: FileEncoding.optional(),
  delimiter: Delimiter.optional(),
  header: z.boolean().optional(),
  /** Lines above the header that belong to no table. */
  skip: z.number().int().min(0).max(1_000).optional(),
  dayFormat: DayFormat.optional(),
  /** IANA name: of times that are written without a zone, where others of their column have one. */
  timeZone: z.string().max(60).refine(isTimeZone, { message: "Not a time zone's IANA name." }).optional(),
  /** Whether a line of totals at the end is a row like any other. */
  keepTotals: z.boolean().optional(),
  /** All columns in the file's order. Another delimiter makes other columns: without them they are detected anew. */
  columns: z
    .array(
      z.strictObject({
        name: ColumnName,
        /** What its values become; detected where it is left out. */
        type: CsvType.optional(),
        dayFormat: DayFormat.optional(),
        /** The sign before decimals. */
        decimal: z.enum([".", ","]).optional(),
        /** Words that stand for no value. Absent: those that usually do. */
        nulls: z.array(z.string().max(100)).max(100).optional(),
      }),
    )
    .min(1)
    .max(2_000)
    .refine((columns) => new Set(columns.map(({ name }) => name.toLowerCase())).size === columns.length, {
      message: "Each column needs a name of its own; upper and lower case are the same.",
    })
    .optional(),
});
export type CsvSettings = z.infer<typeof CsvSettings>;

/** Why a row cannot be read as it stands. */
export const RowFault = z.enum(["type", "columns", "quote", "characters", "size", "other"]);
export type RowFault = z.infer<typeof RowFault>;

/** What was found in a file: how it is read, its columns, its first rows, and what does not fit. */
export const Inspection = z.object({
  format: z.enum(["csv", "parquet"]),
  /** Null for Parquet, which says all this itself. */
  csv: z
    .object({
      encoding: FileEncoding,
      delimiter: Delimiter,
      header: z.boolean(),
      skip: z.number().int(),
      /** What was chosen, else what the first column with days has. */
      dayFormat: DayFormat.nullable(),
      timeZone: z.string(),
      /** Lines that show whether the encoding is the right one, where nothing said it. */
      guessed: z.array(z.string()),
      /** Rows without a value, which are passed over. */
      emptyRows: z.number().int(),
      /** Lines of totals at the end, left out unless they are kept. */
      totals: z.array(z.object({ line: z.number().int(), text: z.string() })),
      keepTotals: z.boolean(),
    })
    .nullable(),
  columns: z.array(
    z.object({
      name: z.string(),
      type: DataType,
      /** What its values are, whatever was chosen since. */
      detected: DataType,
      /** The name in the file where it could not stay: empty, or there twice. */
      renamedFrom: z.string().nullable(),
      /** Why it has its type. */
      reason: TypeReason,
      /** How its days are written. */
      dayFormat: DayFormat.nullable(),
      /** How its numbers are written, where not plainly. */
      marks: z.array(NumberMark),
      /** Words that stand for no value, with how often each does. */
      nulls: z.array(z.object({ text: z.string(), count: z.number().int() })),
      doubts: z.array(ColumnDoubt),
      /** What it is for; null where nobody has looked. */
      understood: Understanding.nullable(),
    }),
  ),
  /** The first 20. Long texts are cut. */
  rows: z.array(z.array(Scalar)),
  /** Rows that will be imported. */
  rowCount: z.number().int(),
  /** Rows that do not fit and will be left out; the first 100 with their line. `more`: there are more than `count`. */
  leftOut: z.object({
    count: z.number().int(),
    more: z.boolean(),
    lines: z.array(
      z.object({ line: z.number().int(), column: z.string().nullable(), fault: RowFault, text: z.string() }),
    ),
  }),
});
export type Inspection = z.infer<typeof Inspection>;

/** What keeps a file from being read. */
export const UploadProblem = z.object({
  code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
  /** The line where it begins, where there is one. */
  line: z.number().int().nullable(),
});
export type UploadProblem = z.infer<typeof UploadProblem>;

/**
 * `receiving`: parts arrive. `inspecting`: all is here and is being read. `inspected`: what was found can be looked at and
 * imported. `refused`: it cannot be read so; other settings may help.
 */
export const UploadState = z.enum(["receiving", "inspecting", "inspected", "refused"]);
export type UploadState = z.infer<typeof UploadState>;

export const Upload = z.object({
  id: UploadId,
  /** The file's own name on the person's computer. */
  fileName: z.string(),
  size: z.number().int(),
  /** When the file was last changed there, in ms; with name and size it tells files apart. */
  modified: z.number().int(),
  /** Bytes that are safe here; the next part begins there. */
  received: z.number().int(),
  /** The longest part that is taken. */
  partBytes: z.number().int(),
  state: UploadState,
  settings: CsvSettings,
  inspection: Inspection.nullable(),
  problem: UploadProblem.nullable(),
});
export type Upload = z.infer<typeof Upload>;

/** A file as the person's computer knows it. */
export const NewUpload = z.strictObject({
  fileName: z.string().trim().min(1).max(255),
  size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  modified: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type NewUpload = z.infer<typeof NewUpload>;

/** What is to become of an inspected file. */
export const WantedImport = z.strictObject({
  name: DataFileName,
  /** Takes the place of a file of that name. */
  replace: z.boolean().default(false),
  /** Agrees that rows which do not fit are left out. */
  leaveOut: z.boolean().default(false),
});
export type WantedImport = z.infer<typeof WantedImport>;

/** A column that a dataset is made of, and that the file will no longer have, or have with values of another kind. */
export const ColumnEffect = z.object({
  code: z.enum(["column_missing", "column_kind"]),
  dataset: DatasetName,
  /** The dataset's name as people read it. */
  label: z.string(),
  column: z.string(),
  /** Null where it is not known. */
  was: DataType.nullable(),
  /** Null where the column is missing. */
  becomes: DataType.nullable(),
  /** Fields and metrics that are made of it; none where it is a key only, or stands in SQL. */
  members: z.array(z.string()),
});
export type ColumnEffect = z.infer<typeof ColumnEffect>;

const Params = z.object({ uploadId: UploadId });

/** Files on their way in. An upload belongs to the person who began it, and is forgotten after a day without a part. */
export const uploadRoutes = {
  begin: route({
    method: "POST",
    path: "/api/uploads",
    summary: "Begins an upload, or goes on with the same person's upload of the same file",
    access: "session",
    body: NewUpload,
    reply: Upload,
  }),
  list: route({
    method: "GET",
    path: "/api/uploads",
    summary: "The person's own unfinished uploads",
    access: "session",
    reply: z.object({ uploads: z.array(Upload), limitBytes: z.number().int() }),
  }),
  find: route({
    method: "GET",
    path: "/api/uploads/:uploadId",
    summary: "How far an upload is",
    access: "session",
    params: Params,
    reply: Upload,
  }),
  /** The body is the bytes themselves, `application/octet-stream`. What arrived stays also where the request breaks. */
  part: route({
    method: "POST",
    path: "/api/uploads/:uploadId/parts",
    summary: "Adds the bytes from an offset on",
    access: "session",
    params: Params,
    query: z.object({ offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
    reply: Upload,
  }),
  inspect: route({
    method: "POST",
    path: "/api/uploads/:uploadId/inspect",
    summary: "Reads the file again, otherwise",
    access: "session",
    params: Params,
    body: z.strictObject({ settings: CsvSettings }),
    reply: Upload,
  }),
  effects: route({
    method: "GET",
    path: "/api/uploads/:uploadId/effects",
    summary: "What importing the file under a name would take from the datasets that read it",
    access: "session",
    params: Params,
    query: z.object({ name: DataFileName }),
    reply: z.object({ effects: z.array(ColumnEffect) }),
  }),
  import: route({
    method: "POST",
    path: "/api/uploads/:uploadId/import",
    summary: "Puts what was inspected among the enterprise's files",
    access: "session",
    params: Params,
    body: WantedImport,
    reply: DataFile,
  }),
  cancel: route({
    method: "POST",
    path: "/api/uploads/:uploadId/cancel",
    summary: "Forgets an upload and what has arrived",
    access: "session",
    params: Params,
    reply: z.object({}),
  }),
};
