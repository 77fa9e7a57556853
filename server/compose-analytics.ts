import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { createAnalytics, type Analytics } from "./analytics/analytics";
import { CardAnswers, type SlowQuestion } from "./analytics/cache/card-answers";
import type { RemoteSources } from "./analytics/source/remote";
import type { Config } from "./config";
import { tellAccessChange, type AccessChanges } from "./database/access/access-changed";
import { insertSlowQuery } from "./database/report/slow-query";
import type { Db } from "./database/tables";

/** What answers questions, with its own life. */
export type Engine = Pick<Analytics, "run" | "version" | "open" | "fileChanged" | "ready" | "close">;

export function openEngine(config: Config, log: Logger, remote: RemoteSources): Engine {
  return createAnalytics({
    remote,
    filesDir: join(config.dataDir, "files"),
    databaseDir: join(config.dataDir, "engine"),
    enginePath: config.enginePath,
    memoryLimit: "512MB",
    queryTimeoutMs: config.queryTimeoutMs,
    concurrency: availableParallelism(),
    log,
  });
}

export interface AnswersParts {
  config: Pick<Config, "cache">;
  engine: Engine;
  changes: AccessChanges;
  db: Db;
  log: Logger;
  now: () => number;
}

/** The engine behind the cache that all readers and nodes share. */
export function openAnswers({ config, engine, changes, db, log, now }: AnswersParts): CardAnswers {
  const { cache } = config;
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  return new CardAnswers({
    analytics: engine,
    now,
    maxBytes: cache.bytes,
    ages: { freshMs: cache.freshMs, staleMs: cache.staleMs },
    changes,
    announce: (change) => void tellAccessChange(db, change).catch(failed("change not told")),
    slowMs: cache.slowMs,
    slow: (slow) => {
      const { engineMs, queueMs, engine: name } = slow.cost;
      const { enterpriseId, query } = slow.question;
      const { report, outcome, rows } = slow;
      const shown = { enterpriseId, report, dataset: query.dataset, engine: name, outcome, rows };
      log.warn({ ...shown, engineMs: Math.round(engineMs), queueMs: Math.round(queueMs) }, "slow query");
      insertSlowQuery(db, rowOf(slow, now())).catch(failed("slow query not written"));
    },
    failed: failed("answer not renewed"),
  });
}

function rowOf(
  { question, report, cost, rows, outcome }: SlowQuestion,
  at: number,
): Parameters<typeof insertSlowQuery>[1] {
  const { enterpriseId, query } = question;
  const { engine, engineMs, queueMs, statements } = cost;
  const sql = statements.map((statement) => statement.sql).join(";\n\n");
  return {
    engine,
    engineMs,
    queueMs,
    sql,
    enterpriseId,
    reportId: report,
    dataset: query.dataset,
    rows,
    outcome,
    at: new Date(at),
  };
}
