import helmet from "koa-helmet";
import type { Context, Next } from "./state";

/** DingTalk shows our pages in frames of its own: Workbench on PC, and the console. */
const DINGTALK_FRAMES = ["https://*.dingtalk.com", "https://*.dingtalk.io"];

/** Headers as names and values in turn, for answers that are sent as a whole. */
export type FlatHeaders = readonly string[];

/** Security headers of every answer. Avatars come from DingTalk's hosts; scripts from nowhere but here. */
export function securityHeaders(options: { publicUrl: string; frameAncestors: string[] }): FlatHeaders {
  const encrypted = options.publicUrl.startsWith("https://");
  const middleware = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:", "https://*.dingtalk.com"],
        connectSrc: ["'self'"],
        frameAncestors: ["'self'", ...DINGTALK_FRAMES, ...options.frameAncestors],
      },
    },
    // Old and all-or-nothing; `frame-ancestors` says it better.
    xFrameOptions: false,
    strictTransportSecurity: encrypted ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginOpenerPolicy: encrypted ? { policy: "same-origin" } : false,
    originAgentCluster: false,
    referrerPolicy: { policy: "same-origin" },
  });
  return headersOf(middleware);
}

/** Puts them on every answer that is not sent yet: what is sent as a whole has them already. */
export function addHeaders(headers: FlatHeaders) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    if (ctx.res.headersSent) return;
    for (let at = 0; at < headers.length; at += 2) add(ctx, headers[at] ?? "", headers[at + 1] ?? "");
  };
}

/** A page may have an own, stricter one. */
function add(ctx: Context, name: string, value: string): void {
  if (!ctx.res.hasHeader(name)) ctx.res.setHeader(name, value);
}

/** What the middleware writes on every answer: always the same, so it is asked once. */
function headersOf(middleware: ReturnType<typeof helmet>): FlatHeaders {
  const headers: string[] = [];
  const res = {
    setHeader: (name: string, value: string) => void headers.push(name, value),
    removeHeader: () => undefined,
  };
  const ctx = { req: {}, res, request: { secure: true } };
  void middleware(ctx as never, () => Promise.resolve());
  if (headers.length === 0) throw new Error("helmet wrote no headers.");
  return headers;
}
