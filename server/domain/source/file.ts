import { DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DataFile, FileColumn } from "../../../core/contract/source/file";
import type { DatasetName, EnterpriseId } from "../../../core/contract/id";
import type { ColumnEffect } from "../../../core/contract/source/upload";
import { replacementEffects } from "../../analytics/check/replacement";
import { tablesOf } from "../../analytics/query/model";
import type { EnterpriseFiles, FoundFile } from "../../analytics/storage/enterprise-files";
import { namesFile } from "../../analytics/storage/source-files";
import { dataFiles, type StoredDataFile } from "../../database/source/data-file";
import { datasets } from "../../database/dataset/dataset";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { audit, type Asker } from "../access/administration";
import { requireEditor } from "../access/policy";
import type { Session } from "../access/signed-in";

export interface FileParts {
  db: Db;
  files: EnterpriseFiles;
  now: () => number;
}

/** What viewers are told. */
export const EDITORS = "Only editors and administrators work with files.";
/** A file that was written so long after its import was not written by it. */
const LATER_MS = 60_000;

/** Files of the enterprise that a session acts in; for its editors and administrators only. */
export function createFiles({ db, files, now }: FileParts) {
  const usersOf = async (enterpriseId: EnterpriseId): Promise<(name: string) => DatasetName[]> => {
    const uses = await dataFiles(db, enterpriseId).listUses();
    const read = ({ source }: { source: string }, name: string): boolean =>
      tablesOf(source).some((file) => namesFile(file, name));
    return (name) => [...new Set(uses.filter((use) => read(use, name)).map(({ dataset }) => dataset))];
  };

  const describe = async (enterpriseId: EnterpriseId, found: FoundFile): Promise<DataFile> => {
    const known = (await dataFiles(db, enterpriseId).list()).find(({ name }) => name === found.name);
    return toDataFile(found, known, (await usersOf(enterpriseId))(found.name));
  };

  return {
    list: async (session: Session): Promise<{ files: DataFile[] }> => {
      const { enterpriseId } = requireEditor(session, EDITORS);
      const [found, known, users] = await Promise.all([
        files.list(enterpriseId),
        dataFiles(db, enterpriseId).list(),
        usersOf(enterpriseId),
      ]);
      const byName = new Map(known.map((file) => [file.name, file]));
      return { files: found.map((file) => toDataFile(file, byName.get(file.name), users(file.name))) };
    },

    remove: async (asker: Asker, name: string): Promise<Record<string, never>> => {
      const { enterpriseId } = requireEditor(asker.session, EDITORS);
      if (!(await files.find(enterpriseId, name))) throw new AppError("file_not_found", "There is no such file.");
      const users = (await usersOf(enterpriseId))(name);
      if (users.length > 0) {
        throw new AppError("file_in_use", `These datasets are read from it: ${users.join(", ")}.`);
      }
      await files.remove(enterpriseId, name);
      await dataFiles(db, enterpriseId).remove(name);
      const entry = { enterpriseId, action: "file_removed", subject: null, detail: { name } } as const;
      await audit(db, asker, entry, new Date(now()));
      return {};
    },

    /** Writes down what was just put in its place. */
    imported: async (
      asker: Asker,
      file: { name: string; rows: number; columns: FileColumn[]; replaced: boolean },
    ): Promise<DataFile> => {
      const { enterpriseId, userId } = requireEditor(asker.session, EDITORS);
      const { name, rows, columns, replaced } = file;
      await dataFiles(db, enterpriseId).save({ name, rows, columns, updatedBy: userId }, new Date(now()));
      const action = replaced ? "file_replaced" : "file_imported";
      await audit(db, asker, { enterpriseId, action, subject: null, detail: { name, rows } }, new Date(now()));
      const found = await files.find(enterpriseId, name);
      if (!found) throw new AppError("file_not_found", "The file was removed meanwhile.");
      return describe(enterpriseId, found);
    },

    /** What datasets would no longer find in a file of that name, were it one with these columns. */
    effectsOf: async (session: Session, name: string, after: FileColumn[]): Promise<ColumnEffect[]> => {
      const { enterpriseId } = requireEditor(session, EDITORS);
      const found = await files.find(enterpriseId, name);
      const before = found === null ? null : (await describe(enterpriseId, found)).columns;
      const readers = (await usersOf(enterpriseId))(name);
      const models = await datasets(db, enterpriseId).listModels(readers);
      return models.flatMap(({ name: dataset, model: stored }) => {
        const model = DatasetModel.parse(stored);
        const { label } = model.dingboard;
        return replacementEffects(model, { name, before, after }).map((effect) => ({ ...effect, dataset, label }));
      });
    },
  };
}

export type Files = ReturnType<typeof createFiles>;

function toDataFile(
  { name, size, changedAt }: FoundFile,
  known: StoredDataFile | undefined,
  usedBy: DatasetName[],
): DataFile {
  const imported = known && changedAt.getTime() < known.updatedAt.getTime() + LATER_MS ? known : undefined;
  return {
    name,
    size,
    updatedAt: (imported?.updatedAt ?? changedAt).toISOString(),
    updatedBy: imported?.updatedBy ?? null,
    rows: imported?.rows ?? null,
    columns: imported?.columns ?? null,
    usedBy,
  };
}
