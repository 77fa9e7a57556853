import type { Scalar } from "../../../core/contract/report/query";
import type { EngineJob, Failure, FromEngine } from "../engine/protocol";
import { EngineProcess } from "./engine-process";

/** The engine's own refusal or failure of a job. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  constructor(
    readonly failure: Failure | "timeout" | "crashed" | "overloaded" | "closed",
    message: string,
  ) {
    super(message);
  }
}

export interface SchedulerOptions {
  entry: string;
  /** Jobs at a time; the rest waits in order. */
  concurrency: number;
  /** How long an interrupted job has to end before the process is killed. */
  graceMs: number;
  /** How the operating system ranks the process: 0, as everything, to 19, last. 0 by default. */
  niceness?: number;
  log: { warn(details: object, message: string): void };
}

interface Task {
  id: number;
  job: EngineJob;
  timeoutMs: number;
  resolve(values: Scalar[][]): void;
  reject(error: unknown): void;
  /** How often it was lost with a process that another job brought down. */
  lost: number;
  /** Set when it was told to end; if the process must be killed, it is on this job's account. */
  interrupted: boolean;
  timer: NodeJS.Timeout;
  settled: boolean;
}

const MAX_WAITING = 500;
/** A process that ends before it answers may go on doing so: it is not started again at once. */
const AGAIN_MS = 1_000;
/** How often a job begins anew because what ran beside it had to be killed. */
const MAX_LOST_BESIDE = 5;

/**
 * Runs jobs in one engine process and replaces that process when it dies or has to be killed. A job past its time is
 * interrupted; if that does not end it within the grace period, the process is killed, and the jobs that ran beside it
 * run once more in the next one.
 */
export class Scheduler {
  private readonly waiting: Task[] = [];
  private readonly running = new Map<number, Task>();
  private process: EngineProcess | null = null;
  private nextId = 1;
  private closed = false;
  private readonly readyWaiters: (() => void)[] = [];
  private isReady = false;

  constructor(private readonly options: SchedulerOptions) {}

