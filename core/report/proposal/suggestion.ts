import type { AskingElement } from "../../contract/report/element";

/** The shape of a question, as far as the choice of a visual depends on it. */
export interface Shape {
  /** The query's dimensions, in order. */
  dimensions: { type: "string" | "number" | "date" | "boolean"; distinct?: number }[];
  /** What each measure is written in: a currency, a unit, percent, or nothing. */
  units: string[];
  /** One of the measures goes below zero. */
  negative?: boolean;
}

/** What a question can be shown as; some are forms of one type of element. */
export type Visual = Exclude<AskingElement["type"], "cartesian"> | "line" | "bar" | "ranking" | "combo" | "stacked";

/** Why a visual is proposed: clients have a sentence for each. */
export type Reason =
  | "one_number"
  | "over_time"
  | "over_time_two_units"
  | "compare_names"
  | "many_names"
  | "parts_of_whole"
  | "parts_over_time"
  | "parts_of_parts"
  | "two_measures"
  | "two_dimensions"
  | "all_numbers";

export interface Suggestion {
  visual: Visual;
  reason: Reason;
}

const FEW_SLICES = 6;
const MANY_NAMES = 8;
const MANY_SERIES = 8;

function forDates({ units }: Shape): Suggestion {
  const isMixed = new Set(units).size > 1;
  return isMixed ? { visual: "combo", reason: "over_time_two_units" } : { visual: "line", reason: "over_time" };
}

function forNames({ dimensions: [first], units, negative = false }: Shape): Suggestion[] {
  const count = first?.distinct ?? MANY_NAMES + 1;
  const found: Suggestion[] = [
    count > MANY_NAMES ? { visual: "ranking", reason: "many_names" } : { visual: "bar", reason: "compare_names" },
  ];
  if (units.length > 1) return [...found, { visual: "scatter", reason: "two_measures" }];
  if (negative) return found;
  return [...found, { visual: count <= FEW_SLICES ? "pie" : "treemap", reason: "parts_of_whole" }];
}

function forTwoDimensions({ dimensions: [first, second], negative = false }: Shape): Suggestion[] {
  if (first?.type === "date") {
    const few = (second?.distinct ?? MANY_SERIES + 1) <= MANY_SERIES;
    return [
      few && !negative
        ? { visual: "stacked", reason: "parts_over_time" }
        : { visual: "heatmap", reason: "two_dimensions" },
    ];
  }
  const matrix: Suggestion = { visual: "heatmap", reason: "two_dimensions" };
  return negative ? [matrix] : [matrix, { visual: "treemap", reason: "parts_of_parts" }];
}

/** Visuals that fit a question, the best first; a table always fits, and stands last. */
export function suggestVisuals(shape: Shape): Suggestion[] {
  if (shape.units.length === 0) return [];
  const table: Suggestion = { visual: "table", reason: "all_numbers" };
  if (shape.dimensions.length === 0) return [{ visual: "kpi", reason: "one_number" }, table];
  if (shape.dimensions.length === 2) return [...forTwoDimensions(shape), table];
  if (shape.dimensions.length > 2) return [table];
  return shape.dimensions[0]?.type === "date" ? [forDates(shape), table] : [...forNames(shape), table];
}

/** What is bad about a choice, and what mends it: another visual, only the first values, or a second axis. */
export interface Fault {
  kind: "too_many_series" | "too_many_slices" | "line_over_names" | "two_units_one_axis" | "negative_parts";
  mend: { kind: "visual"; visual: Visual } | { kind: "topN"; count: number } | { kind: "secondAxis" };
}

/** How the parts of a cartesian chart are drawn that bad choices are made of. */
export interface Choice {
  visual: Visual;
  /** All measures stand on one axis. */
  oneAxis: boolean;
}

const WHOLES: readonly Visual[] = ["pie", "treemap", "funnel"];
const DRAWN_ALONG: readonly Visual[] = ["line", "bar", "ranking", "stacked", "combo"];

function faultsAlong({ visual, oneAxis }: Choice, { dimensions: [first, second], units }: Shape): Fault[] {
  const faults: Fault[] = [];
  if ((second?.distinct ?? 0) > MANY_SERIES) {
    faults.push({ kind: "too_many_series", mend: { kind: "topN", count: MANY_SERIES - 1 } });
  }
  if (visual === "line" && first && first.type !== "date" && first.type !== "number") {
    faults.push({ kind: "line_over_names", mend: { kind: "visual", visual: "bar" } });
  }
  if (oneAxis && new Set(units).size > 1) faults.push({ kind: "two_units_one_axis", mend: { kind: "secondAxis" } });
  return faults;
}

/** What is bad about a choice; empty where nothing is. */
export function faultsOf(choice: Choice, shape: Shape): Fault[] {
  if (DRAWN_ALONG.indexOf(choice.visual) >= 0) return faultsAlong(choice, shape);
  if (WHOLES.indexOf(choice.visual) < 0) return [];
  const faults: Fault[] = [];
  if (choice.visual === "pie" && (shape.dimensions[0]?.distinct ?? 0) > MANY_SERIES) {
    faults.push({ kind: "too_many_slices", mend: { kind: "visual", visual: "ranking" } });
  }
  if (shape.negative) faults.push({ kind: "negative_parts", mend: { kind: "visual", visual: "bar" } });
  return faults;
}
