import { userAgent } from "../runtime/user-agent";

/**
 * Where a page of the product can be on a PC: a tab or panel of DingTalk's Workbench, a mini program's web-view, or the
 * system browser. Each has a host of its own under `localhost`, so none shares cookies or storage with another.
 */
export type Surface = "workbench" | "webview" | "browser";

const SURFACES: readonly Surface[] = ["workbench", "webview", "browser"];

/** Where the system browser finds DingTalk's sign-in page: among its own addresses, as nothing else is in its reach. */
export const LOGIN_PREFIX = "/__desk/login";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/** The surface that a `Host` header names; null for the desk's own page. */
export function surfaceOf(host: string | undefined): Surface | null {
  const name = host?.toLowerCase().split(":")[0];
  return SURFACES.find((surface) => name === `${surface}.localhost`) ?? null;
}

/**
 * What requests and `navigator` say there. DingTalk's is a recorded one of its Windows client; `dd-web` is how
 * dingtalk-jsapi knows a web-view (where in the text it stands was not recorded).
 */
export function surfaceUserAgent(surface: Surface): string {
  if (surface === "browser") return CHROME;
  const dingTalk = userAgent("Windows", "");
  return surface === "webview" ? `${dingTalk} dd-web/1.0` : dingTalk;
}

/** The product's origins on a PC. */
export type PcOrigins = Record<Surface, string>;

/** The surfaces' origins on the desk's port. */
export function pcOrigins(port: number): PcOrigins {
  const origin = (surface: Surface): string => `http://${surface}.localhost:${port}`;
  return { workbench: origin("workbench"), webview: origin("webview"), browser: origin("browser") };
}
