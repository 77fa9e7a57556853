import { action, computed, makeObservable, observable, observableRef, runInAction } from "mobx";
import type { DraftState, Presence, ReportDraft } from "../../../core/contract/report/draft";
import type { ReportPage, ReportSpec } from "../../../core/contract/report/report";
import type { ReportElement } from "../../../core/contract/report/element";
import { resizeItem, type GridItem } from "../../../core/report/layout/grid";
import { withUnit } from "../../../core/report/merge/choose";
import { mergeSpecs } from "../../../core/report/merge/merge";
import { discardDraft, getDraft, publishReport, tellPresence, type DraftConflict } from "../../api/draft";
import { toApiError, type ApiError } from "../../api/error";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";
import type { Storage } from "../storage";
import {
  addCard,
  addPage,
  arrange,
  copyCards,
  nudge,
  pageOf,
  pasteCards,
  removeCards,
  setElement,
  type CopiedCards,
} from "./commands";
import { DraftSync } from "./draft-sync";
import { History, type Undone } from "./history";
import { LocalCopies, type LocalCopy } from "./local-copy";
import { Previews } from "./previews";

export interface EditorParts {
  call: Caller;
  reportId: string;
  /** This opened editor: another one each time. */
  client: string;
  later: Later;
  now: () => number;
  /** Keeps what the server lacks, under a key that names enterprise, person and report. */
  copies: { storage: Storage; key: string };
}

/** Something to be said to the person, once. */
export type EditorNotice = "undonePartly" | "othersSaved" | "published" | "discarded" | "nothingPasted";

/** One report while somebody makes or changes it. Every change is a command on an immutable specification. */
export class EditorStore {
  spec: ReportSpec;
  pageId: string;
  selected: ReadonlySet<string> = new Set();
  /** The filter whose settings are open. */
  filterId: string | null = null;
  /** What two people changed differently: theirs stands, one's own can be taken instead. */
  conflicts: DraftConflict[] = [];
  people: Presence[] = [];
  notice: EditorNotice | null = null;
  /** What an earlier visit left on this computer, until it is taken or given up. */
  left: LocalCopy | null = null;
  publishing = false;
  error: ApiError | null = null;
  canUndo = false;
  canRedo = false;
  /** Where cards stand while they are dragged: nothing is changed before they are put down. */
  trial: GridItem[] | null = null;
  readonly sync: DraftSync;
  readonly previews: Previews;
  private readonly history = new History();
  private readonly copies: LocalCopies;

  constructor(
    private readonly parts: EditorParts,
    readonly draft: ReportDraft,
  ) {
    const { call, reportId, client, later, copies } = parts;
    this.spec = draft.spec;
    this.pageId = draft.spec.pages[0]?.id ?? "";
    this.copies = new LocalCopies(copies.storage, copies.key, later);
    makeObservable<this, "take" | "changed">(this, {
      spec: observableRef,
      pageId: observable,
      selected: observableRef,
      filterId: observable,
      conflicts: observableRef,
      people: observableRef,
      notice: observable,
      left: observableRef,
      publishing: observable,
      error: observableRef,
      canUndo: observable,
      canRedo: observable,
      trial: observableRef,
      page: computed,
      open: computed,
      run: action,
      undo: action,
      redo: action,
      select: action,
      selectPage: action,
      openFilter: action,
      try: action,
      settle: action,
      say: action,
      heard: action,
      dropCopy: action,
      dropConflict: action,
      take: action,
      changed: action,
    });
    this.sync = new DraftSync(
      {
        call,
        reportId,
        client,
        later,
        spec: () => this.spec,
        merged: (spec, conflicts) => this.take(spec, conflicts),
        saved: () => this.copies.drop(),
      },
      draft,
    );
    const shown = (): string[] => (this.page?.layout ?? []).map(({ element }) => element);
    this.previews = new Previews({ call, reportId, client, later, spec: () => this.spec, shown });
    void this.copies.find().then((copy) => runInAction(() => (this.left = copy)));
  }

