import { z } from "zod";
import { FieldName } from "./query";

/** A colour as `#rrggbb`. */
export const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/);

/** How a value is to be read: green, amber or red in the reader's theme. */
export const Tone = z.enum(["good", "warn", "bad"]);
export type Tone = z.infer<typeof Tone>;

/** From this value on (measures of percent: 0.25 is a quarter) a number has this tone, until the next threshold. */
export const Threshold = z.object({ from: z.number(), tone: Tone });
export type Threshold = z.infer<typeof Threshold>;

const Thresholds = z.array(Threshold).max(10);

/** Colours instead of the product's own. */
const Colours = z.object({
  palette: z.array(Colour).min(1).max(20).optional(),
  /** The colour of one series, slice or category, by its name as readers see it. */
  names: z.record(z.string().max(1_000), Colour).optional(),
});

const Axis = z.object({
  title: z.string().max(100).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  hidden: z.boolean().optional(),
});

/** A line across a chart, at a value of the axis that its measure has. */
const ReferenceLine = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("constant"),
    value: z.number(),
    label: z.string().max(100).optional(),
    axis: z.enum(["left", "right"]).default("left"),
  }),
  /** The mean of the values that are drawn; of the first measure where none is named. */
  z.object({ kind: z.literal("average"), measure: FieldName.optional(), label: z.string().max(100).optional() }),
  /** A measure of the query that is a target: a dashed line through its values instead of a series. */
  z.object({ kind: z.literal("target"), measure: FieldName, label: z.string().max(100).optional() }),
]);
export type ReferenceLine = z.infer<typeof ReferenceLine>;

/** What every chart can be told. */
const drawn = { colours: Colours.optional(), legend: z.boolean().optional() };
const labels = z.boolean().optional();

export const KpiVisual = z.object({
  thresholds: Thresholds.optional(),
  /** What the number should come to: it is shown with the part that is reached. */
  target: z.union([z.number(), FieldName]).optional(),
});

export const CartesianVisual = z.object({
  /** How each measure is drawn; the first one holds for all that are not named. Bars and lines together are a combo. */
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
  /** Each category is a whole, of which the series are parts: 100 %. Only with `stacked`. */
  share: z.boolean().optional(),
  /** Bars lie: for rankings with long names. */
  horizontal: z.boolean().default(false),
  labels: z.boolean().default(false),
  smooth: z.boolean().optional(),
  references: z.array(ReferenceLine).max(10).optional(),
  axes: z.object({ category: Axis.optional(), left: Axis.optional(), right: Axis.optional() }).optional(),
  ...drawn,
});

export const PieVisual = z.object({
  ring: z.boolean().default(true),
  labels: z.boolean().default(true),
  ...drawn,
});

/** The first dimension's values are the steps, in the answer's order; without one each measure is a step. */
export const FunnelVisual = z.object({ labels, ...drawn });

/** One measure against what it should come to. */
export const GaugeVisual = z.object({
  form: z.enum(["gauge", "progress"]).default("gauge"),
  /** Where the scale begins and ends; 0, and the target or a round number above the value. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** A number, or another measure of the query. */
  target: z.union([z.number(), FieldName]).optional(),
  thresholds: Thresholds.optional(),
  colours: Colours.optional(),
});

/** First dimension: one point a value. Second: its colour. Measures: across, up, and the bubble's size where there is a third. */
export const ScatterVisual = z.object({
  labels,
  axes: z.object({ across: Axis.optional(), up: Axis.optional() }).optional(),
  ...drawn,
});

/** First dimension across, second one down; the measure is the colour. A calendar has one dimension: days. */
export const HeatmapVisual = z.object({
  form: z.enum(["matrix", "calendar"]).default("matrix"),
  labels,
  /** From the least to the largest value. */
  scale: z.array(Colour).min(2).max(5).optional(),
});

/** First dimension: areas; a second one divides them. */
export const TreemapVisual = z.object({ labels, ...drawn });

/** Each dimension is a column, from left to right; the measure flows from each to the next. */
export const SankeyVisual = z.object({ labels, colours: Colours.optional() });

/** First dimension: the spokes. Series: the second dimension's values, else the measures. */
export const RadarVisual = z.object({ filled: z.boolean().optional(), ...drawn });

/** The first dimension's values are steps, each of which begins where the one before ended. */
export const WaterfallVisual = z.object({
  /** A last bar: what all steps come to. */
  total: z.boolean().default(true),
  labels,
  axes: z.object({ left: Axis.optional() }).optional(),
});

/** What makes a cell of a table stand out by its value. */
const Condition = z.discriminatedUnion("kind", [
  /** The column's least value has the first colour, its largest the last one. */
  z.object({ kind: z.literal("scale"), colours: z.array(Colour).min(2).max(3).optional() }),
  /** A sign before the number. */
  z.object({ kind: z.literal("icon"), thresholds: Thresholds.min(1) }),
  z.object({
    kind: z.literal("rule"),
    operator: z.enum(["lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual", "equals", "notEquals"]),
    value: z.union([z.number(), z.string().max(1_000)]),
    tone: Tone,
    /** The whole row instead of the cell. */
    row: z.boolean().optional(),
  }),
]);
export type Condition = z.infer<typeof Condition>;

export const TableVisual = z.object({
  columns: z
    .array(
      z.object({
        field: FieldName,
        width: z.number().int().min(40).max(600).optional(),
        bar: z.boolean().optional(),
        conditions: z.array(Condition).max(10).optional(),
      }),
    )
    .optional(),
  /** Columns that stay while the rest scrolls sideways. */
  frozen: z.number().int().min(0).max(3).default(1),
  /** A last row, and in a pivot a last column, of what everything comes to, as the engine computes it. */
  totals: z.boolean().optional(),
  /** Some of the query's dimensions go across, the others down; the measures stand where they meet. */
  pivot: z
    .object({
      columns: z.array(FieldName).min(1).max(2),
      /** What each group but the innermost comes to. */
      subtotals: z.boolean().default(true),
    })
    .optional(),
});
