import { observer } from "mobx-react-lite";
import { useApp } from "../app-context";

/** Stands for a list that is on its way, at the height that its rows will have. */
export const ListSkeleton = observer(function ListSkeleton() {
  const { words } = useApp();
  return (
    <div className="report-list" role="status" aria-label={words.loading}>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="report-row report-row-waiting">
          <div className="report-text">
            <span className="bone" style={{ width: 140, height: 18 }} />
            <span className="bone" style={{ width: "62%", height: 13 }} />
            <span className="bone" style={{ width: 180, height: 13 }} />
          </div>
        </div>
      ))}
    </div>
  );
});

const CARDS: [width: number, height: number][] = [
  [9, 4],
  [9, 4],
  [9, 4],
  [9, 4],
  [24, 10],
  [12, 10],
  [18, 10],
  [18, 10],
];

/** Stands for a report that is on its way: the grid with empty cards. */
export const ReportSkeleton = observer(function ReportSkeleton() {
  const { words } = useApp();
  return (
    <div className="grid grid-waiting" role="status" aria-label={words.loading}>
      {CARDS.map(([width, height], index) => (
        <div key={index} className="card" style={{ gridColumn: `span ${width}`, gridRow: `span ${height}` }}>
          <span className="bone" style={{ width: "40%", height: 14 }} />
          <span className="bone bone-fill" />
        </div>
      ))}
    </div>
  );
});
