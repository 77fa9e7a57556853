import { action, computed, makeObservable, observable, observableRef, reaction, runInAction } from "mobx";
import type { Folder } from "../../../core/contract/report/folder";
import type { FolderId } from "../../../core/contract/id";
import type { ReportList, ReportSummary } from "../../../core/contract/report/report";
import { formatMoment } from "../../../core/report/format";
import type { ApiError } from "../../api/error";
import { toApiError } from "../../api/error";
import { listReports, setFavourite } from "../../api/report";
import type { Transport } from "../../api/transport";
import type { ErrorText } from "../../text/texts";
import { errorText } from "../../text/text";
import type { Later } from "../later";
import type { LanguageStore } from "../language";

export type ReportTab = "all" | "favourite" | "recent";

export interface ReportListParts {
  call: Transport;
  language: LanguageStore;
  /** Resolves as soon as somebody is signed in. */
  whenReady: () => Promise<void>;
  /** Who reads, and where; empty while nobody is signed in. What one reader was answered is never shown to another. */
  reader?: () => string;
  later: Later;
  now: () => number;
  /** Whether one looks into folders; absent: all reports in one list, each with the names of its folders. */
  browses?: boolean;
}

/** One report in the list, ready to be shown. */
export interface ReportRow {
  id: string;
  title: string;
  description: string;
  note: string;
  favourite: boolean;
}

/** One folder to look into. */
export interface FolderRow {
  id: string;
  name: string;
  note: string;
}

export interface ReportListView {
  kind: "loading" | "failed" | "empty" | "ready";
  /** The folders that lead to the one that is looked into, itself last; empty at the top. */
  path: { id: string; name: string }[];
  folders: FolderRow[];
  tab: ReportTab;
  search: string;
  rows: ReportRow[];
  count: string;
  /** Said where there are no rows. */
  panel: (ErrorText & { code: string }) | null;
}

const TYPING_MS = 300;

/** The folders that lead to one, itself last. */
function folderPath(folders: readonly Folder[], id: string | null): { id: string; name: string }[] {
  const folder = folders.find((one) => one.id === id);
  return folder ? [...folderPath(folders, folder.parentId), { id: folder.id, name: folder.name }] : [];
}

/** The reports that this person may see: searched, favourites, recently opened. */
export class ReportListStore {
  tab: ReportTab = "all";
  search = "";
  /** The folder that is looked into; null: the top. */
  folder: string | null = null;
  /** What each question was last answered; an older answer stays visible while a new one is fetched. */
  private answers = observable.map<string, ReportList>({}, { deep: false });
  private error: ApiError | null = null;
  private newest = 0;
  private cancelTyping: () => void = () => undefined;
  private stopWatching: () => void = () => undefined;

  constructor(private readonly parts: ReportListParts) {
    makeObservable<this, "error">(this, {
      tab: observable,
      search: observable,
      folder: observable,
      error: observableRef,
      view: computed,
      selectTab: action,
      openFolder: action,
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

  /** Looks into a folder; null: the top. */
  openFolder(folder: string | null): Promise<void> {
    this.folder = folder;
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
      const list = await listReports(this.parts.call, {
        filter: this.tab,
        ...(search ? { search } : {}),
        ...(this.browsing ? { folder: (this.folder ?? "top") as FolderId } : {}),
      });
      this.show(turn, () => {
        this.answers.set(question, list);
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
    const wanted = !this.answers.get(this.question)?.reports.find((report) => report.id === id)?.favourite;
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
      for (const [question, list] of this.answers) {
        const reports = list.reports.map((report) => (report.id === id ? { ...report, favourite } : report));
        this.answers.set(question, { ...list, reports });
      }
    });
  }

  private show(turn: number, change: () => void): void {
    if (turn === this.newest) runInAction(change);
  }

  /** Folders are for looking around: favourites, recent ones and what is searched for lie anywhere. */
  private get browsing(): boolean {
    return this.parts.browses === true && this.tab === "all" && this.search.trim() === "";
  }

  private get question(): string {
    const folder = this.browsing ? (this.folder ?? "") : "-";
    return `${this.parts.reader?.() ?? ""}:${this.tab}:${folder}:${this.search.trim()}`;
  }

  get view(): ReportListView {
    const { texts } = this.parts.language;
    const list = this.answers.get(this.question);
    const base = { tab: this.tab, search: this.search, path: [], folders: [], rows: [], count: "", panel: null };
    if (this.error && (!list || list.reports.length === 0)) {
      const { code, detail } = this.error;
      return { ...base, kind: "failed", panel: errorText(texts, { code, retryAfter: detail.retryAfter }) };
    }
    if (!list) return { ...base, kind: "loading" };
    const path = this.browsing ? folderPath(list.folders, this.folder) : [];
    const folders = this.browsing ? this.folderRows(list) : [];
    if (list.reports.length === 0 && folders.length === 0) {
      const empty = texts.reports.empty[this.search.trim() ? "search" : this.tab];
      return { ...base, path, kind: "empty", panel: { ...empty, code: "" } };
    }
    const rows = list.reports.map((report) => this.row(report, list.folders));
    return { ...base, path, folders, kind: "ready", rows, count: texts.reports.count(list.total) };
  }

  private folderRows({ folders }: ReportList): FolderRow[] {
    const { count } = this.parts.language.texts.reports;
    return folders
      .filter(({ parentId }) => parentId === this.folder)
      .map(({ id, name, reports }) => ({ id, name, note: count(reports) }));
  }

  private row(report: ReportSummary, folders: Folder[]): ReportRow {
    const { texts, current } = this.parts.language;
    const now = this.parts.now();
    const when =
      this.tab === "recent" && report.openedAt
        ? texts.reports.opened(formatMoment(report.openedAt, now, current))
        : texts.reports.updated(formatMoment(report.updatedAt, now, current));
    const place = this.browsing ? [] : folderPath(folders, report.folderId).map(({ name }) => name);
    return {
      id: report.id,
      title: report.title,
      description: report.description ?? "",
      note: [place.join(" / "), report.owner.name, when].filter(Boolean).join(" · "),
      favourite: report.favourite,
    };
  }
}
