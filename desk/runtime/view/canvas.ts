import type { Json, JsonObject } from "../protocol";
import { pictureUrl } from "./elements/image";
import type { PageContext } from "./node";
import { infoOf } from "./node";
import { replay } from "./replay";

/** A rectangle of a canvas in its own pixels, and the size of the picture to make of it. */
export interface CanvasArea {
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  destWidth?: number;
  destHeight?: number;
  fileType?: "png" | "jpg";
  quality?: number;
}

/** The canvas with that id on a page. Throws with its name when there is none: a drawing must not vanish silently. */
export function canvasOf(page: PageContext, canvasId: string): HTMLCanvasElement {
  const found = page.shadow.getElementById(canvasId);
  if (found instanceof HTMLCanvasElement) return found;
  throw new Error(`There is no canvas with the id "${canvasId}" on this page.`);
}

/** Drawings of one canvas come one after the other, also while images load. */
const lines = new WeakMap<HTMLCanvasElement, Promise<void>>();

/** Replays what `draw()` recorded; resolves when it is on the canvas. */
export function drawOn(
  page: PageContext,
  canvas: HTMLCanvasElement,
  drawing: { actions: readonly Json[][]; reserve: boolean },
): Promise<void> {
  const info = infoOf(canvas);
  const start = (): Promise<void> =>
    replay(canvas, {
      ...drawing,
      urlOf: (source) => (info ? pictureUrl(source, info) : source),
      report: (message) => page.fault(message),
    });
  const before = lines.get(canvas) ?? Promise.resolve();
  const done = before.then(start, start);
  lines.set(canvas, done);
  return done;
}

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

function rectangleOf(canvas: HTMLCanvasElement, area: CanvasArea): Rectangle {
  const x = area.x ?? 0;
  const y = area.y ?? 0;
  return { x, y, width: area.width ?? canvas.width - x, height: area.height ?? canvas.height - y };
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas: no 2d context");
  return context;
}

/** A picture of a part of the canvas as a blob URL. https://open.dingtalk.com/document/development/canvascontext-totempfilepath */
export async function toTempFilePath(canvas: HTMLCanvasElement, area: CanvasArea): Promise<string> {
  await lines.get(canvas);
  const from = rectangleOf(canvas, area);
  const copy = document.createElement("canvas");
  copy.width = area.destWidth ?? from.width;
  copy.height = area.destHeight ?? from.height;
  contextOf(copy).drawImage(canvas, from.x, from.y, from.width, from.height, 0, 0, copy.width, copy.height);
  const type = area.fileType === "jpg" ? "image/jpeg" : "image/png";
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, type, area.quality));
  if (!blob) throw new Error("canvas: there is nothing to make a picture of");
  return URL.createObjectURL(blob);
}

/** The pixels of a part of the canvas, RGBA. */
export function getImageData(canvas: HTMLCanvasElement, area: CanvasArea): JsonObject {
  const { x, y, width, height } = rectangleOf(canvas, area);
  return { width, height, data: [...contextOf(canvas).getImageData(x, y, width, height).data] };
}

/** Writes pixels, RGBA, whatever the settings of the canvas are. */
export function putImageData(canvas: HTMLCanvasElement, area: CanvasArea & { data: number[] }): void {
  const { x, y, width, height } = rectangleOf(canvas, area);
  contextOf(canvas).putImageData(new ImageData(Uint8ClampedArray.from(area.data), width, height), x, y);
}
