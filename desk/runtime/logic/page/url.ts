import { join } from "../modules";

/** Where a navigation leads. */
export interface Target {
  /** As in app.json: `pages/report/report`. */
  path: string;
  query: Record<string, string>;
}

/** `a=1&b=%E4%B8%AD` as fields, decoded. */
export function parseQuery(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    const [key, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    query[decode(key)] = decode(value);
  }
  return query;
}

/** A stray percent sign is text, not an error. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads the url of a navigation. A path without a leading slash is a page of app.json or relative to the current page.
 * https://open.dingtalk.com/document/development/dd-navigateto
 */
export function parseUrl(url: string, current: string | null, pages: readonly string[]): Target {
  const at = url.indexOf("?");
  const path = at < 0 ? url : url.slice(0, at);
  const query = at < 0 ? {} : parseQuery(url.slice(at + 1));
  if (path.startsWith("/")) return { path: path.slice(1), query };
  if (pages.includes(path)) return { path, query };
  const folder = current === null ? "" : current.slice(0, Math.max(0, current.lastIndexOf("/")));
  return { path: join(`/${folder}`, path).slice(1), query };
}
