import { makeAutoObservable, runInAction } from "mobx";
import type { NotBoundDetail } from "../../../core/contract/error";
import { ApiError, toApiError } from "../../api/error";
import { finishOAuth, type OAuthBack } from "../../api/oauth-sign-in";
import type { Caller } from "../../api/transport";
import { bindMember } from "./bind-member";
import type { BrowserSessionStore } from "./browser-session";
import { rememberEnterprise } from "./oauth";
import type { Storage } from "../storage";

export interface OAuthReturnParts {
  call: Caller;
  session: BrowserSessionStore;
  storage: Storage;
  /** What DingTalk's page sent along; null where somebody came here without it. */
  back: OAuthBack | null;
  /** The page of ours that was wanted before. */
  target: string;
  /** Shows a page of ours in place of this one. */
  leave: (target: string) => void;
}

export type OAuthReturnState =
  { kind: "starting" } | { kind: "notBound"; detail: NotBoundDetail } | { kind: "failed"; error: ApiError };

/** Back from DingTalk's sign-in page: what it sent becomes a session, and the wanted page opens. */
export class OAuthReturnStore {
  state: OAuthReturnState = { kind: "starting" };
  busy = false;
  /** Why the bind form was refused. */
  error: ApiError | null = null;

  constructor(private readonly parts: OAuthReturnParts) {
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  async start(): Promise<void> {
    const { call, session, back } = this.parts;
    try {
      if (!back) throw new ApiError("sign_in_expired", "The address holds no answer of DingTalk's.");
      session.adopt(await finishOAuth(call, back));
      await this.arrive();
    } catch (thrown) {
      const error = toApiError(thrown);
      const { notBound } = error.detail;
      this.show(notBound ? { kind: "notBound", detail: notBound } : { kind: "failed", error });
    }
  }

  /** Binds the member to a local account and goes on. */
  async bind(login: string, password: string): Promise<void> {
    if (this.busy || this.state.kind !== "notBound") return;
    const { bindTicket } = this.state.detail;
    this.change({ busy: true, error: null });
    const refused = await bindMember(this.parts, { bindTicket, login, password });
    this.change({ busy: false, error: refused?.error ?? null });
    if (!refused) await this.arrive();
    else if (refused.gone) this.show({ kind: "failed", error: refused.error });
  }

  /** What came back is spent: whoever is signed in here goes on, everybody else starts again. */
  again(): void {
    void this.parts.session.start();
    this.parts.leave(this.parts.target);
  }

  private async arrive(): Promise<void> {
    const { session, storage, leave, target } = this.parts;
    const { state } = session;
    if (state.kind === "ready" && state.me.enterprise) await rememberEnterprise(storage, state.me.enterprise);
    leave(target);
  }

  private change(change: { busy: boolean; error: ApiError | null }): void {
    runInAction(() => Object.assign(this, change));
  }

  private show(state: OAuthReturnState): void {
    runInAction(() => (this.state = state));
  }
}
