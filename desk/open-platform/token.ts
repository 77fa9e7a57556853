import type { Clock } from "./clock";
import { type Random, randomHex } from "./random";

/** How long access tokens live. https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app */
export const TOKEN_SECONDS = 7200;
const REFRESH_MS = 30 * 86_400_000;
const TOKEN_MS = TOKEN_SECONDS * 1000;

/** Whom an access token speaks for: an app in an organisation, a suite, or a person who signed in to an app. */
export type TokenOwner =
  | { kind: "app"; appKey: string; corpId: string }
  /** A suite by itself, in no organisation: `corpId` is empty. */
  | { kind: "suite"; appKey: string; corpId: string }
  | { kind: "user"; appKey: string; corpId: string; userid: string };

/** A token's state: a stranger's, one that ran out lately, or a good one. */
export type TokenState = { state: "unknown" } | { state: "expired" } | { state: "good"; owner: TokenOwner };

/** Access and refresh tokens, in memory. */
export class Tokens {
  private readonly access = new Map<string, { owner: TokenOwner; expires: number }>();
  private readonly tickets = new Map<string, { ticket: string; expires: number }>();
  private readonly refresh = new Map<string, { owner: TokenOwner; expires: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Asked again inside its validity an app's token stays the same and lives on for the full time. */
  ofApp(appKey: string, corpId: string): string {
    const now = this.clock.now();
    for (const [token, { owner, expires }] of this.access) {
      if (owner.kind !== "app" || owner.appKey !== appKey || owner.corpId !== corpId || expires <= now) continue;
      this.access.set(token, { owner, expires: now + TOKEN_MS });
      return token;
    }
    return this.issue({ kind: "app", appKey, corpId });
  }

  /**
   * The ticket that a page's `dd.config` is signed with; asked again it stays the same and lives on.
   * https://open.dingtalk.com/document/development/create-a-jsapi-ticket
   */
  issueTicket(appKey: string): string {
    const ticket = this.ticketOf(appKey) ?? randomHex(this.random, 32);
    this.tickets.set(appKey, { ticket, expires: this.clock.now() + TOKEN_MS });
    return ticket;
  }

  /** That app's ticket as it is; null where it has none or it ran out. */
  ticketOf(appKey: string): string | null {
    const found = this.tickets.get(appKey);
    return found && found.expires > this.clock.now() ? found.ticket : null;
  }

  /** A new pair for a person. https://open.dingtalk.com/document/development/obtain-user-token */
  ofUser(owner: TokenOwner): { accessToken: string; refreshToken: string } {
    const refreshToken = randomHex(this.random, 16);
    this.refresh.set(refreshToken, { owner, expires: this.clock.now() + REFRESH_MS });
    return { accessToken: this.issue(owner), refreshToken };
  }

  /** Whose refresh token that is; null when unknown or past its 30 days. */
  refreshOwner(refreshToken: string): TokenOwner | null {
    const found = this.refresh.get(refreshToken);
    return found && found.expires > this.clock.now() ? found.owner : null;
  }

  /**
   * Not documented: how long DingTalk tells "timed out" (42001) from "not valid" (40014). Here as long again as a token
   * lives, so that callers must know both.
   */
  look(token: string): TokenState {
    const found = this.access.get(token);
    const now = this.clock.now();
    if (!found || found.expires + TOKEN_MS <= now) return { state: "unknown" };
    return found.expires <= now ? { state: "expired" } : { state: "good", owner: found.owner };
  }

  /** A new token, whatever others there are. */
  issue(owner: TokenOwner): string {
    const token = randomHex(this.random, 16);
    this.access.set(token, { owner, expires: this.clock.now() + TOKEN_MS });
    return token;
  }
}
