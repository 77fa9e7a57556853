import { makeAutoObservable, runInAction } from "mobx";
import { toApiError, type ApiError } from "../../api/error";
import { beginOAuth, listSignInEnterprises, type EnterpriseChoice } from "../../api/oauth-sign-in";
import type { Caller } from "../../api/transport";
import type { Storage } from "../storage";

/** Under this key a browser keeps the enterprise to which somebody signed in last. */
const LAST = "enterprise";

/** The way to DingTalk's sign-in page, which differs from enterprise to enterprise. */
export interface OAuthSignInParts {
  /** Where the person goes once the server admits the enterprise, and DingTalk's page need not be asked. */
  instead?: (corpId: string) => string;
  call: Caller;
  storage: Storage;
  /** The enterprise that the address named; null where it named none. */
  corpId: string | null;
  /** Leaves this application for DingTalk's page. */
  leaveFor: (url: string) => void;
}

export type OAuthSignInState =
  | { kind: "closed" }
  | { kind: "opening" }
  /** Those that the operator lists or this browser remembers; the person may name another one. */
  | { kind: "choosing"; enterprises: EnterpriseChoice[] };

/** Signing in with DingTalk in a browser that DingTalk knows nothing of: first the enterprise, then DingTalk's page. */
export class OAuthSignInStore {
  state: OAuthSignInState = { kind: "closed" };
  busy = false;
  error: ApiError | null = null;

  constructor(private readonly parts: OAuthSignInParts) {
    makeAutoObservable<this, "parts">(this, { parts: false });
  }

  /** Offers the enterprises; one that the address names needs no choice. */
  async open(): Promise<void> {
    const { corpId, call, storage } = this.parts;
    if (this.state.kind !== "closed") return;
    this.state = { kind: "opening" };
    const named = corpId !== null && (await this.begin(corpId));
    if (named) return;
    const last = await lastEnterprise(storage);
    // A list that cannot be read is no reason to turn anybody away: the CorpId can be typed.
    const listed = await listSignInEnterprises(call).catch((): EnterpriseChoice[] => []);
    const others = listed.filter((one) => one.corpId !== last?.corpId);
    runInAction(() => (this.state = { kind: "choosing", enterprises: last ? [last, ...others] : others }));
  }

  /** Goes to DingTalk's page for that enterprise. False where it cannot be: `error` says why. */
  async begin(corpId: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const page = await beginOAuth(this.parts.call, corpId.trim());
      this.parts.leaveFor(this.parts.instead?.(corpId.trim()) ?? page);
      return true;
    } catch (thrown) {
      runInAction(() => (this.error = toApiError(thrown)));
      return false;
    } finally {
      runInAction(() => (this.busy = false));
    }
  }
}

/** Remembers where somebody signed in, so that nobody types a CorpId twice. */
export function rememberEnterprise(storage: Storage, { corpId, name }: EnterpriseChoice): Promise<void> {
  return storage.set(LAST, JSON.stringify({ corpId, name }));
}

async function lastEnterprise(storage: Storage): Promise<EnterpriseChoice | null> {
  try {
    const kept = JSON.parse((await storage.get(LAST)) ?? "null") as Partial<EnterpriseChoice> | null;
    return kept?.corpId && kept.name ? { corpId: kept.corpId, name: kept.name } : null;
  } catch {
    return null; // not what we wrote
  }
}
