import { makeAutoObservable, observableRef, runInAction } from "mobx";
import type { ApiError } from "../api/error";
import { toApiError } from "../api/error";

/** Something asked of the server for one page: what it answered last stays visible while it is asked again. */
export class Resource<T> {
  data: T | undefined = undefined;
  error: ApiError | null = null;
  busy = false;
  private newest = 0;

  constructor(private readonly ask: () => Promise<T>) {
    makeAutoObservable<this, "ask" | "newest">(this, { data: observableRef, ask: false, newest: false });
  }

  /** Asks; only the newest question may answer. Never rejects: `error` says what went wrong. */
  async load(): Promise<void> {
    const turn = ++this.newest;
    this.busy = true;
    try {
      const data = await this.ask();
      this.settle(turn, () => {
        this.data = data;
        this.error = null;
      });
    } catch (thrown) {
      this.settle(turn, () => (this.error = toApiError(thrown)));
    }
  }

  /** Takes up what another request answered. */
  set(data: T): void {
    this.newest += 1;
    this.data = data;
    this.error = null;
    this.busy = false;
  }

  private settle(turn: number, change: () => void): void {
    if (turn !== this.newest) return;
    runInAction(() => {
      change();
      this.busy = false;
    });
  }
}
