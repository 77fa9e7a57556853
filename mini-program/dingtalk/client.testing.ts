/** The methods that DingTalk documents for its canvas; a gradient has addColorStop. */
export const DOCUMENTED = [
  "setTextAlign",
  "setTextBaseline",
  "setFillStyle",
  "setStrokeStyle",
  "setShadow",
  "setLineWidth",
  "setLineCap",
  "setLineJoin",
  "setMiterLimit",
  "rect",
  "fillRect",
  "strokeRect",
  "clearRect",
  "fill",
  "stroke",
  "beginPath",
  "closePath",
  "moveTo",
  "lineTo",
  "arc",
  "bezierCurveTo",
  "clip",
  "quadraticCurveTo",
  "scale",
  "rotate",
  "translate",
  "setFontSize",
  "fillText",
  "drawImage",
  "setGlobalAlpha",
  "save",
  "restore",
  "draw",
] as const;

export type Call = [name: string, ...args: unknown[]];

/** A canvas that records what it is told, and fails on any method that DingTalk does not document. */
export function recordingCanvas(): { context: DingTalk.CanvasContext; calls: Call[] } {
  const calls: Call[] = [];
  const gradient = (kind: string, args: unknown[]): object => {
    const stops: [number, string][] = [];
    return { kind, args, stops, addColorStop: (stop: number, colour: string) => void stops.push([stop, colour]) };
  };
  const known: Record<string, unknown> = {
    createLinearGradient: (...args: unknown[]) => gradient("linear", args),
    createCircularGradient: (...args: unknown[]) => gradient("circular", args),
  };
  for (const name of DOCUMENTED) known[name] = (...args: unknown[]) => void calls.push([name, ...args]);
  const context = new Proxy(known, {
    get: (target, name) => {
      if (typeof name === "string" && name in target) return target[name];
      throw new Error(`DingTalk's canvas documents no ${String(name)}.`);
    },
    set: (_target, name) => {
      throw new Error(`DingTalk's canvas documents no setting ${String(name)}.`);
    },
  });
  return { context: context as unknown as DingTalk.CanvasContext, calls };
}

/** Puts a client in place of DingTalk's until the test is over. */
export function installClient(client: Partial<DingTalk.Client>): void {
  Object.assign(globalThis, { dd: client, __PUBLIC_URL__: "https://bi.example.com", __CORP_ID__: "" });
}
