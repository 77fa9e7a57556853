import { action, computed, makeObservable, observable, observableRef, runInAction } from "mobx";
import type { NotBoundDetail } from "../../../core/contract/error";
import { toApiError, type ApiError } from "../../api/error";
import { bind } from "../../api/session";
import type { Transport } from "../../api/transport";
import type { ErrorText } from "../../text/texts";
import { errorText } from "../../text/text";
import type { LanguageStore } from "../language";
import type { SessionStore } from "../session/session";

export interface BindParts {
  transport: Transport;
  session: SessionStore;
  language: LanguageStore;
  deviceName: string;
}

export interface BindView {
  kind: "form" | "expired" | "done";
  intro: string;
  ask: string;
  login: string;
  password: string;
  sending: boolean;
  /** What went wrong last, for the person. */
  problem: ErrorText | null;
  panel: ErrorText | null;
}

/** After these the ticket is of no more use: the person signs in again for a new one. */
const TICKET_GONE = ["bind_ticket_spent", "already_bound"];

/** Binds the DingTalk member who was refused as `not_bound` to a local account. */
export class BindStore {
  login = "";
  password = "";
  sending = false;
  private error: ApiError | null = null;
  private incomplete = false;
  /** Kept from the start: the session's own state moves on when the account is bound. */
  private readonly detail: NotBoundDetail | null;

  constructor(private readonly parts: BindParts) {
    const { state } = parts.session;
    this.detail = state.kind === "notBound" ? state.detail : null;
    makeObservable<this, "error" | "incomplete">(this, {
      login: observable,
      password: observable,
      sending: observable,
      error: observableRef,
      incomplete: observable,
      view: computed,
      typeLogin: action,
      typePassword: action,
    });
  }

  typeLogin(login: string): void {
    this.login = login;
  }

  typePassword(password: string): void {
    this.password = password;
  }

  /** Binds and signs in. A second tap while it runs does nothing. */
  async submit(): Promise<void> {
    if (this.sending || !this.detail) return;
    const body = { bindTicket: this.detail.bindTicket, login: this.login.trim(), password: this.password };
    const incomplete = body.login === "" || body.password === "";
    this.change({ incomplete, error: null, sending: !incomplete });
    if (incomplete) return;
    const { transport, session, deviceName } = this.parts;
    try {
      const reply = await bind(transport, { ...body, deviceId: await session.deviceId(), deviceName });
      await session.adopt(reply);
      this.change({ sending: false, error: null });
    } catch (thrown) {
      this.change({ sending: false, error: toApiError(thrown) });
    }
  }

  private change(change: { sending: boolean; error: ApiError | null; incomplete?: boolean }): void {
    runInAction(() => {
      this.sending = change.sending;
      this.error = change.error;
      this.incomplete = change.incomplete ?? false;
    });
  }

  get view(): BindView {
    const { texts, current } = this.parts.language;
    const { detail, login, password, sending } = this;
    const names = detail?.administrators.join(current === "zh-CN" ? "、" : ", ");
    const gone = !detail || (this.error !== null && TICKET_GONE.includes(this.error.code));
    return {
      kind: this.parts.session.state.kind === "ready" ? "done" : gone ? "expired" : "form",
      intro: detail ? texts.bind.intro(detail.memberName, detail.enterpriseName) : "",
      ask: names ? texts.bind.ask(names) : "",
      login,
      password,
      sending,
      problem: this.problem(),
      panel: gone ? (this.error ? errorText(texts, this.error) : texts.bind.noTicket) : null,
    };
  }

  private problem(): ErrorText | null {
    const { texts } = this.parts.language;
    if (this.incomplete) return { title: texts.bind.missing, advice: "" };
    if (!this.error) return null;
    return errorText(texts, { code: this.error.code, retryAfter: this.error.detail.retryAfter });
  }
}
