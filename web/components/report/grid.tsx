import { own } from "../../../core/own";
import { observer } from "mobx-react-lite";
import { useSyncExternalStore } from "react";
import type { ShownReport } from "../../../client/stores/report/card-answers";
import type { ReportPage } from "../../../core/contract/report/report";
import { isChart } from "../../../core/report/chart/chart";
import { phoneChartHeight, phoneLayout } from "../../../core/report/layout/layout";
import { withoutFolded } from "../../../core/report/layout/folding";
import { useReader } from "../../reader-context";
import { ReportCard } from "./card";

const NARROW = "(max-width: 639px)";
const HEAD = 76;

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(NARROW);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(NARROW).matches,
  );
}

interface Props {
  report: ShownReport;
  page: ReportPage;
}

const Narrow = observer(function Narrow({ report, page }: Props) {
  const { store } = useReader();
  const heightOf = (id: string): number | undefined => {
    const element = report.spec.elements[id];
    const result = own(report.cards, id);
    if (!element || !isChart(element) || result?.state !== "ready") return undefined;
    return phoneChartHeight(page, id, element, result.data, 343) + HEAD;
  };
  return (
    <div className="stack">
      {phoneLayout(page, report.spec.elements, store.folded).map((row) => {
        const ids = row.kind === "kpis" ? row.elements : [row.element];
        return (
          <div key={ids.join("+")} className="stack-row">
            {ids.map((id) => {
              const element = report.spec.elements[id];
              if (!element) return null;
              const height = heightOf(id);
              return (
                <div key={id} className="stack-cell" style={height === undefined ? {} : { height }}>
                  <ReportCard id={id} element={element} result={own(report.cards, id)} />
                </div>
              );
            })}
          </div>
        );
      })}
    </div>
  );
});

const Wide = observer(function Wide({ report, page }: Props) {
  const { store } = useReader();
  const items = withoutFolded(page, report.spec.elements, store.folded)
    .slice()
    .sort((a, b) => a.y - b.y || a.x - b.x);
  return (
    <div className="grid">
      {items.map(({ element: id, x, y, w, h }) => {
        const element = report.spec.elements[id];
        if (!element) return null;
        const place = { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
        return (
          <div key={id} className="cell" style={place}>
            <ReportCard id={id} element={element} result={own(report.cards, id)} />
          </div>
        );
      })}
    </div>
  );
});

/** A page's cards: on the 36-column grid, or one below the other where there is no room for it. Reading order is focus order. */
export function ReportGrid(props: Props) {
  return useNarrow() ? <Narrow {...props} /> : <Wide {...props} />;
}
