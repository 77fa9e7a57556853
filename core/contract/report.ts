import { z } from "zod";
import { ErrorBody } from "./error";
import { DatasetName, EnterpriseId, ReportId } from "./id";
import { CardData, CardQuery, FieldName, Filter } from "./query";
import { route } from "./route";

export const ElementId = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

const heading = { title: z.string().max(200), description: z.string().max(1_000).optional() };

const KpiElement = z.object({
  type: z.literal("kpi"),
  ...heading,
  /** No dimensions: one number a measure. `compare` gives the change against the earlier period. */
  query: CardQuery,
  /** Asked besides: the same measure over time, drawn as a small line. */
  trend: CardQuery.optional(),
});

const CartesianElement = z.object({
  type: z.literal("cartesian"),
  ...heading,
  /** First dimension: the axis. Second dimension: one series a value. */
  query: CardQuery,
  visual: z
    .object({
      /** How each measure is drawn; the first one holds for all that are not named. */
      series: z
        .array(
          z.object({
            measure: FieldName,
            mark: z.enum(["line", "area", "bar"]),
            axis: z.enum(["left", "right"]).default("left"),
          }),
        )
        .min(1),
      stacked: z.boolean().default(false),
      /** Bars lie: for rankings with long names. */
      horizontal: z.boolean().default(false),
      labels: z.boolean().default(false),
    })
    .optional(),
});

const PieElement = z.object({
  type: z.literal("pie"),
  ...heading,
  query: CardQuery,
  visual: z.object({ ring: z.boolean().default(true), labels: z.boolean().default(true) }).optional(),
});

const TableElement = z.object({
  type: z.literal("table"),
  ...heading,
  query: CardQuery,
  visual: z
    .object({
      columns: z
        .array(
          z.object({
            field: FieldName,
            width: z.number().int().min(40).max(600).optional(),
            bar: z.boolean().optional(),
          }),
        )
        .optional(),
      /** Columns that stay while the rest scrolls sideways. */
      frozen: z.number().int().min(0).max(3).default(1),
    })
    .optional(),
});

/** Plain text with line breaks; nothing in it is interpreted. */
const TextElement = z.object({ type: z.literal("text"), title: z.string().max(200), text: z.string().max(10_000) });

export const ReportElement = z.discriminatedUnion("type", [
  KpiElement,
  CartesianElement,
  PieElement,
  TableElement,
  TextElement,
]);
export type ReportElement = z.infer<typeof ReportElement>;

/** A report's own filter: default values are applied to every element it names (all with that dataset if it names none). */
export const ReportFilter = z.object({
  id: ElementId,
  label: z.string().max(100),
  dataset: DatasetName,
  targets: z.array(ElementId).optional(),
  default: Filter.optional(),
  /** The filter's field and operator; a default's must agree. */
  field: FieldName,
  operator: Filter.shape.operator,
  required: z.boolean().default(false),
});
export type ReportFilter = z.infer<typeof ReportFilter>;

/** Where an element stands on the 36-column grid; heights are rows of 32 px. */
const LayoutItem = z.object({
  element: ElementId,
  x: z.number().int().min(0).max(35),
  y: z.number().int().min(0),
  w: z.number().int().min(1).max(36),
  h: z.number().int().min(1).max(100),
});

export const ReportPage = z.object({
  id: ElementId,
  title: z.string().max(100),
  layout: z.array(LayoutItem).max(60),
  /** Phone layout: `auto` is left to right, top to bottom, two KPI cards a row. */
  mobile: z
    .object({
      mode: z.enum(["auto", "manual", "none"]),
      order: z.array(ElementId).optional(),
      hidden: z.array(ElementId).optional(),
      /** Height over width of a chart on the phone. */
      aspect: z.record(ElementId, z.number().min(0.2).max(3)).optional(),
    })
    .default({ mode: "auto" }),
});
export type ReportPage = z.infer<typeof ReportPage>;

/** A report's stored document. Elements stand apart from where they are shown. */
export const ReportSpec = z
  .object({
    version: z.literal(1),
    title: z.string().min(1).max(200),
    description: z.string().max(2_000).optional(),
    pages: z.array(ReportPage).min(1).max(20),
    elements: z.record(ElementId, ReportElement),
    filters: z.array(ReportFilter).max(30).default([]),
  })
  .superRefine((spec, context) => {
    spec.pages.forEach((page, pageIndex) => {
      page.layout.forEach((item, itemIndex) => {
        if (item.element in spec.elements) return;
        context.addIssue({
          code: "custom",
          path: ["pages", pageIndex, "layout", itemIndex, "element"],
          message: `The report has no element "${item.element}".`,
        });
      });
    });
  });
export type ReportSpec = z.infer<typeof ReportSpec>;

export const Level = z.enum(["view", "edit"]);
export type Level = z.infer<typeof Level>;

export const ReportSummary = z.object({
  id: ReportId,
  title: z.string(),
  description: z.string().nullable(),
  /** The enterprise that owns it; differs from the session's where a grant crosses. */
  owner: z.object({ id: EnterpriseId, name: z.string() }),
  level: Level,
  favourite: z.boolean(),
  updatedAt: z.iso.datetime(),
  /** When this person last opened it. */
  openedAt: z.iso.datetime().nullable(),
});
export type ReportSummary = z.infer<typeof ReportSummary>;

/** What one query of an element came to. A card that failed fails alone. */
export const CardResult = z.discriminatedUnion("state", [
  z.object({ state: z.literal("ready"), data: CardData, trend: CardData.optional() }),
  z.object({ state: z.literal("failed"), error: ErrorBody.shape.error.pick({ code: true, message: true }) }),
]);
export type CardResult = z.infer<typeof CardResult>;

/** A report and the data of its cards, in one reply. */
export const ReportView = z.object({
  id: ReportId,
  revision: z.number().int(),
  level: Level,
  favourite: z.boolean(),
  spec: ReportSpec,
  cards: z.record(ElementId, CardResult),
  /** When the data of the cards was read. */
  dataAsOf: z.iso.datetime(),
});
export type ReportView = z.infer<typeof ReportView>;

export const ReportList = z.object({ reports: z.array(ReportSummary), total: z.number().int() });
export type ReportList = z.infer<typeof ReportList>;

const params = z.object({ reportId: ReportId });

export const reportRoutes = {
  list: route({
    method: "GET",
    path: "/api/reports",
    summary: "Reports this person may see",
    access: "session",
    query: z.object({
      search: z.string().max(200).optional(),
      filter: z.enum(["all", "favourite", "recent"]).default("all"),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    reply: ReportList,
  }),
  view: route({
    method: "GET",
    path: "/api/reports/:reportId/view",
    summary: "One report with the data of its cards",
    access: "session",
    params,
    reply: ReportView,
  }),
  favourite: route({
    method: "POST",
    path: "/api/reports/:reportId/favourite",
    summary: "Marks a report as a favourite, or no longer",
    access: "session",
    params,
    body: z.object({ favourite: z.boolean() }),
    reply: z.object({ favourite: z.boolean() }),
  }),
};
