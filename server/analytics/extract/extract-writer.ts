import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { EnterpriseId } from "../../../core/contract/id";
import { ExtractName, type ExtractFaultCode } from "../../../core/contract/source/extract";
import { EngineError, Scheduler } from "../process/scheduler";
import type { Connection } from "../source/driver";
import type { RemoteSources } from "../source/remote";
import { isDiskFull, requireRoom } from "../storage/disk-room";
import { isErrno } from "../storage/errno";
import { ExtractFault } from "./extract-fault";
import { RowFile, type RowLimits } from "./row-file";

export interface ExtractLimits extends RowLimits {
  timeoutMs: number;
}

export interface ExtractWriterOptions {
  remote: Pick<RemoteSources, "copy">;
  /** Each enterprise's files, in a folder named by its id. */
  filesDir: string;
  /** The engine's entry. */
  enginePath: string;
  memoryLimit: string;
  limits: ExtractLimits;
  /** So much of the disk stays free: others write there too. */
  reserveBytes: number;
  log: { warn(details: object, message: string): void };
  now(): number;
}

/** What is copied, and to where. */
export interface WantedExtract {
  enterpriseId: EnterpriseId;
  name: string;
  connection: Connection;
  table: { schema: string; name: string };
  columns: string[] | null;
}

export interface WrittenExtract {
  /** When the source began to be read, in ms. */
  asOf: number;
  rows: number;
  bytes: number;
}

const GRACE_MS = 2_000;
/** Reports are asked by people who wait; their queries go first. */
const NICENESS = 10;
/** The converter has a buffer of twice a row for each thread. */
const LEAST_ROW_BYTES = 1024 * 1024;
const THREADS = 2;
/** After so many bytes the disk is looked at again. */
const LOOK_EVERY_BYTES = 32 * 1024 * 1024;
const FOLDER = "extracts";
const CONVERSION_FAULTS: Partial<Record<EngineError["failure"], ExtractFaultCode>> = {
  timeout: "timeout",
  /** A few rows at a time do not fit. */
  out_of_memory: "too_large",
};

/** The path of an extract inside its enterprise's folder, as a dataset names it. */
export const extractSource = (name: string): string => `${FOLDER}/${ExtractName.parse(name)}.parquet`;

/** Copies tables of other databases into Parquet files, which take the place of the one before in one step. */
export class ExtractWriter {
  /** A process of its own, which no query waits for, and which ends when there is nothing to write. */
  private readonly converting: Scheduler;

  constructor(private readonly options: ExtractWriterOptions) {
    const { enginePath: entry, log } = options;
    this.converting = new Scheduler({ entry, log, graceMs: GRACE_MS, concurrency: 1, niceness: NICENESS });
  }

  /**
   * Throws an ExtractFault, a SourceFault or the signal's reason; the file from before is then as it was. Of one extract
   * no two may be written at a time: what an earlier try left behind is removed.
   */
  async write(wanted: WantedExtract, signal: AbortSignal, read: (rows: number) => void): Promise<WrittenExtract> {
    const folder = this.folderOf(wanted.enterpriseId);
    await mkdir(folder, { recursive: true });
    await this.removeDrafts(folder, wanted.name);
    const draft = join(folder, `.${wanted.name}.${randomUUID()}`);
    try {
      return await this.writeBeside(wanted, draft, signal, read);
    } catch (error) {
      throw isDiskFull(error) ? new ExtractFault("no_space", null, { cause: error }) : error;
    } finally {
      await this.removeDrafts(folder, wanted.name);
      await this.converting.rest();
    }
  }

  /** Takes away what a server left behind that died while it wrote. */
  async tidy(enterpriseId: EnterpriseId, name: string): Promise<void> {
    await this.removeDrafts(this.folderOf(enterpriseId), name);
  }

  async remove(enterpriseId: EnterpriseId, name: string): Promise<void> {
    const folder = this.folderOf(enterpriseId);
    await this.removeDrafts(folder, name);
    await rm(join(folder, `${name}.parquet`), { force: true });
  }

  close(): Promise<void> {
    return this.converting.close();
  }

  private async writeBeside(
    wanted: WantedExtract,
    draft: string,
    signal: AbortSignal,
    read: (rows: number) => void,
  ): Promise<WrittenExtract> {
    const { asOf, rows } = await this.readRows(wanted, `${draft}.rows`, signal, read);
    const into = `${draft}.parquet`;
    await this.convert(rows, { from: `${draft}.rows`, into, asOf, signal });
    const bytes = await flushed(into);
    signal.throwIfAborted();
    await rename(into, join(this.folderOf(wanted.enterpriseId), `${wanted.name}.parquet`));
    return { asOf, rows: rows.rows, bytes };
  }

  private async readRows(
    { connection, table, columns }: WantedExtract,
    path: string,
    signal: AbortSignal,
    read: (rows: number) => void,
  ): Promise<{ asOf: number; rows: RowFile }> {
    const { limits, remote, now } = this.options;
    let asOf = 0;
    let lookAt = LOOK_EVERY_BYTES;
    let rows: RowFile | null = null;
    await this.requireRoom(path);
    try {
      await remote.copy(
        connection,
        { table, columns },
        { timeoutMs: limits.timeoutMs, maxBytes: limits.maxBytes, signal },
        {
          begin: async (found) => {
            rows = await RowFile.create(path, found, connection.kind, limits);
            asOf = now();
          },
          take: async (batch) => {
            if (rows === null) return;
            await rows.add(batch);
            read(rows.rows);
            if (rows.bytes < lookAt) return;
            await this.requireRoom(path);
            lookAt = rows.bytes + LOOK_EVERY_BYTES;
          },
        },
      );
    } finally {
      await (rows as RowFile | null)?.close();
    }
    if (rows === null) throw new Error("The source was not read.");
    return { asOf, rows };
  }

  private requireRoom(path: string): Promise<void> {
    return requireRoom(dirname(path), 0, this.options.reserveBytes);
  }

  private async convert(
    rows: RowFile,
    { from, into, asOf, signal }: { from: string; into: string; asOf: number; signal: AbortSignal },
  ): Promise<void> {
    const { memoryLimit, limits } = this.options;
    const job = {
      kind: "convert",
      from,
      into,
      columns: rows.types(),
      asOf: new Date(asOf).toISOString(),
      maxRowBytes: Math.max(rows.longest, LEAST_ROW_BYTES),
      temporaryDir: `${into}.spill`,
      memoryLimit,
      threads: Math.min(availableParallelism(), THREADS),
    } as const;
    try {
      await this.converting.run(job, limits.timeoutMs, signal);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (/no space left/i.test(error.message)) throw new ExtractFault("no_space", null, { cause: error });
      throw new ExtractFault(CONVERSION_FAULTS[error.failure] ?? "failed", null, { cause: error });
    }
  }

  private folderOf(enterpriseId: EnterpriseId): string {
    return join(this.options.filesDir, EnterpriseId.parse(enterpriseId), FOLDER);
  }

  private async removeDrafts(folder: string, name: string): Promise<void> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (isErrno(error, "ENOENT")) return [];
      throw error;
    });
    const drafts = names.filter((each) => each.startsWith(`.${name}.`));
    await Promise.all(drafts.map((each) => rm(join(folder, each), { force: true, recursive: true })));
  }
}

/** Its size, once all of it is on the disk: a file that takes another's place must be whole after a power cut too. */
async function flushed(path: string): Promise<number> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return (await stat(path)).size;
}
