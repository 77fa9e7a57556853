import { makeAutoObservable, observableRef, runInAction } from "mobx";
import type { ReportDraft } from "../../../core/contract/report/draft";
import type { ReportSpec } from "../../../core/contract/report/report";
import { mergeSpecs } from "../../../core/report/merge/merge";
import { getDraft, saveDraft, type DraftConflict } from "../../api/draft";
import { toApiError, type ApiError } from "../../api/error";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";

export interface DraftSyncParts {
  call: Caller;
  reportId: string;
  /** This opened editor: another one each time. */
  client: string;
  later: Later;
  spec: () => ReportSpec;
  /** The draft as others have it too, merged with what is not saved yet. */
  merged: (spec: ReportSpec, conflicts: DraftConflict[]) => void;
  /** The server has everything. */
  saved: () => void;
}

/** What cannot be mended by trying again. */
const FINAL: ReadonlySet<string> = new Set(["forbidden", "report_not_found", "input_invalid", "signed_out"]);
const SOON_MS = 400;
const [AGAIN_MS, LONGEST_MS] = [2_000, 30_000];

/** Keeps the server's draft up to date with an editor's screen: one save at a time, soon after each change. */
export class DraftSync {
  /** The draft as the server had it last: what is on the screen was made from it. */
  base: ReportSpec;
  version: number;
  /** What is saved differs from what readers see. */
  isDraft: boolean;
  /** The published revision; 0: none. */
  revision: number;
  savedAt: string | null;
  saving = false;
  error: ApiError | null = null;
  private changed = false;
  private wait = AGAIN_MS;
  private callOff: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: DraftSyncParts,
    draft: ReportDraft,
  ) {
    this.base = draft.spec;
    this.version = draft.version;
    this.isDraft = draft.isDraft;
    this.revision = draft.revision;
    this.savedAt = draft.savedAt;
    makeAutoObservable<this, "parts" | "wait" | "callOff" | "running">(this, {
      parts: false,
      wait: false,
      callOff: false,
      running: false,
      base: observableRef,
      error: observableRef,
    });
  }

  get state(): "saved" | "unsaved" | "saving" | "failed" {
    if (this.error) return "failed";
    if (this.saving) return "saving";
    return this.changed ? "unsaved" : "saved";
  }

  /** The screen has changed. */
  touch(): void {
    this.changed = true;
    if (!this.saving && !this.error) this.plan(SOON_MS);
  }

  /** Saves what there is to save, now. */
  async flush(): Promise<void> {
    this.callOff();
    await this.running;
    if (this.changed) await this.save();
  }

  /** Nothing is saved any more. */
  dispose(): void {
    this.callOff();
  }

  /** Takes in what others have saved; waits for a save of one's own, whose answer has it. */
  async catchUp(): Promise<void> {
    await this.running;
    const draft = await getDraft(this.parts.call, this.parts.reportId);
    runInAction(() => this.take(draft));
  }

  /** The server's draft in the place of what is on the screen. */
  replace(draft: ReportDraft): void {
    this.changed = false;
    this.callOff();
    this.know(draft);
    this.parts.merged(draft.spec, []);
    this.parts.saved();
  }

  /** Readers see the draft of this version. */
  published(revision: number): void {
    this.revision = revision;
    this.isDraft = false;
  }

  private take(draft: ReportDraft): void {
    if (draft.version < this.version) return;
    const { spec, conflicts } = mergeSpecs({ base: this.base, mine: this.parts.spec(), theirs: draft.spec });
    this.know(draft);
    this.parts.merged(spec, conflicts as DraftConflict[]);
  }

  private know({ spec, version, isDraft, revision, savedAt }: ReportDraft): void {
    this.base = spec;
    this.version = version;
    this.isDraft = isDraft;
    this.revision = revision;
    this.savedAt = savedAt;
  }

  private plan(ms: number): void {
    this.callOff();
    this.callOff = this.parts.later(() => void this.save(), ms);
  }

  private save(): Promise<void> {
    if (!this.saving) this.running = this.send();
    return this.running;
  }

  private async send(): Promise<void> {
    const { call, reportId, client } = this.parts;
    const sent = this.parts.spec();
    runInAction(() => {
      this.saving = true;
      this.changed = false;
    });
    try {
      const reply = await saveDraft(call, reportId, { spec: sent, version: this.version, client });
      runInAction(() => this.answered(sent, reply));
    } catch (thrown) {
      await this.failed(toApiError(thrown));
    }
  }

  private answered(sent: ReportSpec, reply: Awaited<ReturnType<typeof saveDraft>>): void {
    this.saving = false;
    this.error = null;
    this.wait = AGAIN_MS;
    this.version = reply.version;
    this.savedAt = reply.savedAt;
    this.isDraft = true;
    this.base = reply.spec ?? sent;
    if (reply.spec) {
      const { spec } = mergeSpecs({ base: sent, mine: this.parts.spec(), theirs: reply.spec });
      this.parts.merged(spec, reply.conflicts);
    }
    if (this.changed) this.plan(SOON_MS);
    else this.parts.saved();
  }

  private async failed(error: ApiError): Promise<void> {
    if (error.code === "draft_base_gone") return this.startOver();
    runInAction(() => {
      this.saving = false;
      this.changed = true;
      this.error = error;
      if (!FINAL.has(error.code)) this.plan(this.wait);
      this.wait = Math.min(LONGEST_MS, this.wait * 2);
    });
  }

  /** The server has forgotten what this was made from; the browser has not. */
  private async startOver(): Promise<void> {
    try {
      const draft = await getDraft(this.parts.call, this.parts.reportId);
      runInAction(() => {
        this.take(draft);
        this.saving = false;
        this.changed = true;
        this.plan(0);
      });
    } catch (thrown) {
      await this.failed(toApiError(thrown));
    }
  }
}
