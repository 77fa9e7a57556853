import type { CompileFault } from "../compiled";
import type { PhoneBoot } from "../boot";

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src * data: blob:",
  "media-src * data: blob:",
  "font-src * data:",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self' http://localhost:* http://127.0.0.1:* http://*.localhost:*",
].join("; ");

/**
 * What the phone's document may load: our scripts, any picture, and in a web-view the pages of the Webview trusted
 * domains (null: of any); never inline scripts or eval. `frame-ancestors` keeps other sites from framing the phone.
 */
export function documentPolicy(webViewDomains: readonly string[] | null): string {
  const frames =
    webViewDomains === null ? ["*"] : webViewDomains.flatMap((domain) => [`http://${domain}`, `https://${domain}`]);
  return `${POLICY}; frame-src ${frames.length > 0 ? frames.join(" ") : "'none'"}`;
}

const HEAD = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="referrer" content="no-referrer">`;

/** The phone's document. */
export function phoneDocument(mount: string, boot: PhoneBoot): string {
  const json = JSON.stringify(boot).replace(/</g, "\\u003c");
  return `${HEAD}
<title>${escape(boot.title)}</title>
</head>
<body>
<script type="application/json" id="boot">${json}</script>
<script src="${mount}/__host/page.js"></script>
<script src="${mount}/__host/start.js?v=${encodeURIComponent(boot.version)}"></script>
</body>
</html>
`;
}

/** What stands in the phone's place while the mini program does not compile. */
export function faultDocument(faults: readonly CompileFault[]): string {
  const items = faults.map(
    (fault) =>
      `<li><code>${escape(`${fault.file}:${fault.line}:${fault.column}`)}</code><p>${escape(fault.message)}</p></li>`,
  );
  return `${HEAD}
<title>This mini program does not compile</title>
<style>
body { margin: 0; padding: 24px 16px; font: 14px/1.6 -apple-system, "Noto Sans CJK SC", sans-serif; color: #171a1d; background: #f6f6f6; }
h1 { font-size: 17px; margin: 0 0 4px; } ol { list-style: none; margin: 16px 0 0; padding: 0; }
li { background: #fff; border-radius: 8px; padding: 12px; margin-bottom: 8px; } p { margin: 4px 0 0; }
code { color: #d9363e; font-size: 12px; overflow-wrap: anywhere; }
</style>
</head>
<body><h1>This mini program does not compile</h1><div>${faults.length} to mend; reload when done.</div><ol>${items.join("")}</ol></body>
</html>
`;
}
