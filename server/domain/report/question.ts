import { naturalOrder } from "../../../core/report/natural-order";
import { own } from "../../../core/own";
import { metricsOf, type DatasetModel } from "../../../core/contract/dataset/dataset";
import type { DatasetName, ReportId, UserId } from "../../../core/contract/id";
import { fieldIn } from "../../../core/contract/report/filter-field";
import type { CardData, CardQuery, Filter, Scalar } from "../../../core/contract/report/query";
import { Question, type ExportFormat, type FilterOptions } from "../../../core/contract/report/question";
import type { ReportFilter, ReportSpec } from "../../../core/contract/report/report";
import { currentValue, filterOn, isPeriod, reaches } from "../../../core/report/question/filter";
import { questionFault } from "../../../core/report/question/question";
import type { Language } from "../../../core/report/format";
import { AppError } from "../../errors";
import type { ReadyJson } from "../../ready-json";
import { askQuery, type AskCards, type CardEngine } from "./card";
import { replyWithCards } from "./card-json";
import { csvFile } from "../access/csv";
import { requireActor } from "../access/policy";
import type { ReportDocument, ReportDocuments } from "./document";
import type { Session } from "../access/signed-in";
import { xlsxFile } from "./xlsx";

export interface QuestionParts {
  documents: ReportDocuments;
  cards: AskCards;
  engine: CardEngine;
  now: () => number;
}

/** A report, seen by the person who asks or, for administrators, as somebody else sees it. */
interface Opened {
  reportId: ReportId;
  viewAs?: UserId | undefined;
}

/** A file for download. */
export interface FileAnswer {
  name: string;
  type: string;
  content: Buffer;
}

const MAX_OPTIONS = 200;

/** What readers ask of a report besides its first screen. Whoever may not see the report gets `report_not_found`. */
export function createQuestions(parts: QuestionParts) {
  const open = (session: Session, { reportId, viewAs }: Opened): Promise<ReportDocument> =>
    parts.documents.open(requireActor(session), reportId, viewAs);

  return {
    /** The cards of the named elements, or of all. */
    cards: async (
      session: Session,
      asked: Opened & { question: Question; elements?: string[] | undefined; refresh?: boolean },
      signal: AbortSignal,
    ): Promise<ReadyJson> => {
      const { question, elements, refresh } = asked;
      const document = await open(session, asked);
      requireFit(document.spec, question);
      const unknown = elements?.find((id) => !(id in document.spec.elements));
      if (unknown !== undefined) throw new AppError("input_invalid", `The report has no element "${unknown}".`);
      return replyWithCards(await parts.cards(document, { question, elements, refresh }, () => signal), {
        now: parts.now(),
      });
    },

    /** The values of a filter's field that the report's own cards could show, narrowed down by the filter's parents. */
    options: async (
      session: Session,
      asked: Opened & { filterId: string; search: string; filters: Question["filters"] },
      signal: AbortSignal,
    ): Promise<FilterOptions> => {
      const document = await open(session, asked);
      const question = { filters: asked.filters, cross: [], drill: {} };
      const filter = document.spec.filters.find(({ id }) => id === asked.filterId);
      if (!filter) throw new AppError("not_found", "The report has no such filter.");
      requireFit(document.spec, question);
      const queries = optionQueries(document, filter, question, asked.search);
      const ask = async (query: CardQuery): Promise<CardData> =>
        (await askQuery(parts.engine, document, query, signal)).data();
      const answers = await Promise.all(queries.map(ask));
      const options = merged(answers, asked.search);
      if (!options.truncated || asked.search !== "") return options;
      const empty = await Promise.all(queries.map((query) => ask(emptyOf(query, filter))));
      return {
        ...options,
        values: [
          ...(empty.some(({ rowCount }) => rowCount > 0) ? [null] : []),
          ...options.values.filter((value) => value !== null),
        ],
      };
    },

    /** One card's rows as a file: what the card shows for the question, and no more. */
    export: async (
      session: Session,
      asked: Opened & {
        elementId: string;
        format: ExportFormat;
        question?: string | undefined;
        language: Language;
      },
      signal: AbortSignal,
    ): Promise<FileAnswer> => {
      const document = await open(session, asked);
      const element = own(document.spec.elements, asked.elementId);
      if (!element || !("query" in element)) throw new AppError("not_found", "The report has no such data.");
      const question = parsedQuestion(asked.question);
      requireFit(document.spec, question);
      const cards = await parts.cards(document, { question, elements: [asked.elementId] }, () => signal);
      const data = dataOf(own(cards, asked.elementId));
      const name = `${element.title || document.spec.title}.${asked.format}`;
      return { name, ...(asked.format === "csv" ? csvFile(data, asked.language) : xlsxFile(data, asked.language)) };
    },
  };
}

