import { makeAutoObservable, runInAction } from "mobx";
import type { LaunchState } from "../../../core/contract/session/launch";
import { launchState, learnKeptInside } from "../../api/launch";
import type { Caller } from "../../api/transport";

/** How the app opens on this PC, as far as it is known, and whether the person should hear of it. */
export class LaunchStore {
  known: LaunchState | null = null;
  /** The enterprise wants the browser, but this client keeps all pages inside: said until the person closes it. */
  hinting = false;

  constructor(private readonly call: Caller) {
    makeAutoObservable<this, "call">(this, { call: false });
  }

  /** Asks the server. */
  async load(): Promise<LaunchState> {
    return this.know(await launchState(this.call));
  }

  /** Tells the server what this client does with links out of it. */
  async learn(keptInside: boolean): Promise<LaunchState> {
    return this.know(await learnKeptInside(this.call, keptInside));
  }

  /** Says it where it is so. */
  hint(): void {
    this.hinting = this.mayTryBrowser;
  }

  closeHint(): void {
    this.hinting = false;
  }

  /** Whether "try the browser again" makes sense. */
  get mayTryBrowser(): boolean {
    return this.known !== null && this.known.opening === "browser" && this.known.keptInside;
  }

  private know(state: LaunchState): LaunchState {
    runInAction(() => {
      this.known = state;
      if (!state.keptInside) this.hinting = false;
    });
    return state;
  }
}
