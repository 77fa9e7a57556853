import type { z } from "zod";
import type { DatasetModel } from "../../core/contract/dataset";
import { ERRORS, type ErrorCode } from "../../core/contract/error";
import type { DatasetName, EnterpriseId } from "../../core/contract/id";
import type { CardData, CardQuery } from "../../core/contract/query";
import type { CardResult, ReportElement, ReportFilter, ReportSpec } from "../../core/contract/report";
import { AppError } from "../errors";

/** Answers card queries. Its own errors carry one of the contract's codes. */
export interface CardEngine {
  run(
    scope: { enterpriseId: EnterpriseId; dataset: DatasetModel },
    query: CardQuery,
    signal: AbortSignal,
  ): Promise<CardData>;
}

export interface CardParts {
  engine: CardEngine;
  enterpriseId: EnterpriseId;
  datasets: ReadonlyMap<DatasetName, DatasetModel>;
  signal: AbortSignal;
  /** Told about failures that are not the report's own fault. */
  failed: (elementId: string, error: unknown) => void;
}

/** Computes all cards of a report at once, each distinct query once. A card that fails fails alone. */
export async function computeCards(
  parts: CardParts,
  spec: ReportSpec,
): Promise<Record<string, z.input<typeof CardResult>>> {
  const running = new Map<string, Promise<CardData>>();
  const answer = (query: CardQuery): Promise<CardData> => {
    const key = JSON.stringify(query);
    const promise = running.get(key) ?? ask(parts, query);
    running.set(key, promise);
    return promise;
  };
  const cards = await Promise.all(
    Object.entries(spec.elements).map(async ([id, element]) => {
      if (element.type === "text") return [];
      return [[id, await computeCard(parts, spec, { id, element }, answer)] as const];
    }),
  );
  return Object.fromEntries(cards.flat());
}

type Charted = Exclude<ReportElement, { type: "text" }>;

async function computeCard(
  parts: CardParts,
  spec: ReportSpec,
  { id, element }: { id: string; element: Charted },
  answer: (query: CardQuery) => Promise<CardData>,
): Promise<z.input<typeof CardResult>> {
  const filtered = (query: CardQuery): CardQuery => withDefaults(query, id, spec.filters);
  try {
    const trend = element.type === "kpi" && element.trend ? answer(filtered(element.trend)) : undefined;
    // The main query decides; a small line that cannot be drawn does not hide the number above it.
    const drawn = trend?.catch((error: unknown) => {
      parts.failed(id, error);
      return undefined;
    });
    const data = await answer(filtered(element.query));
    const line = await drawn;
    return { state: "ready", data, ...(line ? { trend: line } : {}) };
  } catch (error) {
    parts.signal.throwIfAborted();
    return { state: "failed", error: failureOf(error, () => parts.failed(id, error)) };
  }
}

function ask(parts: CardParts, query: CardQuery): Promise<CardData> {
  const dataset = parts.datasets.get(query.dataset);
  if (!dataset) {
    return Promise.reject(new AppError("dataset_not_found", `There is no dataset "${query.dataset}".`));
  }
  return parts.engine.run({ enterpriseId: parts.enterpriseId, dataset }, query, parts.signal);
}

/** The report's filters with a default value, put on the elements they name (all of their dataset if they name none). */
function withDefaults(query: CardQuery, elementId: string, filters: ReportFilter[]): CardQuery {
  const added = filters
    .filter((filter) => filter.dataset === query.dataset && (filter.targets?.includes(elementId) ?? true))
    .flatMap((filter) => filter.default ?? []);
  return added.length === 0 ? query : { ...query, filters: [...query.filters, ...added] };
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
