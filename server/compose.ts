import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { EnterpriseId } from "../core/contract/id";
import { openRemoteSources } from "./compose-data-sources";
import { openExtracts } from "./compose-extracts";
import { openAnswers, openEngine, type Engine } from "./compose-analytics";
import { openFiles } from "./compose-files";
import type { Config } from "./config";
import { addToLedger } from "./database/enterprise/dingtalk-call";
import { startEmbedded } from "./database/embedded/supervisor";
import { migrateJobs } from "./database/job";
import { migrate } from "./database/migrate";
import { listenForAccessChanges } from "./database/access/access-changed";
import { openDatabase, type Database } from "./database/open";
import { createDingTalk, type DingTalk } from "./dingtalk/client";
import type { CallRecord, HttpParts } from "./dingtalk/http";
import { createPace } from "./dingtalk/pace";
import { bindAndSignIn, bindInDingTalk } from "./domain/people/binding";
import { createAttempts } from "./domain/access/attempts";
import { openAdministration } from "./compose-administration";
import { signInWithPassword } from "./domain/session/account";
import { createAskCards } from "./domain/report/card";
import { createDataSources } from "./domain/source/data-source";
import { createDatasets, saveDataset } from "./domain/dataset/dataset";
import { dayInChina } from "./domain/access/china-time";
import { createEnterprises } from "./domain/enterprise/enterprise";
import { createFolders } from "./domain/report/folder";
import { createDrafts } from "./domain/report/draft";
import { createDraftWatch } from "./domain/report/draft-watch";
import { createRevisions } from "./domain/report/revision";
import { createSharing } from "./domain/report/sharing";
import { createKeeping } from "./domain/report/keeping";
import { createPreviews } from "./domain/report/preview";
import { createExplanations } from "./domain/report/explain";
import { createHandOffs } from "./domain/session/hand-off";
import { tidy } from "./domain/enterprise/housekeeping";
import { createLaunches } from "./domain/session/launch";
import { describeMe } from "./domain/session/me";
import { createMembers } from "./domain/people/member";
import { createOAuthSignIns } from "./domain/session/oauth";
import { createQuestions } from "./domain/report/question";
import { createReports } from "./domain/report/report";
import { createReportDocuments } from "./domain/report/document";
import { requireSameKey, rotateSecrets } from "./domain/access/secrets";
import type { Session } from "./domain/access/signed-in";
import { createSessions } from "./domain/session/session";
import { createSessionCache } from "./domain/session/cache";
import { createSetup } from "./domain/session/setup";
import { signInInDingTalk, signInWithDingTalk } from "./domain/session/sign-in";
import { createUsers } from "./domain/people/user";
import { createVisitLog } from "./domain/report/visit-log";
import type { Secret } from "./secret";
import { createVault } from "./vault";

/** What tests replace: time, and who answers for DingTalk and for the engine. */
export interface Given {
  log: Logger;
  now?: () => number;
  fetch?: typeof fetch;
  engine?: Engine;
  /** How long DingTalk may take to answer; 5,000 by default. */
  dingtalkTimeoutMs?: number;
  /** For the rotation of secrets only: opens also where APP_SECRET_KEY is not the one that the database knows. */
  anyKey?: boolean;
}

/** What a function of the domain takes besides its parts. */
type Input<F extends (parts: never, input: never) => unknown> = Parameters<F>[1];

export type Domain = Awaited<ReturnType<typeof openDomain>>;

