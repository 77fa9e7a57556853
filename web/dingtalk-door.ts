import { makeAutoObservable, runInAction } from "mobx";
import type { BrowserSessionStore } from "../client/stores/session/browser-session";
import type { LaunchStore } from "../client/stores/session/launch";
import type { Storage } from "../client/stores/storage";
import { listSignInEnterprises } from "../client/api/oauth-sign-in";
import type { Transport } from "../client/api/transport";
import { PC_PATH, type Entry } from "./entry";
import { CORP_ID } from "./links";

interface DoorParts {
  call: Transport;
  environment: { insideDingTalk: boolean };
  entry: Entry;
  session: BrowserSessionStore;
  launch: LaunchStore;
  storage: Storage;
}

/** Leads pages that are shown inside DingTalk through `/pc`, where DingTalk signs in and the launch is decided. */
export class DingTalkDoor {
  /** The enterprise that the app was last opened for. */
  corpId: string | null = null;

  constructor(private readonly parts: DoorParts) {
    this.corpId = parts.entry.corpId;
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  /** Takes up the enterprise of an earlier visit, or keeps this one's for the next: not every link names one. */
  async restore(): Promise<void> {
    const { storage, environment } = this.parts;
    if (!environment.insideDingTalk) return;
    if (this.corpId !== null) return storage.set(CORP_ID, this.corpId);
    const kept = await storage.get(CORP_ID);
    runInAction(() => (this.corpId = kept));
  }

  /** Whether DingTalk can sign the person in. */
  get open(): boolean {
    return this.parts.environment.insideDingTalk && this.corpId !== null;
  }

  /**
   * A page of ours opened inside DingTalk by a link. Without a session DingTalk signs in: nobody types a password there.
   * With one, the account menu learns whether it may offer the browser.
   */
  async begin(): Promise<void> {
    const { environment, session, launch } = this.parts;
    const { kind } = session.state;
    if (environment.insideDingTalk && kind === "signedOut") {
      if (this.corpId === null) await this.takeOnly();
      if (this.open) this.enter();
    }
    // Unknown, the menu offers nothing: no reason to say a failure.
    if (environment.insideDingTalk && kind === "ready") await launch.load().catch(() => undefined);
  }

  /** Where nothing names the enterprise and there is one only, it is that one; else the person is asked. */
  private async takeOnly(): Promise<void> {
    const [only, ...others] = await listSignInEnterprises(this.parts.call).catch(() => []);
    if (only && others.length === 0) runInAction(() => (this.corpId = only.corpId));
  }

  /** The way through `/pc` to the page that is shown, for that enterprise. */
  wayFor(corpId: string): string {
    const target = location.pathname + location.search;
    return `${PC_PATH}?${new URLSearchParams({ [CORP_ID]: corpId, target }).toString()}`;
  }

  /** Goes through `/pc` to the page that is shown. */
  enter(): void {
    location.replace(this.wayFor(this.corpId ?? ""));
  }

  /** The person says that DingTalk's setting has changed. */
  async tryBrowser(): Promise<void> {
    await this.parts.launch.learn(false).catch(() => undefined); // `/pc` meets the same failure, and says it
    this.enter();
  }
}
