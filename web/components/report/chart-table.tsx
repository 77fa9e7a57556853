import type { ChartTip } from "../../../core/report/chart/look";

/** Enough to hear; all of them are in the card's "view data". */
const MOST = 100;

/** The names that all places share, as headings; null where places have names of their own, as slices have. */
function namesOf(tips: ChartTip[]): string[] | null {
  const [first, ...others] = tips.map(({ rows }) => rows.map(({ name }) => name));
  const names = JSON.stringify(first);
  return first && others.every((other) => JSON.stringify(other) === names) ? first : null;
}

/** A chart's numbers for screen readers. */
export function ChartTable({ caption, tips, along }: { caption: string; tips: ChartTip[]; along: string }) {
  const shown = tips.slice(0, MOST);
  const names = namesOf(shown);
  return (
    <div className="unseen">
      <table>
        <caption>{caption}</caption>
        {names && (
          <thead>
            <tr>
              <th scope="col">{along}</th>
              {names.map((name, index) => (
                <th key={index} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {shown.map((tip, index) => (
            <tr key={index}>
              <th scope="row">{tip.title}</th>
              {tip.rows.map((row, number) => (
                <td key={number}>{names ? row.value : `${row.name} ${row.value}`}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
