import { action, computed, makeObservable, observableRef, when } from "mobx";
import type { NotBoundDetail } from "../../../core/contract/error";
import type { Me, SessionReply } from "../../../core/contract/session/session";
import { ApiError, toApiError, type ClientErrorCode } from "../../api/error";
import { chooseEnterprise, signInWithDingTalk, signOut } from "../../api/session";
import type { ApiRequest, Transport } from "../../api/transport";
import type { ErrorText } from "../../text/texts";
import { errorText } from "../../text/text";
import type { LanguageStore } from "../language";
import { SessionTokenKeeper } from "./tokens";
import { SharedTask } from "../shared-task";
import type { Storage } from "../storage";

export type SessionState =
  | { kind: "starting" }
  | { kind: "signedOut" }
  | { kind: "notBound"; detail: NotBoundDetail }
  | { kind: "failed"; code: ClientErrorCode; retryAfter?: number | undefined }
  | { kind: "ready"; me: Me };

/** What a session needs of its platform. */
export interface SessionParts {
  transport: Transport;
  storage: Storage;
  language: LanguageStore;
  /** The enterprise that the app was opened for; null where the client tells none. */
  corpId: () => string | null;
  /** Asks DingTalk for an auth code (five minutes, one use). Throws `ApiError`. */
  getAuthCode: (corpId: string) => Promise<string>;
  deviceName: string;
  now: () => number;
  random: () => number;
}

/** What a page shows instead of its content while nobody is signed in. */
export type GateView =
  | { kind: "none" }
  | { kind: "starting"; text: string }
  | { kind: "notBound"; title: string; advice: string; ask: string; action: string }
  | { kind: "signedOut" | "failed"; title: string; advice: string; code: string; action: string };

/** After these the server has ended the session's right to be: what it says replaces the page. */
const ENDING: ClientErrorCode[] = ["corp_not_authorised", "authorisation_revoked", "user_disabled", "not_bound"];
/** After these a new sign-in may help. */
const LAPSED: ClientErrorCode[] = ["signed_out", "session_ended"];

/** Signs the person in, keeps them signed in, and sends every other request in their name. */
export class SessionStore {
  state: SessionState = { kind: "starting" };
  private readonly tokens: SessionTokenKeeper;
  private readonly signingIn = new SharedTask(() => this.signIn());
  private leaving: Promise<void> = Promise.resolve();
  private adoptions = 0;

  constructor(private readonly parts: SessionParts) {
    this.tokens = new SessionTokenKeeper(parts);
    makeObservable(this, { state: observableRef, view: computed, show: action });
  }

  /** Continues the kept session (without any request), else signs in through DingTalk. Never throws: see `state`. */
  async start(): Promise<void> {
    this.show({ kind: "starting" });
    const corpId = this.parts.corpId();
    if (corpId === null) return this.show({ kind: "failed", code: "corp_unknown" });
    const kept = await this.tokens.load(corpId);
    if (kept) return this.show({ kind: "ready", me: kept.me });
    await this.signingIn.run().catch(() => undefined);
  }

  /** Signs in anew, as after `signOut` or a failure. */
  async retry(): Promise<void> {
    this.show({ kind: "starting" });
    await this.signingIn.run().catch(() => undefined);
  }

  /** Takes up a session that came from elsewhere: from binding an account. */
  async adopt(reply: SessionReply): Promise<void> {
    this.adoptions += 1;
    await this.tokens.keep(this.parts.corpId() ?? "", reply);
    this.show({ kind: "ready", me: reply.me });
  }

  /** Ends the session here at once, and on the server if it answers. */
  signOut(): Promise<void> {
    this.show({ kind: "signedOut" });
    this.leaving = this.leave();
    return this.leaving;
  }

  private async leave(): Promise<void> {
    await this.tokens.unstore();
    await signOut(this.call).catch(() => undefined);
    await this.tokens.forget();
  }

  async chooseEnterprise(enterpriseId: string): Promise<void> {
    const me = await chooseEnterprise(this.call, { enterpriseId });
    await this.tokens.keepMe(me);
    this.show({ kind: "ready", me });
  }

