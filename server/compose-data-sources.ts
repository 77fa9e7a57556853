import { createHostGuard } from "./analytics/source/host-guard";
import { RemoteSources } from "./analytics/source/remote";
import type { Config } from "./config";
import { dataSources } from "./database/source/data-source";
import type { Db } from "./database/tables";
import { connectionOf } from "./domain/source/data-source";
import type { Vault } from "./vault";

interface Parts {
  config: Pick<Config, "dataSourceHosts">;
  db: Db;
  vault: Vault;
  now: () => number;
}

/** The enterprises' other databases, as far as the operator lets the server reach them. */
export function openRemoteSources({ config, db, vault, now }: Parts): RemoteSources {
  return new RemoteSources({
    guard: createHostGuard(config.dataSourceHosts),
    find: async (enterpriseId, id) => {
      const stored = await dataSources(db, vault, enterpriseId).find(id);
      return stored && { ...connectionOf(stored), revision: stored.revision };
    },
    now,
  });
}
