import type { CanvasGradient, Json } from "../protocol";

type Context = CanvasRenderingContext2D;

function isGradient(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "gradient" in value;
}

function paintOf(context: Context, value: Json | undefined): string | globalThis.CanvasGradient {
  if (!isGradient(value)) return String(value);
  const { gradient: kind, args, stops } = value as unknown as CanvasGradient;
  const [a = 0, b = 0, c = 0, d = 0] = args;
  // A circular gradient is given by centre and radius. https://open.dingtalk.com/document/development/overview-of-canvascontext
  const gradient =
    kind === "linear" ? context.createLinearGradient(a, b, c, d) : context.createRadialGradient(a, b, 0, a, b, c);
  for (const [offset, color] of stops) gradient.addColorStop(Math.min(1, Math.max(0, offset)), color);
  return gradient;
}

const num = (value: Json | undefined): number => Number(value ?? 0);

function setFontSize(context: Context, size: number): void {
  context.font = context.font.replace(/[\d.]+px/, `${size}px`);
}

function setShadow(context: Context, [x, y, blur, color]: Json[]): void {
  context.shadowOffsetX = num(x);
  context.shadowOffsetY = num(y);
  context.shadowBlur = num(blur);
  context.shadowColor = String(color ?? "#000");
}

function text(context: Context, name: "fillText" | "strokeText", [value, x, y, width]: Json[]): void {
  // A width of null is no width: JSON has no undefined.
  if (width === null || width === undefined) context[name](String(value), num(x), num(y));
  else context[name](String(value), num(x), num(y), num(width));
}

function drawImage(context: Context, images: Images, [source, ...numbers]: Json[]): void {
  const image = images.get(String(source));
  const given = numbers.filter((value) => value !== null && value !== undefined).map(num);
  if (image) (context.drawImage as (...args: unknown[]) => void).call(context, image, ...given);
}

type Setting = (context: Context, args: Json[]) => void;

/** Methods that are not the browser's own under the same name. */
const OWN: Readonly<Record<string, Setting>> = {
  setTextAlign: (context, [value]) => {
    context.textAlign = String(value) as CanvasTextAlign;
  },
  setTextBaseline: (context, [value]) => {
    context.textBaseline = (value === "normal" ? "alphabetic" : String(value)) as CanvasTextBaseline;
  },
  setFillStyle: (context, [value]) => {
    context.fillStyle = paintOf(context, value);
  },
  setStrokeStyle: (context, [value]) => {
    context.strokeStyle = paintOf(context, value);
  },
  setShadow,
  setLineWidth: (context, [value]) => {
    context.lineWidth = num(value);
  },
  setLineCap: (context, [value]) => {
    context.lineCap = String(value) as CanvasLineCap;
  },
  setLineJoin: (context, [value]) => {
    context.lineJoin = String(value) as CanvasLineJoin;
  },
  setMiterLimit: (context, [value]) => {
    context.miterLimit = num(value);
  },
  setFontSize: (context, [value]) => setFontSize(context, num(value)),
  setGlobalAlpha: (context, [value]) => {
    context.globalAlpha = num(value);
  },
  setLineDash: (context, [dash, offset]) => {
    context.setLineDash(Array.isArray(dash) ? dash.map(num) : []);
    context.lineDashOffset = num(offset);
  },
  fillText: (context, args) => text(context, "fillText", args),
  strokeText: (context, args) => text(context, "strokeText", args),
};

/** Methods that mean what they mean in browsers. */
const SAME: ReadonlySet<string> = new Set(
  (
    "rect fillRect strokeRect clearRect fill stroke beginPath closePath moveTo lineTo arc arcTo ellipse bezierCurveTo " +
    "quadraticCurveTo clip scale rotate translate transform setTransform save restore"
  ).split(" "),
);

/** Properties that the real client takes and no method sets. */
const PROPERTIES: ReadonlySet<string> = new Set(
  "font lineDashOffset globalCompositeOperation shadowBlur shadowColor shadowOffsetX shadowOffsetY".split(" "),
);

type Images = ReadonlyMap<string, CanvasImageSource>;

function perform(context: Context, images: Images, [name, ...args]: Json[]): void {
  const method = String(name);
  const own = OWN[method];
  if (own) own(context, args);
  else if (method === "drawImage") drawImage(context, images, args);
  else if (SAME.has(method)) {
    const known = args.filter((value) => value !== null);
    (context as unknown as Record<string, (...values: Json[]) => void>)[method]?.(...known);
  } else if (PROPERTIES.has(method)) {
    (context as unknown as Record<string, unknown>)[method] = args[0];
  } else throw new Error(`canvas: ${method} is not supported by this mini program host`);
}

/** Loads what `drawImage` names; what cannot be loaded is left out, as on the phone, and reported. */
async function loadImages(
  actions: readonly Json[][],
  urlOf: (source: string) => string,
  report: (message: string) => void,
): Promise<Images> {
  const sources = new Set(actions.filter(([name]) => name === "drawImage").map(([, source]) => String(source)));
  const images = new Map<string, CanvasImageSource>();
  await Promise.all(
    [...sources].map(async (source) => {
      const image = new Image();
      image.crossOrigin = "anonymous";
      image.src = urlOf(source);
      try {
        await image.decode();
        images.set(source, image);
      } catch {
        report(`canvas: ${source} could not be loaded`);
      }
    }),
  );
  return images;
}

/** What a replay needs beside its canvas. */
export interface ReplayParts {
  actions: readonly Json[][];
  /** False: the canvas is emptied and its settings are as at first. */
  reserve: boolean;
  urlOf(source: string): string;
  report(message: string): void;
}

/** Carries out what `draw()` recorded. https://open.dingtalk.com/document/development/overview-of-canvascontext */
export async function replay(canvas: HTMLCanvasElement, parts: ReplayParts): Promise<void> {
  const hasImages = parts.actions.some(([name]) => name === "drawImage");
  const images = hasImages ? await loadImages(parts.actions, parts.urlOf, parts.report) : new Map<string, never>();
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas: no 2d context");
  if (!parts.reserve) context.reset();
  for (const action of parts.actions) perform(context, images, action);
}
