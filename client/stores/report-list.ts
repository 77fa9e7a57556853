import { action, computed, makeObservable, observable, observableRef, reaction, runInAction } from "mobx";
import type { ReportSummary } from "../../core/contract/report";
import { formatMoment } from "../../core/report/format";
import type { ApiError } from "../api/error";
import { toApiError } from "../api/error";
import { listReports, setFavourite } from "../api/report";
import type { Transport } from "../api/transport";
import { errorText, type ErrorText } from "../text/text";
import type { LanguageStore } from "./language";

export type ReportTab = "all" | "favourite" | "recent";

/** Runs something later; what it answers calls it off. */
export type Later = (run: () => void, ms: number) => () => void;

export interface ReportListParts {
  call: Transport;
  language: LanguageStore;
  /** Resolves as soon as somebody is signed in. */
  whenReady: () => Promise<void>;
  /** Who reads, and where; empty while nobody is signed in. What one reader was answered is never shown to another. */
  reader?: () => string;
  later: Later;
  now: () => number;
}

/** One report in the list, ready to be shown. */
export interface ReportRow {
  id: string;
  title: string;
  description: string;
  note: string;
  favourite: boolean;
}

export interface ReportListView {
  kind: "loading" | "failed" | "empty" | "ready";
  tab: ReportTab;
  search: string;
  rows: ReportRow[];
  count: string;
  /** Said where there are no rows. */
  panel: (ErrorText & { code: string }) | null;
}

const TYPING_MS = 300;

/** The reports that this person may see: searched, favourites, recently opened. */
export class ReportListStore {
  tab: ReportTab = "all";
  search = "";
  /** What each question was last answered; an older answer stays visible while a new one is fetched. */
  private answers = observable.map<string, ReportSummary[]>({}, { deep: false });
  private error: ApiError | null = null;
  private newest = 0;
  private cancelTyping: () => void = () => undefined;
  private stopWatching: () => void = () => undefined;

  constructor(private readonly parts: ReportListParts) {
    makeObservable<this, "error">(this, {
      tab: observable,
      search: observable,
      error: observableRef,
      view: computed,
      selectTab: action,
      type: action,
    });
  }

  /** First load, as soon as somebody is signed in. */
  async open(): Promise<void> {
    await this.parts.whenReady();
    this.stopWatching = reaction(
      () => this.parts.reader?.(),
      (reader) => {
        if (reader) void this.refresh();
      },
    );
    await this.refresh();
  }

  /** Back on the screen: what was opened or marked meanwhile has changed the list. */
  revisit(): void {
    if (this.answers.size > 0) void this.refresh();
  }

  selectTab(tab: ReportTab): Promise<void> {
    this.tab = tab;
    this.error = null;
    return this.refresh();
  }

  /** What is typed is asked for when typing pauses. */
  type(search: string): void {
    this.search = search;
    this.cancelTyping();
    this.cancelTyping = this.parts.later(() => void this.refresh(), TYPING_MS);
  }

  /** Asks again; only the newest question may answer. */
  async refresh(): Promise<void> {
    const turn = ++this.newest;
    const question = this.question;
    const search = this.search.trim();
    try {
      const { reports } = await listReports(this.parts.call, { filter: this.tab, ...(search ? { search } : {}) });
      this.show(turn, () => {
        this.answers.set(question, reports);
        this.error = null;
      });
    } catch (thrown) {
      this.show(turn, () => {
        this.error = toApiError(thrown);
      });
    }
  }

  /** Shown at once, taken back if the server refuses. */
  async toggleFavourite(id: string): Promise<void> {
    const wanted = !this.answers.get(this.question)?.find((report) => report.id === id)?.favourite;
    this.mark(id, wanted);
    try {
      await setFavourite(this.parts.call, id, wanted);
    } catch {
      this.mark(id, !wanted);
    }
  }

  /** Nothing is asked or shown any more. */
  dispose(): void {
    this.newest += 1;
    this.cancelTyping();
    this.stopWatching();
  }

  private mark(id: string, favourite: boolean): void {
    runInAction(() => {
      for (const [question, reports] of this.answers) {
        this.answers.set(
          question,
          reports.map((report) => (report.id === id ? { ...report, favourite } : report)),
        );
      }
    });
  }

  private show(turn: number, change: () => void): void {
    if (turn === this.newest) runInAction(change);
  }

  private get question(): string {
    return `${this.parts.reader?.() ?? ""}:${this.tab}:${this.search.trim()}`;
  }

  get view(): ReportListView {
    const { texts } = this.parts.language;
    const reports = this.answers.get(this.question);
    const base = { tab: this.tab, search: this.search, rows: [], count: "", panel: null };
    if (this.error && (!reports || reports.length === 0)) {
      const { code, detail } = this.error;
      return { ...base, kind: "failed", panel: errorText(texts, { code, retryAfter: detail.retryAfter }) };
    }
    if (!reports) return { ...base, kind: "loading" };
    if (reports.length === 0) {
      const empty = texts.reports.empty[this.search.trim() ? "search" : this.tab];
      return { ...base, kind: "empty", panel: { ...empty, code: "" } };
    }
    const rows = reports.map((report) => this.row(report));
    return { ...base, kind: "ready", rows, count: texts.reports.count(rows.length) };
  }

  private row(report: ReportSummary): ReportRow {
    const { texts, current } = this.parts.language;
    const now = this.parts.now();
    const when =
      this.tab === "recent" && report.openedAt
        ? texts.reports.opened(formatMoment(report.openedAt, now, current))
        : texts.reports.updated(formatMoment(report.updatedAt, now, current));
    return {
      id: report.id,
      title: report.title,
      description: report.description ?? "",
      note: `${report.owner.name} · ${when}`,
      favourite: report.favourite,
    };
  }
}
