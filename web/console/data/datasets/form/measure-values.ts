import type { MeasureRow } from "../../../../../client/stores/dataset/form/document";
import type { MeasureChange } from "../../../../../client/stores/dataset/form/form";
import type { Aggregation, MeasureShape } from "../../../../../client/stores/dataset/form/measure";
import type { useFormWords } from "../../../text/dataset-form";
import { formatChange, formatName, type FormatName } from "./formats";

/** What the dialog of a measure asks. */
export interface Values {
  table: string;
  kind: MeasureShape["kind"];
  field?: string;
  aggregation?: Aggregation;
  numerator?: string;
  denominator?: string;
  expression?: string;
  label?: string;
  description?: string;
  format: FormatName | "own";
  direction: MeasureRow["direction"];
  hidden: boolean;
}

/** What the dialog shows at first. */
export function valuesOf(measure: MeasureRow | null, table: string | undefined): Partial<Values> {
  if (!measure) {
    return {
      table: table ?? "",
      kind: "field",
      aggregation: "sum",
      format: "none",
      direction: "neutral",
      hidden: false,
    };
  }
  const { label, description, direction, hidden, shape } = measure;
  const format = formatName(measure.format);
  return { table: measure.table ?? table ?? "", ...shape, label, description, direction, hidden, format };
}

/** What of a measure is another one now. */
export function changeOf(made: MeasureRow, shape: MeasureShape, label: string, values: Values): MeasureChange {
  const { description = "", direction, hidden, format } = values;
  const wanted = { label, description, direction, hidden, shape };
  const changed = Object.entries(wanted).filter(
    ([key, value]) => JSON.stringify(made[key as keyof typeof wanted]) !== JSON.stringify(value),
  );
  return { ...Object.fromEntries(changed), ...(format === formatName(made.format) ? {} : formatChange(format)) };
}

/** What the values say a measure is made of. */
export function shapeOfValues(values: Values): MeasureShape {
  const { kind, field = "", aggregation = "sum", numerator = "", denominator = "", expression = "" } = values;
  switch (kind) {
    case "rows":
      return { kind };
    case "field":
      return { kind, aggregation, field };
    case "ratio":
      return { kind, numerator, denominator };
    case "expression":
      return { kind, expression };
  }
}

/** A name for what was chosen, in the person's language. */
export function proposedLabel(
  { kind, field, aggregation = "sum", numerator, denominator }: Values,
  own: ReturnType<typeof useFormWords>,
  labelOf: (name: string | undefined) => string,
): string {
  if (kind === "rows") return own.proposed.rows;
  if (kind === "field" && field) return own.proposed.field(own.aggregations[aggregation], labelOf(field));
  if (kind === "ratio" && numerator && denominator) return own.proposed.ratio(labelOf(numerator), labelOf(denominator));
  return own.shapes[kind];
}
