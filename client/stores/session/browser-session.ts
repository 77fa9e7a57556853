import { makeAutoObservable, runInAction } from "mobx";
import type { Me } from "../../../core/contract/session/session";
import type { ApiError } from "../../api/error";
import { toApiError } from "../../api/error";
import { chooseEnterprise, me, signInWithPassword, signOut } from "../../api/session";
import { createOwner, setupState } from "../../api/setup";
import type { Caller } from "../../api/transport";

/** Who uses this browser. `busy` and `error` belong to the form that is shown in that state. */
export type BrowserSessionState =
  | { kind: "starting" }
  /** The server could not be asked; `retry` asks again. */
  | { kind: "unknown"; error: ApiError }
  /** Nobody can sign in before the first administrator exists. */
  | { kind: "setup" }
  /** `ended`: not by the person, who reads why. */
  | { kind: "signedOut"; ended?: true }
  | { kind: "ready"; me: Me };

/** The session of a browser: the server keeps it in a cookie that scripts cannot read, so the store asks who it is. */
export class BrowserSessionStore {
  state: BrowserSessionState = { kind: "starting" };
  busy = false;
  error: ApiError | null = null;

  constructor(private readonly call: Caller) {
    makeAutoObservable<this, "call">(this, { call: false });
  }

  /** Asks the server who is signed in, or `ask`, where another answer tells it too. */
  async start(ask: () => Promise<Me> = () => me(this.call)): Promise<void> {
    this.state = { kind: "starting" };
    try {
      const found = await ask();
      this.show({ kind: "ready", me: found });
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.code === "signed_out" || error.code === "session_ended") await this.askSetup();
      else this.show({ kind: "unknown", error });
    }
  }

  /** Signs in with a local account. False where it failed: `error` says why. */
  signIn(login: string, password: string): Promise<boolean> {
    return this.submit(() => signInWithPassword(this.call, { login, password }));
  }

  /** Makes the first administrator with the set-up link's token. */
  createOwner(input: { token: string; name: string; login: string; password: string }): Promise<boolean> {
    return this.submit(() => createOwner(this.call, input));
  }

  /** Acts in another enterprise from now on. */
  choose(enterpriseId: string): Promise<boolean> {
    return this.submit(() => chooseEnterprise(this.call, { enterpriseId }));
  }

  /** Ends the session. A server that no longer knows it has nothing to end. */
  async signOut(): Promise<void> {
    await signOut(this.call).catch(() => undefined);
    this.show({ kind: "signedOut" });
  }

  /** Takes up a session that came from elsewhere: an auth code, a hand-off. */
  adopt(found: Me): void {
    this.show({ kind: "ready", me: found });
  }

  /** Called by whoever meets `signed_out`: the session ended elsewhere. */
  ended(): void {
    if (this.state.kind === "ready") this.show({ kind: "signedOut", ended: true });
  }

  private async submit(ask: () => Promise<Me>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const found = await ask();
      this.show({ kind: "ready", me: found });
      return true;
    } catch (thrown) {
      runInAction(() => (this.error = toApiError(thrown)));
      return false;
    } finally {
      runInAction(() => (this.busy = false));
    }
  }

  private async askSetup(): Promise<void> {
    try {
      const { open } = await setupState(this.call);
      this.show({ kind: open ? "setup" : "signedOut" });
    } catch (thrown) {
      this.show({ kind: "unknown", error: toApiError(thrown) });
    }
  }

  private show(state: BrowserSessionState): void {
    this.state = state;
    this.error = null;
  }
}