/** Everything the product can do, without HTTP: opens the database (and migrates it), the engine and DingTalk's client. */
export async function openDomain(config: Config, given: Given) {
  const { log } = given;
  const now = given.now ?? Date.now;
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const url = await databaseUrl(config, log, closing);
    const migrated = await migrate(url);
    if (migrated.length > 0) log.info({ migrations: migrated }, "database migrated");
    await migrateJobs(url);
    const database = openDatabase(url);
    closing.push(() => database.close());
    const vault = createVault(config.appSecretKey);
    if (!given.anyKey) await requireSameKey(database.db, vault);
    const changes = await listenForAccessChanges(url);
    closing.push(() => changes.close());
    const cache = createSessionCache(changes, now);
    const remote = openRemoteSources({ config, db: database.db, vault, now });
    closing.push(() => Promise.resolve(remote.close()));
    const engine = given.engine ?? openEngine(config, log, remote);
    closing.push(() => engine.close());

    const { db, pool } = database;
    const { close: closeExtracts, ...extracts } = openExtracts({ config, db, pool, vault, remote, log, now });
    closing.push(closeExtracts);
    const dingtalk = connectDingTalk(config, given, database, now);
    const documents = createReportDocuments({ db, changes, now });
    const answers = openAnswers({ config, engine, changes, db, log, now });
    const cards = createAskCards({
      engine: answers,
      failed: (reportId, elementId, error) => log.error({ reportId, elementId, err: error }, "card failed"),
    });
    const visits = createVisitLog({ db, now, failed: (error) => log.error({ err: error }, "visits not written") });
    closing.push(() => visits.close());
    const {
      files,
      uploads,
      close: closeFiles,
    } = openFiles({
      config,
      changed: async (enterpriseId, name) => {
        await engine.fileChanged(enterpriseId, name);
        answers.dataChanged(enterpriseId);
      },
      db,
      log,
      now,
    });
    closing.push(closeFiles);
    const attempts = createAttempts(pool);
    const folders = createFolders({ db });
    const drafts = createDrafts({ db, documents, now });
    const keeping = createKeeping({ db, documents, folders, now });
    const sessions = createSessions({ db, cache, key: vault.sessionKey, now });
    const signInParts = { db, vault, suite: config.suite, dingtalk, sessions, attempts, now };
    return {
      /** Rejects while the database or the engine does not answer. */
      requireReady: async (): Promise<void> => {
        await Promise.all([database.ping(), engine.ready()]);
      },
      tidy: async (): Promise<void> => {
        await tidy({ db, pool, now });
        await uploads.tidy();
        await keeping.tidy();
      },
      attempts,
      sessions,
      signIn: (input: Input<typeof signInWithDingTalk>) => signInWithDingTalk(signInParts, input),
      signInInDingTalk: (input: Input<typeof signInInDingTalk>) => signInInDingTalk(signInParts, input),
      bind: (input: Input<typeof bindAndSignIn>) => bindAndSignIn(signInParts, input),
      bindInDingTalk: (input: Input<typeof bindInDingTalk>) => bindInDingTalk(signInParts, input),
      signInWithPassword: (input: Input<typeof signInWithPassword>) => signInWithPassword(signInParts, input),
      handOffs: createHandOffs({ db, sessions, attempts, now, publicUrl: config.publicUrl }),
      oauthSignIns: createOAuthSignIns({
        ...signInParts,
        publicUrl: config.publicUrl,
        loginUrl: config.dingtalk.loginUrl,
        listsEnterprises: config.listsEnterprises,
      }),
      launches: createLaunches({ db, now }),
      me: (session: Session) => describeMe(db, session),
      enterprises: createEnterprises({ db, vault, dingtalk, now, limit: config.enterpriseLimit }),
      ...openAdministration({ ...signInParts, pool, log, config, url, sleep: pause }),
      users: createUsers({ db, now }),
      members: createMembers({ db, now }),
      folders,
      ...extracts,
      dataSources: createDataSources({ db, vault, remote, now }),
      datasets: createDatasets({ db, vault, engine, now, changed: (id) => documents.changed(`datasets:${id}`) }),
      files,
      uploads,
      reports: createReports({ db, documents, cards, visits, now }),
      drafts,
      revisions: createRevisions({ db, documents, drafts }),
      sharing: createSharing({ db, documents, now }),
      keeping,
      previews: createPreviews({ db, documents, cards, now }),
      draftWatch: createDraftWatch({ db, documents, changes }),
      questions: createQuestions({ documents, cards, engine: answers, now }),
      explanations: createExplanations({ db, documents, engine: answers, slowMs: config.cache.slowMs }),
      /** The engine behind its cache. */
      answers,
      saveDataset: async (input: Parameters<typeof saveDataset>[1]): Promise<void> => {
        await saveDataset(db, input);
        documents.changed(`datasets:${input.enterpriseId}`);
      },
      setup: createSetup({ db, attempts, now, dataDir: config.dataDir, publicUrl: config.publicUrl }),
      rotateSecrets: (from: Secret) => rotateSecrets(db, createVault(from), vault, new Date(now())),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function databaseUrl(config: Config, log: Logger, closing: (() => Promise<void>)[]): Promise<string> {
  if (config.databaseUrl) return config.databaseUrl.reveal();
  const embedded = await startEmbedded({
    dataDir: config.dataDir,
    rootDir: config.rootDir,
    log: (line) => log.info({ database: "embedded" }, line),
  });
  closing.push(() => embedded.stop());
  return embedded.url;
}

const CALL_TIMEOUT_MS = 5_000;

function connectDingTalk(config: Config, given: Given, database: Database, now: () => number): DingTalk {
  const { log } = given;
  // A ledger that cannot be written must not stop a sign-in: the log still has the call.
  const keep = (enterpriseId: EnterpriseId, record: CallRecord): void => {
    log.info({ dingtalk: record.name, outcome: record.outcome, code: record.code, ms: record.ms }, "dingtalk call");
    const entry = { enterpriseId, day: dayInChina(now()), api: record.name, ...outcomeOf(record) };
    addToLedger(database.db, entry).catch((error: unknown) => log.error({ err: error }, "ledger not written"));
  };
  const sleep: HttpParts["sleep"] = (ms, signal) => pause(ms, undefined, signal ? { signal } : {});
  return createDingTalk({
    apiUrl: config.dingtalk.apiUrl,
    oapiUrl: config.dingtalk.oapiUrl,
    fetch: given.fetch ?? fetch,
    now,
    sleep,
    pace: createPace({ elapsed: () => performance.now(), sleep }),
    timeoutMs: given.dingtalkTimeoutMs ?? CALL_TIMEOUT_MS,
    record: keep,
  });
}

function outcomeOf(record: CallRecord): { counted: boolean; outcome: string } {
  return { counted: record.counted, outcome: record.outcome };
}
