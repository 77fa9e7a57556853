import type pg from "pg";
import type { Logger } from "pino";
import type { Config } from "./config";
import { createAudits } from "./domain/audit";
import { createAuthorisations } from "./domain/authorisation";
import { createEnterpriseSettings } from "./domain/enterprise-settings";
import { createQuotas } from "./domain/quota";
import type { SignInParts } from "./domain/sign-in";
import { createSyncs } from "./domain/sync/runs";

export interface AdministrationParts extends SignInParts {
  pool: pg.Pool;
  log: Logger;
  config: Config;
  sleep: (ms: number) => Promise<void>;
  /** The database, for those who need a connection of their own. */
  url: string;
}

/** Everything that administrators do: enterprises, synchronisation, members, users, quota, self-check, audit log. */
export function openAdministration(parts: AdministrationParts) {
  const { db, vault, suite, dingtalk, now, pool, log, config, sleep } = parts;
  const app = { db, vault, suite };
  let stopping = false;
  const syncs = createSyncs({ ...app, pool, dingtalk, now, sleep, log, stopping: () => stopping });
  return {
    /** Lets long jobs come to their next step and leave off there. */
    stopJobs: () => void (stopping = true),
    syncs,
    authorisations: createAuthorisations({
      ...app,
      dingtalk,
      now,
      limit: config.enterpriseLimit,
      site: config.site,
      startSync: (enterpriseId, asker) => syncs.start(asker, enterpriseId),
    }),
    enterpriseSettings: createEnterpriseSettings({ ...app, dingtalk, now, publicUrl: config.publicUrl }),
    quotas: createQuotas({ db, now }),
    audits: createAudits({ db, now }),
    databaseUrl: parts.url,
  };
}
