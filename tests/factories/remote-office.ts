import type { DataSource } from "../../core/contract/source/data-source";
import type { DatasetProblem } from "../../core/contract/dataset/edit";
import type { CardData } from "../../core/contract/report/query";
import type { Connection } from "../../server/analytics/source/driver";
import { builders } from "./build";
import { request } from "./client";
import { connectSource } from "./data-source";
import { datasetOffice, type Office } from "./datasets";
import { startWorld, type World } from "./world";

/** An office whose datasets are read from a data source, connected over HTTP as an editor would. */
export interface RemoteOffice extends Office {
  dataSource: DataSource["id"];
}

/** A world with what works with datasets, of files and of data sources. */
export interface RemoteWorld {
  world: World;
  work: ReturnType<typeof datasetOffice>;
  remote: ReturnType<typeof remoteOffices>;
}

export async function startRemoteWorld(): Promise<RemoteWorld> {
  const world = await startWorld();
  const work = datasetOffice(world, builders(world));
  return { world, work, remote: remoteOffices(world, work) };
}

/** Works with datasets of data sources through the routes. */
export function remoteOffices(world: World, work: ReturnType<typeof datasetOffice>) {
  const post = <T>(path: string, token: string, body: unknown) =>
    request<T>(world.server.url, "POST", path, { token, body });
  const connect = (token: string, connection: Connection): Promise<DataSource["id"]> =>
    connectSource(world.server.url, { token }, connection);
  return {
    connect,
    office: async (connection: Connection): Promise<RemoteOffice> => {
      const office = await work.office();
      return { ...office, dataSource: await connect(office.editor, connection) };
    },
    propose: (token: string, source: string, dataSource: DataSource["id"]) =>
      post<{ text: string } & { error: { message: string } }>("/api/dataset-proposals", token, {
        label: "Proposed",
        source,
        dataSource,
      }),
    /** The answer of the check route, with its status. */
    checked: (token: string, text: string) =>
      post<{ problems: DatasetProblem[] } & { error: { message: string } }>("/api/dataset-checks", token, { text }),
    preview: (token: string, name: string, body: object) =>
      post<CardData & { error: { message: string } }>(`/api/datasets/${name}/preview`, token, body),
  };
}
