import { folderRoutes } from "../../../core/contract/report/folder-edit";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";

/** What an enterprise sorts its reports into. */
export function folderEndpoints({ folders }: Domain): Endpoint[] {
  return [
    endpoint(folderRoutes.list, ({ session }) => folders.list(session)),
    endpoint(folderRoutes.create, ({ session, body }) => folders.create(session, body)),
    endpoint(folderRoutes.change, ({ session, params, body }) => folders.change(session, { ...params, ...body })),
    endpoint(folderRoutes.remove, ({ session, params }) => folders.remove(session, params.folderId)),
  ];
}
