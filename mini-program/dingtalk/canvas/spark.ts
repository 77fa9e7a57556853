import { canvasContext } from "../client";
import { Context2D } from "./context";

interface Size {
  width: number;
  height: number;
  pixelRatio: number;
}

const COLOUR = "#1677ff";
const INSET = 3;

/** Places of the points in px, gaps as null; a level line runs through the middle. */
export function sparkPoints(points: readonly (number | null)[], { width, height }: Size): ([number, number] | null)[] {
  const measured = points.filter((point): point is number => point !== null);
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  const step = points.length > 1 ? (width - 2 * INSET) / (points.length - 1) : 0;
  return points.map((point, index) => {
    if (point === null) return null;
    const share = most === least ? 0.5 : (point - least) / (most - least);
    return [INSET + step * index, height - INSET - share * (height - 2 * INSET)];
  });
}

/** A small line without axes; where nothing was measured it breaks. The last point is marked. */
export function drawSpark(canvasId: string, points: readonly (number | null)[], size: Size): void {
  const context = new Context2D(canvasContext(canvasId));
  context.scale(size.pixelRatio, size.pixelRatio);
  context.clearRect(0, 0, size.width, size.height);
  context.strokeStyle = COLOUR;
  context.lineWidth = 1.5;
  context.lineJoin = "round";
  context.lineCap = "round";
  context.beginPath();
  let open = false;
  let last: [number, number] | null = null;
  for (const place of sparkPoints(points, size)) {
    if (place && open) context.lineTo(...place);
    else if (place) context.moveTo(...place);
    open = place !== null;
    last = place ?? last;
  }
  context.stroke();
  if (!last) return;
  context.fillStyle = COLOUR;
  context.beginPath();
  context.arc(last[0], last[1], 2.2, 0, Math.PI * 2);
  context.fill();
}
