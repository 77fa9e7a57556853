/** Whose work it is: an enterprise's, for one of its reports. */
export interface Lane {
  enterprise: string;
  report: string;
}

export interface TurnOptions {
  lane: Lane;
  /** How long it may wait for its turn. */
  waitMs: number;
  signal?: AbortSignal | undefined;
}

export interface FairTurnsOptions {
  atATime: number;
  /** Of one report: what is beyond waits, so that another report always finds room. */
  perReport: number;
  /** So many places are kept for reports that have none: those that have one share the others. None by default. */
  keptFree?: number;
  maxWaiting: number;
  /** What to throw where too many wait, or one waited too long. */
  overloaded: () => Error;
}

interface Waiting {
  lane: Lane;
  enter: () => void;
  giveUp: (reason: unknown) => void;
}

/**
 * Lets so many in at a time. Who waits longest does not come first: the enterprise that has least under way does, then
 * its report that has least, then the one whose last turn is longest ago. So a report with a hundred slow questions
 * delays itself; where too many wait, it is the report with most waiting that is refused.
 */
export class FairTurns {
  private readonly waiting: Waiting[] = [];
  private readonly inside = new Set<Lane>();
  private readonly underWay = new Map<string, number>();
  private readonly lastTurn = new Map<string, number>();
  private running = 0;
  private turns = 0;

  constructor(private readonly options: FairTurnsOptions) {}

  /** Who waits or is under way; a report may come several times. */
  lanes(): Lane[] {
    return [...this.waiting.map(({ lane }) => lane), ...this.inside];
  }

  /** Does the work when it is its turn; the work is told how long it waited, in ms. Rejects with the signal's reason. */
  async take<Result>(options: TurnOptions, work: (waitedMs: number) => Promise<Result>): Promise<Result> {
    const since = performance.now();
    await this.turn(options);
    try {
      return await work(performance.now() - since);
    } finally {
      this.leave(options.lane);
    }
  }

  private turn({ lane, waitMs, signal }: TurnOptions): Promise<void> {
    signal?.throwIfAborted();
    if (this.waiting.length >= this.options.maxWaiting && !this.makeRoom(lane)) {
      return Promise.reject(this.options.overloaded());
    }
    return new Promise((resolve, reject) => {
      const giveUp = (reason: unknown): void => {
        settle();
        const place = this.waiting.indexOf(self);
        if (place >= 0) this.waiting.splice(place, 1);
        reject(reason);
      };
      const onAbort = (): void => giveUp(signal?.reason);
      const timer = setTimeout(() => giveUp(this.options.overloaded()), waitMs);
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const self: Waiting = {
        lane,
        enter: () => {
          settle();
          resolve();
        },
        giveUp,
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.push(self);
      this.letIn();
    });
  }

  /** Refuses the last who came of the report that has most waiting, unless that is who comes now. */
  private makeRoom(lane: Lane): boolean {
    const counts = new Map<string, number>();
    for (const each of this.waiting) counts.set(keyOfLane(each.lane), (counts.get(keyOfLane(each.lane)) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if ((counts.get(keyOfLane(lane)) ?? 0) + 1 >= most) return false;
    const last = this.waiting.findLast((each) => counts.get(keyOfLane(each.lane)) === most);
    last?.giveUp(this.options.overloaded());
    return last !== undefined;
  }

  private letIn(): void {
    while (this.running < this.options.atATime) {
      const next = this.next();
      if (!next) return;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.running += 1;
      this.inside.add(next.lane);
      this.add(next.lane, 1);
      this.turns += 1;
      this.lastTurn.set(keyOfLane(next.lane), this.turns);
      next.enter();
    }
  }

  private leave(lane: Lane): void {
    this.running -= 1;
    this.inside.delete(lane);
    this.add(lane, -1);
    this.letIn();
    if (this.running === 0) this.lastTurn.clear();
  }

  private next(): Waiting | undefined {
    const { atATime, perReport, keptFree = 0 } = this.options;
    const most = this.running >= atATime - keptFree ? 1 : perReport;
    let best: Waiting | undefined;
    for (const each of this.waiting) {
      if (this.count(keyOfLane(each.lane)) >= most) continue;
      if (!best || this.isBefore(each.lane, best.lane)) best = each;
    }
    return best;
  }

  private isBefore(one: Lane, other: Lane): boolean {
    const rank = (lane: Lane): number[] => [
      this.count(lane.enterprise),
      this.count(keyOfLane(lane)),
      this.lastTurn.get(keyOfLane(lane)) ?? 0,
    ];
    const [left, right] = [rank(one), rank(other)];
    const decides = left.findIndex((value, index) => value !== right[index]);
    return decides >= 0 && (left[decides] ?? 0) < (right[decides] ?? 0);
  }

  private count(key: string): number {
    return this.underWay.get(key) ?? 0;
  }

  private add(lane: Lane, change: number): void {
    for (const key of [lane.enterprise, keyOfLane(lane)]) {
      const count = this.count(key) + change;
      if (count > 0) this.underWay.set(key, count);
      else this.underWay.delete(key);
    }
  }
}

/** A report of an enterprise as one text. */
export function keyOfLane({ enterprise, report }: Lane): string {
  return `${enterprise}/${report}`;
}
