import type { Answer } from "./answer";

/**
 * One computing that several may wait for. Who goes away stops waiting and disturbs nobody; when the last one has gone,
 * the computing itself is told to stop.
 */
export class Flight {
  readonly result: Promise<Answer>;
  private readonly controller = new AbortController();
  private waiting = 0;

  /** `left` is called when nobody waits any more, before the computing is stopped: who comes later must begin another. */
  constructor(
    compute: (signal: AbortSignal) => Promise<Answer>,
    private readonly left: () => void,
  ) {
    this.result = compute(this.controller.signal);
    this.result.catch(() => undefined); // whoever joined hears of it
  }

  /** Waits for the answer; with a signal, until that aborts, and rejects with its reason. Without one, never leaves. */
  join(signal?: AbortSignal): Promise<Answer> {
    this.waiting += 1;
    if (!signal) return this.result;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        reject(signal.reason);
        this.waiting -= 1;
        if (this.waiting === 0) this.stop(signal.reason);
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      const arrived = (): void => signal.removeEventListener("abort", onAbort);
      this.result.then(resolve, reject).finally(arrived);
    });
  }

  private stop(reason: unknown): void {
    this.left();
    this.controller.abort(reason);
  }
}
