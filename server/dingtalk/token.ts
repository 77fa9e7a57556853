import { createHash } from "node:crypto";
import type { CorpId } from "../../core/contract/id";
import type { Secret } from "../secret";
import { CallFailure } from "./failure";

/** An internal app of one organisation, or a third-party suite that the organisation activated. */
export interface App {
  corpId: CorpId;
  /** The suite's key where it is a suite. */
  clientId: string;
  clientSecret: Secret;
  /** Suites only: DingTalk pushes a new one every few hours. */
  suiteTicket?: Secret;
}

export interface AppToken {
  value: string;
  expiresAt: number;
}

const RENEW_EARLY_MS = 300_000;

/** Access tokens by app and organisation: renewed five minutes early, one request in flight for each. */
export function createTokens<A extends App>(parts: { fetchToken: (app: A) => Promise<AppToken>; now: () => number }) {
  const ready = new Map<string, AppToken>();
  const pending = new Map<string, Promise<AppToken>>();

  const renew = async (id: string, app: A): Promise<AppToken> => {
    try {
      const token = await parts.fetchToken(app);
      ready.set(id, token);
      return token;
    } finally {
      pending.delete(id);
    }
  };

  const get = (app: A): Promise<AppToken> => {
    const id = idOf(app);
    const token = ready.get(id);
    if (token && token.expiresAt - parts.now() > RENEW_EARLY_MS) return Promise.resolve(token);
    const request = pending.get(id) ?? renew(id, app);
    pending.set(id, request);
    return request;
  };

  /** Forgets a token that DingTalk refused, unless somebody else replaced it meanwhile. */
  const drop = (app: A, refused: AppToken): void => {
    const id = idOf(app);
    if (ready.get(id)?.value === refused.value) ready.delete(id);
  };

  return {
    /** Calls with a token; where DingTalk says that it is not valid, once more with a new one. */
    use: async <T>(app: A, run: (accessToken: string) => Promise<T>): Promise<T> => {
      const token = await get(app);
      try {
        return await run(token.value);
      } catch (error) {
        if (!(error instanceof CallFailure) || error.kind !== "token") throw error;
        drop(app, token);
        return run((await get(app)).value);
      }
    },
  };
}

/** All that makes two tokens different, a replaced secret included. */
function idOf(app: App): string {
  const secret = createHash("sha256").update(app.clientSecret.reveal()).digest("base64url").slice(0, 16);
  return `${app.corpId}/${app.clientId}/${secret}`;
}
