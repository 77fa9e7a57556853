import type { Point } from "./matrix";

/** A piece of a path, in the canvas's own pixels. */
export type Segment =
  | { op: "moveTo"; to: Point }
  | { op: "lineTo"; to: Point }
  | { op: "bezierCurveTo"; c1: Point; c2: Point; to: Point }
  | { op: "closePath" };

const QUARTER = Math.PI / 2;

/** An ellipse's outline as it is asked for: centre, radii, rotation, and the angles between which it runs. */
export interface Arc {
  x: number;
  y: number;
  rx: number;
  ry: number;
  rotation: number;
  start: number;
  end: number;
  anticlockwise: boolean;
}

/** How far an arc runs: at most one full turn, in the direction that was asked for. */
export function sweepOf({ start, end, anticlockwise }: Pick<Arc, "start" | "end" | "anticlockwise">): number {
  const turn = Math.PI * 2;
  const asked = anticlockwise ? start - end : end - start;
  if (asked >= turn) return anticlockwise ? -turn : turn;
  const sweep = ((asked % turn) + turn) % turn;
  return anticlockwise ? -sweep : sweep;
}

/** An arc as cubic curves of at most a quarter turn: `[from, c1, c2, to]` each, in the arc's own coordinates. */
export function arcCurves(arc: Arc): [Point, Point, Point, Point][] {
  const sweep = sweepOf(arc);
  const count = Math.max(1, Math.ceil(Math.abs(sweep) / QUARTER - 1e-9));
  const step = sweep / count;
  const handle = (4 / 3) * Math.tan(step / 4);
  const [cos, sin] = [Math.cos(arc.rotation), Math.sin(arc.rotation)];
  const place = (u: number, v: number): Point => [
    arc.x + arc.rx * u * cos - arc.ry * v * sin,
    arc.y + arc.rx * u * sin + arc.ry * v * cos,
  ];
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [arc.start + step * index, arc.start + step * (index + 1)];
    const [c0, s0, c1, s1] = [Math.cos(from), Math.sin(from), Math.cos(to), Math.sin(to)];
    return [
      place(c0, s0),
      place(c0 - handle * s0, s0 + handle * c0),
      place(c1 + handle * s1, s1 - handle * c1),
      place(c1, s1),
    ];
  });
}

const STEPS = 12;

function curvePoints(from: Point, { c1, c2, to }: { c1: Point; c2: Point; to: Point }): Point[] {
  return Array.from({ length: STEPS }, (_, index) => {
    const t = (index + 1) / STEPS;
    const s = 1 - t;
    const at = (axis: 0 | 1): number =>
      s * s * s * from[axis] + 3 * s * s * t * c1[axis] + 3 * s * t * t * c2[axis] + t * t * t * to[axis];
    return [at(0), at(1)];
  });
}

/** A path as chains of points; curves become short lines. */
export function flatten(segments: readonly Segment[]): Point[][] {
  const chains: Point[][] = [];
  for (const segment of segments) {
    const chain = chains[chains.length - 1];
    const last = chain?.[chain.length - 1];
    if (segment.op === "moveTo" || !chain || !last) {
      if (segment.op !== "closePath") chains.push([segment.to]);
    } else if (segment.op === "lineTo") chain.push(segment.to);
    else if (segment.op === "bezierCurveTo") chain.push(...curvePoints(last, segment));
    else if (chain[0]) chain.push(chain[0]);
  }
  return chains;
}

interface Pen {
  index: number;
  left: number;
}

function startPen(dash: readonly number[], offset: number): Pen {
  const total = dash.reduce((sum, length) => sum + length, 0);
  let left = ((offset % total) + total) % total;
  let index = 0;
  while (left >= (dash[index] ?? 0)) {
    left -= dash[index] ?? 0;
    index = (index + 1) % dash.length;
  }
  return { index, left: (dash[index] ?? 0) - left };
}

function dashChain(chain: readonly Point[], dash: readonly number[], offset: number): Point[][] {
  const pen = startPen(dash, offset);
  const pieces: Point[][] = [];
  let piece: Point[] = chain[0] && pen.index % 2 === 0 ? [chain[0]] : [];
  const lift = (at: Point): void => {
    if (piece.length > 1) pieces.push(piece);
    pen.index = (pen.index + 1) % dash.length;
    pen.left = dash[pen.index] ?? 0;
    piece = pen.index % 2 === 0 ? [at] : [];
  };
  for (let index = 1; index < chain.length; index += 1) {
    const [x0, y0] = chain[index - 1] as Point;
    const [x1, y1] = chain[index] as Point;
    const length = Math.hypot(x1 - x0, y1 - y0);
    let done = 0;
    while (length - done > pen.left) {
      done += pen.left;
      const at: Point = [x0 + ((x1 - x0) * done) / length, y0 + ((y1 - y0) * done) / length];
      if (pen.index % 2 === 0) piece.push(at);
      lift(at);
    }
    pen.left -= length - done;
    if (pen.index % 2 === 0) piece.push([x1, y1]);
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

/** A path cut into the pieces that a dashed line draws. An odd pattern repeats, as on any canvas. */
export function dashed(segments: readonly Segment[], pattern: readonly number[], offset: number): Segment[] {
  const dash = pattern.length % 2 === 0 ? pattern : [...pattern, ...pattern];
  return flatten(segments)
    .reduce<Point[][]>((all, chain) => all.concat(dashChain(chain, dash, offset)), [])
    .reduce<Segment[]>(
      (all, piece) => all.concat(piece.map((to, index): Segment => ({ op: index === 0 ? "moveTo" : "lineTo", to }))),
      [],
    );
}
