import type { AskingElement, ReportElement } from "../../../core/contract/report/element";

/** An element that asks a question. */
export type CardElement = AskingElement;
type Query = CardElement["query"];

/** How a card may look, as people choose it: a type with the settings that make the difference. */
export type LookName =
  "kpi" | "line" | "area" | "column" | "stacked" | "bar" | "combo" | "pie" | "ring" | "table" | "pivot";

/** What a place for fields takes: so many dimensions from the first or second on, or measures. */
export interface Well {
  name: "axis" | "series" | "slices" | "rows" | "values";
  role: "dimension" | "measure";
  from: number;
  most: number;
}

export interface Look {
  name: LookName;
  type: CardElement["type"];
  wells: Well[];
  /** Dimensions and measures that it needs before it says anything. */
  needs: { dimensions: number; measures: number };
}

const values = (most: number): Well => ({ name: "values", role: "measure", from: 0, most });
const AXIS: Well = { name: "axis", role: "dimension", from: 0, most: 1 };
const SERIES: Well = { name: "series", role: "dimension", from: 1, most: 1 };
const SLICES: Well = { name: "slices", role: "dimension", from: 0, most: 1 };
const ROWS: Well = { name: "rows", role: "dimension", from: 0, most: 8 };
const one = { dimensions: 1, measures: 1 };

const cartesian = (name: LookName, measures = 1): Look => ({
  name,
  type: "cartesian",
  wells: [AXIS, SERIES, values(10)],
  needs: { dimensions: 1, measures },
});

export const LOOKS: Look[] = [
  { name: "kpi", type: "kpi", wells: [values(4)], needs: { dimensions: 0, measures: 1 } },
  cartesian("line"),
  cartesian("area"),
  cartesian("column"),
  cartesian("stacked"),
  cartesian("bar"),
  cartesian("combo", 2),
  { name: "pie", type: "pie", wells: [SLICES, values(1)], needs: one },
  { name: "ring", type: "pie", wells: [SLICES, values(1)], needs: one },
  { name: "table", type: "table", wells: [ROWS, values(20)], needs: { dimensions: 0, measures: 1 } },
  { name: "pivot", type: "table", wells: [ROWS, values(20)], needs: { dimensions: 2, measures: 1 } },
];

export const lookNamed = (name: LookName): Look => LOOKS.find((look) => look.name === name) as Look;

/** Which of the looks an element has; null for elements that the editor leaves as they are. */
export function lookOf(element: ReportElement): Look | null {
  const name = nameOf(element);
  return name && lookNamed(name);
}

function nameOf(element: ReportElement): LookName | null {
  if (element.type === "kpi") return "kpi";
  if (element.type === "table") return element.visual?.pivot ? "pivot" : "table";
  if (element.type === "pie") return element.visual?.ring === false ? "pie" : "ring";
  return element.type === "cartesian" ? cartesianName(element) : null;
}

function cartesianName({ visual }: Extract<ReportElement, { type: "cartesian" }>): LookName {
  if (!visual) return "column";
  const marks = new Set(visual.series.map(({ mark }) => mark));
  if (marks.size > 1) return "combo";
  if (marks.has("line")) return "line";
  if (marks.has("area")) return "area";
  if (visual.horizontal) return "bar";
  return visual.stacked ? "stacked" : "column";
}

type CartesianVisual = NonNullable<Extract<ReportElement, { type: "cartesian" }>["visual"]>;

function cartesianVisual(look: LookName, { measures }: Query, before?: CartesianVisual): CartesianVisual {
  const mark = look === "line" || look === "area" ? look : "bar";
  const [first = ""] = measures;
  const left = { measure: first, mark, axis: "left" } as const;
  const lines = measures.slice(1).map((measure) => ({ measure, mark: "line", axis: "right" }) as const);
  return {
    labels: false,
    ...before,
    series: look === "combo" ? [left, ...lines] : [left],
    stacked: look === "stacked",
    horizontal: look === "bar",
  };
}