  /** The page that is shown. */
  get page(): ReportPage | undefined {
    return pageOf(this.spec, this.pageId) ?? this.spec.pages[0];
  }

  /** The one card that is chosen: its settings are open. */
  get open(): { id: string; element: ReportElement } | null {
    const [id] = this.selected;
    const element = id === undefined || this.selected.size !== 1 ? undefined : this.spec.elements[id];
    return id !== undefined && element ? { id, element } : null;
  }

  /** Changes the report. Changes of one `key`, shortly after each other, are undone together. */
  run(change: (spec: ReportSpec) => ReportSpec, key: string | null = null): void {
    const after = change(this.spec);
    if (after === this.spec) return;
    this.history.note(this.spec, after, this.parts.now(), key);
    this.changed(after);
  }

  undo(): void {
    this.wentBack(this.history.undo(this.spec));
  }

  redo(): void {
    this.wentBack(this.history.redo(this.spec));
  }

  /** Adds a card at the first free place and opens it. */
  add(element: ReportElement, size: { w: number; h: number }, name: string): void {
    const page = this.page;
    if (!page) return;
    const added = addCard(this.spec, page.id, { element, size, name });
    this.run(() => added.spec);
    this.select([added.id]);
  }

  change(id: string, element: ReportElement, key: string | null = null): void {
    this.run((spec) => setElement(spec, id, element), key && `${id}/${key}`);
  }

  remove(): void {
    const { page, selected } = this;
    if (!page || selected.size === 0) return;
    this.run((spec) => removeCards(spec, page.id, selected));
    this.select([]);
  }

  copied(): CopiedCards | null {
    const { page, selected } = this;
    return page && selected.size > 0 ? copyCards(this.spec, page.id, selected) : null;
  }

  paste(copied: CopiedCards | null): void {
    const { page } = this;
    if (!page) return;
    if (!copied || copied.layout.length === 0) return this.say("nothingPasted");
    const pasted = pasteCards(this.spec, page.id, copied);
    this.run(() => pasted.spec);
    this.select(pasted.ids);
  }

  duplicate(): void {
    const copied = this.copied();
    if (copied) this.paste(copied);
  }

  /** Moves the chosen cards by columns and rows. */
  nudge(x: number, y: number): void {
    const { page, selected } = this;
    if (page && selected.size > 0)
      this.run((spec) => arrange(spec, page.id, nudge(page.layout, selected, { x, y })), "nudge");
  }

  /** Makes the chosen card larger or smaller by columns and rows. */
  resizeBy(w: number, h: number): void {
    const { page, open } = this;
    const item = page?.layout.find(({ element }) => element === open?.id);
    if (page && item)
      this.arrange(resizeItem(page.layout, item.element, { ...item, w: item.w + w, h: item.h + h }), "resize");
  }

  arrange(layout: GridItem[], key: string | null = null): void {
    const { page } = this;
    if (page && JSON.stringify(layout) !== JSON.stringify(page.layout))
      this.run((spec) => arrange(spec, page.id, layout), key);
  }

  /** Shows cards where they would be. */
  try(layout: GridItem[]): void {
    this.trial = layout;
  }

  /** Puts them down there, or leaves them where they were. */
  settle(keep: boolean): void {
    const { trial } = this;
    this.trial = null;
    if (keep && trial) this.arrange(trial);
  }

  addPage(title: string): void {
    const added = addPage(this.spec, this.pageId, title);
    this.run(() => added.spec);
    this.selectPage(added.id);
  }

  select(ids: Iterable<string>): void {
    this.selected = new Set(ids);
    this.filterId = null;
  }

  openFilter(id: string | null): void {
    this.select([]);
    this.filterId = id;
  }

  selectPage(pageId: string): void {
    this.pageId = pageId;
    this.select([]);
  }

  say(notice: EditorNotice | null): void {
    this.notice = notice;
  }

