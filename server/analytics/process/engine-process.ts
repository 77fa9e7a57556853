import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import type { FromEngine, ToEngine } from "../engine/protocol";

export interface EngineProcessEvents {
  message(message: FromEngine): void;
  /** The process is gone, for whatever reason. Called once. */
  gone(): void;
}

/** One engine process: started at once, spoken to by messages, ended hard. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  /** `entry`: the compiled engine, or its TypeScript, which then is loaded through tsx. `jobs`: how many run at a time. */
  constructor(entry: string, { jobs, niceness }: { jobs: number; niceness: number }, events: EngineProcessEvents) {
    this.child = fork(entry, [], {
      // Nothing is inherited: the engine needs no variable, and must not have the server's secrets. Each running
      // statement holds one thread of libuv's pool; two more open files meanwhile.
      env: { UV_THREADPOOL_SIZE: String(jobs + 2) },
      execArgv: entry.endsWith(".ts") ? ["--import", "tsx"] : [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.ended = new Promise((resolve) => {
      // A failed start is told by "error" alone.
      const once = (): void => {
        resolve();
        events.gone();
        events.gone = () => undefined;
      };
      this.child.once("exit", once);
      this.child.once("error", once);
    });
    if (niceness > 0) this.rankLower(niceness);
    this.child.on("message", (message: FromEngine) => events.message(message));
  }

  /** The threads that it will start inherit it. */
  private rankLower(niceness: number): void {
    try {
      if (this.child.pid !== undefined) setPriority(this.child.pid, niceness);
    } catch {
      // A system that refuses it runs the process like any other.
    }
  }

  /** Null where it could not be started. */
  get pid(): number | null {
    return this.child.pid ?? null;
  }

  send(message: ToEngine): void {
    // A process that dies meanwhile is noticed by its exit; the error of the write adds nothing.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** SIGKILL; resolves once the process is gone. */
  kill(): Promise<void> {
    this.child.kill("SIGKILL");
    return this.ended;
  }
}
