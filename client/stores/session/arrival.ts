import { makeAutoObservable, runInAction } from "mobx";
import type { Me } from "../../../core/contract/session/session";
import type { BrowserSessionStore } from "./browser-session";
import type { Storage } from "../storage";

/** The id of the person who last used this browser by their own doing. */
const LAST = "lastUser";
/** The id of the person whom a hand-off signed in, until they have said that it is them. */
const ARRIVED = "arrivedUser";

interface Person {
  user: { id: string };
}

interface ArrivalParts {
  session: BrowserSessionStore;
  storage: Storage;
}

/**
 * Whose account a hand-off opened. Anybody can send a link with a ticket of their own, so the page says whom it signed
 * in until the person has confirmed it, and a browser that somebody else used before asks first.
 */
export class ArrivalStore {
  private pending: string | null = null;

  constructor(private readonly parts: ArrivalParts) {
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  /** Takes up an arrival that was not confirmed before the page was loaded anew. */
  async restore(): Promise<void> {
    const pending = await this.parts.storage.get(ARRIVED);
    runInAction(() => (this.pending = pending));
  }

  /** Who used this browser last; null where nobody did, as far as it remembers. */
  lastUser(): Promise<string | null> {
    return this.parts.storage.get(LAST);
  }

  /** A hand-off is about to sign that person in. */
  async arrive({ user }: Person): Promise<void> {
    if ((await this.lastUser()) === user.id) return;
    runInAction(() => (this.pending = user.id));
    await this.parts.storage.set(ARRIVED, user.id);
  }

  /** The person whom a hand-off signed in and who has not confirmed it yet; null otherwise. */
  get unconfirmed(): Me | null {
    const { state } = this.parts.session;
    return state.kind === "ready" && state.me.user.id === this.pending ? state.me : null;
  }

  /** Somebody is signed in. Whoever did it on their own is the browser's last user. */
  async signedIn({ user }: Person): Promise<void> {
    if (this.pending === user.id) return;
    await this.settle();
    await this.parts.storage.set(LAST, user.id);
  }

  /** "That's me." */
  async confirm(): Promise<void> {
    const { unconfirmed } = this;
    await this.settle();
    if (unconfirmed) await this.parts.storage.set(LAST, unconfirmed.user.id);
  }

  /** "Not me": ends the session. */
  async deny(): Promise<void> {
    await this.parts.session.signOut();
    await this.settle();
  }

  private async settle(): Promise<void> {
    runInAction(() => (this.pending = null));
    await this.parts.storage.remove(ARRIVED);
  }
}
