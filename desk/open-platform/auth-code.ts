import type { Clock } from "./clock";
import { type Random, randomHex } from "./random";

/** How long a code lives, in milliseconds. https://open.dingtalk.com/document/development/development-mlogon-faq */
export const CODE_MS = 5 * 60_000;

/** `jsapi`: from the client inside DingTalk, for getuserinfo. `oauth`: from the login page, for userAccessToken. */
export type CodeKind = "jsapi" | "oauth";

/** What a code stands for. The two kinds are not interchangeable. */
export interface CodeGrant {
  kind: CodeKind;
  corpId: string;
  userid: string;
  /** The app that the person opened: no other app can spend the code. */
  appKey: string;
  /** OAuth only: the login page was asked for `corpid` too. */
  withCorp: boolean;
}

/** Auth codes that were given out, in memory. */
export class AuthCodes {
  private readonly codes = new Map<string, CodeGrant & { expires: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A fresh code and when it ends (milliseconds since 1970). */
  mint(grant: CodeGrant): { code: string; expires: number } {
    const code = randomHex(this.random, 16);
    const expires = this.clock.now() + CODE_MS;
    this.codes.set(code, { ...grant, expires });
    return { code, expires };
  }

  /**
   * Spends a code; null when it is unknown, used, too old, of the other kind or another app's. Not documented: whether
   * a refused try spends it. Here only a try with the right kind and app does.
   */
  spend(code: string, kind: CodeKind, appKey: string): CodeGrant | null {
    const found = this.codes.get(code);
    if (!found || found.kind !== kind || found.appKey !== appKey) return null;
    this.codes.delete(code);
    return found.expires > this.clock.now() ? found : null;
  }
}
