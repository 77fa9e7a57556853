import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type {
  DataSource,
  DataSourceChange,
  DataSourceTest,
  NewDataSource,
  SourceColumn,
  SourceTable,
} from "../../../core/contract/source/data-source";
import { DataSourceId, type DatasetName } from "../../../core/contract/id";
import type { Connection } from "../../analytics/source/driver";
import type { RemoteSources } from "../../analytics/source/remote";
import { insertAuditEntry, type AuditEntry } from "../../database/access/audit-entry";
import { dataSources, type DataSourceSettings, type StoredDataSource } from "../../database/source/data-source";
import { extracts } from "../../database/source/extract";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { Secret } from "../../secret";
import type { Vault } from "../../vault";
import { requireEditor, type Actor } from "../access/policy";
import type { Session } from "../access/signed-in";

export interface DataSourceParts {
  db: Db;
  vault: Vault;
  remote: RemoteSources;
  now: () => number;
}

/** What reads a data source. */
interface Uses {
  datasets: DatasetName[];
  extracts: string[];
}

const EDITORS_ONLY = "Only editors and administrators work with data sources.";

/** Data sources of the enterprise that a session acts in; for its editors and administrators only. */
export function createDataSources({ db, vault, remote, now }: DataSourceParts) {
  const open = (session: Session) => {
    const actor = requireEditor(session, EDITORS_ONLY);
    return { actor, own: dataSources(db, vault, actor.enterpriseId), copies: extracts(db, actor.enterpriseId) };
  };
  const audit = (actor: Actor, action: AuditEntry["action"], id: DataSourceId, name: string): Promise<void> =>
    insertAuditEntry(
      db,
      { enterpriseId: actor.enterpriseId, actorId: actor.userId, action, subject: id, detail: { name } },
      new Date(now()),
    );
  const require = async (session: Session, id: DataSourceId) => {
    const { actor, own, copies } = open(session);
    const stored = await own.find(id);
    if (!stored) throw new AppError("data_source_not_found", "The enterprise has no such data source.");
    const usesOf = async (): Promise<Uses> => {
      const [datasets, names] = await Promise.all([own.listUsers(id), copies.listNames(id)]);
      return { datasets, extracts: names };
    };
    return { actor, own, stored, usesOf };
  };

  return {
    list: async (session: Session): Promise<{ dataSources: DataSource[] }> => {
      const { own, copies } = open(session);
      const [stored, uses, copied] = await Promise.all([own.list(), own.listUses(), copies.list()]);
      const extractsOf = (id: DataSourceId): string[] =>
        copied.filter(({ dataSourceId }) => dataSourceId === id).map(({ name }) => name);
      return {
        dataSources: stored.map((each) =>
          toDataSource(each, { datasets: uses.get(each.id) ?? [], extracts: extractsOf(each.id) }),
        ),
      };
    },

    create: async (session: Session, { password, ...settings }: z.output<typeof NewDataSource>) => {
      const { actor, own } = open(session);
      const id = DataSourceId.parse(randomUUID());
      if (!(await own.insert(id, settings, new Secret(password), new Date(now())))) throw nameTaken();
      await audit(actor, "data_source_added", id, settings.name);
      return toDataSource(await found(own.find(id)), { datasets: [], extracts: [] });
    },

    change: async (
      session: Session,
      id: DataSourceId,
      { password, ...settings }: z.output<typeof DataSourceChange>,
    ) => {
      const { actor, own, stored, usesOf } = await require(session, id);
      requirePassword(stored, settings, password);
      const taken = (await own.list()).some((each) => each.id !== id && each.name === settings.name);
      if (taken) throw nameTaken();
      const secret = password === undefined ? undefined : new Secret(password);
      await own.update(id, settings, secret, new Date(now()));
      await audit(actor, "data_source_changed", id, settings.name);
      return toDataSource(await found(own.find(id)), await usesOf());
    },

    remove: async (session: Session, id: DataSourceId): Promise<Record<string, never>> => {
      const { actor, own, stored, usesOf } = await require(session, id);
      const { datasets, extracts: names } = await usesOf();
      const users = [...datasets, ...names];
      if (users.length > 0) {
        throw new AppError("data_source_in_use", `These are read from it: ${users.join(", ")}.`);
      }
      await own.remove(id);
      await audit(actor, "data_source_removed", id, stored.name);
      return {};
    },

    try: (session: Session, { password, ...settings }: z.output<typeof NewDataSource>): Promise<DataSourceTest> => {
      requireEditor(session, EDITORS_ONLY);
      return remote.test({ ...settings, password: new Secret(password) });
    },

    /** With a change: the settings as they would be, with the stored password where none is sent. */
    test: async (
      session: Session,
      id: DataSourceId,
      change?: z.output<typeof DataSourceChange>,
    ): Promise<DataSourceTest> => {
      const { stored } = await require(session, id);
      if (!change) return remote.test(connectionOf(stored));
      const { password, ...settings } = change;
      requirePassword(stored, settings, password);
      return remote.test({ ...settings, password: password === undefined ? stored.password() : new Secret(password) });
    },

    tables: async (session: Session, id: DataSourceId): Promise<{ tables: SourceTable[] }> => ({
      tables: await remote.tables(connectionOf((await require(session, id)).stored)),
    }),

    columns: async (
      session: Session,
      id: DataSourceId,
      { schema, table }: { schema: string; table: string },
    ): Promise<{ columns: SourceColumn[] }> => {
      const { stored } = await require(session, id);
      return { columns: await remote.columns(connectionOf(stored), { schema, name: table }) };
    },
  };
}

/** A stored data source as the engine's sessions are opened with it. */
export function connectionOf(stored: StoredDataSource): Connection {
  const { kind, host, port, database, user, tls, ca } = stored;
  return { kind, host, port, database, user, tls, ca, password: stored.password() };
}

/** A stored password goes to no other server than the one that it was given for. */
function requirePassword(stored: StoredDataSource, settings: DataSourceSettings, password: string | undefined): void {
  if (password !== undefined || sameServer(stored, settings)) return;
  throw new AppError("password_needed", "The password is needed again when the server or the user changes.");
}

function sameServer(stored: StoredDataSource, asked: DataSourceSettings): boolean {
  const server = ({ kind, host, port, user, tls, ca }: DataSourceSettings): string =>
    JSON.stringify([kind, host, port, user, tls, ca]);
  return server(stored) === server(asked);
}

function toDataSource(stored: StoredDataSource, uses: Uses): DataSource {
  const { id, name, kind, host, port, database, user, tls, ca, updatedAt } = stored;
  const { datasets, extracts: names } = uses;
  const settings = { name, kind, host, port, database, user, tls, ca };
  return { id, ...settings, updatedAt: updatedAt.toISOString(), datasets, extracts: names };
}

async function found(finding: Promise<StoredDataSource | null>): Promise<StoredDataSource> {
  const stored = await finding;
  if (!stored) throw new AppError("data_source_not_found", "The data source was removed meanwhile.");
  return stored;
}

function nameTaken(): AppError {
  return new AppError("name_taken", "Another data source has this name.");
}
