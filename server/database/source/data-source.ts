import type { DataSourceTable } from "./tables";
import { randomUUID } from "node:crypto";
import { sql, type Selectable } from "kysely";
import type { DataSourceKind, TlsMode } from "../../../core/contract/source/data-source";
import type { DataSourceId, DatasetName, EnterpriseId } from "../../../core/contract/id";
import { Secret } from "../../secret";
import type { Vault } from "../../vault";
import type { Db } from "../tables";

/** Everything about a data source but its id and its password. */
export interface DataSourceSettings {
  name: string;
  kind: DataSourceKind;
  host: string;
  port: number;
  database: string;
  user: string;
  tls: TlsMode;
  ca: string | null;
}

export interface StoredDataSource extends DataSourceSettings {
  id: DataSourceId;
  revision: string;
  updatedAt: Date;
  /** Opens the password. Throws when it was sealed with another APP_SECRET_KEY. */
  password(): Secret;
}

/** Owner of the table `data_source`: the databases that one enterprise's datasets are read from. */
export function dataSources(db: Db, vault: Vault, enterpriseId: EnterpriseId) {
  const own = () => db.selectFrom("data_source").selectAll().where("enterprise_id", "=", enterpriseId);
  return {
    list: async (): Promise<StoredDataSource[]> =>
      (await own().orderBy("name").execute()).map((row) => toStored(row, vault)),
    find: async (id: DataSourceId): Promise<StoredDataSource | null> => {
      const row = await own().where("id", "=", id).executeTakeFirst();
      return row ? toStored(row, vault) : null;
    },
    /** False where the name is taken. */
    insert: async (id: DataSourceId, settings: DataSourceSettings, password: Secret, at: Date): Promise<boolean> => {
      const row = { id, enterprise_id: enterpriseId, ...columnsOf(settings), ...sealed(vault, id, password) };
      const inserted = await db
        .insertInto("data_source")
        .values({ ...row, updated_at: at })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "name"]).doNothing())
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },
    /** Without a password the stored one stays. */
    update: async (
      id: DataSourceId,
      settings: DataSourceSettings,
      password: Secret | undefined,
      at: Date,
    ): Promise<void> => {
      await db
        .updateTable("data_source")
        .set({ ...columnsOf(settings), revision: randomUUID(), updated_at: at })
        .$if(password !== undefined, (query) => query.set(sealed(vault, id, password ?? new Secret(""))))
        .where("enterprise_id", "=", enterpriseId)
        .where("id", "=", id)
        .execute();
    },
    remove: async (id: DataSourceId): Promise<void> => {
      await db.deleteFrom("data_source").where("enterprise_id", "=", enterpriseId).where("id", "=", id).execute();
    },
    /** Which datasets are read from which of them. */
    listUses: async (): Promise<Map<string, DatasetName[]>> => {
      const source = sql<string>`model -> 'dingboard' ->> 'dataSource'`;
      const rows = await db
        .selectFrom("dataset")
        .select(["name", source.as("source")])
        .where("enterprise_id", "=", enterpriseId)
        .where(source, "is not", null)
        .orderBy("name")
        .execute();
      const uses = new Map<string, DatasetName[]>();
      for (const { name, source: id } of rows) uses.set(id, [...(uses.get(id) ?? []), name]);
      return uses;
    },
    /** Datasets that are read from it. */
    listUsers: async (id: DataSourceId): Promise<DatasetName[]> => {
      const rows = await db
        .selectFrom("dataset")
        .select("name")
        .where("enterprise_id", "=", enterpriseId)
        .where(sql<boolean>`model -> 'dingboard' ->> 'dataSource' = ${id}`)
        .orderBy("name")
        .execute();
      return rows.map(({ name }) => name);
    },
  };
}

/** Seals every password again with another key; run in a transaction, so that all or none change. Answers how many. */
export async function rotateDataSources(db: Db, from: Vault, to: Vault): Promise<number> {
  const rows = await db.selectFrom("data_source").select(["id", "key_id", "sealed"]).forUpdate().execute();
  for (const { id, key_id: keyId, sealed: before } of rows) {
    const password = new Secret(from.open({ keyId, sealed: before }, id));
    await db
      .updateTable("data_source")
      .set(sealed(to, id, password))
      .where("id", "=", id)
      .execute();
  }
  return rows.length;
}

function columnsOf({ user, ...settings }: DataSourceSettings) {
  const { name, kind, host, port, database, tls, ca } = settings;
  return { name, kind, host, port, database, tls, ca, login: user };
}

function sealed(vault: Vault, id: DataSourceId, password: Secret): { key_id: string; sealed: Buffer } {
  const made = vault.seal(password.reveal(), id);
  return { key_id: made.keyId, sealed: made.sealed };
}

function toStored(row: Selectable<DataSourceTable>, vault: Vault): StoredDataSource {
  const { id, name, kind, host, port, database, login: user, tls, ca, revision, updated_at: updatedAt } = row;
  const password = (): Secret => new Secret(vault.open({ keyId: row.key_id, sealed: row.sealed }, row.id));
  return { id, name, kind, host, port, database, user, tls, ca, revision, updatedAt, password };
}
