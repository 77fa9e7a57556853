import { join } from "node:path";
import type pg from "pg";
import type { Logger } from "pino";
import { ExtractWriter } from "./analytics/extract/extract-writer";
import type { RemoteSources } from "./analytics/source/remote";
import type { Config } from "./config";
import type { Db } from "./database/tables";
import { createExtracts } from "./domain/source/extract";
import { createExtractRuns } from "./domain/source/extract-run";
import type { Vault } from "./vault";

interface Parts {
  config: Pick<Config, "dataDir" | "enginePath" | "extract" | "upload">;
  db: Db;
  pool: pg.Pool;
  vault: Vault;
  remote: RemoteSources;
  log: Logger;
  now: () => number;
}

/** Copies of slow tables: what people say of them, and what makes them. */
export function openExtracts({ config, db, pool, vault, remote, log, now }: Parts) {
  const writer = new ExtractWriter({
    remote,
    filesDir: join(config.dataDir, "files"),
    enginePath: config.enginePath,
    memoryLimit: "512MB",
    limits: config.extract,
    reserveBytes: config.upload.reserveBytes,
    log,
    now,
  });
  return {
    extracts: createExtracts({ db, vault, writer, now }),
    extractRuns: createExtractRuns({ db, pool, vault, writer, log, now }),
    close: () => writer.close(),
  };
}
