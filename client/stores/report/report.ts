import { action, computed, makeObservable, observable, observableRef, runInAction } from "mobx";
import type { CardData, Column } from "../../../core/contract/report/query";
import type { Question } from "../../../core/contract/report/question";
import type { ReportPage, ReportView } from "../../../core/contract/report/report";
import { isChart, type ChartElement } from "../../../core/report/chart/chart";
import { formatMoment } from "../../../core/report/format";
import { trailOf } from "../../../core/report/question/chips";
import { goesDown, isDimensioned, pathOf } from "../../../core/report/question/drill";
import { foldedAtFirst } from "../../../core/report/layout/sections";
import { placesOf } from "../../../core/report/chart/places";
import { changedElements } from "../../../core/report/question/question";
import { nextSort } from "../../../core/report/table/table";
import { toApiError, type ApiError } from "../../api/error";
import { askCards, listOptions } from "../../api/question";
import { setFavourite, viewReport } from "../../api/report";
import type { Transport } from "../../api/transport";
import type { ErrorText } from "../../text/texts";
import { errorText } from "../../text/text";
import type { LanguageStore } from "../language";
import { CardAnswers, type CardOutcome, type ShownReport } from "./card-answers";
import { QuestionStore, type QuestionView } from "./question";
import { cardRows, type CardRow, type TableState } from "./cards";

export interface ReportParts {
  call: Transport;
  language: LanguageStore;
  whenReady: () => Promise<void>;
  /** Room for a card's content, in px. */
  contentWidth: number;
  /** Stands before the names of this report's charts. */
  name: () => string;
  now: () => number;
}

/** What a chart draws. */
export interface ChartSource {
  element: ChartElement;
  data: CardData;
}

type State =
  | { kind: "loading" }
  | { kind: "failed"; error: ApiError }
  | { kind: "ready"; report: ReportView; refreshing: boolean; stale: ApiError | null };

export type ReportScreen =
  | { kind: "loading"; title: string }
  | { kind: "failed"; title: string; panel: ErrorText & { code: string } }
  | {
      kind: "ready";
      title: string;
      description: string;
      dataAsOf: string;
      favourite: boolean;
      refreshing: boolean;
      /** Said above the cards while they show earlier data. */
      warning: string;
      question: QuestionView;
      pages: { id: string; title: string }[];
      page: string;
      rows: CardRow[];
      empty: ErrorText | null;
    };

const FIRST_ROWS = 20;
const MORE_ROWS = 50;

/** One report: its specification and data come in one answer; while it is refreshed, the earlier data stays. */
export class ReportStore {
  private state: State = { kind: "loading" };
  private pageId: string | null = null;
  /** Sections that the reader has folded, or unfolded, against how the report was made. */
  private turned: ReadonlySet<string> = new Set();
  private tables = observable.map<string, TableState>({}, { deep: false });
  private answers = new CardAnswers();
  /** What the reader asks: filters, picks in elements, ways down. */
  readonly question: QuestionStore;
  /** The report that is or was asked for. */
  id = "";
  private newest = 0;

  constructor(private readonly parts: ReportParts) {
    this.question = new QuestionStore({
      language: parts.language,
      spec: () => this.report?.spec ?? null,
      columnOf: (elementId, field) => this.columnOf(elementId, field),
      changed: (before) => void this.ask(before),
      options: (filterId, search, filters) => listOptions(parts.call, this.id, filterId, { search, filters }),
    });
    makeObservable<this, "state" | "pageId" | "turned">(this, {
      state: observableRef,
      turned: observableRef,
      folded: computed,
      toggleSection: action,
      pageId: observable,
      shown: computed,
      view: computed,
      selectPage: action,
      sortTable: action,
      showMore: action,
    });
  }

  /** `link` is a question as `question.link` wrote it. */
  async open(reportId: string, link = ""): Promise<void> {
    this.id = reportId;
    this.question.restore(link);
    await this.parts.whenReady();
    await this.load();
  }

