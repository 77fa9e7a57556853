import { computed, makeObservable, observableRef, runInAction } from "mobx";
import { ApiError, toApiError, type ClientErrorCode } from "../../api/error";
import { confirmBindLink, openBindLink, type OpenedBindLink } from "../../api/personal";
import type { Transport } from "../../api/transport";
import type { ErrorText, Texts } from "../../text/texts";
import { errorText } from "../../text/text";
import type { LanguageStore } from "../language";
import type { SessionStore } from "../session/session";

export interface BindByLinkParts {
  /** What the link carries; null where the page was not opened by a link. */
  token: string | null;
  transport: Transport;
  session: SessionStore;
  language: LanguageStore;
  corpId: () => string | null;
  /** Asks DingTalk for an auth code (five minutes, one use). Throws `ApiError`. */
  getAuthCode: (corpId: string) => Promise<string>;
  deviceName: string;
}

type Answering = "yes" | "no" | null;

type State =
  | { kind: "none" | "opening" | "refused" | "done" }
  | { kind: "question"; opened: OpenedBindLink; answering: Answering; error: ApiError | null }
  | { kind: "failed"; error: ApiError };

type BindByLinkView =
  | { kind: "none" }
  | { kind: "opening" | "done"; text: string }
  | {
      kind: "question";
      question: string;
      hint: string;
      yes: string;
      no: string;
      sending: boolean;
      problem: ErrorText | null;
    }
  | { kind: "refused"; title: string; advice: string; action: string }
  | { kind: "failed"; title: string; advice: string; code: string; action: string };

/** After these trying once more with the same link cannot help. */
const FINAL: ClientErrorCode[] = [
  "bind_link_spent",
  "input_invalid",
  "forbidden",
  "already_bound",
  "bound_elsewhere",
  "user_disabled",
  "corp_not_authorised",
  "authorisation_revoked",
];

const isFinal = ({ code }: ApiError): boolean => FINAL.includes(code);

/** Binds the DingTalk account of whoever holds the phone to the local account that shows the link on a computer. */
export class BindByLinkStore {
  private state: State;

  constructor(private readonly parts: BindByLinkParts) {
    this.state = { kind: parts.token === null ? "none" : "opening" };
    makeObservable<this, "state">(this, { state: observableRef, view: computed });
  }

  /** Learns from the server who would be bound to whom. Does nothing without a link. */
  async open(): Promise<void> {
    const { token, transport, corpId, getAuthCode } = this.parts;
    if (token === null) return;
    this.show({ kind: "opening" });
    try {
      const corp = corpId();
      if (corp === null) throw new ApiError("corp_unknown", "No CorpId is known.");
      const opened = await openBindLink(transport, { token, corpId: corp, authCode: await getAuthCode(corp) });
      this.show({ kind: "question", opened, answering: null, error: null });
    } catch (thrown) {
      this.show({ kind: "failed", error: toApiError(thrown) });
    }
  }

  /** Binds and signs in, or tells the computer that the person does not want to. A second tap while it runs does nothing. */
  async answer(accept: boolean): Promise<void> {
    const { state } = this;
    if (state.kind !== "question" || state.answering) return;
    const { transport, session, deviceName } = this.parts;
    const { confirmTicket } = state.opened;
    this.show({ ...state, answering: accept ? "yes" : "no", error: null });
    try {
      const body = { confirmTicket, accept, deviceId: await session.deviceId(), deviceName };
      const reply = await confirmBindLink(transport, body);
      if (reply) await session.adopt(reply);
      this.show({ kind: reply ? "done" : "refused" });
    } catch (thrown) {
      const error = toApiError(thrown);
      this.show(isFinal(error) ? { kind: "failed", error } : { ...state, error });
    }
  }

  /** The one button of a failure: asks again, or answers false where the link is of no more use. */
  retry(): boolean {
    if (this.state.kind !== "failed" || isFinal(this.state.error)) return false;
    void this.open();
    return true;
  }

  private show(state: State): void {
    runInAction(() => (this.state = state));
  }

  get view(): BindByLinkView {
    const { texts } = this.parts.language;
    const { byLink } = texts.bind;
    const { state } = this;
    switch (state.kind) {
      case "none":
        return { kind: "none" };
      case "opening":
        return { kind: "opening", text: byLink.opening };
      case "done":
        return { kind: "done", text: texts.bind.sending };
      case "question":
        return questionView(texts, state);
      case "refused":
        return { kind: "refused", ...byLink.refused, action: byLink.toReports };
      case "failed": {
        const action = isFinal(state.error) ? byLink.toReports : texts.signIn.retry;
        return { kind: "failed", ...failureText(texts, state.error), code: state.error.code, action };
      }
    }
  }
}

function questionView(texts: Texts, state: State & { kind: "question" }): BindByLinkView {
  const { byLink, sending } = texts.bind;
  const { opened, answering, error } = state;
  const { memberName, enterpriseName, accountName, login } = opened;
  return {
    kind: "question",
    question: byLink.question({ member: memberName, enterprise: enterpriseName, account: accountName, login }),
    hint: byLink.hint,
    yes: answering === "yes" ? sending : byLink.yes,
    no: answering === "no" ? byLink.refusing : byLink.no,
    sending: answering !== null,
    problem: error && failureText(texts, error),
  };
}

/** Some codes mean something more precise here than elsewhere. */
function failureText(texts: Texts, error: ApiError): ErrorText {
  const { otherEnterprise, memberBound } = texts.bind.byLink;
  if (error.code === "forbidden") return otherEnterprise;
  if (error.code === "already_bound") return memberBound;
  // A damaged link is mended like an old one: by scanning a new one.
  const code = error.code === "input_invalid" ? "bind_link_spent" : error.code;
  const { title, advice } = errorText(texts, { code, retryAfter: error.detail.retryAfter });
  return { title, advice };
}
