import { z } from "zod";
import { SourceFaultCode } from "./data-source";
import { DataSourceId, DatasetName, ExtractId } from "../id";
import { route } from "../route";

/** Part of the file's name that a dataset gives as its source: `extracts/<name>.parquet`. */
export const ExtractName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, {
  message: "Small letters, digits, - and _; at most 63.",
});

const clock = {
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: "HH:MM" }),
  timeZone: z.string().max(60).refine(isTimeZone, { message: "A time zone, such as Asia/Shanghai." }),
};

/** When an extract is read again. `every`: off the full hour, at a minute that its id decides. `manual`: only when asked. */
export const ExtractSchedule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("manual") }),
  z.strictObject({ kind: z.literal("every"), minutes: z.number().int().min(5).max(1_440) }),
  z.strictObject({ kind: z.literal("daily"), ...clock }),
  /** 1 is Monday. */
  z.strictObject({ kind: z.literal("weekly"), weekday: z.number().int().min(1).max(7), ...clock }),
]);
export type ExtractSchedule = z.infer<typeof ExtractSchedule>;

const name = z.string().min(1).max(200);

const settings = {
  name: ExtractName,
  dataSourceId: DataSourceId,
  table: z.strictObject({ schema: name, name }),
  /** In this order; null: all that the table has at each run. */
  columns: z.array(name).min(1).max(500).nullable().default(null),
  schedule: ExtractSchedule,
};

/** How an extract is made. The name stays: datasets refer to it. */
export const NewExtract = z.strictObject(settings);
const { name: _name, ...changeable } = settings;
export const ExtractChange = z.strictObject(changeable);

/**
 * Why a run failed, beside what can be wrong with a source. `column_missing`: the table lost a chosen column.
 * `not_exact`: a number has more than 38 digits. `no_space`: the server's disk is full. `crashed`: the server was stopped
 * during it, three times.
 */
export const ExtractFaultCode = z.enum([
  ...SourceFaultCode.options,
  "too_many_rows",
  "too_many_bytes",
  "column_missing",
  "not_exact",
  "no_space",
  "crashed",
]);
export type ExtractFaultCode = z.infer<typeof ExtractFaultCode>;

export const ExtractRun = z.object({
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  queuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  /** Rows read so far. */
  rows: z.number().int(),
  fault: ExtractFaultCode.nullable(),
  /** What the fault is about: columns, or the engine's own words. */
  cause: z.string().nullable(),
});
export type ExtractRun = z.infer<typeof ExtractRun>;

/** What the file holds now. It stays until a later run has succeeded. */
export const ExtractData = z.object({
  /** The moment at which its source began to be read: nothing in it is newer. */
  asOf: z.iso.datetime(),
  rows: z.number().int(),
  bytes: z.number().int(),
});

export const Extract = z.object({
  ...settings,
  id: ExtractId,
  /** What a dataset names as its source. */
  source: z.string(),
  nextRunAt: z.iso.datetime().nullable(),
  /** Null before the first run has succeeded. */
  data: ExtractData.nullable(),
  /** The latest first. */
  runs: z.array(ExtractRun),
  /** The datasets that read it: while there is one, it cannot be removed. */
  datasets: z.array(DatasetName),
});
export type Extract = z.infer<typeof Extract>;

const Params = z.object({ extractId: ExtractId });
const one = (path: string) => `/api/extracts/:extractId${path}`;

/** Copies of slow tables, for the editors and administrators of the chosen enterprise. */
export const extractRoutes = {
  list: route({
    method: "GET",
    path: "/api/extracts",
    summary: "Extracts of the enterprise with their last runs",
    access: "session",
    reply: z.object({ extracts: z.array(Extract) }),
  }),
  create: route({
    method: "POST",
    path: "/api/extracts",
    summary: "Makes an extract of a table; its first run begins at once",
    access: "session",
    body: NewExtract,
    reply: Extract,
  }),
  change: route({
    method: "POST",
    path: one(""),
    summary: "Changes what an extract copies, and when",
    access: "session",
    params: Params,
    body: ExtractChange,
    reply: Extract,
  }),
  run: route({
    method: "POST",
    path: one("/run"),
    summary: "Runs an extract now; one that is under way goes on",
    access: "session",
    params: Params,
    reply: Extract,
  }),
  cancel: route({
    method: "POST",
    path: one("/cancel"),
    summary: "Ends the run that is under way, at the source too",
    access: "session",
    params: Params,
    reply: Extract,
  }),
  remove: route({
    method: "POST",
    path: one("/remove"),
    summary: "Removes an extract that no dataset reads, with its file",
    access: "session",
    params: Params,
    reply: z.object({}),
  }),
};

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
