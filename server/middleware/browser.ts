import { randomBytes } from "node:crypto";
import type { Session } from "../domain/access/signed-in";
import type { PresentSession } from "../domain/session/session";
import { AppError } from "../errors";
import type { OwnCookie } from "./own-cookie";
import type { Context } from "./state";

/** The browser behind a request, as its cookies show it. */
export interface Browser {
  /** The session cookie, for the routes that begin or end one. */
  signIn(token: string, maxAgeMs: number): void;
  signOut(): void;
  /** Who is signed in there now; null where nobody is. */
  session(): Promise<PresentSession | null>;
  /** Names the browser for long, also when nobody is signed in; made where it has none. */
  deviceId(): string;
}

export interface BrowserParts {
  identify: (token: string, kind: Session["kind"]) => Promise<Session>;
  cookie: OwnCookie;
  deviceCookie: OwnCookie;
}

/** What browsers allow at most. */
const DEVICE_MS = 400 * 24 * 3_600_000;

/** After these the cookie stands for nobody. */
const NOBODY = ["signed_out", "user_disabled"];

export function browserBehind(ctx: Context, { identify, cookie, deviceCookie }: BrowserParts): Browser {
  return {
    signIn: (token, maxAgeMs) => cookie.write(ctx, token, maxAgeMs),
    signOut: () => {
      cookie.clear(ctx);
      // What the browser kept of reports goes with the person. https://www.w3.org/TR/clear-site-data/
      ctx.set("clear-site-data", '"cache"');
    },
    session: async () => {
      const token = cookie.read(ctx);
      if (token === undefined) return null;
      try {
        return { ...(await identify(token, "cookie")), token };
      } catch (error) {
        if (error instanceof AppError && NOBODY.includes(error.code)) return null;
        throw error;
      }
    },
    deviceId: () => {
      const known = deviceCookie.read(ctx);
      const id = known !== undefined && /^[\w-]{43}$/.test(known) ? known : randomBytes(32).toString("base64url");
      deviceCookie.write(ctx, id, DEVICE_MS);
      return id;
    },
  };
}