  /** Who reads, and in which enterprise; empty while nobody is signed in. */
  get reader(): string {
    if (this.state.kind !== "ready") return "";
    const { user, enterprise } = this.state.me;
    return `${user.id}@${enterprise?.id ?? ""}`;
  }

  async deviceId(): Promise<string> {
    return this.tokens.deviceId();
  }

  /** Resolves as soon as somebody is signed in. */
  whenReady(): Promise<void> {
    return when(() => this.state.kind === "ready");
  }

  /** Sends a request in the person's name; renews the access token, or signs in anew, once. */
  readonly call: Transport = async (request) => {
    try {
      return await this.send(request);
    } catch (thrown) {
      const error = toApiError(thrown);
      if (LAPSED.includes(error.code) && this.state.kind === "ready") return this.sendAnew(request);
      if (ENDING.includes(error.code)) this.showFailure(error);
      throw error;
    }
  };

  private async send(request: ApiRequest): Promise<unknown> {
    const accessToken = await this.tokens.accessToken();
    try {
      return await this.parts.transport({ ...request, accessToken });
    } catch (thrown) {
      if (toApiError(thrown).code !== "signed_out") throw thrown;
      return this.parts.transport({ ...request, accessToken: await this.tokens.tokenAfter(accessToken) });
    }
  }

  private async sendAnew(request: ApiRequest): Promise<unknown> {
    await this.signingIn.run();
    return this.parts.transport({ ...request, accessToken: await this.tokens.accessToken() });
  }

  private async signIn(): Promise<void> {
    const { adoptions } = this;
    // A session that was adopted meanwhile is newer than whatever this sign-in comes to.
    const overtaken = (): boolean => this.adoptions !== adoptions;
    try {
      await this.leaving;
      const corpId = this.parts.corpId();
      if (corpId === null) throw new ApiError("corp_unknown", "No CorpId is known.");
      const reply = await this.trade(corpId).catch((thrown: unknown) => {
        // A code may have been spent by a request whose answer was lost: a new one tells.
        if (toApiError(thrown).code !== "auth_code_spent") throw thrown;
        return this.trade(corpId);
      });
      if (overtaken()) return;
      await this.tokens.keep(corpId, reply);
      this.show({ kind: "ready", me: reply.me });
    } catch (thrown) {
      if (overtaken()) return;
      const error = toApiError(thrown);
      this.showFailure(error);
      throw error;
    }
  }

  private async trade(corpId: string): Promise<SessionReply> {
    const [authCode, deviceId] = await Promise.all([this.parts.getAuthCode(corpId), this.tokens.deviceId()]);
    const { transport, deviceName } = this.parts;
    return signInWithDingTalk(transport, { corpId, authCode, deviceId, deviceName });
  }

  private showFailure(error: ApiError): void {
    const { notBound, retryAfter } = error.detail;
    if (error.code === "not_bound" && notBound) this.show({ kind: "notBound", detail: notBound });
    else this.show({ kind: "failed", code: error.code, retryAfter });
  }

  show(state: SessionState): void {
    this.state = state;
  }

  /** What stands in front of every page until somebody is signed in. */
  get view(): GateView {
    const { texts } = this.parts.language;
    const { state } = this;
    switch (state.kind) {
      case "ready":
        return { kind: "none" };
      case "starting":
        return { kind: "starting", text: texts.signIn.starting };
      case "signedOut":
        return { kind: "signedOut", ...texts.signIn.signedOut, code: "", action: texts.signIn.signIn };
      case "failed":
        return { kind: "failed", ...errorText(texts, state), action: texts.signIn.retry };
      case "notBound":
        return { kind: "notBound", ...this.notBoundText(state.detail), action: texts.signIn.bind };
    }
  }

  private notBoundText(detail: NotBoundDetail): ErrorText & { ask: string } {
    const { texts } = this.parts.language;
    const names = detail.administrators.join(this.parts.language.current === "zh-CN" ? "、" : ", ");
    const ask = names ? texts.signIn.ask(names) : "";
    return { ...texts.signIn.notBound(detail.memberName, detail.enterpriseName), ask };
  }
}