/** What an element keeps of the parts that were made for other fields. */
function fitting(query: Query): Query {
  const { sort, topN, compare, calculations, totals, ...rest } = query;
  const dimensions = new Set(query.dimensions.map(({ field }) => field));
  const measures = new Set(query.measures);
  const kept = (calculations ?? []).filter(
    ({ measure, by }) => measures.has(measure) && (by ?? []).every((field) => dimensions.has(field)),
  );
  const columns = new Set([...dimensions, ...measures, ...kept.map(({ name }) => name)]);
  const groups = (totals ?? []).filter((fields) => fields.every((field) => dimensions.has(field)));
  const ranks = topN && dimensions.has(topN.field) && (topN.measure === undefined || measures.has(topN.measure));
  return {
    ...rest,
    sort: sort.filter(({ field }) => columns.has(field)),
    ...(compare ? { compare } : {}),
    ...(ranks ? { topN } : {}),
    ...(kept.length > 0 ? { calculations: kept } : {}),
    ...(groups.length > 0 ? { totals: groups } : {}),
  };
}

/** As many fields as a look takes. */
function within(look: Look, query: Query): Query {
  const most = (role: Well["role"]): number =>
    Math.max(0, ...look.wells.filter((well) => well.role === role).map(({ from, most }) => from + most));
  return {
    ...query,
    dimensions: query.dimensions.slice(0, most("dimension")),
    measures: query.measures.slice(0, most("measure")),
  };
}

function pivotOf(query: Query): { columns: string[]; subtotals: boolean } | null {
  const last = query.dimensions[query.dimensions.length - 1];
  return query.dimensions.length >= 2 && last ? { columns: [last.field], subtotals: true } : null;
}

type Head = Pick<CardElement, "title" | "description" | "query">;

/**
 * An element of a look with this question: what it was called and how it was drawn stays where it still means something.
 * The question is cut to what the look takes.
 */
export function dressed(element: CardElement, name: LookName, question: Query): CardElement {
  const look = lookNamed(name);
  const query = fitting(within(look, question));
  const { title, description } = element;
  const head: Head = { title, ...(description === undefined ? {} : { description }), query };
  if (look.type === "kpi") return kpi(element, head);
  if (look.type === "pie") return pie(element, head, name);
  return look.type === "cartesian" ? chart(element, head, name) : table(element, head, name);
}

function kpi(element: CardElement, head: Head): CardElement {
  if (element.type !== "kpi") return { type: "kpi", ...head };
  const trend = element.trend && { trend: { ...element.trend, measures: head.query.measures.slice(0, 1) } };
  return { ...element, ...head, ...trend };
}

function pie(element: CardElement, head: Head, name: LookName): CardElement {
  const visual = element.type === "pie" ? element.visual : undefined;
  const drawn = { labels: true, ...visual, ring: name === "ring" };
  return { type: "pie", ...head, ...askingOf(element, head.query), visual: drawn };
}

function chart(element: CardElement, head: Head, name: LookName): CardElement {
  const visual = element.type === "cartesian" ? element.visual : undefined;
  const drawn = cartesianVisual(name, head.query, visual);
  return { type: "cartesian", ...head, ...askingOf(element, head.query), visual: drawn };
}

function table(element: CardElement, head: Head, name: LookName): CardElement {
  const { query } = head;
  const { pivot: before, columns, ...visual } = (element.type === "table" && element.visual) || { frozen: 1 };
  const named = new Set([...query.dimensions.map(({ field }) => field), ...query.measures]);
  const kept = (columns ?? []).filter(({ field }) => named.has(field));
  const across = name === "pivot" ? pivotOf(query) : null;
  const drawn = {
    ...visual,
    ...(kept.length > 0 ? { columns: kept } : {}),
    ...(across ? { pivot: { ...across, subtotals: before?.subtotals ?? true } } : {}),
  };
  return { type: "table", ...head, ...askingOf(element, query), visual: drawn };
}

function askingOf(element: CardElement, query: Query): { drill?: string[]; emits?: boolean | string } {
  const fields = query.dimensions.map(({ field }) => field);
  const drill = "drill" in element && element.drill?.[0] === fields[0] ? element.drill : undefined;
  const emits = "emits" in element ? element.emits : undefined;
  const emitted = typeof emits === "string" && !fields.includes(emits) ? undefined : emits;
  return { ...(drill ? { drill } : {}), ...(emitted === undefined ? {} : { emits: emitted }) };
}
