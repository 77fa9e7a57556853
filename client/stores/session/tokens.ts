import type { Me, SessionReply, SessionTokens } from "../../../core/contract/session/session";
import { ApiError } from "../../api/error";
import { refresh } from "../../api/session";
import type { Transport } from "../../api/transport";
import { SharedTask } from "../shared-task";
import type { Storage } from "../storage";

/** What is kept between two starts. `corpId` is the enterprise that the app was opened for. */
export interface KeptSession {
  corpId: string;
  tokens: SessionTokens;
  me: Me;
}

const SESSION = "session";
const DEVICE = "device";
const RENEW_EARLY_MS = 60_000;

function parse(text: string | null): KeptSession | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Partial<KeptSession> | null;
    return kept?.tokens && kept.me && kept.corpId ? (kept as KeptSession) : null;
  } catch {
    return null;
  }
}

/** Keeps a session's tokens, renews the access token before it expires, and never asks twice at once. */
export class SessionTokenKeeper {
  private kept: KeptSession | null = null;
  private readonly renewal = new SharedTask(() => this.askForNext());

  constructor(
    private readonly parts: { transport: Transport; storage: Storage; now: () => number; random: () => number },
  ) {}

  /** The session kept for this enterprise, if it can still be continued. */
  async load(corpId: string): Promise<KeptSession | null> {
    const kept = parse(await this.parts.storage.get(SESSION));
    const usable = kept?.corpId === corpId && Date.parse(kept.tokens.refreshExpiresAt) > this.parts.now();
    this.kept = usable ? kept : null;
    return this.kept;
  }

  async keep(corpId: string, reply: SessionReply): Promise<void> {
    this.kept = { corpId, tokens: reply.tokens, me: reply.me };
    await this.parts.storage.set(SESSION, JSON.stringify(this.kept));
  }

  /** The person is the same, but something about them changed. */
  async keepMe(me: Me): Promise<void> {
    if (!this.kept) return;
    this.kept = { ...this.kept, me };
    await this.parts.storage.set(SESSION, JSON.stringify(this.kept));
  }

  /** Nothing is left for the next start; this run can still tell the server. */
  async unstore(): Promise<void> {
    await this.parts.storage.remove(SESSION);
  }

  async forget(): Promise<void> {
    this.kept = null;
    await this.unstore();
  }

  /** This device's own name for itself, made once. */
  async deviceId(): Promise<string> {
    const known = await this.parts.storage.get(DEVICE);
    if (known !== null && known.length >= 16) return known;
    const digit = (): string => Math.floor(this.parts.random() * 36).toString(36);
    const made = Array.from({ length: 32 }, digit).join("");
    await this.parts.storage.set(DEVICE, made);
    return made;
  }

  /** An access token that is good for another minute. Fails with `signed_out` where there is no session. */
  async accessToken(): Promise<string> {
    if (!this.kept) throw new ApiError("signed_out", "There is no session.");
    const { accessToken, accessExpiresAt } = this.kept.tokens;
    if (Date.parse(accessExpiresAt) - this.parts.now() > RENEW_EARLY_MS) return accessToken;
    return this.renewal.run();
  }

  /** The token to use instead of one that the server refused: another request may have renewed it meanwhile. */
  async tokenAfter(refused: string): Promise<string> {
    const current = this.kept?.tokens.accessToken;
    return current !== undefined && current !== refused ? current : this.renewal.run();
  }

  private async askForNext(): Promise<string> {
    if (!this.kept) throw new ApiError("signed_out", "There is no session.");
    const { corpId, tokens } = this.kept;
    const deviceId = await this.deviceId();
    const reply = await refresh(this.parts.transport, { refreshToken: tokens.refreshToken, deviceId });
    await this.keep(corpId, reply);
    return reply.tokens.accessToken;
  }
}
