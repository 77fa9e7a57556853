import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
    .sort();
}

/** A digest of the contents of folders and files, and of whatever else decides what is built from them. */
export function digestOf(folders: string[], files: string[], extra: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(extra ?? null));
  for (const file of [...folders.flatMap(filesUnder), ...files]) {
    hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Runs `build` unless the stamp says that the same inputs were built already. Returns whether it ran. */
export async function buildOnce(stamp: string, digest: string, build: () => Promise<void>): Promise<boolean> {
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return false;
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  return true;
}