  /**
   * Resolves with the job's columns. It may run for `timeoutMs`, and wait as long before it runs. Rejects with an
   * EngineError, or with the signal's reason at once when it aborts.
   */
  run(job: EngineJob, timeoutMs: number, signal?: AbortSignal): Promise<Scalar[][]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.closed) return reject(new EngineError("closed", "The engine is closed."));
      if (this.waiting.length >= MAX_WAITING) return reject(new EngineError("overloaded", "Too many queries wait."));
      const onAbort = (): void => {
        task.reject(signal?.reason);
        this.abandon(task);
      };
      const settle = (finish: () => void): void => {
        if (task.settled) return;
        task.settled = true;
        signal?.removeEventListener("abort", onAbort);
        finish();
      };
      const task: Task = {
        id: this.nextId++,
        job,
        timeoutMs,
        lost: 0,
        interrupted: false,
        settled: false,
        timer: setTimeout(() => this.expireWaiting(task), timeoutMs),
        resolve: (values) => settle(() => resolve(values)),
        reject: (error) => settle(() => reject(error)),
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting.push(task);
      this.startNext();
    });
  }

  /** Starts the process if there is none, and resolves when it answers. */
  ready(): Promise<void> {
    if (this.closed) return Promise.reject(new EngineError("closed", "The engine is closed."));
    this.process ??= this.launch();
    if (this.isReady) return Promise.resolve();
    return new Promise((resolve) => this.readyWaiters.push(resolve));
  }

  /** The process that runs jobs now, if any. */
  get pid(): number | null {
    return this.process?.pid ?? null;
  }

  /** Lets the process close a database file that is no longer asked. */
  forget(file: string): void {
    this.process?.send({ kind: "forget", file });
  }

  /** Ends the process between jobs and gives its memory back; the next job starts another. */
  async rest(): Promise<void> {
    if (this.running.size > 0 || this.waiting.length > 0) return;
    await this.stop();
  }

  /** Fails what waits and runs, and ends the process. */
  async close(): Promise<void> {
    this.closed = true;
    for (const task of [...this.waiting.splice(0), ...this.running.values()]) {
      clearTimeout(task.timer);
      task.reject(new EngineError("closed", "The engine is closed."));
    }
    this.running.clear();
    await this.stop();
  }

  private async stop(): Promise<void> {
    const process = this.process;
    this.process = null;
    this.isReady = false;
    await process?.kill();
  }

  private startNext(): void {
    while (this.running.size < this.options.concurrency) {
      const task = this.waiting.shift();
      if (!task) return;
      this.process ??= this.launch();
      clearTimeout(task.timer);
      task.timer = setTimeout(() => this.expireRunning(task), task.timeoutMs);
      this.running.set(task.id, task);
      this.process.send({ kind: "job", id: task.id, job: task.job });
    }
  }

  private launch(): EngineProcess {
    const process: EngineProcess = new EngineProcess(
      this.options.entry,
      { jobs: this.options.concurrency, niceness: this.options.niceness ?? 0 },
      {
        message: (message) => this.receive(message),
        gone: () => {
          if (this.process === process) this.replace();
        },
      },
    );
    return process;
  }

  private receive(message: FromEngine): void {
    if (message.kind === "ready") {
      this.isReady = true;
      for (const resolve of this.readyWaiters.splice(0)) resolve();
      return;
    }
    const task = this.running.get(message.id);
    if (!task) return;
    this.running.delete(task.id);
    clearTimeout(task.timer);
    if (message.kind === "done") task.resolve(message.values);
    else task.reject(new EngineError(message.failure, message.message));
    this.startNext();
  }

  private expireWaiting(task: Task): void {
    task.reject(new EngineError("overloaded", "The query waited too long for its turn."));
    this.abandon(task);
  }

  private expireRunning(task: Task): void {
    task.reject(new EngineError("timeout", "The query took too long."));
    this.abandon(task);
  }

  /** Nobody waits for the task any more: takes it out of the queue, or makes it end, by force if need be. */
  private abandon(task: Task): void {
    clearTimeout(task.timer);
    const place = this.waiting.indexOf(task);
    if (place >= 0) {
      this.waiting.splice(place, 1);
      return;
    }
    if (!this.running.has(task.id) || task.interrupted) return;
    task.interrupted = true;
    this.process?.send({ kind: "interrupt", id: task.id });
    task.timer = setTimeout(() => this.killStuck(), this.options.graceMs);
  }

  private killStuck(): void {
    this.options.log.warn({ pid: this.pid, beside: this.running.size - 1 }, "A statement ignored its interruption");
    void this.process?.kill();
  }

  /** The process is gone: what it ran runs once more in the next one, except jobs that nobody waits for. */
  private replace(): void {
    this.process = null;
    this.isReady = false;
    const lost = [...this.running.values()];
    this.running.clear();
    const killedByUs = lost.some((task) => task.interrupted);
    if (!killedByUs) this.options.log.warn({ jobs: lost.length }, "The engine process ended by itself");
    for (const task of lost.reverse()) {
      clearTimeout(task.timer);
      if (task.settled) continue;
      task.lost += 1;
      // Whoever was only beside a statement that had to be killed is not to blame for it.
      if (task.lost > (killedByUs ? MAX_LOST_BESIDE : 1)) {
        task.reject(new EngineError("crashed", "The engine process ended twice during this query."));
        continue;
      }
      task.timer = setTimeout(() => this.expireWaiting(task), task.timeoutMs);
      this.waiting.unshift(task);
    }
    if (this.readyWaiters.length > 0) setTimeout(() => this.launchForWaiters(), AGAIN_MS).unref();
    this.startNext();
  }

  private launchForWaiters(): void {
    if (this.readyWaiters.length > 0 && !this.closed) this.process ??= this.launch();
  }
}
