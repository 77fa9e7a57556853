import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { CompiledApp } from "../compiled";

const TYPES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".otf": "font/otf",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".json": "application/json; charset=utf-8",
};

/** A file of the mini program that its views may ask for: only what the compiler listed, so no path leads outside. */
export async function readAsset(
  folders: readonly string[],
  app: CompiledApp,
  path: string,
): Promise<{ type: string; body: Buffer } | null> {
  if (!app.assets.some((asset) => asset.replace(/^\//, "") === path)) return null;
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  for (const folder of folders) {
    const body = await readFile(join(folder, path)).catch(() => null);
    if (body) return { type, body };
  }
  return null;
}
