import { send } from "@koa/send";
import { createPreloads } from "./preload";
import type { Context, Next } from "./state";

const PROGRAM = /^\/(api|dingtalk|healthz|readyz)(\/|$)/;

/** The built web pages; every address that names no file is the page itself, which finds its own way from there. */
export function webPages(root: string) {
  const preloads = createPreloads(root);
  return async (ctx: Context, next: Next): Promise<void> => {
    if ((ctx.method !== "GET" && ctx.method !== "HEAD") || PROGRAM.test(ctx.path)) {
      await next();
      return;
    }
    ctx.state.route = "web";
    if (ctx.path !== "/" && (await sent(ctx, root, ctx.path))) return;
    ctx.remove("cache-control");
    if (await sent(ctx, root, "/index.html")) {
      // Tickets pass through this page: nothing keeps it, and it tells no other page where it was.
      ctx.set("cache-control", "no-store");
      ctx.set("referrer-policy", "no-referrer");
      const links = preloads(ctx.path, ctx.search);
      if (links) ctx.set("link", links);
      return;
    }
    await next();
  };
}

async function sent(ctx: Context, root: string, path: string): Promise<boolean> {
  try {
    // Assets carry a hash in their name; the page that names them does not.
    const hashed = path.startsWith("/assets/");
    const file = await send(ctx, path, { root, ...(hashed ? { maxage: 31_536_000_000, immutable: true } : {}) });
    if (file !== undefined && !hashed) ctx.set("cache-control", "no-cache");
    return file !== undefined;
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : undefined;
    if (status === 404 || status === 403 || status === 400) return false;
    throw error;
  }
}
