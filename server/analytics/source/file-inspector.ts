import { availableParallelism } from "node:os";
import type { CsvSettings } from "../../../core/contract/source/upload";
import type { InspectionOutcome } from "../engine/inspect/inspect-file";
import { EngineError, Scheduler } from "../process/scheduler";

export interface FileInspectorOptions {
  enginePath: string;
  memoryLimit: string;
  graceMs: number;
  log: { warn(details: object, message: string): void };
}

export interface WantedInspection {
  file: string;
  fileName: string;
  /** Where the rows of a CSV file are written as Parquet. */
  into: string;
  temporaryDir: string;
  settings: CsvSettings;
}

const TIMEOUT_MS = 30 * 60_000;
const REST_AFTER_MS = 30_000;
/** Reports are asked by people who wait; their queries go first. */
const LOWER = 10;

/** Reads uploaded files in a process of its own, one after the other; it ends when there is nothing to read. */
export class FileInspector {
  private readonly scheduler: Scheduler;
  private resting: NodeJS.Timeout | undefined;

  constructor(private readonly options: FileInspectorOptions) {
    const { enginePath: entry, log, graceMs } = options;
    this.scheduler = new Scheduler({ entry, log, graceMs, concurrency: 1, niceness: LOWER });
  }

  /** Null where the process was stopped from outside: the server ends. Rejects with the signal's reason. */
  async inspect(wanted: WantedInspection, signal: AbortSignal): Promise<InspectionOutcome | null> {
    const limits = { memoryLimit: this.options.memoryLimit, threads: availableParallelism() };
    try {
      const [[text]] = (await this.scheduler.run({ kind: "inspect", ...wanted, ...limits }, TIMEOUT_MS, signal)) as [
        [string],
      ];
      return JSON.parse(text) as InspectionOutcome;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.failure === "closed") return null;
      this.options.log.warn({ failure: error.failure, err: error }, "A file could not be inspected");
      return { problem: { code: error.failure === "timeout" ? "query_timeout" : "internal", line: null } };
    } finally {
      // Whoever corrects a type looks at the file again soon.
      clearTimeout(this.resting);
      this.resting = setTimeout(() => void this.scheduler.rest(), REST_AFTER_MS).unref();
    }
  }

  close(): Promise<void> {
    clearTimeout(this.resting);
    return this.scheduler.close();
  }
}
