import { makeAutoObservable, observableRef, runInAction } from "mobx";
import type { SyncRun } from "../../../core/contract/enterprise/sync";
import type { ApiError } from "../../api/error";
import { toApiError } from "../../api/error";
import { startSync, syncState } from "../../api/enterprise";
import type { Caller } from "../../api/transport";
import type { Later } from "../later";

const ASK_EVERY_MS = 1_000;
const UNDER_WAY: SyncRun["state"][] = ["queued", "running", "waiting"];

/** Watches an enterprise's synchronisation: asks every second while one is under way. */
export class SyncProgressStore {
  run: SyncRun | null = null;
  error: ApiError | null = null;
  private cancel: () => void = () => undefined;
  private closed = false;

  constructor(private readonly parts: { call: Caller; later: Later; enterpriseId: string; finished?: () => void }) {
    makeAutoObservable<this, "parts" | "cancel" | "closed">(this, {
      run: observableRef,
      parts: false,
      cancel: false,
      closed: false,
    });
  }

  get underWay(): boolean {
    return this.run !== null && UNDER_WAY.includes(this.run.state);
  }

  /** Shows what is under way, or else what was last. */
  watch(): Promise<void> {
    return this.ask(async () => {
      const { current, latest } = await syncState(this.parts.call, this.parts.enterpriseId);
      return current ?? latest[0] ?? null;
    });
  }

  /** Starts one; one that is under way is shown instead. */
  start(): Promise<void> {
    return this.ask(() => startSync(this.parts.call, this.parts.enterpriseId));
  }

  /** Nothing is asked any more. */
  dispose(): void {
    this.closed = true;
    this.cancel();
  }

  private async ask(read: () => Promise<SyncRun | null>): Promise<void> {
    this.cancel();
    const before = this.underWay;
    try {
      const run = await read();
      runInAction(() => {
        this.run = run;
        this.error = null;
      });
    } catch (thrown) {
      runInAction(() => (this.error = toApiError(thrown)));
    }
    if (this.closed) return;
    if (before && !this.underWay) this.parts.finished?.();
    // A lost answer does not end the watch: the next one may arrive.
    if (this.underWay) this.cancel = this.parts.later(() => void this.watch(), ASK_EVERY_MS);
  }
}
