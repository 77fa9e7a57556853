import type { IncomingMessage, ServerResponse } from "node:http";
import { readText } from "../http/body";
import type { OpenPlatform } from "../open-platform/platform";
import { answerLogin, HOLDER_HEADER, LOGIN_PATH } from "./login";

/** The page has no script; the desk's browser adds its own, from the page's address. Forms may lead back to the application. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; base-uri 'none'";

/** Serves the sign-in page; false for requests to anything else. */
export function createLoginPage(
  platform: OpenPlatform,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://login");
    const isPost = request.method === "POST";
    if (url.pathname !== LOGIN_PATH || !(isPost || request.method === "GET")) return false;
    const reply = answerLogin(platform, {
      method: isPost ? "POST" : "GET",
      given: isPost ? new URLSearchParams(await readText(request)) : url.searchParams,
      acceptLanguage: request.headers["accept-language"],
      holder: request.headers[HOLDER_HEADER]?.toString(),
    });
    const always = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
    if ("location" in reply) {
      response.writeHead(reply.status, { ...always, location: reply.location });
      response.end();
      return true;
    }
    const type = { "content-type": "text/html; charset=utf-8", "content-security-policy": POLICY };
    response.writeHead(reply.status, { ...always, ...type });
    response.end(reply.html);
    return true;
  };
}
