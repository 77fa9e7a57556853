import type { LegendEntry } from "../../../core/report/chart/look";

function Swatch({ entry }: { entry: LegendEntry }) {
  return (
    <span
      className={entry.dashed ? "swatch swatch-dashed" : "swatch"}
      style={entry.dashed ? { borderColor: entry.colour } : { background: entry.colour }}
    />
  );
}

/** The names of a chart's series; each of them can be hidden where `toggle` is given. */
export function ChartLegend({
  entries,
  hidden,
  toggle,
  tall,
}: {
  entries: LegendEntry[];
  hidden: ReadonlySet<string>;
  toggle: ((name: string) => void) | undefined;
  /** One below the other, beside the drawing. */
  tall: boolean;
}) {
  if (entries.length === 0) return null;
  return (
    <ul className={tall ? "legend legend-tall" : "legend"} aria-hidden={toggle ? undefined : true}>
      {entries.map((entry) => (
        <li key={entry.name}>
          {toggle ? (
            <button type="button" aria-pressed={!hidden.has(entry.name)} onClick={() => toggle(entry.name)}>
              <Swatch entry={entry} />
              {entry.name}
            </button>
          ) : (
            <span title={entry.name}>
              <Swatch entry={entry} />
              <span className="legend-name">{entry.name}</span>
              <span className="legend-note">{entry.note}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
