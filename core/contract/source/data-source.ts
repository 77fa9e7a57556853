import { z } from "zod";
import { DataSourceId, DatasetName } from "../id";
import { route } from "../route";

/** By wire protocol: what speaks PostgreSQL's (Citus, Greenplum, Hologres ...), MySQL's (MariaDB, StarRocks, Doris, TiDB ...), or ClickHouse's HTTP. */
export const DataSourceKind = z.enum(["postgresql", "mysql", "clickhouse"]);
export type DataSourceKind = z.infer<typeof DataSourceKind>;

/** `verify`: encrypted, and the server's certificate must be valid for its host. `off`: not encrypted. */
export const TlsMode = z.enum(["verify", "off"]);
export type TlsMode = z.infer<typeof TlsMode>;

const settings = {
  name: z.string().trim().min(1).max(100),
  kind: DataSourceKind,
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9._:[\]-]+$/, { message: "A host name or an address, without a port." }),
  port: z.number().int().min(1).max(65_535),
  database: z.string().min(1).max(200),
  user: z.string().min(1).max(200),
  tls: TlsMode.default("verify"),
  /** Certificates of the source's own authority, PEM. */
  ca: z.string().max(20_000).startsWith("-----BEGIN CERTIFICATE-----").nullable().default(null),
};

const password = z.string().max(1_000);

/** A data source as editors see it. The password is never answered. */
export const DataSource = z.object({
  ...settings,
  id: DataSourceId,
  updatedAt: z.iso.datetime(),
  /** The datasets that are read from it: while there is one, it cannot be removed. */
  datasets: z.array(DatasetName),
  /** Names of the extracts that copy its tables: they too keep it from being removed. */
  extracts: z.array(z.string()),
});
export type DataSource = z.infer<typeof DataSource>;

export const NewDataSource = z.strictObject({ ...settings, password });

/** All settings; without a password the stored one stays, which is only possible while it goes to the same server. */
export const DataSourceChange = z.strictObject({ ...settings, password: password.optional() });

export const SourceTable = z.object({ schema: z.string(), name: z.string(), kind: z.enum(["table", "view"]) });
export type SourceTable = z.infer<typeof SourceTable>;

/** `type` in the engine's own words; `datatype` is what a dataset's field would say, null where none fits. */
export const SourceColumn = z.object({ name: z.string(), type: z.string(), datatype: z.string().nullable() });
export type SourceColumn = z.infer<typeof SourceColumn>;

/**
 * What can be wrong with a data source, one word for each thing that somebody would have to change. `host_refused`: the
 * operator does not list it. `lost`: the connection broke while it was used. `changed`: a table or column is gone, or has
 * another type than the model says.
 */
export const SourceFaultCode = z.enum([
  "host_refused",
  "host_unknown",
  "unreachable",
  "tls_failed",
  "login_failed",
  "database_missing",
  "not_permitted",
  "timeout",
  "overloaded",
  "too_large",
  "lost",
  "changed",
  "failed",
]);
export type SourceFaultCode = z.infer<typeof SourceFaultCode>;

/** What a try of the connection found. A source that answers may still deserve a warning. */
export const DataSourceTest = z.object({
  ok: z.boolean(),
  /** Only where it is not ok. */
  fault: SourceFaultCode.nullable(),
  message: z.string(),
  /** What the engine or the operating system said of the fault, in its own words: those who mend it need them. */
  cause: z.string().max(500).nullable(),
  /** `can_write`: the user may change data. `no_tables`: it may read none. */
  warnings: z.array(z.enum(["can_write", "no_tables", "not_encrypted"])),
  tables: z.number().int(),
});
export type DataSourceTest = z.infer<typeof DataSourceTest>;

const Params = z.object({ dataSourceId: DataSourceId });

/** Data sources of the chosen enterprise, for its editors and administrators. */
export const dataSourceRoutes = {
  list: route({
    method: "GET",
    path: "/api/data-sources",
    summary: "Data sources of the enterprise",
    access: "session",
    reply: z.object({ dataSources: z.array(DataSource) }),
  }),
  create: route({
    method: "POST",
    path: "/api/data-sources",
    summary: "Connects a data source",
    access: "session",
    body: NewDataSource,
    reply: DataSource,
  }),
  try: route({
    method: "POST",
    path: "/api/data-sources/test",
    summary: "Tries settings before they are stored",
    access: "session",
    body: NewDataSource,
    reply: DataSourceTest,
  }),
  change: route({
    method: "POST",
    path: "/api/data-sources/:dataSourceId",
    summary: "Changes a data source; its password stays where none is sent",
    access: "session",
    params: Params,
    body: DataSourceChange,
    reply: DataSource,
  }),
  remove: route({
    method: "POST",
    path: "/api/data-sources/:dataSourceId/remove",
    summary: "Removes a data source that no dataset and no extract uses",
    access: "session",
    params: Params,
    reply: z.object({}),
  }),
  test: route({
    method: "POST",
    path: "/api/data-sources/:dataSourceId/test",
    summary: "Tries a stored data source, or a change of it before it is stored",
    access: "session",
    params: Params,
    body: z.strictObject({ change: DataSourceChange.optional() }),
    reply: DataSourceTest,
  }),
  tables: route({
    method: "GET",
    path: "/api/data-sources/:dataSourceId/tables",
    summary: "Tables and views that the data source's user may read",
    access: "session",
    params: Params,
    reply: z.object({ tables: z.array(SourceTable) }),
  }),
  columns: route({
    method: "GET",
    path: "/api/data-sources/:dataSourceId/columns",
    summary: "Columns of one table",
    access: "session",
    params: Params,
    query: z.object({ schema: z.string().min(1).max(200), table: z.string().min(1).max(200) }),
    reply: z.object({ columns: z.array(SourceColumn) }),
  }),
};
