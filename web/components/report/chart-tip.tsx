import type { ChartTip } from "../../../core/report/chart/look";

const WIDTH = 240;
const GAP = 14;

/** The numbers at the place that is pointed at, beside the pointer and inside the card. */
export function ChartTipBox({
  tip,
  x,
  y,
  room,
}: {
  tip: ChartTip;
  x: number;
  y: number;
  room: { width: number; height: number };
}) {
  const right = x + GAP + WIDTH > room.width;
  const side = right ? { right: Math.max(0, room.width - x + GAP) } : { left: x + GAP };
  const below = y < room.height / 2;
  const level = below ? { top: Math.max(0, y - 8) } : { bottom: Math.max(0, room.height - y - 8) };
  return (
    <div className="tip" style={{ ...side, ...level, maxWidth: WIDTH }} aria-hidden="true">
      <strong>{tip.title}</strong>
      {tip.rows.map((row) => (
        <div key={row.name} className="tip-row">
          <span className="swatch" style={{ background: row.colour }} />
          <span className="tip-name">{row.name}</span>
          <span className="tip-value">{row.value}</span>
        </div>
      ))}
    </div>
  );
}
