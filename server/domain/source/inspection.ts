import { randomUUID } from "node:crypto";
import type { UploadId } from "../../../core/contract/id";
import type { FileInspector } from "../../analytics/source/file-inspector";
import type { UploadFiles } from "../../analytics/storage/upload-files";
import { listForsaken, uploadRow, type StoredUpload } from "../../database/source/upload";
import type { Db } from "../../database/tables";

export interface UploadInspectionParts {
  db: Db;
  store: UploadFiles;
  inspector: Pick<FileInspector, "inspect">;
  now: () => number;
  failed: (error: unknown) => void;
}

const RENEW_MS = 5_000;

/**
 * Reads uploads that have arrived. One node does it for all: it says every few seconds that it is alive, and where it
 * stops saying so, the next one that hears of the upload begins anew.
 */
export function createUploadInspections({ db, store, inspector, now, failed }: UploadInspectionParts) {
  const running = new Map<UploadId, { leave: AbortController; done: Promise<void> }>();

  const read = async (upload: StoredUpload, worker: string, leave: AbortController): Promise<void> => {
    const { enterpriseId, id, revision } = upload;
    const row = uploadRow(db, id);
    const into = store.parquetOf(enterpriseId, id, revision);
    const alive = setInterval(() => {
      row.renew(worker).then((wanted) => wanted || leave.abort(), failed);
    }, RENEW_MS);
    try {
      const { fileName, settings } = upload;
      const file = store.rawOf(enterpriseId, id);
      const temporaryDir = store.spillOf(enterpriseId);
      const outcome = await inspector.inspect({ file, fileName, into, temporaryDir, settings }, leave.signal);
      if (outcome === null) await row.release(worker);
      else await row.settle(worker, outcome, new Date(now()));
    } finally {
      clearInterval(alive);
    }
  };

  const work = async (id: UploadId, leave: AbortController): Promise<void> => {
    const worker = randomUUID();
    const upload = await uploadRow(db, id).claim(worker);
    if (!upload || leave.signal.aborted) return;
    await read(upload, worker, leave).catch((error: unknown) => {
      if (!leave.signal.aborted) throw error;
    });
  };

  const stop = (id: UploadId): void => {
    running.get(id)?.leave.abort();
    running.delete(id);
  };

  /** Begins to read an upload, unless somebody does. */
  const start = (id: UploadId): void => {
    if (running.has(id)) return;
    const leave = new AbortController();
    const entry = { leave, done: Promise.resolve() };
    entry.done = work(id, leave)
      .catch(failed)
      .finally(() => {
        if (running.get(id) === entry) running.delete(id);
      });
    running.set(id, entry);
  };

  return {
    start,
    /** What is read now is no longer wanted. */
    stop,
    /** Takes up what a node left behind that was stopped. */
    resume: async (): Promise<void> => {
      for (const id of await listForsaken(db)) start(id);
    },
    /** Resolves when nothing is read any more. */
    idle: async (): Promise<void> => {
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

export type UploadInspections = ReturnType<typeof createUploadInspections>;
