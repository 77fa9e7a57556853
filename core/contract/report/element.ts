import { z } from "zod";
import { LINK_ADDRESS } from "./link-address";
import { CardQuery as Query, FieldName } from "./query";
import {
  CartesianVisual,
  FunnelVisual,
  GaugeVisual,
  HeatmapVisual,
  KpiVisual,
  PieVisual,
  RadarVisual,
  SankeyVisual,
  ScatterVisual,
  TableVisual,
  TreemapVisual,
  WaterfallVisual,
} from "./visual";

/** Named in the published schema, where thirteen kinds of elements have it. */
const CardQuery = Query.meta({ id: "CardQuery" });

const heading = { title: z.string().max(200), description: z.string().max(1_000).optional() };

/** What a reader may do with the values along a chart's or table's first dimension. */
const asking = {
  /**
   * The way down: fields from the coarsest to the finest. The first one is the query's first dimension; a tap on one of
   * its values shows the next field for that value alone.
   */
  drill: z.array(FieldName).min(2).max(8).optional(),
  /** Which dimension's values filter the other elements when tapped; the first one unless told otherwise, `false`: none. */
  emits: z.union([z.boolean(), FieldName]).optional(),
};

const KpiElement = z.object({
  type: z.literal("kpi"),
  ...heading,
  /** No dimensions: one number a measure. `compare` gives the change against the earlier period. */
  query: CardQuery,
  /** Asked besides: the same measure over time, drawn as a small line. */
  trend: CardQuery.optional(),
  visual: KpiVisual.optional(),
});

/** An element that draws the answer of one query, and whose values can be tapped. */
const charted = { ...heading, ...asking, query: CardQuery };

/** First dimension: the axis. Second dimension: one series a value. */
const CartesianElement = z.object({ type: z.literal("cartesian"), ...charted, visual: CartesianVisual.optional() });

const PieElement = z.object({ type: z.literal("pie"), ...charted, visual: PieVisual.optional() });
const FunnelElement = z.object({ type: z.literal("funnel"), ...charted, visual: FunnelVisual.optional() });
const ScatterElement = z.object({ type: z.literal("scatter"), ...charted, visual: ScatterVisual.optional() });
const HeatmapElement = z.object({ type: z.literal("heatmap"), ...charted, visual: HeatmapVisual.optional() });
const TreemapElement = z.object({ type: z.literal("treemap"), ...charted, visual: TreemapVisual.optional() });
const SankeyElement = z.object({ type: z.literal("sankey"), ...charted, visual: SankeyVisual.optional() });
const RadarElement = z.object({ type: z.literal("radar"), ...charted, visual: RadarVisual.optional() });
const WaterfallElement = z.object({ type: z.literal("waterfall"), ...charted, visual: WaterfallVisual.optional() });
const TableElement = z.object({ type: z.literal("table"), ...charted, visual: TableVisual.optional() });

/** No dimensions: the first measure against its target. */
const GaugeElement = z.object({
  type: z.literal("gauge"),
  ...heading,
  query: CardQuery,
  visual: GaugeVisual.optional(),
});

/** Words with a safe subset of Markdown (`core/report/words/markdown.ts`): no HTML, links to http and https alone. */
const TextElement = z.object({ type: z.literal("text"), title: z.string().max(200), text: z.string().max(10_000) });

/** A line across its place, with words in it where it has a title. */
const DividerElement = z.object({ type: z.literal("divider"), title: z.string().max(200) });

/** A card that leads elsewhere: to another report, a document, a system. */
const LinkElement = z.object({
  type: z.literal("link"),
  ...heading,
  url: z.string().max(2_000).regex(LINK_ADDRESS),
});

/** The heading of a section: what stands below it, as far as the next heading, can be folded away. */
const SectionElement = z.object({
  type: z.literal("section"),
  title: z.string().max(200),
  /** Folded when the report is opened. */
  folded: z.boolean().optional(),
});

/** One thing on a report's page. A reader that does not know a type shows its query's answer as a table, and says so. */
export const ReportElement = z.discriminatedUnion("type", [
  KpiElement,
  CartesianElement,
  PieElement,
  FunnelElement,
  GaugeElement,
  ScatterElement,
  HeatmapElement,
  TreemapElement,
  SankeyElement,
  RadarElement,
  WaterfallElement,
  TableElement,
  TextElement,
  DividerElement,
  LinkElement,
  SectionElement,
]);
export type ReportElement = z.infer<typeof ReportElement>;

/** An element that asks a dataset. */
export type AskingElement = Extract<ReportElement, { query: unknown }>;
