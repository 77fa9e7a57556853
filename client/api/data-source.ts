import type { dataSourceRoutes } from "../../core/contract/source/data-source";
import type { Body, Query, Reply } from "./reply";
import type { Caller } from "./transport";

type Routes = typeof dataSourceRoutes;

export type DataSourceItem = Reply<Routes["list"]>["dataSources"][number];
export type NewDataSourceInput = Body<Routes["create"]>;
export type DataSourceChangeInput = Body<Routes["change"]>;
export type TestResult = Reply<Routes["test"]>;
export type SourceTableItem = Reply<Routes["tables"]>["tables"][number];
export type SourceColumnItem = Reply<Routes["columns"]>["columns"][number];

const sourcePath = (id: string, rest = ""): string => `/api/data-sources/${encodeURIComponent(id)}${rest}`;

/** The data sources of the session's enterprise. Fails with `forbidden` for viewers, as all of these do. */
export async function listDataSources(call: Caller): Promise<DataSourceItem[]> {
  return ((await call({ method: "GET", path: "/api/data-sources" })) as Reply<Routes["list"]>).dataSources;
}

/** Connects a data source. Fails with `name_taken`. */
export async function createDataSource(call: Caller, body: NewDataSourceInput): Promise<void> {
  await call({ method: "POST", path: "/api/data-sources", body });
}

/** Changes one. Fails with `password_needed` where the stored password would go to another server. */
export async function changeDataSource(call: Caller, id: string, body: DataSourceChangeInput): Promise<void> {
  await call({ method: "POST", path: sourcePath(id), body });
}

/** Fails with `data_source_in_use` while datasets are read from it. */
export async function removeDataSource(call: Caller, id: string): Promise<void> {
  await call({ method: "POST", path: sourcePath(id, "/remove") });
}

/** Tries settings before they are stored. */
export async function tryDataSource(call: Caller, body: NewDataSourceInput): Promise<TestResult> {
  return (await call({ method: "POST", path: "/api/data-sources/test", body })) as TestResult;
}

/** Tries a stored data source, or a change of it. */
export async function testDataSource(call: Caller, id: string, change?: DataSourceChangeInput): Promise<TestResult> {
  return (await call({ method: "POST", path: sourcePath(id, "/test"), body: change ? { change } : {} })) as TestResult;
}

/** Tables and views that the data source's user may read. */
export async function listTables(call: Caller, id: string): Promise<SourceTableItem[]> {
  return ((await call({ method: "GET", path: sourcePath(id, "/tables") })) as Reply<Routes["tables"]>).tables;
}

/** Columns of one table. */
export async function listColumns(
  call: Caller,
  id: string,
  query: Query<Routes["columns"]>,
): Promise<SourceColumnItem[]> {
  const reply = await call({ method: "GET", path: sourcePath(id, "/columns"), query });
  return (reply as Reply<Routes["columns"]>).columns;
}
