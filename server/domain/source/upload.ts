import { randomUUID } from "node:crypto";
import type { DataFile, FileColumn } from "../../../core/contract/source/file";
import { UploadId } from "../../../core/contract/id";
import type {
  ColumnEffect,
  CsvSettings,
  Inspection,
  NewUpload,
  Upload,
  WantedImport,
} from "../../../core/contract/source/upload";
import { OutsideError, type EnterpriseFiles } from "../../analytics/storage/enterprise-files";
import { isErrno } from "../../analytics/storage/errno";
import { DiskFullError } from "../../analytics/storage/disk-room";
import { OverlongError, type UploadFiles } from "../../analytics/storage/upload-files";
import { removeOldUploads, sumAnnounced, uploadRow, uploads, type StoredUpload } from "../../database/source/upload";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Asker } from "../access/administration";
import { EDITORS, type Files } from "./file";
import { requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";
import type { UploadInspections } from "./inspection";

export interface UploadParts {
  db: Db;
  store: UploadFiles;
  placed: EnterpriseFiles;
  files: Files;
  inspections: UploadInspections;
  limits: { bytes: number; partBytes: number };
  now: () => number;
}

/** Bytes of the disk that a byte of the file needs until it is imported: itself, in UTF-8 too, and as Parquet. */
const DISK_PER_BYTE = 2;
const DAY_MS = 24 * 3_600_000;

/** Files on their way into the enterprise that a session acts in; each belongs to the person who brings it. */
export function createUploads(parts: UploadParts) {
  const { db, store, inspections, limits, now } = parts;

  const require = async (session: Session, id: UploadId): Promise<{ actor: Actor; stored: StoredUpload }> => {
    const actor = requireEditor(session, EDITORS);
    const stored = await uploads(db, actor.enterpriseId, actor.userId).find(id);
    if (!stored) throw new AppError("upload_not_found", "There is no such upload.");
    return { actor, stored };
  };

  const toUpload = async (stored: StoredUpload): Promise<Upload> => {
    const { enterpriseId, id, fileName, size, modified, state, settings, inspection, problem } = stored;
    const received = state === "receiving" ? await store.received(enterpriseId, id) : size;
    const { partBytes } = limits;
    return { id, fileName, size, modified, received, partBytes, state, settings, inspection, problem };
  };

  const find = async (session: Session, id: UploadId): Promise<Upload> => {
    const { stored } = await require(session, id);
    if (stored.state === "inspecting") inspections.start(id);
    return toUpload(stored);
  };

  const forget = async ({ enterpriseId, id }: StoredUpload): Promise<void> => {
    inspections.stop(id);
    await uploadRow(db, id).remove();
    await store.remove(enterpriseId, id);
  };

  return {
    find,

    list: async (session: Session): Promise<{ uploads: Upload[]; limitBytes: number }> => {
      const actor = requireEditor(session, EDITORS);
      const own = await uploads(db, actor.enterpriseId, actor.userId).list();
      return { uploads: await Promise.all(own.map(toUpload)), limitBytes: limits.bytes };
    },

    begin: async (session: Session, file: NewUpload): Promise<Upload> => {
      const { enterpriseId, userId } = requireEditor(session, EDITORS);
      if (file.size === 0) throw new AppError("file_empty", "The file is empty.");
      if (file.size > limits.bytes) {
        throw new AppError("file_too_large", `The file may have ${limits.bytes} bytes at most.`);
      }
      const own = uploads(db, enterpriseId, userId);
      const same = await own.findSame(file);
      if (same) {
        await uploadRow(db, same.id).touch(new Date(now()));
        return toUpload(same);
      }
      const announced = file.size + (await sumAnnounced(db));
      await orDiskFull(() => store.requireRoom(enterpriseId, announced * DISK_PER_BYTE));
      const id = UploadId.parse(randomUUID());
      await store.create(enterpriseId, id);
      await own.insert(id, file, new Date(now()));
      return find(session, id);
    },

    /** What arrives stays, also where the part breaks off or the disk is full: the next part begins behind it. */
    part: async (
      session: Session,
      { id, offset, bytes, length }: { id: UploadId; offset: number; bytes: AsyncIterable<Buffer>; length: number },
      signal: AbortSignal,
    ): Promise<Upload> => {
      const { stored } = await require(session, id);
      const { enterpriseId, size } = stored;
      if (length > limits.partBytes) throw new AppError("body_too_large", "The part is too large.");
      if (stored.state !== "receiving" || offset !== (await store.received(enterpriseId, id))) {
        throw new AppError("upload_offset", "The part does not begin where the last one ended.");
      }
      await orDiskFull(async () => {
        await store.requireRoom(enterpriseId, length);
        await store.write({ enterpriseId, id, offset, end: size }, bytes, signal);
      });
      await uploadRow(db, id).touch(new Date(now()));
      if ((await store.received(enterpriseId, id)) >= size) {
        await uploadRow(db, id).want({}, ["receiving"], new Date(now()));
      }
      return find(session, id);
    },

    inspect: async (session: Session, id: UploadId, settings: CsvSettings): Promise<Upload> => {
      const { stored } = await require(session, id);
      if (stored.state === "receiving") throw notReady();
      inspections.stop(id);
      await uploadRow(db, id).want(settings, ["inspecting", "inspected", "refused"], new Date(now()));
      return find(session, id);
    },

    effects: async (session: Session, id: UploadId, name: string): Promise<{ effects: ColumnEffect[] }> => {
      const { inspection } = (await require(session, id)).stored;
      if (!inspection) throw notReady();
      return { effects: await parts.files.effectsOf(session, name, columnsOf(inspection)) };
    },

    import: async (asker: Asker, id: UploadId, { name, replace, leaveOut }: WantedImport): Promise<DataFile> => {
      const { actor, stored } = await require(asker.session, id);
      const { enterpriseId, inspection } = stored;
      if (stored.state !== "inspected" || !inspection) throw notReady();
      if (inspection.leftOut.count > 0 && !leaveOut) {
        throw new AppError("rows_do_not_fit", `${inspection.leftOut.count} rows do not fit.`);
      }
      if (inspection.columns.some(({ doubts }) => doubts.some(({ code }) => code === "day_order"))) {
        throw new AppError("days_undecided", "Days and months can be told in either order; choose one.");
      }
      const replaced = (await parts.placed.find(actor.enterpriseId, name)) !== null;
      const placed = await parts.placed
        .place(enterpriseId, finished(stored, inspection), name, replace)
        .catch(unplaced);
      if (!placed) throw new AppError("file_taken", `There is a file "${name}" already.`);
      const { rowCount: rows } = inspection;
      const file = await parts.files.imported(asker, { name, rows, columns: columnsOf(inspection), replaced });
      await forget(stored);
      return file;
    },

    cancel: async (session: Session, id: UploadId): Promise<Record<string, never>> => {
      await forget((await require(session, id)).stored);
      return {};
    },

    /** Forgets what nobody went on with for a day, and takes up what a stopped node was reading. */
    tidy: async (): Promise<void> => {
      await store.tidy(await removeOldUploads(db, new Date(now() - DAY_MS)));
      await inspections.resume();
    },
  };

  /** What is moved among the enterprise's files: a CSV file's rows as Parquet, or the Parquet file that was sent. */
  function finished({ enterpriseId, id, revision }: StoredUpload, { format }: Inspection): string {
    return format === "csv" ? store.parquetOf(enterpriseId, id, revision) : store.rawOf(enterpriseId, id);
  }
}

function columnsOf({ columns }: Inspection): FileColumn[] {
  return columns.map(({ name, type, understood }) => ({ name, type, understood }));
}

function notReady(): AppError {
  return new AppError("upload_not_ready", "Not all of the file has arrived, or it is still being read.");
}

/** A link is in the way, or another request of the same person has imported it meanwhile. */
function unplaced(error: unknown): never {
  if (error instanceof OutsideError) {
    throw new AppError("file_outside", "The folder leads out of the enterprise's.", { cause: error });
  }
  throw isErrno(error, "ENOENT") ? new AppError("upload_not_found", "There is no such upload any more.") : error;
}

async function orDiskFull(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof DiskFullError) throw new AppError("disk_full", "The server's disk is full.", { cause: error });
    if (error instanceof OverlongError)
      throw new AppError("input_invalid", "More bytes than the file was said to have.");
    throw error;
  }
}
