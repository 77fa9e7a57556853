import { action, computed, makeObservable, observable, observableRef, runInAction } from "mobx";
import type { CardData } from "../../core/contract/query";
import type { ReportPage, ReportView } from "../../core/contract/report";
import { isChart, type ChartElement } from "../../core/report/chart";
import { formatMoment } from "../../core/report/format";
import { nextSort } from "../../core/report/table";
import { toApiError, type ApiError } from "../api/error";
import { setFavourite, viewReport } from "../api/report";
import type { Transport } from "../api/transport";
import { errorText, type ErrorText } from "../text/text";
import type { LanguageStore } from "./language";
import { cardRows, type CardRow, type TableState } from "./report-cards";

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
  private tables = observable.map<string, TableState>({}, { deep: false });
  /** The report that is or was asked for. */
  id = "";
  private newest = 0;

  constructor(private readonly parts: ReportParts) {
    makeObservable<this, "state" | "pageId">(this, {
      state: observableRef,
      pageId: observable,
      view: computed,
      selectPage: action,
      sortTable: action,
      showMore: action,
    });
  }

  async open(reportId: string): Promise<void> {
    this.id = reportId;
    await this.parts.whenReady();
    await this.load();
  }

  /** Asks for everything again; earlier data stays visible meanwhile, and if it fails. */
  async refresh(): Promise<void> {
    const { state } = this;
    if (state.kind === "ready") this.show(this.newest, { ...state, refreshing: true });
    else this.show(this.newest, { kind: "loading" });
    await this.load();
  }

  private async load(): Promise<void> {
    const turn = ++this.newest; // a slow answer to an older question must not win
    try {
      const report = await viewReport(this.parts.call, this.id);
      this.show(turn, { kind: "ready", report, refreshing: false, stale: null });
    } catch (thrown) {
      const error = toApiError(thrown);
      const { state } = this;
      const keep = state.kind === "ready" && error.code !== "report_not_found";
      this.show(turn, keep ? { ...state, refreshing: false, stale: error } : { kind: "failed", error });
    }
  }

  selectPage(pageId: string): void {
    this.pageId = pageId;
  }

  sortTable(elementId: string, field: string): void {
    const result = this.report?.cards[elementId];
    const column = result?.state === "ready" ? result.data.columns.find(({ name }) => name === field) : undefined;
    if (!column) return;
    const table = this.table(elementId);
    this.tables.set(elementId, { ...table, sort: nextSort(table.sort, column) });
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

  /** What the chart of a card draws; undefined where the card is no chart or has no data. */
  chartSource(elementId: string): ChartSource | undefined {
    const element = this.report?.spec.elements[elementId];
    const result = this.report?.cards[elementId];
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

  private get report(): ReportView | null {
    return this.state.kind === "ready" ? this.state.report : null;
  }

  private table(id: string): TableState {
    return this.tables.get(id) ?? { sort: null, limit: FIRST_ROWS };
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
      stamp: `${this.parts.name()}/${current}/${report.revision}/${report.dataAsOf}`,
      tables: (id: string) => this.table(id),
    };
    const rows = page ? cardRows(report, page, look) : [];
    return {
      kind: "ready",
      title: report.spec.title,
      description: report.spec.description ?? "",
      dataAsOf: texts.report.dataAsOf(formatMoment(report.dataAsOf, this.parts.now(), current)),
      favourite: report.favourite,
      refreshing,
      warning: stale ? texts.report.refreshFailed : "",
      pages: report.spec.pages.length > 1 ? report.spec.pages.map(({ id, title }) => ({ id, title })) : [],
      page: page?.id ?? "",
      rows,
      empty: rows.length === 0 ? texts.report.emptyReport : null,
    };
  }
}
