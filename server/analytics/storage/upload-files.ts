import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { EnterpriseId, UploadId } from "../../../core/contract/id";
import { DiskFullError, isDiskFull, requireRoom } from "./disk-room";
import { isErrno } from "./errno";

/** Sources never name what begins with a dot, and what lies beside the files can be moved among them in one step. */
const FOLDER = ".uploads";

/** More bytes were sent than the file was announced to have. */
export class OverlongError extends Error {
  override readonly name = "OverlongError";
}

/** The bytes of uploads that are not imported yet, beside each enterprise's files. How long a file is says what arrived. */
export class UploadFiles {
  /** `reserveBytes`: so much of the disk stays free. */
  constructor(private readonly parts: { filesDir: string; reserveBytes: number }) {}

  /** The file as it was sent. */
  rawOf(enterpriseId: EnterpriseId, id: UploadId): string {
    return join(this.folderOf(enterpriseId), `${id}.part`);
  }

  /** What was read from it with the settings of that revision. */
  parquetOf(enterpriseId: EnterpriseId, id: UploadId, revision: number): string {
    return join(this.folderOf(enterpriseId), `${id}.${revision}.parquet`);
  }

  /** Where an engine may put aside what does not fit into its memory. */
  spillOf(enterpriseId: EnterpriseId): string {
    return join(this.folderOf(enterpriseId), "spill");
  }

  async create(enterpriseId: EnterpriseId, id: UploadId): Promise<void> {
    await mkdir(this.folderOf(enterpriseId), { recursive: true });
    await (await open(this.rawOf(enterpriseId, id), "a")).close();
  }

  /** How many bytes have arrived. */
  async received(enterpriseId: EnterpriseId, id: UploadId): Promise<number> {
    try {
      return (await stat(this.rawOf(enterpriseId, id))).size;
    } catch (error) {
      if (isErrno(error, "ENOENT")) return 0;
      throw error;
    }
  }

  /**
   * Writes bytes from an offset on, up to `end`; what was written stays also where they break off. Each piece has its
   * place in the file: two requests that send the same part at once write the same twice, and harm nothing.
   */
  async write(
    { enterpriseId, id, offset, end }: { enterpriseId: EnterpriseId; id: UploadId; offset: number; end: number },
    bytes: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<void> {
    const handle = await open(this.rawOf(enterpriseId, id), "r+");
    let position = offset;
    try {
      for await (const piece of bytes) {
        signal.throwIfAborted();
        const room = piece.subarray(0, end - position);
        for (let done = 0; done < room.length;) {
          const { bytesWritten } = await handle.write(room, done, room.length - done, position);
          done += bytesWritten;
          position += bytesWritten;
        }
        if (room.length < piece.length) throw new OverlongError("More bytes than announced.");
      }
    } catch (error) {
      throw isDiskFull(error) ? new DiskFullError("The disk is full.") : error;
    } finally {
      // What is answered as received outlives a power cut.
      await handle.datasync().catch(() => undefined);
      await handle.close();
    }
  }

  /** Throws a DiskFullError where so many more bytes would leave less room than must stay. */
  async requireRoom(enterpriseId: EnterpriseId, bytes: number): Promise<void> {
    await mkdir(this.folderOf(enterpriseId), { recursive: true });
    await requireRoom(this.folderOf(enterpriseId), bytes, this.parts.reserveBytes);
  }

  /** Takes away all that belongs to an upload. */
  async remove(enterpriseId: EnterpriseId, id: UploadId): Promise<void> {
    await this.removeWhere(enterpriseId, (name) => name.startsWith(`${id}.`));
  }

  /** Takes away what belongs to none of these uploads. */
  async tidy(keep: ReadonlySet<string>): Promise<void> {
    for (const enterpriseId of await entriesOf(this.parts.filesDir)) {
      await this.removeWhere(enterpriseId as EnterpriseId, (name) => {
        const id = /^([0-9a-f-]{36})\./.exec(name)?.[1];
        return id !== undefined && !keep.has(id);
      });
    }
  }

  private async removeWhere(enterpriseId: EnterpriseId, isGone: (name: string) => boolean): Promise<void> {
    const folder = this.folderOf(enterpriseId);
    const names = (await entriesOf(folder)).filter(isGone);
    await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
  }

  private folderOf(enterpriseId: EnterpriseId): string {
    return join(this.parts.filesDir, enterpriseId, FOLDER);
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return [];
    throw error;
  }
}
