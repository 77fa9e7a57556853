import type { z } from "zod";
import type { DatasetModel } from "../../core/contract/dataset";
import { ERRORS, type ErrorCode } from "../../core/contract/error";
import type { EnterpriseId, ReportId } from "../../core/contract/id";
import type { CardData, CardQuery } from "../../core/contract/query";
import type { Question } from "../../core/contract/question";
import type { CardResult } from "../../core/contract/report";
import { effectOf, type Effect } from "../../core/report/question";
import type { Asker } from "../analytics/query/asker";
import { AppError } from "../errors";
import type { ReportDocument } from "./report-document";

/** Answers card queries. Its own errors carry one of the contract's codes. */
export interface CardEngine {
  run(
    scope: { enterpriseId: EnterpriseId; dataset: DatasetModel; asker: Asker },
    query: CardQuery,
    options: { signal: AbortSignal; report: ReportId },
  ): Promise<CardData>;
}

export interface CardParts {
  engine: CardEngine;
  /** Told about failures that are not the report's own fault. */
  failed: (reportId: ReportId, elementId: string, error: unknown) => void;
}

/** What is asked of a report: of all its elements unless some are named. */
export interface Asked {
  question: Question;
  elements?: readonly string[] | undefined;
}

export type Cards = Record<string, z.input<typeof CardResult>>;
export type AskCards = (document: ReportDocument, asked: Asked, signal: AbortSignal) => Promise<Cards>;

/** Asks one query of the owner's data; the same query is asked once. */
type Answer = (query: CardQuery) => Promise<CardData>;

/** Computes cards at once, each distinct query once a request. A card that fails fails alone. */
export function createAskCards(parts: CardParts): AskCards {
  return async (document, { question, elements }, signal) => {
    const { spec, report } = document;
    const answer = answerOnce(parts.engine, document, signal);
    const cards = await Promise.all(
      (elements ?? Object.keys(spec.elements)).map(async (id) => {
        const effect = effectOf(spec, question, id);
        if (effect.state === "none") return [];
        const failed = (error: unknown): void => parts.failed(report.id, id, error);
        return [[id, await computeCard(effect, { answer, failed, signal })] as const];
      }),
    );
    return Object.fromEntries(cards.flat());
  };
}

/** Asks the owner's data for the person who reads, each distinct query once. */
export function answerOnce(engine: CardEngine, { report, models, asker }: ReportDocument, signal: AbortSignal): Answer {
  const running = new Map<string, Promise<CardData>>();
  return (query) => {
    const key = JSON.stringify(query);
    const dataset = models.get(query.dataset);
    if (!dataset) {
      return Promise.reject(new AppError("dataset_not_found", `There is no dataset "${query.dataset}".`));
    }
    const scope = { enterpriseId: report.ownerId, dataset, asker };
    const promise = running.get(key) ?? engine.run(scope, query, { signal, report: report.id });
    running.set(key, promise);
    return promise;
  };
}

async function computeCard(
  effect: Exclude<Effect, { state: "none" }>,
  { answer, failed, signal }: { answer: Answer; failed: (error: unknown) => void; signal: AbortSignal },
): Promise<z.input<typeof CardResult>> {
  if (effect.state === "waiting") return effect;
  try {
    // The main query decides; a small line that cannot be drawn does not hide the number above it.
    const drawn = (effect.trend ? answer(effect.trend) : undefined)?.catch((error: unknown) => {
      failed(error);
      return undefined;
    });
    const data = await answer(effect.query);
    const trend = await drawn;
    return { state: "ready", data, ...(trend ? { trend } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    return { state: "failed", error: failureOf(error, () => failed(error)) };
  }
}

function failureOf(error: unknown, report: () => void): { code: ErrorCode; message: string } {
  if (error instanceof Error && "code" in error && isErrorCode(error.code)) {
    if (ERRORS[error.code] >= 500) report();
    return { code: error.code, message: error.message };
  }
  report();
  return { code: "query_failed", message: "The data of this card could not be read." };
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && code in ERRORS;
}