  /** Everything is saved, then readers see it. False where it could not be; `error` says why. */
  async publish(note: string): Promise<boolean> {
    return this.work(async () => {
      await this.sync.flush();
      if (this.sync.error) throw this.sync.error;
      const body = { version: this.sync.version, ...(note.trim() ? { note: note.trim() } : {}) };
      this.sync.published(await publishReport(this.parts.call, this.parts.reportId, body));
      this.say("published");
    });
  }

  /** Back to what is published. It can be undone. */
  async discard(): Promise<boolean> {
    return this.work(async () => {
      await this.sync.flush();
      const before = this.spec;
      const draft = await discardDraft(this.parts.call, this.parts.reportId, this.sync.version);
      this.sync.replace(draft);
      this.history.note(before, draft.spec, this.parts.now());
      runInAction(() => (this.canUndo = true));
      this.say("discarded");
    });
  }

  /** Somebody else's doing, as the server tells of it. */
  heard({ version, people }: DraftState): void {
    this.people = people.filter(({ client }) => client !== this.parts.client);
    if (version > this.sync.version) void this.sync.catchUp().catch(() => undefined); // the next word comes anyway
  }

  /** Says that one is here, and which card one has open. */
  async tellPresence(leaves = false): Promise<void> {
    const { call, reportId, client } = this.parts;
    const body = { client, element: this.open?.id ?? null, leaves };
    await tellPresence(call, reportId, body).catch(() => undefined); // who is here is a kindness, not a need
  }

  /** What an earlier visit left is brought in, as a change that can be undone. */
  takeCopy(): void {
    const { left } = this;
    if (!left) return;
    this.run((spec) => mergeSpecs({ base: left.base, mine: left.spec, theirs: spec }).spec);
    this.dropCopy();
  }

  dropCopy(): void {
    this.left = null;
    if (this.sync.state === "saved") this.copies.drop();
  }

  /** One's own side of a conflict after all, as a change that can be undone. */
  takeMine(conflict: Extract<DraftConflict, { kind: "both" }>): void {
    this.run((spec) => withUnit(spec, conflict.unit, conflict.mine));
    this.dropConflict(conflict);
  }

  dropConflict(conflict: DraftConflict): void {
    this.conflicts = this.conflicts.filter((each) => each !== conflict);
  }

  dispose(): void {
    this.sync.dispose();
    this.previews.dispose();
  }

  private wentBack(undone: Undone | null): void {
    if (!undone) return;
    if (undone.partly) this.say("undonePartly");
    this.changed(undone.spec);
  }

  private changed(spec: ReportSpec): void {
    this.show(spec);
    this.canUndo = this.history.canUndo;
    this.canRedo = this.history.canRedo;
    this.sync.touch();
    this.copies.keep(() => ({ spec: this.spec, base: this.sync.base }));
  }

  private take(spec: ReportSpec, conflicts: DraftConflict[]): void {
    this.show(spec);
    this.conflicts = [...this.conflicts, ...conflicts];
  }

  /** What was chosen and is gone is chosen no more. */
  private show(spec: ReportSpec): void {
    this.spec = spec;
    if (!pageOf(spec, this.pageId)) this.pageId = spec.pages[0]?.id ?? "";
    const left = [...this.selected].filter((id) => id in spec.elements);
    if (left.length < this.selected.size) this.selected = new Set(left);
  }

  private async work(run: () => Promise<void>): Promise<boolean> {
    runInAction(() => {
      this.publishing = true;
      this.error = null;
    });
    try {
      await run();
      return true;
    } catch (thrown) {
      runInAction(() => (this.error = toApiError(thrown)));
      return false;
    } finally {
      runInAction(() => (this.publishing = false));
    }
  }
}

/** The editor of a report, as its draft stands. Fails as `getDraft` does. */
export async function openEditor(parts: EditorParts): Promise<EditorStore> {
  return new EditorStore(parts, await getDraft(parts.call, parts.reportId));
}
