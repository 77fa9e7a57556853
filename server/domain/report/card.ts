import { LRUCache } from "lru-cache";
import { ERRORS, type ErrorCode } from "../../../core/contract/error";
import type { ReportId } from "../../../core/contract/id";
import type { CardQuery } from "../../../core/contract/report/query";
import type { Question } from "../../../core/contract/report/question";
import { effectOf, NO_QUESTION } from "../../../core/report/question/question";
import type { Answer } from "../../analytics/cache/answer";
import type { CardAnswers } from "../../analytics/cache/card-answers";
import type { KnownQuestion } from "../../analytics/cache/question-key";
import { AppError } from "../../errors";
import type { ReportDocument } from "./document";

/** Answers card queries, from its cache where it can. Its own errors carry one of the contract's codes. */
export type CardEngine = Pick<CardAnswers, "question" | "peek" | "ask">;

export interface CardParts {
  engine: CardEngine;
  /** Told about failures that are not the report's own fault. */
  failed: (reportId: ReportId, elementId: string, error: unknown) => void;
}

/** What is asked of a report: of all its elements unless some are named. */
export interface Asked {
  question: Question;
  elements?: readonly string[] | undefined;
  /** Asks the engine, whatever the cache has. */
  refresh?: boolean | undefined;
}

/** What became of one card: `CardResult` of the contract with its answers ready to be sent. */
export type Card =
  | { state: "ready"; data: Answer; trend?: Answer }
  | { state: "failed"; error: { code: ErrorCode; message: string } }
  | { state: "waiting"; needs: string[] };

export type Cards = Record<string, Card>;
/** `ending`: the signal of who waits, asked for where something has to be computed. */
export type AskCards = (document: ReportDocument, asked: Asked, ending: () => AbortSignal) => Cards | Promise<Cards>;

/** What one card asks: worked out once a question and revision. */
type Plan = { id: string; state: "waiting"; needs: string[] } | { id: string; state: "ask"; main: Asks; trend?: Asks };

/** Or why it cannot be asked. */
type Asks = KnownQuestion | AppError;

/** Questions of one report that are remembered. */
const MAX_PLANS = 200;

/** Computes cards at once; where all are in the cache, nothing is waited for. The same question is computed once, whoever asks it. A card that fails fails alone. */
export function createAskCards(parts: CardParts): AskCards {
  const plans = plansOf(parts.engine);
  return (document, asked, ending) => {
    const cards: Cards = {};
    const missing: Promise<void>[] = [];
    for (const plan of plans(document, asked)) {
      const known = asked.refresh ? undefined : peekCard(parts.engine, document, plan);
      if (known) cards[plan.id] = known;
      else {
        cards[plan.id] = NOT_YET; // its place among the cards
        const signal = ending();
        const ask = (asks: Asks): Promise<Answer> => askFor(parts.engine, document, asks, { ...asked, signal });
        const failed = (error: unknown): void => parts.failed(document.report.id, plan.id, error);
        missing.push(computeCard(plan, { ask, failed, signal }).then((card) => void (cards[plan.id] = card)));
      }
    }
    return missing.length === 0 ? cards : Promise.all(missing).then(() => cards);
  };
}

const NOT_YET: Card = { state: "waiting", needs: [] };

/** Asks the owner's data for the person who reads. */
export function askQuery(
  engine: CardEngine,
  document: ReportDocument,
  query: CardQuery,
  signal: AbortSignal,
): Promise<Answer> {
  return askFor(engine, document, asksOf(engine, document, query), { signal });
}

/** What a query asks of the cache; throws nothing. */
export function asksOf(engine: CardEngine, { report, models }: ReportDocument, query: CardQuery): Asks {
  const dataset = models.get(query.dataset);
  if (!dataset) return new AppError("dataset_not_found", `There is no dataset "${query.dataset}".`);
  return engine.question(report.ownerId, dataset, query);
}

async function askFor(
  engine: CardEngine,
  { report, asker }: ReportDocument,
  asks: Asks,
  options: { signal: AbortSignal; refresh?: boolean | undefined },
): Promise<Answer> {
  if (asks instanceof AppError) throw asks;
  return engine.ask(asks, { ...options, asker, report: report.id });
}

/** Plans by what they are made of. A report's models are one object for as long as nothing of it changes. */
function plansOf(engine: CardEngine): (document: ReportDocument, asked: Asked) => Plan[] {
  const remembered = new WeakMap<ReportDocument["models"], LRUCache<string, Plan[]>>();
  return (document, { question, elements }) => {
    const ofReport = remembered.get(document.models) ?? new LRUCache({ max: MAX_PLANS });
    // What everybody asks first need not be written down to be found.
    const key = question === NO_QUESTION && !elements ? "" : JSON.stringify([question, elements]);
    const known = ofReport.get(key);
    if (known) return known;
    const plans = makePlans(engine, document, { question, elements });
    ofReport.set(key, plans);
    remembered.set(document.models, ofReport);
    return plans;
  };
}

function makePlans(engine: CardEngine, document: ReportDocument, { question, elements }: Asked): Plan[] {
  const { spec } = document;
  return (elements ?? Object.keys(spec.elements)).flatMap((id): Plan[] => {
    const effect = effectOf(spec, question, id);
    if (effect.state === "none") return [];
    if (effect.state === "waiting") return [{ id, ...effect }];
    const main = asksOf(engine, document, effect.query);
    const trend = effect.trend && asksOf(engine, document, effect.trend);
    return [{ id, state: "ask", main, ...(trend ? { trend } : {}) }];
  });
}

/** The card, where everything of it is fresh in the cache. */
function peekCard(engine: CardEngine, { asker }: ReportDocument, plan: Plan): Card | undefined {
  if (plan.state === "waiting") return { state: "waiting", needs: plan.needs };
  const { main, trend } = plan;
  const data = main instanceof AppError ? undefined : engine.peek(main, asker);
  if (!data || !trend) return data && { state: "ready", data };
  const line = trend instanceof AppError ? undefined : engine.peek(trend, asker);
  return line && { state: "ready", data, trend: line };
}

async function computeCard(
  plan: Plan,
  {
    ask,
    failed,
    signal,
  }: { ask: (asks: Asks) => Promise<Answer>; failed: (error: unknown) => void; signal: AbortSignal },
): Promise<Card> {
  if (plan.state === "waiting") return { state: "waiting", needs: plan.needs };
  try {
    // The main query decides; a small line that cannot be drawn does not hide the number above it.
    const drawn = (plan.trend ? ask(plan.trend) : undefined)?.catch((error: unknown) => {
      failed(error);
      return undefined;
    });
    const data = await ask(plan.main);
    const trend = await drawn;
    return { state: "ready", data, ...(trend ? { trend } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    return { state: "failed", error: failureOf(error, () => failed(error)) };
  }
}

/** What a person is told of a failure; `report` is called for those that are not the report's own fault. */
export function failureOf(error: unknown, report: () => void): { code: ErrorCode; message: string } {
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
