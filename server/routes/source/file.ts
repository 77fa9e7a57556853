import { fileRoutes } from "../../../core/contract/source/file";
import { uploadRoutes } from "../../../core/contract/source/upload";
import type { Domain } from "../../compose";
import { endpoint, type Endpoint } from "../../middleware/endpoint";
import { streamEndpoint } from "../../middleware/stream-endpoint";

/** Files that datasets are read from, and how they arrive. */
export function fileEndpoints({ files, uploads }: Domain): Endpoint[] {
  return [
    endpoint(fileRoutes.list, ({ session }) => files.list(session)),
    endpoint(fileRoutes.remove, ({ session, from, body }) =>
      files.remove({ session, address: from.address }, body.name),
    ),
    endpoint(uploadRoutes.begin, ({ session, body }) => uploads.begin(session, body)),
    endpoint(uploadRoutes.list, ({ session }) => uploads.list(session)),
    endpoint(uploadRoutes.find, ({ session, params }) => uploads.find(session, params.uploadId)),
    streamEndpoint(uploadRoutes.part, ({ session, params, query, signal }, incoming) =>
      uploads.part(session, { id: params.uploadId, offset: query.offset, ...incoming }, signal),
    ),
    endpoint(uploadRoutes.inspect, ({ session, params, body }) =>
      uploads.inspect(session, params.uploadId, body.settings),
    ),
    endpoint(uploadRoutes.effects, ({ session, params, query }) =>
      uploads.effects(session, params.uploadId, query.name),
    ),
    endpoint(uploadRoutes.import, ({ session, from, params, body }) =>
      uploads.import({ session, address: from.address }, params.uploadId, body),
    ),
    endpoint(uploadRoutes.cancel, ({ session, params }) => uploads.cancel(session, params.uploadId)),
  ];
}
