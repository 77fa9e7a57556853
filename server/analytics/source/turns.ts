import { SourceFault } from "./source-fault";

/** Lets so many in at a time; the others wait in order, no longer than they want to. */
export class Turns {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    atATime: number,
    private readonly maxWaiting: number,
  ) {
    this.free = atATime;
  }

  /** Does the work when it is its turn. Throws a SourceFault `overloaded`, or the signal's reason. */
  async take<Result>(waitMs: number, signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    await this.turn(waitMs, signal);
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }

  private turn(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    if (this.waiting.length >= this.maxWaiting) return Promise.reject(new SourceFault("overloaded"));
    return new Promise((resolve, reject) => {
      const leave = (reason: unknown): void => {
        const place = this.waiting.indexOf(enter);
        if (place >= 0) this.waiting.splice(place, 1);
        settle();
        reject(reason);
      };
      const onAbort = (): void => leave(signal?.reason);
      const timer = setTimeout(() => leave(new SourceFault("overloaded")), waitMs);
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const enter = (): void => {
        settle();
        resolve();
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.push(enter);
    });
  }
}
