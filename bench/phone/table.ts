import type { Figure } from "../figure";

/** A fault that a person must see in a column of figures. */
const verdict = ({ bound, ok }: Figure): string => (ok ? (bound === null ? "" : "ok") : "BROKEN");

const number = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** Figures as aligned lines: name, value with its unit, bound, verdict. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    number(figure.value),
    figure.unit,
    figure.bound === null ? "" : `bound ${number(figure.bound)}`,
    verdict(figure),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = "", value = "", unit = "", bound = "", word = ""]) =>
      [
        name.padEnd(widths[0] ?? 0),
        value.padStart(widths[1] ?? 0),
        unit.padEnd(widths[2] ?? 0),
        bound.padEnd(widths[3] ?? 0),
        word,
      ]
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
