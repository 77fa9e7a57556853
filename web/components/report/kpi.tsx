import { observer } from "mobx-react-lite";
import type { CardData } from "../../../core/contract/report/query";
import { fieldsOf } from "../../../core/report/card-data";
import { formatValue, NOTHING, type Language } from "../../../core/report/format";
import { kpiView, type KpiFigure, type KpiView } from "../../../core/report/kpi";
import { useApp } from "../../app-context";
import { useReaderWords } from "../../text/reader";

const ARROWS = { up: "▲", down: "▼", flat: "" };
const [WIDTH, HEIGHT] = [120, 40];

/** The points as SVG path parts; a gap where nothing was measured. */
export function sparkPath(points: readonly (number | null)[]): string {
  const known = points.filter((point) => point !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = WIDTH / Math.max(1, points.length - 1);
  let pen = "M";
  return points
    .map((point, index) => {
      if (point === null) {
        pen = "M";
        return "";
      }
      const y = high === low ? HEIGHT / 2 : HEIGHT - 2 - ((point - low) / (high - low)) * (HEIGHT - 4);
      const part = `${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
      return part;
    })
    .join("");
}

const Spark = observer(function Spark({ kpi, trend }: { kpi: KpiView; trend: CardData }) {
  const words = useReaderWords();
  const { language } = useApp();
  const known = kpi.spark.filter((point) => point !== null);
  const column = fieldsOf(trend, "measure")[0]?.column;
  if (known.length < 2 || !column) return null;
  const text = (value: number) => formatValue(value, column, language.current);
  const path = sparkPath(kpi.spark);
  const whole = known.length === kpi.spark.length;
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words.sparkline(text(Math.min(...known)), text(Math.max(...known)))}
    >
      {whole && <path className="spark-fill" d={`${path}V${HEIGHT}H0Z`} />}
      <path className="spark-line" d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
});

const Comparison = observer(function Comparison({ figure }: { figure: KpiFigure }) {
  const words = useReaderWords();
  const { texts } = useApp();
  const { change, previous } = figure;
  if (previous === null) return null;
  return (
    <p className="kpi-change">
      {change ? (
        <span className={`tone tone-${change.tone}`}>
          <span aria-hidden="true">{ARROWS[change.direction]}</span> {change.text}
          <span className="unseen">{words.compared[change.tone]}</span>
        </span>
      ) : (
        <span className="tone">{NOTHING}</span>
      )}
      <span className="kpi-previous">
        {texts.report.previous} {previous}
      </span>
    </p>
  );
});

/** One number large, its change, and its small line; further numbers beside it. */
export function Kpi({ data, trend, language }: { data: CardData; trend: CardData | undefined; language: Language }) {
  const kpi = kpiView(data, trend, language);
  return (
    <div className="kpi">
      <div className="kpi-main">
        <p className="kpi-value">{kpi.main.value}</p>
        <Comparison figure={kpi.main} />
        {kpi.others.length > 0 && (
          <dl className="kpi-others">
            {kpi.others.map((other) => (
              <div key={other.name}>
                <dt>{other.label}</dt>
                <dd>{other.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {trend && <Spark kpi={kpi} trend={trend} />}
    </div>
  );
}
