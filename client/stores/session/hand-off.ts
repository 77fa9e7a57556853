import { makeAutoObservable, runInAction } from "mobx";
import { ApiError, toApiError } from "../../api/error";
import { redeemHandOff } from "../../api/hand-off";
import type { Caller } from "../../api/transport";
import type { ArrivalStore } from "./arrival";
import type { BrowserSessionStore } from "./browser-session";
import type { LaunchStore } from "./launch";

/** What the page that a hand-off opens needs of the browser. */
export interface HandOffParts {
  call: Caller;
  session: BrowserSessionStore;
  launch: LaunchStore;
  arrival: ArrivalStore;
  /** Of the address's fragment; null without one. */
  ticket: string | null;
  /** The page to end on where the ticket does not tell it. */
  target: string;
  insideDingTalk: boolean;
  /** Resolves when a person sees the page: a preview or a prefetch spends no ticket. */
  whenSeen: () => Promise<void>;
  /** Shows a page of ours in place of this one. */
  leave: (target: string) => void;
  /** Tells DingTalk's other tabs of ours that the page arrived inside. */
  tellArrivedInside: () => void;
}

export type HandOffState =
  | { kind: "starting" }
  /** Another person is signed in in this browser, or was the last one; then there is no name. */
  | { kind: "otherUser"; name: string | null }
  /** The ticket is of no use. `name`: who is signed in here all the same; null for nobody. */
  | { kind: "spent"; name: string | null }
  | { kind: "failed"; error: ApiError };

/** A hand-off arrives: the ticket becomes a session of this browser, and the wanted page opens. */
export class HandOffStore {
  state: HandOffState = { kind: "starting" };
  busy = false;

  constructor(private readonly parts: HandOffParts) {
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  async start(): Promise<void> {
    this.show({ kind: "starting" });
    await this.parts.whenSeen();
    await this.redeem(false);
  }

  /** The ticket's person takes this browser over. */
  async replace(): Promise<void> {
    if (this.busy) return;
    runInAction(() => (this.busy = true));
    await this.redeem(true);
    runInAction(() => (this.busy = false));
  }

  /** The person who was signed in stays. */
  keep(): void {
    const { state, parts } = this;
    const asBefore = state.kind === "otherUser" && state.name !== null;
    parts.leave(asBefore ? "/" : parts.target); // the ticket's page is not the other person's
  }

  /** Signs in by password instead, and then shows the wanted page. False where it failed: the session says why. */
  async signIn(login: string, password: string): Promise<boolean> {
    const done = await this.parts.session.signIn(login, password);
    if (done) this.parts.leave(this.parts.target);
    return done;
  }

  private async redeem(replace: boolean): Promise<void> {
    const { ticket, call, session, arrival } = this.parts;
    try {
      if (ticket === null) throw new ApiError("hand_off_spent", "The address holds no ticket.");
      const lastUser = await arrival.lastUser();
      const { target, me } = await redeemHandOff(call, { ticket, replace, ...(lastUser ? { lastUser } : {}) });
      await arrival.arrive(me);
      session.adopt(me);
      await this.arrive(target);
    } catch (thrown) {
      await this.refused(toApiError(thrown));
    }
  }

  /** DingTalk's client opened inside what was meant for the browser: that is remembered, and the page simply stays. */
  private async arrive(target: string): Promise<void> {
    const { insideDingTalk, launch, leave, tellArrivedInside } = this.parts;
    if (insideDingTalk) {
      await launch.learn(true).catch(() => undefined); // else the next launch tries, and learns, again
      launch.hint();
      tellArrivedInside();
    }
    leave(target);
  }

  private async refused(error: ApiError): Promise<void> {
    const { session } = this.parts;
    if (error.code !== "hand_off_spent" && error.code !== "hand_off_other_user") {
      return this.show({ kind: "failed", error });
    }
    await session.start();
    const { state } = session;
    if (state.kind === "unknown") return this.show({ kind: "failed", error: state.error });
    const name = state.kind === "ready" ? state.me.user.name : null;
    if (error.code === "hand_off_other_user") this.show({ kind: "otherUser", name });
    else this.show({ kind: "spent", name });
  }

  private show(state: HandOffState): void {
    runInAction(() => (this.state = state));
  }
}
