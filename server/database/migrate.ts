import { Migrator, type Migration } from "kysely";
import { StartError } from "../errors";
import { first } from "./migrations/2026-11-22T10-00-00_first";
import { handOff } from "./migrations/2026-11-22T11-50-00_hand_off";
import { reportChanges } from "./migrations/2026-11-22T13-25-00_report_changes";
import { oauthState } from "./migrations/2026-11-22T13-30-00_oauth_state";
import { administration } from "./migrations/2026-11-22T13-31-00_administration";
import { dataSource } from "./migrations/2026-11-22T14-14-00_data_source";
import { folder } from "./migrations/2026-11-22T13-42-00_folder";
import { datasetRevision } from "./migrations/2026-11-28T20-18-00_dataset_revision";
import { file } from "./migrations/2026-11-28T20-33-00_file";
import { extract } from "./migrations/2026-11-28T21-05-00_extract";
import { reportDraft } from "./migrations/2026-12-01T05-52-00_report_draft";
import { person } from "./migrations/2026-12-01T06-10-00_person";
import { sharing } from "./migrations/2026-12-01T06-30-00_sharing";
import { openPool, kyselyOn } from "./open";

/** Forward only, in the order of their names. A released migration is never edited. */
export const MIGRATIONS: Record<string, Migration> = {
  "2026-11-22T10-00-00_first": first,
  "2026-11-22T11-50-00_hand_off": handOff,
  "2026-11-22T13-25-00_report_changes": reportChanges,
  "2026-11-22T13-30-00_oauth_state": oauthState,
  "2026-11-22T13-31-00_administration": administration,
  "2026-11-22T13-42-00_folder": folder,
  "2026-11-22T14-14-00_data_source": dataSource,
  "2026-11-28T20-18-00_dataset_revision": datasetRevision,
  "2026-11-28T20-33-00_file": file,
  "2026-11-28T21-05-00_extract": extract,
  "2026-12-01T05-52-00_report_draft": reportDraft,
  "2026-12-01T06-10-00_person": person,
  "2026-12-01T06-30-00_sharing": sharing,
};

/**
 * Brings the database up to this code. Several nodes may call it at once: one works, the others wait for its lock.
 * Throws a StartError when the database was migrated by newer code.
 */
export async function migrate(url: string, migrations: Record<string, Migration> = MIGRATIONS): Promise<string[]> {
  // Its own connection, without a statement time-out: waiting for another node's migration may take long.
  const pool = openPool({ url, max: 2, statementTimeoutMs: 0 });
  const db = kyselyOn(pool);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    await refuseNewer(pool, migrations);
    const { error, results } = await migrator.migrateToLatest();
    if (error) {
      await refuseNewer(pool, migrations);
      throw new StartError(`The database could not be migrated: ${messageOf(error)}`, { cause: error });
    }
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}

async function refuseNewer(pool: ReturnType<typeof openPool>, known: Record<string, Migration>): Promise<void> {
  const table = await pool.query<{ oid: string | null }>("select to_regclass('kysely_migration') as oid");
  if (!table.rows[0]?.oid) return;
  const done = await pool.query<{ name: string }>("select name from kysely_migration order by name");
  const unknown = done.rows.map((row) => row.name).filter((name) => !(name in known));
  if (unknown.length === 0) return;
  throw new StartError(
    `The database is newer than this version of Dingboard: it holds ${unknown.join(", ")}. Start the newer version, or restore a backup made before the update.`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
