/** What the bench adds to a web page, before any script of it runs. Bundled on its own. */
import { loop } from "../loop.browser";
import { frames, gone, until, watchFrames } from "./watch.browser";

/** How a page came to be. https://web.dev/articles/vitals */
export interface Vitals {
  /** Start of the navigation to the largest contentful paint. */
  largestMs: number;
  /** Sum of all layout shifts: never less than the cumulative layout shift. */
  shift: number;
}

interface Entry {
  startTime: number;
  value?: number;
}

interface VitalsScope {
  vitals: {
    read: () => Vitals;
    loop: () => number;
    sinceStart: () => number;
    watchFrames: typeof watchFrames;
    frames: typeof frames;
    until: typeof until;
    gone: typeof gone;
  };
  PerformanceObserver: new (heard: (list: { getEntries: () => Entry[] }) => void) => {
    observe: (wish: { type: string; buffered: boolean }) => void;
  };
}

const scope = globalThis as unknown as VitalsScope;
const seen: Vitals = { largestMs: Number.NaN, shift: 0 };

const watch = (type: string, take: (entry: Entry) => void): void =>
  new scope.PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });

watch("largest-contentful-paint", ({ startTime }) => (seen.largestMs = startTime));
watch("layout-shift", ({ value = 0 }) => (seen.shift += value));

scope.vitals = { read: () => seen, loop, sinceStart: () => performance.now(), watchFrames, frames, until, gone };
