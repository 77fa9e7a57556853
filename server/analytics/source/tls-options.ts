import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import type { Connection } from "./driver";

/** The certificate must be valid for the host as it is named in the settings, whichever address it was dialled by. */
export function tlsOptions({ host, ca }: Pick<Connection, "host" | "ca">): ConnectionOptions {
  return {
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    checkServerIdentity: (_dialled, certificate) => checkServerIdentity(host, certificate),
    ...(ca === null ? {} : { ca }),
  };
}
