import type pg from "pg";
import type { Logger } from "pino";
import type { EnterpriseId } from "../core/contract/id";
import type { Config } from "./config";
import { createAudits } from "./domain/access/audit";
import { createAuthorisations } from "./domain/enterprise/authorisation";
import { createBindLinks } from "./domain/people/bind-link";
import { createEnterpriseSettings } from "./domain/enterprise/settings";
import { createEnterpriseUsers } from "./domain/people/enterprise-user";
import { createMemberLists } from "./domain/people/member-list";
import { createMemberMatches } from "./domain/people/match";
import { createMemberUsers } from "./domain/people/member-user";
import { createPersonal } from "./domain/people/personal";
import { createEventWork } from "./domain/event/apply";
import { createInbox } from "./domain/event/inbox";
import { createStreams } from "./domain/event/streams";
import { createSuiteInbox } from "./domain/event/suite";
import { createQuotas } from "./domain/enterprise/quota";
import { createSelfChecks } from "./domain/enterprise/self-check";
import type { SignInParts } from "./domain/session/sign-in";
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
  const eventParts = {
    ...app,
    pool,
    log,
    dingtalk,
    now,
    sleep,
    limit: config.enterpriseLimit,
    queueSync: (id: EnterpriseId) => syncs.queue(id),
  };
  const inbox = createInbox({ ...app, now, log });
  const plain = config.dingtalk.apiUrl.startsWith("http://");
  const suiteInbox = createSuiteInbox(eventParts);
  const streams = createStreams({ ...app, dingtalk, inbox, suiteInbox, log, plain });
  return {
    inbox,
    streams,
    suiteInbox,
    eventWork: createEventWork(eventParts),
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
    enterpriseUsers: createEnterpriseUsers({ db, now }),
    memberLists: createMemberLists({ db, now }),
    memberMatches: createMemberMatches({ db, now }),
    memberUsers: createMemberUsers({ db, now }),
    personal: createPersonal({ db, attempts: parts.attempts, now, suite, applinkUrl: config.dingtalk.applinkUrl }),
    bindLinks: createBindLinks({ ...parts, applinkUrl: config.dingtalk.applinkUrl }),
    selfChecks: createSelfChecks({ ...app, dingtalk, now, hears: streams.hears }),
    databaseUrl: parts.url,
  };
}
