import { join } from "node:path";
import type { Logger } from "pino";
import { FileInspector } from "./analytics/source/file-inspector";
import { EnterpriseFiles } from "./analytics/storage/enterprise-files";
import { UploadFiles } from "./analytics/storage/upload-files";
import type { Config } from "./config";
import type { EnterpriseId } from "../core/contract/id";
import type { Db } from "./database/tables";
import { createFiles } from "./domain/source/file";
import { createUploads } from "./domain/source/upload";
import { createUploadInspections } from "./domain/source/inspection";

interface Parts {
  config: Pick<Config, "dataDir" | "enginePath" | "upload">;
  /** Told of each file that was put in its place or taken away. */
  changed: (enterpriseId: EnterpriseId, name: string) => Promise<void>;
  db: Db;
  log: Logger;
  now: () => number;
}

/** An interrupted statement of an inspection is not waited for: nobody else uses its process. */
const GRACE_MS = 200;

/** The enterprises' files and how they arrive. */
export function openFiles({ config, changed, db, log, now }: Parts) {
  const filesDir = join(config.dataDir, "files");
  const { enginePath, upload } = config;
  const inspector = new FileInspector({ enginePath, memoryLimit: "512MB", graceMs: GRACE_MS, log });
  const placed = new EnterpriseFiles(filesDir, changed);
  const store = new UploadFiles({ filesDir, reserveBytes: upload.reserveBytes });
  const failed = (error: unknown): void => log.error({ err: error }, "inspection failed");
  const inspections = createUploadInspections({ db, store, inspector, now, failed });
  const files = createFiles({ db, files: placed, now });
  return {
    files,
    uploads: createUploads({ db, store, placed, files, inspections, limits: upload, now }),
    close: async (): Promise<void> => {
      await inspector.close();
      await inspections.idle();
    },
  };
}
