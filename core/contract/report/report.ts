import { z } from "zod";
import { ErrorBody } from "../error";
import { ReportElement } from "./element";
import { fieldIn } from "./filter-field";
import { Folder } from "./folder";
import { DatasetName, EnterpriseId, FolderId, ReportId, UserId } from "../id";
import { CardData, FieldName, Filter } from "./query";
import { route } from "../route";
import { Me } from "../session/session";

export const ElementId = z.string().regex(/^[a-z][a-z0-9_-]{0,62}$/);

/** What a person handles a filter with. */
export const FilterControl = z.enum(["dateRange", "select", "numberRange", "text"]);
export type FilterControl = z.infer<typeof FilterControl>;

/** Periods to choose from. They move with the data's last day, or today, as relative filters do. */
export const Preset = z.enum([
  "today",
  "last7Days",
  "last30Days",
  "last90Days",
  "thisMonth",
  "lastMonth",
  "thisQuarter",
  "lastQuarter",
  "thisYear",
  "lastYear",
  "yearToDate",
]);
export type Preset = z.infer<typeof Preset>;

/** A report's own filter: its value restricts every element that it names (all of the datasets that it reaches if it names none). */
export const ReportFilter = z.object({
  id: ElementId,
  label: z.string().max(100),
  dataset: DatasetName,
  targets: z.array(ElementId).optional(),
  default: Filter.optional(),
  /** The filter's field and operator; a default's must agree. */
  field: FieldName,
  operator: Filter.shape.operator,
  /** Without a value, the elements that it reaches say what to choose instead of showing everything. */
  required: z.boolean().default(false),
  /** Taken from the operator where absent. */
  control: FilterControl.optional(),
  /** For date ranges; all of them where absent. */
  presets: z.array(Preset).min(1).optional(),
  /** Another filter that reaches this one's dataset; its value narrows down what can be chosen here, as a region does its cities. */
  parent: ElementId.optional(),
  /** Fields of other datasets that hold the same things: what is chosen here restricts their elements too. */
  fields: z.record(DatasetName, FieldName).optional(),
  /** For `select`: one value at a time. */
  single: z.boolean().optional(),
  /** Where phones show it: on the page itself, nowhere, or, where absent, among all filters alone. */
  phone: z.enum(["page", "none"]).optional(),
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
      /** KPI cards beside each other; two where absent. */
      kpis: z.union([z.literal(1), z.literal(2)]).optional(),
      /** Height over width of a chart on the phone. */
      aspect: z.record(ElementId, z.number().min(0.2).max(3)).optional(),
    })
    .default({ mode: "auto" }),
});
export type ReportPage = z.infer<typeof ReportPage>;

interface Asked {
  elements: Record<string, ReportElement>;
  filters: ReportFilter[];
}

/** Hierarchies begin where their query does; parents exist, reach the dataset and lead back to no child of theirs. */
function refineQuestions({ elements, filters }: Asked, context: z.RefinementCtx): void {
  const refuse = (path: PropertyKey[], message: string): void => context.addIssue({ code: "custom", path, message });
  for (const [id, element] of Object.entries(elements)) {
    if (!("drill" in element) || !element.drill) continue;
    if (element.drill[0] === element.query.dimensions[0]?.field) continue;
    refuse(["elements", id, "drill"], "A hierarchy begins with the query's first dimension.");
  }
  filters.forEach((filter, index) => {
    const fault = parentFault(filter, filters);
    if (fault !== null) refuse(["filters", index, "parent"], fault);
  });
}

/** What goes across is a dimension of the query, and something is left to go down. */
function refinePivots({ elements }: Asked, context: z.RefinementCtx): void {
  for (const [id, element] of Object.entries(elements)) {
    const across = element.type === "table" ? element.visual?.pivot?.columns : undefined;
    if (!across || element.type !== "table") continue;
    const fields = element.query.dimensions.map(({ field }) => field);
    if (across.every((field) => fields.includes(field)) && new Set(across).size < new Set(fields).size) continue;
    const path = ["elements", id, "visual", "pivot", "columns"];
    const message = "A pivot's columns are some, but not all, of the query's dimensions.";
    context.addIssue({ code: "custom", path, message });
  }
}

function parentFault(filter: ReportFilter, filters: ReportFilter[]): string | null {
  const seen = new Set<string>();
  for (let at: ReportFilter | undefined = filter; at?.parent !== undefined;) {
    const parent: ReportFilter | undefined = filters.find(({ id }) => id === at?.parent);
    if (!parent || fieldIn(parent, at.dataset) === undefined) return `The dataset has no filter "${at.parent}".`;
    if (seen.has(parent.id)) return "A filter cannot be its own parent.";
    seen.add(parent.id);
    at = parent;
  }
  return null;
}

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
    refineQuestions(spec, context);
    refinePivots(spec, context);
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
  /** Where it lies; null at the top, and for reports of another enterprise: its folders are its own affair. */
  folderId: FolderId.nullable(),
  /** For those who may edit it: nothing is published yet; there are changes that are not published. */
  isUnpublished: z.literal(true).optional(),
  isDraft: z.literal(true).optional(),
});
export type ReportSummary = z.infer<typeof ReportSummary>;

/** What one query of an element came to. A card that failed fails alone; one that waits needs a value for the named filters. */
export const CardResult = z.discriminatedUnion("state", [
  z.object({ state: z.literal("ready"), data: CardData, trend: CardData.optional() }),
  z.object({ state: z.literal("failed"), error: ErrorBody.shape.error.pick({ code: true, message: true }) }),
  z.object({ state: z.literal("waiting"), needs: z.array(ElementId) }),
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

export const ReportList = z.object({
  reports: z.array(ReportSummary),
  total: z.number().int(),
  /** All folders on the way to reports that this person may see, whatever is asked for; by name. */
  folders: z.array(Folder),
});
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
      /** Only what lies in it directly; absent: wherever it lies. */
      folder: z.union([z.literal("top"), FolderId]).optional(),
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
    /** A question as a link carries it; what no longer fits the report is left out. */
    query: z.object({
      question: z.string().max(8_000).optional(),
      /** Has the data read anew, whatever is remembered of it. */
      refresh: z.literal("1").optional(),
      /** For administrators of the owning enterprise: what this user of theirs sees. */
      viewAs: UserId.optional(),
      /** A browser opens a report with this one request; it knows nothing of its cookie session before. */
      with: z.literal("me").optional(),
    }),
    reply: ReportView.extend({ me: Me.optional() }),
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
