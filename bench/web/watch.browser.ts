/** What the bench watches on a page that is used. Bundled with the vitals. */
interface WatchScope {
  requestAnimationFrame: (run: (now: number) => void) => void;
  document: { querySelectorAll: (selector: string) => ArrayLike<{ click: () => void }> };
}

const scope = globalThis as unknown as WatchScope;
let seen: number[] = [];

/** Begins to note how long frames take, in ms. */
export function watchFrames(): void {
  seen = [];
  let last = performance.now();
  const tick = (now: number): void => {
    seen.push(now - last);
    last = now;
    scope.requestAnimationFrame(tick);
  };
  scope.requestAnimationFrame(tick);
}

export const frames = (): number[] => seen;

function frameWhere(holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => void (holds() ? resolve() : scope.requestAnimationFrame(look));
    look();
  });
}

const count = (selector: string): number => scope.document.querySelectorAll(selector).length;

/** Until nothing of a selector is there. */
export const gone = (selector: string): Promise<void> => frameWhere(() => count(selector) === 0);

/** From a click on the last of what a selector finds until something has begun to be busy, and is so no more; in ms. */
export async function until(press: string, busy: string): Promise<number> {
  const found = scope.document.querySelectorAll(press);
  const started = performance.now();
  found[found.length - 1]?.click();
  await frameWhere(() => count(busy) > 0);
  await frameWhere(() => count(busy) === 0);
  return performance.now() - started;
}
