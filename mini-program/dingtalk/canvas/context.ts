import { textWidth } from "../../../core/report/text-width";
import { Gradient, type Style } from "./gradient";
import { angleOf, apply, IDENTITY, multiply, scaleOf, type Matrix, type Point } from "./matrix";
import { Native } from "./native";
import { arcCurves, dashed, type Arc, type Segment } from "./path";

/** What `save` keeps besides the matrix and the dashes. */
const SAVED = [
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "lineCap",
  "lineJoin",
  "miterLimit",
  "globalAlpha",
  "font",
  "textAlign",
  "textBaseline",
  "shadowBlur",
  "shadowColor",
  "shadowOffsetX",
  "shadowOffsetY",
  "lineDashOffset",
] as const;

type Saved = Pick<Context2D, (typeof SAVED)[number]> & { matrix: Matrix; dash: number[] };

function fontSize(font: string): number {
  const size = Number(/([\d.]+)px/.exec(font)?.[1]);
  return size > 0 ? size : 12;
}

/**
 * A browser's 2D context, as far as ECharts uses one, over DingTalk's documented canvas methods alone. It keeps the
 * transformation itself and hands over finished pixels: DingTalk documents neither transform, dashes, ellipses nor text measuring.
 */
export class Context2D {
  fillStyle: Style = "#000";
  strokeStyle: Style = "#000";
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  miterLimit = 10;
  globalAlpha = 1;
  font = "12px sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  shadowBlur = 0;
  shadowColor = "rgba(0,0,0,0)";
  shadowOffsetX = 0;
  shadowOffsetY = 0;
  lineDashOffset = 0;
  /** Taken, but only `source-over` exists. */
  globalCompositeOperation = "source-over";

  private matrix: Matrix = IDENTITY;
  private dash: number[] = [];
  private readonly stack: Saved[] = [];
  private segments: Segment[] = [];
  /** The path as the native context has it now; null where it has another. */
  private traced: Segment[] | null = null;
  private readonly native: Native;

  constructor(context: DingTalk.CanvasContext) {
    this.native = new Native(context);
  }

  /** The canvas is gone. */
  close(): void {
    this.native.close();
  }

  save(): void {
    const kept = {} as Record<string, unknown>;
    for (const name of SAVED) kept[name] = this[name];
    this.stack.push({ ...kept, matrix: this.matrix, dash: this.dash } as Saved);
    this.native.save();
  }

  restore(): void {
    const saved = this.stack.pop();
    if (!saved) return;
    const { matrix, dash, ...styles } = saved;
    Object.assign(this, styles);
    this.matrix = matrix;
    this.dash = dash;
    this.native.restore();
  }

  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0);
  }
  rotate(angle: number): void {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0);
  }
  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y);
  }
  transform(...inner: [number, number, number, number, number, number]): void {
    this.matrix = multiply(this.matrix, inner);
  }
  setTransform(...matrix: [number, number, number, number, number, number]): void {
    this.matrix = matrix;
  }

  beginPath(): void {
    this.segments = [];
    this.traced = null;
  }
  closePath(): void {
    this.add({ op: "closePath" });
  }
  moveTo(x: number, y: number): void {
    this.add({ op: "moveTo", to: this.at(x, y) });
  }
  lineTo(x: number, y: number): void {
    this.add({ op: this.segments.length > 0 ? "lineTo" : "moveTo", to: this.at(x, y) });
  }
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.add({ op: "bezierCurveTo", c1: this.at(x1, y1), c2: this.at(x2, y2), to: this.at(x, y) });
  }
  /** A quadratic curve is the cubic one whose handles are two thirds of the way to its control point. */
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    const control = this.at(x1, y1);
    const to = this.at(x, y);
    const last = this.segments[this.segments.length - 1];
    const from = last && last.op !== "closePath" ? last.to : control;
    const towards = ([px, py]: Point): Point => [px + ((control[0] - px) * 2) / 3, py + ((control[1] - py) * 2) / 3];
    this.add({ op: "bezierCurveTo", c1: towards(from), c2: towards(to), to });
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }
  arc(x: number, y: number, radius: number, start: number, end: number, anticlockwise = false): void {
    this.addArc({ x, y, rx: radius, ry: radius, rotation: 0, start, end, anticlockwise });
  }
  ellipse(
    x: number,
    y: number,
    rx: number,
    ry: number,
    rotation: number,
    start: number,
    end: number,
    anticlockwise = false,
  ): void {
    this.addArc({ x, y, rx, ry, rotation, start, end, anticlockwise });
  }

  fill(): void {
    this.trace(this.segments);
    this.native.paint("fill", this.fillStyle, this.matrix, this);
  }
  stroke(): void {
    const scale = scaleOf(this.matrix);
    const dashes = this.dash.some((length) => length > 0) ? this.dash.map((length) => length * scale) : null;
    this.trace(dashes ? dashed(this.segments, dashes, this.lineDashOffset * scale) : this.segments);
    this.native.line(this.lineWidth * scale, this);
    this.native.paint("stroke", this.strokeStyle, this.matrix, this);
  }
  clip(): void {
    this.trace(this.segments);
    this.native.clip();
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.aside(() => {
      this.rect(x, y, width, height);
      this.fill();
    });
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.aside(() => {
      this.rect(x, y, width, height);
      this.stroke();
    });
  }
  clearRect(x: number, y: number, width: number, height: number): void {
    const [left, top] = this.at(x, y);
    const [right, bottom] = this.at(x + width, y + height);
    this.native.clear(left, top, right - left, bottom - top);
  }

  fillText(text: string, x: number, y: number): void {
    const place = { at: this.at(x, y), angle: angleOf(this.matrix), size: fontSize(this.font) * scaleOf(this.matrix) };
    this.native.text(text, place, this.matrix, this);
  }
  /** DingTalk documents no outlined text; the outline only sets text off against what lies behind it. */
  strokeText(): void {}
  measureText(text: string): { width: number } {
    return { width: textWidth(text, fontSize(this.font)) };
  }

  createLinearGradient(x0: number, y0: number, x1: number, y1: number): Gradient {
    return new Gradient({ kind: "linear", x0, y0, x1, y1 });
  }
  createRadialGradient(_x0: number, _y0: number, _r0: number, x: number, y: number, radius: number): Gradient {
    return new Gradient({ kind: "circular", x, y, radius });
  }
  setLineDash(dash: number[]): void {
    this.dash = dash;
  }
  getLineDash(): number[] {
    return this.dash;
  }

  private at(x: number, y: number): Point {
    return apply(this.matrix, x, y);
  }

  private add(segment: Segment): void {
    this.segments.push(segment);
    this.traced = null;
  }

  private addArc(arc: Arc): void {
    arcCurves(arc).forEach(([from, c1, c2, to], index) => {
      if (index === 0) this.lineTo(...from);
      this.bezierCurveTo(...c1, ...c2, ...to);
    });
  }

  /** The native context keeps its path from fill to stroke; it is sent anew only where it is another. */
  private trace(segments: Segment[]): void {
    if (this.traced === segments) return;
    this.native.trace(segments);
    this.traced = segments;
  }

  private aside(draw: () => void): void {
    const { segments } = this;
    this.beginPath();
    draw();
    this.segments = segments;
    this.traced = null;
  }
}
