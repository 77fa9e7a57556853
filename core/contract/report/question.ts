import { z } from "zod";
import { ReportId, UserId } from "../id";
import { FieldName, Filter, Scalar } from "./query";
import { CardResult, ElementId } from "./report";
import { route } from "../route";

/** A value for one of the report's filters: all of a filter but its field, which the report knows. */
export const FilterValue = Filter.omit({ field: true });
export type FilterValue = z.infer<typeof FilterValue>;

/** The values that a reader picked in one element to filter the others by. */
export const CrossFilter = z.object({
  element: ElementId,
  field: FieldName,
  values: z.array(Scalar).min(1).max(100),
});
export type CrossFilter = z.infer<typeof CrossFilter>;

/** One step down a hierarchy: the level that was left, and the value that was chosen on it. */
export const DrillStep = z.object({ field: FieldName, value: Scalar });
export type DrillStep = z.infer<typeof DrillStep>;

const few = <Value>(record: Record<string, Value>): boolean => Object.keys(record).length <= 60;

/** What a reader asks of a report, besides what the report asks itself. Empty parts mean the report as it was made. */
export const Question = z.object({
  /** By filter id. Absent: the filter's default. Null: no restriction, although there is a default. */
  filters: z.record(ElementId, FilterValue.nullable()).refine(few).default({}),
  cross: z.array(CrossFilter).max(20).default([]),
  /** By element id, from the top of its hierarchy down. */
  drill: z.record(ElementId, z.array(DrillStep).max(8)).refine(few).default({}),
});
export type Question = z.infer<typeof Question>;

export const CardsReply = z.object({
  cards: z.record(ElementId, CardResult),
  /** When the data of the cards was read. */
  dataAsOf: z.iso.datetime(),
});
export type CardsReply = z.infer<typeof CardsReply>;

export const FilterOptions = z.object({
  /** In their own order; null stands for rows without a value. */
  values: z.array(Scalar),
  /** True where there are more: search for them. */
  truncated: z.boolean(),
});
export type FilterOptions = z.infer<typeof FilterOptions>;

export const ExportFormat = z.enum(["csv", "xlsx"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

const params = z.object({ reportId: ReportId });
/** For administrators of the owning enterprise: what this user of theirs sees. */
const viewAs = UserId.optional();

export const questionRoutes = {
  /** Refuses, with `input_invalid`, what does not fit the report. */
  cards: route({
    method: "POST",
    path: "/api/reports/:reportId/cards",
    summary: "The data of some or all cards of a report for a reader's question",
    access: "session",
    params,
    body: Question.extend({
      elements: z.array(ElementId).max(200).optional(),
      /** Has the data read anew, whatever is remembered of it. */
      refresh: z.boolean().default(false),
      viewAs,
    }),
    reply: CardsReply,
  }),
  options: route({
    method: "POST",
    path: "/api/reports/:reportId/filters/:filterId/options",
    summary: "What can be chosen for a filter; its parents' values narrow it down",
    access: "session",
    params: params.extend({ filterId: ElementId }),
    body: z.object({
      search: z.string().max(200).default(""),
      filters: Question.shape.filters,
      viewAs,
    }),
    reply: FilterOptions,
  }),
  /** Answers a file instead of JSON: the rows of one card, for the question as a link carries it. */
  export: route({
    method: "GET",
    path: "/api/reports/:reportId/elements/:elementId/export",
    summary: "The rows of one card as a CSV or Excel file",
    access: "session",
    params: params.extend({ elementId: ElementId }),
    query: z.object({
      format: ExportFormat,
      question: z.string().max(8_000).optional(),
      /** Of the words that the file adds to the data's own. */
      language: z.enum(["zh-CN", "en-US"]).default("zh-CN"),
      viewAs,
    }),
    reply: z.string().meta({ description: "The file" }),
  }),
};
