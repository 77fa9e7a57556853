import type { Limits } from "./source";
import { Turns } from "./turns";

/** A connection that answers one statement at a time. */
export interface Session {
  /** False once it broke, or was left in an unknown state. */
  readonly usable: boolean;
  close(): void;
}

const MAX_WAITING = 200;
const IDLE_MS = 30_000;

/** Keeps a data source's sessions open between statements, and lets no more than `atATime` of them be busy. */
export class SessionPool<S extends Session> {
  private readonly idle = new Map<S, NodeJS.Timeout>();
  private readonly turns: Turns;
  private closed = false;

  constructor(
    atATime: number,
    private readonly connect: () => Promise<S>,
  ) {
    this.turns = new Turns(atATime, MAX_WAITING);
  }

  /** Does the work with a session of its own; it waits for one no longer than it may run. */
  use<Result>({ timeoutMs, signal }: Pick<Limits, "timeoutMs" | "signal">, work: (session: S) => Promise<Result>) {
    return this.turns.take(timeoutMs, signal, async (): Promise<Result> => {
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
