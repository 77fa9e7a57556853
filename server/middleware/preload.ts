import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { firstViewOf } from "../../core/report/question/first-view";

/** The build's word on which scripts a page needs besides those that its HTML names. `web/vite.config.mts` writes it. */
const Scripts = z.record(z.string(), z.array(z.string()));

const PAGES: [path: RegExp, page: string][] = [
  [/^\/$/, "reports"],
  [/^\/r\//, "report"],
  [/^\/pc$/, "pc"],
  [/^\/hand-off$/, "hand-off"],
];

/** Headers grow with it, and proxies have limits. */
const LONGEST = 2_000;

/**
 * What a page will need, as a `Link` header: the browser fetches scripts and data side by side, instead of one after
 * the other as each script finds out about the next. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Link
 */
export function createPreloads(root: string): (path: string, search: string) => string {
  let scripts: z.infer<typeof Scripts> | undefined;
  return (path, search) => {
    scripts ??= readScripts(join(root, "preload.json")); // once the first page was there to be served
    const page = PAGES.find(([pattern]) => pattern.test(path))?.[1] ?? "";
    const links = (scripts[page] ?? []).map((file) => `</${file}>; rel=modulepreload`);
    const view = firstViewOf(path + search);
    // As the page asks for it itself, or the browser would not recognise it.
    if (view !== null && view.length <= LONGEST) links.push(`<${view}>; rel=preload; as=fetch; crossorigin=anonymous`);
    return links.join(", ");
  };
}

function readScripts(path: string): z.infer<typeof Scripts> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {}; // a server without web pages, or with another build's
  }
  return Scripts.parse(JSON.parse(text));
}
