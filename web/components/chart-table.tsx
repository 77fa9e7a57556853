import type { ChartTip } from "../../core/report/chart-look";

/** Enough to hear; all of them are in the card's "view data". */
const MOST = 100;

/** A chart's numbers for screen readers. */
export function ChartTable({ caption, tips }: { caption: string; tips: ChartTip[] }) {
  return (
    <div className="unseen">
      <table>
        <caption>{caption}</caption>
        <tbody>
          {tips.slice(0, MOST).map((tip, index) => (
            <tr key={index}>
              <th scope="row">{tip.title}</th>
              {tip.rows.map((row) => (
                <td key={row.name}>{`${row.name} ${row.value}`}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
