import { Gradient, type Style } from "./gradient";
import { scaleOf, type Matrix, type Point } from "./matrix";
import type { Segment } from "./path";

const CLEAR = "rgba(0,0,0,0)";

interface Shades {
  globalAlpha: number;
  shadowBlur: number;
  shadowColor: string;
  shadowOffsetX: number;
  shadowOffsetY: number;
}

interface Ends {
  lineCap: string;
  lineJoin: string;
  miterLimit: number;
}

interface Letters extends Shades {
  fillStyle: Style;
  textAlign: string;
  textBaseline: string;
}

/** Settings that DingTalk's context has now, so that only changes are sent. */
type Settings = Record<string, string | number>;

/** DingTalk's context: settings are sent when they change, and everything of one task is shown by one `draw`. */
export class Native {
  private settings: Settings = {};
  private readonly stack: Settings[] = [];
  private waiting = false;
  private closed = false;

  constructor(private readonly context: DingTalk.CanvasContext) {}

  /** The canvas is gone: what was drawn last is not shown any more. */
  close(): void {
    this.closed = true;
  }

  save(): void {
    this.stack.push({ ...this.settings });
    this.context.save();
  }

  restore(): void {
    this.settings = this.stack.pop() ?? {};
    this.context.restore();
  }

  trace(segments: readonly Segment[]): void {
    const { context } = this;
    context.beginPath();
    for (const segment of segments) {
      if (segment.op === "closePath") context.closePath();
      else if (segment.op === "bezierCurveTo") {
        context.bezierCurveTo(...round(segment.c1), ...round(segment.c2), ...round(segment.to));
      } else context[segment.op](...round(segment.to));
    }
  }

  /** Fills or strokes the path that was traced last. */
  paint(how: "fill" | "stroke", style: Style, matrix: Matrix, shades: Shades): void {
    this.shade(shades, scaleOf(matrix));
    this.style(how === "fill" ? "setFillStyle" : "setStrokeStyle", style, matrix);
    this.context[how]();
    this.show();
  }

  line(width: number, { lineCap, lineJoin, miterLimit }: Ends): void {
    if (this.changes("width", width)) this.context.setLineWidth(width);
    if (this.changes("cap", lineCap)) this.context.setLineCap(lineCap);
    if (this.changes("join", lineJoin)) this.context.setLineJoin(lineJoin);
    if (this.changes("miter", miterLimit)) this.context.setMiterLimit(miterLimit);
  }

  clip(): void {
    this.context.clip();
  }

  clear(x: number, y: number, width: number, height: number): void {
    this.context.clearRect(x, y, width, height);
    this.show();
  }

  text(text: string, place: { at: Point; angle: number; size: number }, matrix: Matrix, letters: Letters): void {
    const { context } = this;
    this.shade(letters, scaleOf(matrix));
    this.style("setFillStyle", letters.fillStyle, matrix);
    if (this.changes("size", place.size)) context.setFontSize(place.size);
    const align = letters.textAlign === "start" ? "left" : letters.textAlign === "end" ? "right" : letters.textAlign;
    if (this.changes("align", align)) context.setTextAlign(align);
    if (this.changes("baseline", letters.textBaseline)) context.setTextBaseline(letters.textBaseline);
    if (Math.abs(place.angle) < 1e-6) context.fillText(text, ...round(place.at));
    else {
      context.save();
      context.translate(...place.at);
      context.rotate(place.angle);
      context.fillText(text, 0, 0);
      context.restore();
    }
    this.show();
  }

  private style(setter: "setFillStyle" | "setStrokeStyle", style: Style, matrix: Matrix): void {
    if (style instanceof Gradient) {
      this.context[setter](style.made(this.context, matrix));
      this.settings[setter] = "";
    } else if (this.changes(setter, style)) this.context[setter](style);
  }

  private shade(shades: Shades, scale: number): void {
    if (this.changes("alpha", shades.globalAlpha)) this.context.setGlobalAlpha(shades.globalAlpha);
    const none = shades.shadowColor === CLEAR || shades.shadowBlur + shades.shadowOffsetX + shades.shadowOffsetY === 0;
    const [x, y, blur, colour] = none
      ? ([0, 0, 0, CLEAR] as const)
      : ([
          shades.shadowOffsetX * scale,
          shades.shadowOffsetY * scale,
          shades.shadowBlur * scale,
          shades.shadowColor,
        ] as const);
    const before = this.settings["shadow"];
    const after = `${x},${y},${blur},${colour}`;
    // Nothing casts a shadow until the first that does.
    if (before === after || (before === undefined && none)) return;
    this.settings["shadow"] = after;
    this.context.setShadow(x, y, blur, colour);
  }

  private changes(name: string, value: string | number): boolean {
    if (this.settings[name] === value) return false;
    this.settings[name] = value;
    return true;
  }

  /** Drawing is shown once, after the task that drew: every `draw` crosses to the view and costs. */
  private show(): void {
    if (this.waiting) return;
    this.waiting = true;
    void Promise.resolve().then(() => {
      this.waiting = false;
      if (!this.closed) this.context.draw(true);
    });
  }
}

/** A hundredth of a pixel is finer than anything shows; shorter numbers cross faster. */
function round([x, y]: Point): Point {
  return [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
}
