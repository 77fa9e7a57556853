/** What the bench adds to the phone's page, before any script of it runs. Bundled on its own. */
import { loop } from "../loop.browser";

/** One message between the logic worker and the page, as text; `at` is ms since the phone was tapped. */
export interface Crossing {
  at: number;
  to: "page" | "worker";
  text: string;
}

/** From the tap until the first chart was on its canvas. */
export interface Opening {
  /** All that crossed between worker and page, in its order. */
  crossings: Crossing[];
  firstChartMs: number;
}

/** What a script of the bench finds in the page. */
export interface BenchScope {
  bench: {
    /** What crossed until the first chart was on its canvas. */
    opening: Promise<Opening>;
    /** Time of a fixed loop in ms: how fast this thread is now. */
    pageLoop: () => number;
    workerLoop: () => Promise<number>;
  };
}

interface BrowserWorker {
  addEventListener(type: "message", heard: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
  terminate(): void;
}

const scope = globalThis as unknown as BenchScope & { Worker: new (url: string | URL) => BrowserWorker };
const PlainWorker = scope.Worker;
const DEADLINE_MS = 60_000;

const crossings: Crossing[] = [];
let awaited: number | null = null;
let drawn: () => void = () => undefined;

const opening = new Promise<Opening>((resolve, reject) => {
  const late = setTimeout(() => reject(new Error(`No chart within ${DEADLINE_MS} ms.`)), DEADLINE_MS);
  drawn = () => {
    clearTimeout(late);
    resolve({ crossings: [...crossings], firstChartMs: performance.now() });
  };
});
opening.catch(() => undefined); // heard by whoever asks for it

/** The drawing order of a chart's canvas; a KPI's spark line is no chart. */
function chartCall(text: string): number | null {
  if (!text.includes('"type":"canvasDraw"')) return null;
  const message = JSON.parse(text) as { type: string; canvasId: string; callId: number; actions: unknown[] };
  const isChart = message.type === "canvasDraw" && message.canvasId.startsWith("chart-") && message.actions.length > 0;
  return isChart ? message.callId : null;
}

function isDone(text: string, callId: number): boolean {
  if (!text.includes('"type":"result"') || text.length > 1_000) return false;
  const message = JSON.parse(text) as { type: string; callId: number; ok: boolean };
  return message.type === "result" && message.callId === callId && message.ok;
}

scope.Worker = class extends PlainWorker {
  constructor(url: string | URL) {
    super(url);
    this.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return;
      crossings.push({ at: performance.now(), to: "page", text: data });
      awaited ??= chartCall(data);
    });
  }

  override postMessage(message: unknown): void {
    if (typeof message === "string") {
      crossings.push({ at: performance.now(), to: "worker", text: message });
      if (awaited !== null && isDone(message, awaited)) drawn();
    }
    super.postMessage(message);
  }
};

scope.bench = {
  opening,
  pageLoop: loop,
  workerLoop: () =>
    new Promise((resolve) => {
      const url = URL.createObjectURL(new Blob([`postMessage((${loop.toString()})())`]));
      const worker = new PlainWorker(url);
      worker.addEventListener("message", ({ data }) => {
        worker.terminate();
        URL.revokeObjectURL(url);
        resolve(data as number);
      });
    }),
};
