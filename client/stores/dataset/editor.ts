import { makeAutoObservable, observableRef, runInAction } from "mobx";
import { checkDataset, getDataset, saveDataset, type DatasetText, type Problem } from "../../api/dataset";
import { toApiError, type ApiError } from "../../api/error";
import type { Caller } from "../../api/transport";

type Busy = "checking" | "saving" | "comparing" | null;

/** A text that is not saved, and what was read before it was changed. */
export interface Draft {
  saved: DatasetText;
  text: string;
}

/** One dataset's text while somebody works on it. What they wrote is never lost to a failure or to somebody else. */
export class DatasetEditor {
  /** What was read or saved last. */
  saved: DatasetText;
  text: string;
  problems: Problem[] = [];
  /** The text that the problems are about; null before the first check. */
  checkedText: string | null = null;
  busy: Busy = null;
  error: ApiError | null = null;
  /** Somebody else's revision, which stands in the way of saving. */
  theirs: DatasetText | null = null;

  /** `draft`: a text that could not be saved before, with the revision that it is a change of. */
  constructor(
    private readonly call: Caller,
    document: DatasetText,
    draft: Draft | null = null,
  ) {
    this.saved = draft?.saved ?? document;
    this.text = draft?.text ?? document.text;
    makeAutoObservable<this, "call">(this, {
      call: false,
      saved: observableRef,
      problems: observableRef,
      theirs: observableRef,
      error: observableRef,
    });
  }

  get dirty(): boolean {
    return this.text !== this.saved.text;
  }

  /** Whether the problems are those of the text as it stands. */
  get current(): boolean {
    return this.checkedText === this.text;
  }

  /** Nothing but the source, which cannot be reached, keeps the text from being saved. */
  get onlyUnreached(): boolean {
    const errors = this.problems.filter(({ severity }) => severity === "error");
    return this.current && errors.length > 0 && errors.every(({ code }) => code === "source_unreachable");
  }

  edit(text: string): void {
    this.text = text;
  }

  async check(): Promise<void> {
    const { text } = this;
    await this.work("checking", async () => {
      const problems = await checkDataset(this.call, { text, name: this.saved.name });
      runInAction(() => this.show(text, problems));
    });
  }

  /** True where it is saved; else the problems, the error or somebody else's revision say why not. */
  async save(options: { unchecked?: boolean } = {}): Promise<boolean> {
    const { text } = this;
    const { name, revision } = this.saved;
    return this.work(
      "saving",
      async () => {
        const { problems } = await saveDataset(this.call, name, { text, revision, ...options });
        const saved = await getDataset(this.call, name);
        runInAction(() => {
          this.saved = saved;
          this.show(text, problems);
        });
      },
      text,
    );
  }

  /** Their text in the place of mine. */
  takeTheirs(): void {
    if (!this.theirs) return;
    this.saved = this.theirs;
    this.text = this.theirs.text;
    this.theirs = null;
    this.problems = [];
    this.checkedText = null;
  }

  /** Mine behind theirs, knowingly: theirs stays among the revisions. */
  async overwrite(): Promise<boolean> {
    if (!this.theirs) return false;
    this.saved = this.theirs;
    this.theirs = null;
    return this.save();
  }

  /** Back to the text, without deciding. */
  leaveTheirs(): void {
    this.theirs = null;
  }

  private show(text: string, problems: Problem[]): void {
    this.problems = problems;
    this.checkedText = text;
  }

  private async work(busy: Busy, run: () => Promise<void>, text = this.text): Promise<boolean> {
    this.busy = busy;
    this.error = null;
    try {
      await run();
      return true;
    } catch (thrown) {
      await this.failed(toApiError(thrown), text);
      return false;
    } finally {
      runInAction(() => (this.busy = null));
    }
  }

  private async failed(error: ApiError, text: string): Promise<void> {
    const { problems } = error.detail;
    const theirs =
      error.code === "dataset_changed" ? await getDataset(this.call, this.saved.name).catch(() => null) : null;
    runInAction(() => {
      this.theirs = theirs;
      if (problems) this.show(text, problems);
      else if (!theirs) this.error = error;
    });
  }
}