  /** Asks for everything again; earlier data stays visible meanwhile, and if it fails. */
  async refresh(): Promise<void> {
    const { state } = this;
    if (state.kind === "ready") this.show(this.newest, { ...state, refreshing: true });
    else this.show(this.newest, { kind: "loading" });
    await this.load({ refresh: state.kind === "ready" });
  }

  private async load(options: { refresh?: boolean } = {}): Promise<void> {
    const turn = ++this.newest; // a slow answer to an older question must not win
    const asked = this.answers.begin(Object.keys(this.report?.cards ?? {}));
    const question = this.question.applied;
    try {
      const report = await viewReport(this.parts.call, this.id, this.question.link, options);
      if (turn !== this.newest) return this.answers.end(asked);
      runInAction(() => {
        this.answers.settle(asked, question, report.cards);
        this.show(turn, { kind: "ready", report, refreshing: false, stale: null });
        this.question.fit(report.spec);
      });
    } catch (thrown) {
      const error = toApiError(thrown);
      const { state } = this;
      const keep = state.kind === "ready" && error.code !== "report_not_found";
      this.show(turn, keep ? { ...state, refreshing: false, stale: error } : { kind: "failed", error });
      this.answers.end(asked);
    }
  }

  /** Asks for the cards that a change of the question touches. */
  private async ask(before: Question): Promise<void> {
    const { report } = this;
    const question = this.question.applied;
    const elements = report ? changedElements(report.spec, before, question) : [];
    if (elements.length === 0) return;
    const { newest } = this;
    const turn = this.answers.begin(elements);
    try {
      const { cards, dataAsOf } = await askCards(this.parts.call, this.id, question, elements);
      this.answers.settle(turn, question, cards);
      if (this.state.kind === "ready") this.show(newest, { ...this.state, report: { ...this.state.report, dataAsOf } });
    } catch (thrown) {
      const error = toApiError(thrown);
      this.answers.fail(turn, question, error);
      if (error.code === "report_not_found") this.show(newest, { kind: "failed", error });
    }
  }

  selectPage(pageId: string): void {
    this.pageId = pageId;
  }

  /** Sections whose cards are folded away now. */
  get folded(): ReadonlySet<string> {
    const folded = new Set(this.report ? foldedAtFirst(this.report.spec.elements) : []);
    for (const id of this.turned) if (!folded.delete(id)) folded.add(id);
    return folded;
  }

  toggleSection(elementId: string): void {
    const turned = new Set(this.turned);
    if (!turned.delete(elementId)) turned.add(elementId);
    this.turned = turned;
  }

  sortTable(elementId: string, field: string): void {
    const result = this.answers.outcome(elementId);
    if (result?.state !== "ready") return;
    const table = this.table(elementId);
    this.tables.set(elementId, { ...table, sort: nextSort(table.sort, field, result.data.columns) });
  }

  showMore(elementId: string): void {
    const table = this.table(elementId);
    this.tables.set(elementId, { ...table, limit: table.limit + MORE_ROWS });
  }

  /** Shown at once, taken back if the server refuses. */
  async toggleFavourite(): Promise<void> {
    const { report } = this;
    if (!report) return;
    const wanted = !report.favourite;
    this.mark(wanted);
    try {
      await setFavourite(this.parts.call, report.id, wanted);
    } catch {
      this.mark(!wanted);
    }
  }

  /** Goes down into the value that a row of a card's answer stands for; does nothing where there is nothing below. */
  drillRow(elementId: string, row: number): void {
    const element = this.shown?.spec.elements[elementId];
    const result = this.answers.outcome(elementId);
    // While a card waits, its rows belong to another level than its hierarchy stands at.
    if (!isDimensioned(element) || result?.state !== "ready" || this.answers.isBusy(elementId)) return;
    const field = element.query.dimensions[0]?.field;
    const value = result.data.values[result.data.columns.findIndex(({ name }) => name === field)]?.[row];
    if (value !== undefined) this.question.drillDown(elementId, value);
  }

  /** As `drillRow`, for the category or slice of a chart. */
  drillPlace(elementId: string, place: number): void {
    const source = this.chartSource(elementId);
    const row = source && placesOf(source.element, source.data)[place];
    if (row !== undefined && row !== null) this.drillRow(elementId, row);
  }

