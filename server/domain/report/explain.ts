import type { z } from "zod";
import type { ExplainedQuestion, Explanation, explainRoutes, SlowOutcome } from "../../../core/contract/report/explain";
import type { EnterpriseId, ReportId } from "../../../core/contract/id";
import type { CardQuery } from "../../../core/contract/report/query";
import { effectOf } from "../../../core/report/question/question";
import type { Answer } from "../../analytics/cache/answer";
import type { CardAnswers } from "../../analytics/cache/card-answers";
import { listSlowQueries } from "../../database/report/slow-query";
import type { Db } from "../../database/tables";
import { AppError } from "../../errors";
import { requireAdministrator } from "../access/administration";
import { asksOf, failureOf } from "./card";
import { requireActor } from "../access/policy";
import { parsedQuestion, requireFit } from "./question";
import type { ReportDocument, ReportDocuments } from "./document";
import type { Session } from "../access/signed-in";

export interface ExplainParts {
  db: Db;
  documents: ReportDocuments;
  engine: Pick<CardAnswers, "question" | "peek" | "ask" | "state">;
  /** From how many ms of the engine's time a query counts as slow. */
  slowMs: number;
}

type SlowReply = z.input<(typeof explainRoutes)["slow"]["reply"]>;

/** How answers come about, for those who make reports. */
export function createExplanations(parts: ExplainParts) {
  return {
    /** Throws `forbidden` for those who may see the report but not edit it. A card that fails is explained too. */
    card: async (
      session: Session,
      asked: { reportId: ReportId; elementId: string; question?: string | undefined },
      signal: AbortSignal,
    ): Promise<Explanation> => {
      const document = await parts.documents.open(requireActor(session), asked.reportId);
      if (document.report.level !== "edit") {
        throw new AppError("forbidden", "Only those who may edit the report see how it is computed.");
      }
      const question = parsedQuestion(asked.question);
      requireFit(document.spec, question);
      const effect = effectOf(document.spec, question, asked.elementId);
      if (effect.state === "none") throw new AppError("not_found", "The report has no such data.");
      if (effect.state === "waiting") {
        throw new AppError("input_invalid", "Choose a value for the report's required filters first.");
      }
      const main = explain(parts, document, { part: "main", query: effect.query, signal });
      const trend = effect.trend && explain(parts, document, { part: "trend", query: effect.trend, signal });
      return { questions: await Promise.all(trend ? [main, trend] : [main]) };
    },

    /** Throws `forbidden` for all but administrators of the enterprise. */
    slow: async (
      session: Session,
      enterpriseId: EnterpriseId,
      asked: { limit: number; outcome?: SlowOutcome | undefined },
    ): Promise<SlowReply> => {
      await requireAdministrator(parts.db, session, enterpriseId);
      const rows = await listSlowQueries(parts.db, enterpriseId, asked);
      return {
        slowMs: parts.slowMs,
        queries: rows.map(({ at, reportId, reportTitle, ...row }) => ({
          ...row,
          at: at.toISOString(),
          report: reportId === null || reportTitle === null ? null : { id: reportId, title: reportTitle },
        })),
      };
    },
  };
}

async function explain(
  { engine }: ExplainParts,
  document: ReportDocument,
  { part, query, signal }: { part: ExplainedQuestion["part"]; query: CardQuery; signal: AbortSignal },
): Promise<ExplainedQuestion> {
  const head = { part, dataset: query.dataset };
  const { asker, report } = document;
  let cache: ExplainedQuestion["cache"] = "absent";
  try {
    const asks = asksOf(engine, document, query);
    if (asks instanceof AppError) throw asks;
    cache = await engine.state(asks, asker, signal);
    const answer = await engine.ask(asks, { asker, report: report.id, signal });
    return { ...head, cache, answer: shown(answer), failure: null };
  } catch (error) {
    signal.throwIfAborted();
    return { ...head, cache, answer: null, failure: failureOf(error, () => undefined) };
  }
}

function shown({ cost, computedAt, rows, json }: Answer): ExplainedQuestion["answer"] {
  const { engine, statements, engineMs, queueMs } = cost;
  const times = { engineMs: toTenths(engineMs), queueMs: toTenths(queueMs) };
  return { engine, statements, computedAt: new Date(computedAt).toISOString(), ...times, rows, bytes: json.length };
}

function toTenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
