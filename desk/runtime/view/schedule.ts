import { options } from "preact";

/** Draws what changed once per animation frame, and says when it is on the screen. */
export interface Schedule {
  /** Have `draw` called in the next frame; asking twice in a frame draws once. */
  draw(draw: () => void): void;
  /** Have `done` called after the next frame was painted. */
  afterPaint(done: () => void): void;
  /** Draw at once what waits: the next act measures it or draws on it. */
  flush(): void;
  dispose(): void;
}

/** A hidden window has no animation frames: draw after this many milliseconds all the same. */
const HIDDEN_FRAME_MS = 100;

/** Builds a schedule over the browser's animation frames. */
export function createSchedule(): Schedule {
  const draws = new Set<() => void>();
  let done: (() => void)[] = [];
  let frame: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let disposed = false;

  function cancel(): void {
    if (frame !== null) cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    frame = null;
    timer = null;
  }

  function drain(): void {
    const ready = done;
    done = [];
    for (const call of ready) call();
  }

  /** Runs the draws and, before it returns, the renderings that they ask preact for, outer components first. */
  function drawAll(ready: readonly (() => void)[]): void {
    const before = options.debounceRendering;
    let rerender: (() => void) | null = null;
    options.debounceRendering = (process) => {
      rerender = process;
    };
    try {
      for (const draw of ready) draw();
    } finally {
      if (before) options.debounceRendering = before;
      else delete options.debounceRendering;
    }
    (rerender as (() => void) | null)?.();
  }

  function flush(): void {
    cancel();
    const ready = [...draws];
    draws.clear();
    drawAll(ready);
    // A macrotask that an animation frame posts runs behind that frame's paint.
    setTimeout(drain, 0);
  }

  function request(): void {
    if (disposed || frame !== null) return;
    frame = requestAnimationFrame(flush);
    timer = setTimeout(flush, HIDDEN_FRAME_MS);
  }

  return {
    draw(draw) {
      draws.add(draw);
      request();
    },
    afterPaint(call) {
      done.push(call);
      request();
    },
    flush,
    dispose() {
      disposed = true;
      cancel();
      draws.clear();
      done = [];
    },
  };
}
