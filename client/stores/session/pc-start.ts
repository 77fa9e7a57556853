import { makeAutoObservable, runInAction } from "mobx";
import type { NotBoundDetail } from "../../../core/contract/error";
import type { Me } from "../../../core/contract/session/session";
import { decideLaunch, type Launch } from "../../../core/report/launch";
import { ApiError, toApiError } from "../../api/error";
import { createHandOff, signInInDingTalk } from "../../api/hand-off";
import type { Caller } from "../../api/transport";
import { bindMember } from "./bind-member";
import type { BrowserSessionStore } from "./browser-session";
import type { LaunchStore } from "./launch";

/** What the PC's entry page needs of the browser and of DingTalk around it. */
export interface PcStartParts {
  call: Caller;
  session: BrowserSessionStore;
  launch: LaunchStore;
  corpId: string | null;
  /** The auth code that a mini program handed over; null without one. */
  givenCode: string | null;
  /** The page of ours to end on. */
  target: string;
  environment: { insideDingTalk: boolean; pc: boolean };
  requestAuthCode: (corpId: string) => Promise<string>;
  openLink: (url: string) => Promise<void>;
  /** Shows a page of ours in place of this one. */
  leave: (target: string) => void;
  /** Whether this launch opened the browser already; kept over reloads of the page. */
  attempt: { made: () => boolean; note: () => void };
}

export type PcStartState =
  | { kind: "starting" }
  | { kind: "notBound"; detail: NotBoundDetail }
  | { kind: "failed"; error: ApiError }
  /** The page continued in the browser. `failed`: it could not be opened. */
  | { kind: "continued"; failed: boolean }
  /** The browser was asked for, but DingTalk opened the page in another tab of its own. */
  | { kind: "keptInside" };

/** The app opened on a PC: signs in, then stays in the Workbench or continues in the browser. */
export class PcStartStore {
  state: PcStartState = { kind: "starting" };
  busy = false;
  /** Why the bind form was refused. */
  error: ApiError | null = null;
  private givenCode: string | null;

  constructor(private readonly parts: PcStartParts) {
    this.givenCode = parts.givenCode;
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  /** From the beginning: as the page opens, and when the person tries again. */
  async start(): Promise<void> {
    this.show({ kind: "starting" });
    await this.trying(async () => {
      if (await this.signedIn()) await this.launch();
      else this.parts.leave(this.parts.target); // where the sign-in page stands in front of it
    });
  }

  /** Binds the member to a local account and goes on. */
  async bind(login: string, password: string): Promise<void> {
    if (this.busy || this.state.kind !== "notBound") return;
    const { bindTicket } = this.state.detail;
    this.change({ busy: true, error: null });
    const refused = await bindMember(this.parts, { bindTicket, login, password });
    if (!refused) await this.trying(() => this.launch());
    else if (refused.gone) this.show({ kind: "failed", error: refused.error });
    else this.change({ busy: true, error: refused.error });
    this.change({ busy: false });
  }

  /** The person asks for the browser once more, after the launch's own attempt. */
  async openAgain(): Promise<void> {
    if (this.busy) return;
    this.change({ busy: true });
    await this.trying(() => this.handOver());
    this.change({ busy: false });
  }

  stay(): void {
    this.parts.leave(this.parts.target);
  }

  /** Another tab of DingTalk's says that it shows what was meant for the browser. */
  arrivedInside(): void {
    if (this.state.kind === "continued") this.show({ kind: "keptInside" });
  }

  /** False where only a password helps: in a plain browser without a session. */
  private async signedIn(): Promise<boolean> {
    if (await this.enteredAsGiven()) return true;
    const { session, environment } = this.parts;
    await session.start();
    const { state } = session;
    if (state.kind === "unknown") throw state.error;
    if (state.kind === "ready" && (await this.actsHere(state.me))) return true;
    if (!environment.insideDingTalk) return false;
    await this.enter();
    return true;
  }

  /** The mini program's code says who is there now, whoever was before. False without a code that still works. */
  private async enteredAsGiven(): Promise<boolean> {
    const code = this.givenCode;
    this.givenCode = null; // it works once
    if (code === null) return false;
    try {
      await this.trade(() => Promise.resolve(code));
      return true;
    } catch (thrown) {
      if (toApiError(thrown).code !== "auth_code_spent") throw thrown;
      return false;
    }
  }

  /** Whether the session acts in the enterprise that the app was opened for, if need be after changing over to it. */
  private async actsHere(me: Me): Promise<boolean> {
    const { corpId, session } = this.parts;
    if (corpId === null || me.enterprise?.corpId === corpId) return true;
    const other = me.enterprises.find((enterprise) => enterprise.corpId === corpId);
    return other !== undefined && (await session.choose(other.id));
  }

  /** Signs in by a code of our own asking; one that was lost on its way is asked for once more. */
  private async enter(): Promise<void> {
    const { requestAuthCode } = this.parts;
    await this.trade(requestAuthCode).catch((thrown: unknown) => {
      if (toApiError(thrown).code !== "auth_code_spent") throw thrown;
      return this.trade(requestAuthCode);
    });
  }

  private async trade(code: (corpId: string) => Promise<string>): Promise<void> {
    const { corpId, call, session } = this.parts;
    if (corpId === null) throw new ApiError("corp_unknown", "The address names no enterprise.");
    session.adopt(await signInInDingTalk(call, { corpId, authCode: await code(corpId) }));
  }

  private async launch(): Promise<void> {
    const { launch, target, leave, attempt } = this.parts;
    const known = await launch.load();
    const action = decideLaunch({ ...this.place(), ...known, attempted: attempt.made() });
    if (action === "hand-over") return this.handOver();
    if (action === "say-continued") return this.show({ kind: "continued", failed: false });
    if (action === "stay-with-hint") launch.hint();
    leave(target);
  }

  private place(): Pick<Launch, "platform" | "place"> {
    const { insideDingTalk, pc } = this.parts.environment;
    return { platform: pc ? "pc" : "mobile", place: insideDingTalk ? "workbench" : "browser" };
  }

  private async handOver(): Promise<void> {
    const { call, target, openLink, attempt } = this.parts;
    const { url } = await createHandOff(call, target);
    attempt.note();
    const opened = await openLink(naming(url, target)).then(
      () => true,
      () => false,
    );
    this.show({ kind: "continued", failed: !opened });
  }

  private async trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      const error = toApiError(thrown);
      const { notBound } = error.detail;
      this.show(notBound ? { kind: "notBound", detail: notBound } : { kind: "failed", error });
    }
  }

  private change(change: { busy: boolean; error?: ApiError | null }): void {
    runInAction(() => Object.assign(this, change));
  }

  private show(state: PcStartState): void {
    runInAction(() => {
      this.state = state;
      this.error = null;
    });
  }
}

/** The ticket knows its page; the address names it too, for whoever arrives too late for the ticket and signs in instead. */
function naming(url: string, target: string): string {
  return target === "/" ? url : url.replace("#", `?target=${encodeURIComponent(target)}#`);
}