/** Throws `input_invalid` for a question that does not fit the report. */
export function requireFit(spec: ReportSpec, question: Question): void {
  const fault = questionFault(spec, question);
  if (fault !== null) throw new AppError("input_invalid", fault);
}

/** The question of a link. Throws `input_invalid`. */
export function parsedQuestion(text = "{}"): Question {
  try {
    return Question.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError("input_invalid", "The question is none.", { cause: error });
  }
}

function dataOf(card: Awaited<ReturnType<AskCards>>[string] | undefined): CardData {
  if (card?.state === "ready") return card.data.data();
  if (card?.state === "failed") throw new AppError(card.error.code, card.error.message);
  throw new AppError("input_invalid", "Choose a value for the report's required filters first.");
}

/**
 * One query for each different set of rows that the report's cards are made from: a value that no card could ever show is
 * no option. A card's own period counts only where no filter of the report can replace it.
 */
function optionQueries({ spec, models }: ReportDocument, filter: ReportFilter, question: Question, search: string) {
  const model = models.get(filter.dataset);
  if (!model) return [];
  const parents = parentConditions(spec, filter, { question, dataset: filter.dataset });
  const found = search !== "" && isText(model, filter.field) ? [searchCondition(filter, search)] : [];
  const sets = Object.entries(spec.elements).flatMap(([id, element]) =>
    "query" in element && element.query.dataset === filter.dataset && reaches(filter, id, element.query)
      ? [ownRows(spec, id, element.query, model)]
      : [],
  );
  const distinct = new Map(sets.map((set) => [JSON.stringify(set), set]));
  const chosen = distinct.has("[]") ? [[]] : [...distinct.values()];
  return chosen.map((own): CardQuery => ({
    dataset: filter.dataset,
    dimensions: [{ field: filter.field }],
    measures: [],
    filters: [...own, ...parents, ...found],
    sort: [{ field: filter.field, descending: false }],
    limit: MAX_OPTIONS,
  }));
}

function ownRows(spec: ReportSpec, elementId: string, query: CardQuery, model: DatasetModel): Filter[] {
  const measures = new Set(metricsOf(model.semantic_model).map(({ name }) => name));
  const replaceable = (filter: Filter): boolean =>
    isPeriod(filter.operator) &&
    spec.filters.some((one) => fieldIn(one, query.dataset) === filter.field && reaches(one, elementId, query));
  return query.filters.filter((filter) => !measures.has(filter.field) && !replaceable(filter));
}

/** As far as the parents reach the dataset whose values are to choose from. */
function parentConditions(
  spec: ReportSpec,
  filter: ReportFilter,
  asked: { question: Pick<Question, "filters">; dataset: DatasetName },
): Filter[] {
  const parent = spec.filters.find(({ id }) => id === filter.parent);
  if (!parent) return [];
  const [field, value] = [fieldIn(parent, asked.dataset), currentValue(parent, asked.question)];
  return [...(value && field !== undefined ? [filterOn(field, value)] : []), ...parentConditions(spec, parent, asked)];
}

function isText(model: DatasetModel, field: string): boolean {
  const fields = model.semantic_model.datasets.flatMap((dataset) => dataset.fields);
  return fields.find(({ name }) => name === field)?.datatype === "String";
}

function searchCondition({ field }: ReportFilter, search: string): Filter {
  return { field, operator: "include", values: [search] };
}

/** Rows without a value are a choice of their own, before more than are shown. */
function emptyOf(query: CardQuery, { field }: ReportFilter): CardQuery {
  return { ...query, filters: [...query.filters, { field, operator: "isNull", values: [] }], limit: 1 };
}

function merged(answers: CardData[], search: string): FilterOptions {
  const wanted = search.toLowerCase();
  const all = [...new Set(answers.flatMap(({ values }) => values[0] ?? []))]
    .filter((value) => String(value).toLowerCase().includes(wanted))
    .sort(inOrder);
  const truncated = answers.some((answer) => answer.truncated) || all.length > MAX_OPTIONS;
  return { values: all.slice(0, MAX_OPTIONS), truncated };
}

/** What stands for nothing is last. */
function inOrder(a: Scalar, b: Scalar): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return naturalOrder(String(a), String(b));
}
