import { LRUCache } from "lru-cache";
import type { Scalar } from "../../../core/contract/report/query";
import type { EngineJob } from "../engine/protocol";
import { FairTurns, keyOfLane, type Lane } from "./fair-turns";
import { EngineError, Scheduler, type SchedulerOptions } from "./scheduler";

export interface QueryProcessesOptions extends Omit<SchedulerOptions, "niceness"> {
  /** A query that has run this long makes way for other reports' queries. */
  slowAfterMs: number;
}

export interface QueryOptions {
  lane: Lane;
  /** How long it may run, and wait before it runs. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Told how long it waited and how long the engine took, in ms, also where it failed. */
  measured?: ((times: { queueMs: number; engineMs: number }) => void) | undefined;
}

type RunJob = Extract<EngineJob, { kind: "run" }>;

interface Running {
  lane: Lane;
  began: number;
  makeWay: () => void;
}

/** The query was told to go on in the process for slow ones. */
const MADE_WAY = new Error("Made way for other reports.");
const MAX_WAITING = 500;
/** How long a statement that was slow is believed to be slow. */
const SLOW_FOR_MS = 10 * 60_000;
const REST_AFTER_MS = 60_000;
/** A tenth of what the operating system gives to others who want it at the same time. */
const LOWER = 10;
/** So many times as long as another report's queries take is too long while that one wants something. */
const UNFAIR = 3;

/**
 * Runs queries so that one report cannot take the engine away from the others. Reports take turns. A query that runs
 * for far longer than those of another report which wants something makes way: it begins anew in a second process, which
 * the operating system serves after others, and next time it starts there. On a slow machine all queries are slow:
 * nobody makes way for somebody who takes as much.
 */
export class QueryProcesses {
  private readonly quick: Scheduler;
  private readonly slow: Scheduler;
  private readonly quickTurns: FairTurns;
  private readonly slowTurns: FairTurns;
  private readonly running = new Set<Running>();
  /** What a query of a report took lately, in ms. */
  private readonly typical = new LRUCache<string, number>({ max: 5_000 });
  private readonly knownSlow = new LRUCache<string, true>({ max: 2_000, ttl: SLOW_FOR_MS });
  private resting: NodeJS.Timeout | null = null;

  constructor(private readonly options: QueryProcessesOptions) {
    const { concurrency } = options;
    // One more than a report may have: there is always room for another.
    const turns = { perReport: concurrency, maxWaiting: MAX_WAITING, overloaded };
    this.quickTurns = new FairTurns({ ...turns, atATime: concurrency + 1 });
    this.slowTurns = new FairTurns({ ...turns, perReport: 1, atATime: 2 });
    this.quick = new Scheduler({ ...options, concurrency: concurrency + 1 });
    this.slow = new Scheduler({ ...options, concurrency: 2, niceness: LOWER });
  }

  /** Resolves with the columns. Rejects with an EngineError, or with the signal's reason at once when it aborts. */
  async run(job: RunJob, options: QueryOptions): Promise<Scalar[][]> {
    for (const entry of this.running) if (this.isUnfair(entry, options.lane)) entry.makeWay();
    if (this.knownSlow.has(keyOf(job))) return this.runSlow(job, options);
    try {
      return await this.runQuick(job, options);
    } catch (error) {
      if (error !== MADE_WAY) throw error;
      this.knownSlow.set(keyOf(job), true);
      return this.runSlow(job, options);
    }
  }

  /** The processes that run queries now. */
  get pids(): number[] {
    return [this.quick.pid, this.slow.pid].filter((pid) => pid !== null);
  }

  /** Lets the processes close a database file that is no longer asked. */
  forget(file: string): void {
    this.quick.forget(file);
    this.slow.forget(file);
  }

  /** Starts the process if there is none, and resolves when it answers. */
  ready(): Promise<void> {
    return this.quick.ready();
  }

  async close(): Promise<void> {
    if (this.resting) clearTimeout(this.resting);
    await Promise.all([this.quick.close(), this.slow.close()]);
  }

  private runQuick(job: RunJob, { lane, timeoutMs, signal, measured }: QueryOptions): Promise<Scalar[][]> {
    return this.quickTurns.take({ lane, waitMs: timeoutMs, signal }, async (queueMs) => {
      const leaving = new AbortController();
      const began = performance.now();
      const entry: Running = { lane, began, makeWay: () => leaving.abort(MADE_WAY) };
      const timer = setInterval(() => {
        if (this.quickTurns.lanes().some((other) => this.isUnfair(entry, other))) entry.makeWay();
      }, this.options.slowAfterMs);
      this.running.add(entry);
      try {
        const signals = signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal;
        return await this.quick.run(job, timeoutMs, signals);
      } finally {
        clearInterval(timer);
        this.running.delete(entry);
        if (!leaving.signal.aborted) this.learn(lane, performance.now() - began);
        measured?.({ queueMs, engineMs: performance.now() - began });
      }
    });
  }

  private async runSlow(job: RunJob, { lane, timeoutMs, signal, measured }: QueryOptions): Promise<Scalar[][]> {
    if (this.resting) clearTimeout(this.resting);
    try {
      return await this.slowTurns.take({ lane, waitMs: timeoutMs, signal }, async (queueMs) => {
        const began = performance.now();
        try {
          const values = await this.slow.run(job, timeoutMs, signal);
          if (performance.now() - began < this.options.slowAfterMs) this.knownSlow.delete(keyOf(job));
          return values;
        } finally {
          this.learn(lane, performance.now() - began);
          measured?.({ queueMs, engineMs: performance.now() - began });
        }
      });
    } finally {
      this.resting = setTimeout(() => void this.slow.rest(), REST_AFTER_MS).unref();
    }
  }

  /** Whether a query has been running for far longer than another report's queries take. */
  private isUnfair({ lane, began }: Running, other: Lane): boolean {
    const [own, wanted] = [keyOfLane(lane), keyOfLane(other)];
    return own !== wanted && performance.now() - began > UNFAIR * this.usual(wanted);
  }

  /** What a report's queries take, as far as it is known. */
  private usual(key: string): number {
    const now = performance.now();
    let usual = Math.max(this.options.slowAfterMs, this.typical.get(key) ?? 0);
    for (const { lane, began } of this.running) if (keyOfLane(lane) === key) usual = Math.max(usual, now - began);
    return usual;
  }

  private learn(lane: Lane, ms: number): void {
    const key = keyOfLane(lane);
    this.typical.set(key, ((this.typical.get(key) ?? ms) + ms) / 2);
  }
}

function keyOf({ database, statement }: RunJob): string {
  return `${database.file}\n${statement.sql}`;
}

function overloaded(): EngineError {
  return new EngineError("overloaded", "The query waited too long for its turn.");
}
