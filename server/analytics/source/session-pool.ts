import { FairTurns, type Lane } from "../process/fair-turns";
import type { Limits } from "./source";
import { SourceFault } from "./source-fault";

/** A connection that answers one statement at a time. */
export interface Session {
  /** False once it broke, or was left in an unknown state. */
  readonly usable: boolean;
  close(): void;
}

/** How many sessions may be busy at a time, how many of them for one report, and how many are kept for others. */
interface Room {
  atATime: number;
  perReport: number;
  keptFree: number;
}

const MAX_WAITING = 200;
const IDLE_MS = 30_000;

/** Keeps a data source's sessions open between statements. Reports take turns at them. */
export class SessionPool<S extends Session> {
  private readonly idle = new Map<S, NodeJS.Timeout>();
  private readonly turns: FairTurns;
  private closed = false;

  constructor(
    room: Room,
    private readonly connect: () => Promise<S>,
  ) {
    const overloaded = (): SourceFault => new SourceFault("overloaded");
    this.turns = new FairTurns({ ...room, maxWaiting: MAX_WAITING, overloaded });
  }

  /** Does the work with a session of its own; it waits for one no longer than it may run. */
  use<Result>(
    lane: Lane,
    { timeoutMs, signal }: Pick<Limits, "timeoutMs" | "signal">,
    work: (session: S) => Promise<Result>,
  ): Promise<Result> {
    return this.turns.take({ lane, waitMs: timeoutMs, signal }, async (): Promise<Result> => {
      const session = this.takeIdle() ?? (await this.connect());
      try {
        signal?.throwIfAborted();
        return await work(session);
      } finally {
        this.keep(session);
      }
    });
  }

  /** Closes what is idle now, and what is busy when it is done. */
  close(): void {
    this.closed = true;
    for (const session of [...this.idle.keys()]) this.drop(session);
  }

  private takeIdle(): S | undefined {
    for (const [session, timer] of this.idle) {
      clearTimeout(timer);
      this.idle.delete(session);
      if (session.usable) return session;
      session.close();
    }
    return undefined;
  }

  private keep(session: S): void {
    if (this.closed || !session.usable) return session.close();
    this.idle.set(session, setTimeout(() => this.drop(session), IDLE_MS).unref());
  }

  private drop(session: S): void {
    clearTimeout(this.idle.get(session));
    this.idle.delete(session);
    session.close();
  }
}