  /** What the chart of a card draws; undefined where the card is no chart or has no data. */
  chartSource(elementId: string): ChartSource | undefined {
    const element = this.shown?.spec.elements[elementId];
    const result = this.answers.outcome(elementId);
    if (!element || !isChart(element) || result?.state !== "ready") return undefined;
    return { element, data: result.data };
  }

  /** Nothing is shown any more. */
  dispose(): void {
    this.newest += 1;
  }

  private mark(favourite: boolean): void {
    const { state } = this;
    if (state.kind !== "ready") return;
    this.show(this.newest, { ...state, report: { ...state.report, favourite } });
  }

  private show(turn: number, state: State): void {
    if (turn !== this.newest) return;
    runInAction(() => {
      this.state = state;
    });
  }

  /** The report as the server answered it, for screens that lay it out themselves; null until it is there. */
  get report(): ReportView | null {
    return this.state.kind === "ready" ? this.state.report : null;
  }

  /** The report with the answers at hand. A lower level's element is shown once its answer is there. */
  get shown(): ShownReport | null {
    return this.report && this.answers.shown(this.report);
  }

  /** What became of a card; undefined while it was never answered. */
  outcome(elementId: string): CardOutcome | undefined {
    return this.answers.outcome(elementId);
  }

  isBusy(elementId: string): boolean {
    return this.answers.isBusy(elementId);
  }

  private columnOf(elementId: string, field: string): Column | undefined {
    const result = this.answers.outcome(elementId);
    return result?.state === "ready" ? result.data.columns.find(({ name }) => name === field) : undefined;
  }

  private questionOf(report: ReportView, id: string) {
    const { applied } = this.question;
    return {
      busy: this.answers.isBusy(id),
      trail: trailOf(applied, id, this.parts.language.current),
      goesDown: goesDown(report.spec.elements[id], pathOf(applied, id)),
    };
  }

  private table(id: string): TableState {
    return this.tables.get(id) ?? { sort: null, limit: FIRST_ROWS };
  }

  /** The page that is shown; null until the report is there. */
  get currentPage(): ReportPage | null {
    return this.report ? (this.page(this.report) ?? null) : null;
  }

  private page(report: ReportView): ReportPage | undefined {
    return report.spec.pages.find((page) => page.id === this.pageId) ?? report.spec.pages[0];
  }

  get view(): ReportScreen {
    const { language } = this.parts;
    const { state } = this;
    if (state.kind === "loading") return { kind: "loading", title: "" };
    if (state.kind === "failed") {
      const { code, detail } = state.error;
      const panel = errorText(language.texts, { code, retryAfter: detail.retryAfter });
      return { kind: "failed", title: "", panel };
    }
    return this.readyView(state.report, state.refreshing, state.stale !== null);
  }

  private readyView(report: ReportView, refreshing: boolean, stale: boolean): ReportScreen {
    const { texts, current } = this.parts.language;
    const page = this.page(report);
    const look = {
      language: current,
      texts,
      width: this.parts.contentWidth,
      stamp: (id: string) => `${this.parts.name()}/${current}/${report.revision}/${this.answers.stamp(id)}`,
      question: (id: string) => this.questionOf(report, id),
      tables: (id: string) => this.table(id),
      folded: this.folded,
    };
    const rows = page ? cardRows(this.answers.shown(report), page, look) : [];
    return {
      kind: "ready",
      title: report.spec.title,
      description: report.spec.description ?? "",
      dataAsOf: texts.report.dataAsOf(formatMoment(report.dataAsOf, this.parts.now(), current)),
      favourite: report.favourite,
      refreshing,
      warning: stale ? texts.report.refreshFailed : "",
      question: this.question.view,
      pages: report.spec.pages.length > 1 ? report.spec.pages.map(({ id, title }) => ({ id, title })) : [],
      page: page?.id ?? "",
      rows,
      empty: rows.length === 0 ? texts.report.emptyReport : null,
    };
  }
}
