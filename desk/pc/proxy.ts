import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as ask,
  type ServerResponse,
} from "node:http";
import { cookieInFrame, readCookies } from "./cookies";
import { HOLDER_HEADER } from "../login/login";
import { enter, ENTER_PATH, LANGUAGE_COOKIE, OWN_COOKIES, WHO_COOKIE } from "./enter";
import type { PageSettings } from "./page/settings";
import { LOGIN_PREFIX, type Surface, surfaceOf, surfaceUserAgent } from "./surface";

/** What the surfaces of a PC are served from. */
export interface PcParts {
  /** The product's address, e.g. `http://localhost:3000`. */
  product: string;
  /** The address of DingTalk's sign-in page. */
  login: string;
  /** The script that makes a page believe where it is, from `buildPageScript`. */
  script: string;
  /** Hears of a product that does not answer. */
  log: (line: string) => void;
}

const SCRIPT_PATH = "/__desk/client.js";
const TAG = `<script src="${SCRIPT_PATH}"></script>`;

/** Chrome's own word on what it is would contradict the User-Agent of the surface. */
const LEFT_OUT = /^(sec-ch-ua|connection$|keep-alive$|transfer-encoding$|upgrade$|host$)/;

/**
 * Serves the product on the surfaces' hosts; false for requests to other hosts. The product sees the true origin of the
 * page, the surface's User-Agent, and its cookies; a page gets the surface's script before any of its own.
 */
export function createPcProxy(parts: PcParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const surface = surfaceOf(request.headers.host);
    if (!surface) return false;
    const url = new URL(request.url ?? "/", "http://surface");
    if (url.pathname === ENTER_PATH) enter(request, response, url);
    else if (url.pathname === SCRIPT_PATH) sendScript(parts, surface, request, response);
    else if (surface === "browser" && url.pathname.startsWith(`${LOGIN_PREFIX}/`))
      forwardToLogin(parts, request, response);
    else forward(parts, surface, request, response);
    return true;
  };
}

function languageOf(headers: IncomingHttpHeaders): string | null {
  return readCookies(headers.cookie).get(LANGUAGE_COOKIE) ?? null;
}

function sendScript(
  { product, login, script }: PcParts,
  surface: Surface,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const settings: PageSettings = {
    surface,
    userAgent: surfaceUserAgent(surface),
    language: languageOf(request.headers),
    product,
    login,
  };
  response.writeHead(200, { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" });
  response.end(`var __desk=${JSON.stringify(settings)};\n${script}`);
}

/** DingTalk's page sees none of the product's cookies; whose phone lies beside the PC, it may know. */
function forwardToLogin(parts: PcParts, request: IncomingMessage, response: ServerResponse): void {
  request.url = (request.url ?? "").slice(LOGIN_PREFIX.length);
  const who = readCookies(request.headers.cookie).get(WHO_COOKIE);
  if (who !== undefined) request.headers[HOLDER_HEADER] = decodeURIComponent(who);
  request.headers.cookie = [...readCookies(request.headers.cookie)]
    .filter(([name]) => OWN_COOKIES.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .join("; ");
  forward(parts, "browser", request, response, parts.login);
}

function forward(
  { product, log }: PcParts,
  surface: Surface,
  request: IncomingMessage,
  response: ServerResponse,
  to = product,
): void {
  const target = new URL(to);
  const asked = ask({
    host: target.hostname,
    port: target.port || 80,
    method: request.method,
    path: request.url,
    headers: requestHeaders(request, surface, target.host),
  });
  asked.on("response", (answer) => relay(answer, response, product));
  asked.on("error", (error) => {
    log(`${surface}: ${to} does not answer: ${error.message}`);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(502, { "content-type": "text/html; charset=utf-8" });
    response.end(MISSING);
  });
  response.on("close", () => asked.destroy());
  request.pipe(asked);
}

const MISSING = `<!doctype html><meta charset="utf-8"><title>Dingboard</title>
<style>body{margin:0;display:grid;place-content:center;height:100vh;text-align:center;font:14px/1.7 system-ui,"Noto Sans CJK SC",sans-serif;color:#6b7280}</style>
<p>应用服务器没有响应 · The app's server does not answer`;

function requestHeaders(request: IncomingMessage, surface: Surface, host: string): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { host };
  for (const [name, value] of Object.entries(request.headers)) if (!LEFT_OUT.test(name)) headers[name] = value;
  headers["user-agent"] = surfaceUserAgent(surface);
  const language = languageOf(request.headers);
  if (language !== null) headers["accept-language"] = language;
  const cookies = [...readCookies(request.headers.cookie)].filter(([name]) => !OWN_COOKIES.includes(name));
  delete headers["cookie"];
  if (cookies.length > 0) headers["cookie"] = cookies.map(([name, value]) => `${name}=${value}`).join("; ");
  // A document is changed on its way, which needs its plain text.
  if (/text\/html/.test(request.headers.accept ?? "")) headers["accept-encoding"] = "identity";
  return headers;
}

function relay(answer: IncomingMessage, response: ServerResponse, product: string): void {
  const headers: OutgoingHttpHeaders = { ...answer.headers };
  for (const name of ["connection", "keep-alive", "transfer-encoding"]) delete headers[name];
  const cookies = answer.headers["set-cookie"];
  if (cookies) headers["set-cookie"] = cookies.map(cookieInFrame);
  const { location } = answer.headers;
  if (location?.startsWith(`${product}/`)) headers["location"] = location.slice(product.length);
  const status = answer.statusCode ?? 502;
  const isPlainDocument =
    /^text\/html/.test(answer.headers["content-type"] ?? "") && answer.headers["content-encoding"] === undefined;
  answer.on("error", () => response.destroy());
  if (!isPlainDocument) {
    response.writeHead(status, headers);
    answer.pipe(response);
    return;
  }
  delete headers["content-length"];
  delete headers["etag"];
  const chunks: Buffer[] = [];
  answer.on("data", (chunk: Buffer) => chunks.push(chunk));
  answer.on("end", () => {
    response.writeHead(status, headers);
    response.end(withScript(Buffer.concat(chunks).toString("utf8")));
  });
}

/** Before every script of the page. */
const withScript = (html: string): string =>
  /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + TAG) : TAG + html;
