import { apply, scaleOf, type Matrix } from "./matrix";

type Shape =
  | { kind: "linear"; x0: number; y0: number; x1: number; y1: number }
  | { kind: "circular"; x: number; y: number; radius: number };

/** A gradient in the coordinates of what it fills; it becomes DingTalk's own when something is filled with it. */
export class Gradient {
  private readonly stops: [number, string][] = [];

  constructor(private readonly shape: Shape) {}

  addColorStop(stop: number, colour: string): void {
    this.stops.push([stop, colour]);
  }

  /** In the canvas's own pixels. */
  made(context: DingTalk.CanvasContext, matrix: Matrix): DingTalk.CanvasGradient {
    const gradient = this.shaped(context, matrix);
    for (const [stop, colour] of this.stops) gradient.addColorStop(stop, colour);
    return gradient;
  }

  private shaped(context: DingTalk.CanvasContext, matrix: Matrix): DingTalk.CanvasGradient {
    const { shape } = this;
    if (shape.kind === "linear") {
      return context.createLinearGradient(...apply(matrix, shape.x0, shape.y0), ...apply(matrix, shape.x1, shape.y1));
    }
    return context.createCircularGradient(...apply(matrix, shape.x, shape.y), shape.radius * scaleOf(matrix));
  }
}

/** A colour or a gradient. */
export type Style = string | Gradient;
