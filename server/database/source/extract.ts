import { sql } from "kysely";
import type { ExtractSchedule } from "../../../core/contract/source/extract";
import type { DataSourceId, DatasetName, EnterpriseId, ExtractId } from "../../../core/contract/id";
import type { Db } from "../tables";

/** What is copied, and when. */
export interface ExtractSettings {
  dataSourceId: DataSourceId;
  table: { schema: string; name: string };
  columns: string[] | null;
  schedule: ExtractSchedule;
}

export interface ExtractRow extends ExtractSettings {
  id: ExtractId;
  enterpriseId: EnterpriseId;
  name: string;
  nextRunAt: Date | null;
  data: { asOf: Date; rows: number; bytes: number } | null;
}

const COLUMNS = [
  "id",
  "enterprise_id as enterpriseId",
  "data_source_id as dataSourceId",
  "name",
  "table_schema as schema",
  "table_name as table",
  "columns",
  "schedule",
  "next_run_at as nextRunAt",
  "data_as_of as asOf",
  "data_rows as rows",
  "data_bytes as bytes",
] as const;

/** Owner of the table `extract`: copies of tables of one enterprise's data sources. */
export function extracts(db: Db, enterpriseId: EnterpriseId) {
  const own = () => db.selectFrom("extract").select(COLUMNS).where("enterprise_id", "=", enterpriseId);
  const change = (id: ExtractId) =>
    db.updateTable("extract").where("enterprise_id", "=", enterpriseId).where("id", "=", id);
  return {
    list: async (): Promise<ExtractRow[]> => (await own().orderBy("name").execute()).map(toRow),
    find: async (id: ExtractId): Promise<ExtractRow | null> => {
      const row = await own().where("id", "=", id).executeTakeFirst();
      return row ? toRow(row) : null;
    },
    /** False where the name is taken. */
    insert: async (
      made: { id: ExtractId; name: string; nextRunAt: Date | null },
      settings: ExtractSettings,
      at: Date,
    ): Promise<boolean> => {
      const { id, name, nextRunAt } = made;
      const inserted = await db
        .insertInto("extract")
        .values({
          id,
          enterprise_id: enterpriseId,
          name,
          next_run_at: nextRunAt,
          ...columnsOf(settings),
          updated_at: at,
        })
        .onConflict((conflict) => conflict.columns(["enterprise_id", "name"]).doNothing())
        .executeTakeFirst();
      return inserted.numInsertedOrUpdatedRows === 1n;
    },
    update: async (id: ExtractId, settings: ExtractSettings, nextRunAt: Date | null, at: Date): Promise<void> => {
      await change(id)
        .set({ ...columnsOf(settings), next_run_at: nextRunAt, updated_at: at })
        .execute();
    },
    setNextRun: async (id: ExtractId, nextRunAt: Date | null): Promise<void> => {
      await change(id).set({ next_run_at: nextRunAt }).execute();
    },
    setData: async (id: ExtractId, data: { asOf: Date; rows: number; bytes: number }): Promise<void> => {
      await change(id).set({ data_as_of: data.asOf, data_rows: data.rows, data_bytes: data.bytes }).execute();
    },
    remove: async (id: ExtractId): Promise<void> => {
      await db.deleteFrom("extract").where("enterprise_id", "=", enterpriseId).where("id", "=", id).execute();
    },
    /** Names of the copies made of a data source. */
    listNames: async (dataSourceId: DataSourceId): Promise<string[]> => {
      const rows = await own().where("data_source_id", "=", dataSourceId).orderBy("name").execute();
      return rows.map(({ name }) => name);
    },
    /** Which files the enterprise's datasets name as their sources, `*` among them. */
    listFileUses: async (): Promise<{ dataset: DatasetName; source: string }[]> => {
      const { rows } = await sql<{ dataset: DatasetName; source: string }>`
        select dataset.name as dataset, part ->> 'source' as source
        from dataset, jsonb_array_elements(dataset.model -> 'semantic_model' -> 'datasets') as part
        where dataset.enterprise_id = ${enterpriseId} and dataset.model -> 'dingboard' ->> 'dataSource' is null
        order by dataset.name`.execute(db);
      return rows;
    },
  };
}

/** Extracts of active enterprises whose time has come; the caller's transaction has them alone. */
export async function takeDueExtracts(db: Db, now: Date): Promise<ExtractRow[]> {
  const rows = await db
    .selectFrom("extract")
    .select(COLUMNS)
    .where("next_run_at", "<=", now)
    .where("enterprise_id", "in", (eb) =>
      eb.selectFrom("enterprise").select("enterprise.id").where("enterprise.state", "=", "active"),
    )
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(toRow);
}

/** By its id alone: for jobs, which act in the name of nobody. Null unless its enterprise is active. */
export async function findActiveExtract(db: Db, id: ExtractId): Promise<ExtractRow | null> {
  const row = await db
    .selectFrom("extract")
    .select(COLUMNS)
    .where("id", "=", id)
    .where("enterprise_id", "in", (eb) =>
      eb.selectFrom("enterprise").select("enterprise.id").where("enterprise.state", "=", "active"),
    )
    .executeTakeFirst();
  return row ? toRow(row) : null;
}

function columnsOf({ dataSourceId, table, columns, schedule }: ExtractSettings) {
  return {
    data_source_id: dataSourceId,
    table_schema: table.schema,
    table_name: table.name,
    columns: columns === null ? null : JSON.stringify(columns),
    schedule: JSON.stringify(schedule),
  };
}

interface Selected extends Omit<ExtractRow, "table" | "data"> {
  schema: string;
  table: string;
  asOf: Date | null;
  rows: string | null;
  bytes: string | null;
}

function toRow({ schema, table, asOf, rows, bytes, ...row }: Selected): ExtractRow {
  const data = asOf === null ? null : { asOf, rows: Number(rows), bytes: Number(bytes) };
  return { ...row, table: { schema, name: table }, data };
}
