/** How the rows of a field are put together. */
export const AGGREGATIONS = ["sum", "average", "minimum", "maximum", "count", "distinctCount"] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** What a measure is made of, as the form offers it. */
export type MeasureShape =
  | { kind: "rows" }
  | { kind: "field"; aggregation: Aggregation; field: string }
  | { kind: "ratio"; numerator: string; denominator: string }
  | { kind: "expression"; expression: string };

const FUNCTIONS: Record<Aggregation, (operand: string) => string> = {
  sum: (operand) => `SUM(${operand})`,
  average: (operand) => `AVG(${operand})`,
  minimum: (operand) => `MIN(${operand})`,
  maximum: (operand) => `MAX(${operand})`,
  count: (operand) => `COUNT(${operand})`,
  distinctCount: (operand) => `COUNT(DISTINCT ${operand})`,
};

const COLUMN = `("(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\p{N}_]*)`;
const NAMES: Record<string, Aggregation> = {
  sum: "sum",
  avg: "average",
  min: "minimum",
  max: "maximum",
  count: "count",
};
const PLAIN = new RegExp(`^(sum|avg|min|max|count)\\(\\s*(distinct\\s+)?${COLUMN}\\s*\\)$`, "iu");
const PARTS = /^\((.+)\) \* 1\.0 \/ NULLIF\((.+), 0\)$/s;

/** What an expression is in words that a form has: a field put together, the ratio of two measures, or else only itself. */
export function shapeOf(
  expression: string,
  fieldOf: (column: string) => string | null,
  measureOf: (expression: string) => string | null,
): MeasureShape {
  const text = expression.trim();
  if (/^count\(\s*\*\s*\)$/i.test(text)) return { kind: "rows" };
  return fieldShape(text, fieldOf) ?? ratioShape(text, measureOf) ?? { kind: "expression", expression };
}

function fieldShape(text: string, fieldOf: (column: string) => string | null): MeasureShape | null {
  const [, called = "", distinct, column = ""] = PLAIN.exec(text) ?? [];
  const plain = NAMES[called.toLowerCase()];
  const aggregation = distinct === undefined ? plain : plain === "count" ? "distinctCount" : undefined;
  const field = column === "" ? null : fieldOf(column);
  return aggregation && field !== null ? { kind: "field", aggregation, field } : null;
}

function ratioShape(text: string, measureOf: (expression: string) => string | null): MeasureShape | null {
  const [, over = "", under = ""] = PARTS.exec(text) ?? [];
  const [numerator, denominator] = [measureOf(over), measureOf(under)];
  return numerator === null || denominator === null ? null : { kind: "ratio", numerator, denominator };
}

/** The SQL of a shape; null where it names a field or a measure that is not there. */
export function expressionOf(
  shape: MeasureShape,
  columnOf: (field: string) => string | null,
  measure: (name: string) => string | null,
): string | null {
  switch (shape.kind) {
    case "rows":
      return "COUNT(*)";
    case "field": {
      const column = columnOf(shape.field);
      return column === null ? null : FUNCTIONS[shape.aggregation](column);
    }
    case "ratio": {
      const [over, under] = [measure(shape.numerator), measure(shape.denominator)];
      return over === null || under === null ? null : `(${over}) * 1.0 / NULLIF(${under}, 0)`;
    }
    case "expression":
      return shape.expression;
  }
}
