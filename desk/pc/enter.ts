import type { IncomingMessage, ServerResponse } from "node:http";
import { cookieInFrame, expiredCookie, readCookies } from "./cookies";

/** Where the desk's page opens a surface: `?who=&lang=&to=/path`; a fragment goes along by itself. */
export const ENTER_PATH = "/__desk/enter";

/** Whose computer it is. */
export const WHO_COOKIE = "desk-who";
/** The language that the desk's page was read in. */
export const LANGUAGE_COOKIE = "desk-lang";

/** Cookies of the desk itself: the product never sees them. */
export const OWN_COOKIES: readonly string[] = [WHO_COOKIE, LANGUAGE_COOKIE];

/**
 * Opens the surface for a person. Everybody has a computer of their own: what the person before left in cookies and
 * storage is gone when another one sits down.
 */
export function enter(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const who = url.searchParams.get("who") ?? "";
  const language = url.searchParams.get("lang") === "en-US" ? "en-US" : "zh-CN";
  const to = url.searchParams.get("to") ?? "/";
  const cookies = readCookies(request.headers.cookie);
  const before = cookies.get(WHO_COOKIE);
  const isAnother = before !== undefined && before !== encodeURIComponent(who);
  const old = isAnother ? [...cookies.keys()].filter((name) => !OWN_COOKIES.includes(name)) : [];
  if (isAnother) response.setHeader("clear-site-data", '"storage"');
  response.setHeader("set-cookie", [
    ...old.map(expiredCookie),
    cookieInFrame(`${WHO_COOKIE}=${encodeURIComponent(who)}; Path=/`),
    cookieInFrame(`${LANGUAGE_COOKIE}=${language}; Path=/`),
  ]);
  response.writeHead(303, { location: isPath(to) ? to : "/", "cache-control": "no-store" });
  response.end();
}

/** A path here and nowhere else. */
const isPath = (to: string): boolean => /^\/(?![/\\])/.test(to);
