import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Extract, ExtractChange, ExtractRun, NewExtract } from "../../../core/contract/source/extract";
import { ExtractId, type DatasetName, type EnterpriseId } from "../../../core/contract/id";
import { extractSource, type ExtractWriter } from "../../analytics/extract/extract-writer";
import { namesFile } from "../../analytics/storage/source-files";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { dataSources } from "../../database/source/data-source";
import { extracts, type ExtractSettings } from "../../database/source/extract";
import { extractRuns, type ExtractRunRow } from "../../database/source/extract-run";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import type { Vault } from "../../vault";
import { cancelRun, queueRun } from "./extract-run";
import { nextRun } from "./extract-schedule";
import { requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";

export interface ExtractParts {
  db: Db;
  vault: Vault;
  writer: Pick<ExtractWriter, "remove">;
  now: () => number;
}

const SHOWN_RUNS = 5;
const EDITORS = "Only editors and administrators work with extracts.";

/** Extracts of the enterprise that a session acts in; for its editors and administrators only. */
export function createExtracts(parts: ExtractParts) {
  const { db, now } = parts;
  const require = async (session: Session, id: ExtractId) => {
    const actor = requireEditor(session, EDITORS);
    const row = await extracts(db, actor.enterpriseId).find(id);
    if (!row) throw new AppError("extract_not_found", "The enterprise has no such extract.");
    return { actor, row };
  };
  const shown = async (session: Session, id: ExtractId): Promise<Extract> => {
    const actor = requireEditor(session, EDITORS);
    const extract = (await present(db, actor.enterpriseId)).find((each) => each.id === id);
    if (!extract) throw new AppError("extract_not_found", "The extract was removed meanwhile.");
    return extract;
  };
  const audit = (trx: Db, actor: Actor, action: AuditEntry["action"], id: ExtractId, name: string): Promise<void> =>
    insertAuditEntry(
      trx,
      { enterpriseId: actor.enterpriseId, actorId: actor.userId, action, subject: id, detail: { name } },
      new Date(now()),
    );
  const requireSource = async (actor: Actor, { dataSourceId }: ExtractSettings): Promise<void> => {
    const found = await dataSources(db, parts.vault, actor.enterpriseId).find(dataSourceId);
    if (!found) throw new AppError("data_source_not_found", "The enterprise has no such data source.");
  };

  return {
    list: async (session: Session): Promise<{ extracts: Extract[] }> => {
      const actor = requireEditor(session, EDITORS);
      return { extracts: await present(db, actor.enterpriseId) };
    },

    create: async (session: Session, { name, ...settings }: z.output<typeof NewExtract>): Promise<Extract> => {
      const actor = requireEditor(session, EDITORS);
      await requireSource(actor, settings);
      const id = ExtractId.parse(randomUUID());
      const at = new Date(now());
      const nextRunAt = nextRun(settings.schedule, id, now());
      await db.transaction().execute(async (trx) => {
        const made = await extracts(trx, actor.enterpriseId).insert({ id, name, nextRunAt }, settings, at);
        if (!made) throw new AppError("name_taken", "Another extract has this name.");
        await queueRun(trx, id, at);
        await audit(trx, actor, "extract_added", id, name);
      });
      return shown(session, id);
    },

    /** Where other data is wanted than before, it is read at once. */
    change: async (session: Session, id: ExtractId, settings: z.output<typeof ExtractChange>): Promise<Extract> => {
      const { actor, row } = await require(session, id);
      await requireSource(actor, settings);
      const at = new Date(now());
      const nextRunAt = nextRun(settings.schedule, id, now());
      await db.transaction().execute(async (trx) => {
        await extracts(trx, actor.enterpriseId).update(id, settings, nextRunAt, at);
        if (copied(row) !== copied(settings)) await queueRun(trx, id, at);
        await audit(trx, actor, "extract_changed", id, row.name);
      });
      return shown(session, id);
    },

    run: async (session: Session, id: ExtractId): Promise<Extract> => {
      await require(session, id);
      await db.transaction().execute((trx) => queueRun(trx, id, new Date(now())));
      return shown(session, id);
    },

    cancel: async (session: Session, id: ExtractId): Promise<Extract> => {
      await require(session, id);
      await cancelRun(db, id, new Date(now()));
      return shown(session, id);
    },

    remove: async (session: Session, id: ExtractId): Promise<Record<string, never>> => {
      const { actor, row } = await require(session, id);
      const users = readersOf(row.name, await extracts(db, actor.enterpriseId).listFileUses());
      if (users.length > 0) throw new AppError("extract_in_use", `These datasets read it: ${users.join(", ")}.`);
      await db.transaction().execute(async (trx) => {
        await extracts(trx, actor.enterpriseId).remove(id);
        await audit(trx, actor, "extract_removed", id, row.name);
      });
      await parts.writer.remove(actor.enterpriseId, row.name);
      return {};
    },
  };
}

function copied({ dataSourceId, table, columns }: ExtractSettings): string {
  return JSON.stringify([dataSourceId, table.schema, table.name, columns]);
}

/** Runs are read first: a run that has just ended is then shown as under way, and never without its data. */
async function present(db: Db, enterpriseId: EnterpriseId): Promise<Extract[]> {
  const own = extracts(db, enterpriseId);
  const runs = await extractRuns(db).listLatest(enterpriseId, SHOWN_RUNS);
  const [rows, uses] = await Promise.all([own.list(), own.listFileUses()]);
  return rows.map(({ enterpriseId: _enterprise, data, nextRunAt, ...row }) => ({
    ...row,
    source: extractSource(row.name),
    nextRunAt: nextRunAt?.toISOString() ?? null,
    data: data && { ...data, asOf: data.asOf.toISOString() },
    runs: runs.filter(({ extractId }) => extractId === row.id).map(toRun),
    datasets: readersOf(row.name, uses),
  }));
}

function readersOf(name: string, uses: { dataset: DatasetName; source: string }[]): DatasetName[] {
  const file = extractSource(name);
  return [...new Set(uses.filter(({ source }) => namesFile(source, file)).map(({ dataset }) => dataset))];
}

function toRun({ state, queuedAt, startedAt, finishedAt, rows, fault, cause }: ExtractRunRow): ExtractRun {
  return {
    state,
    rows,
    fault,
    cause,
    queuedAt: queuedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
