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
  folder: string,
  app: CompiledApp,
  path: string,
): Promise<{ type: string; body: Buffer } | null> {
  const listed = app.assets.find((asset) => asset.replace(/^\//, "") === path);
  if (listed === undefined) return null;
  const type = TYPES[extname(path).toLowerCase()] ?? "application/octet-stream";
  return readFile(join(folder, path)).then(
    (body) => ({ type, body }),
    () => null,
  );
}
