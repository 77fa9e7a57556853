import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * Changes whenever something in the folder does: when it was last written, and how many files it has. Packages and
 * hidden folders are left out: they do not change while a mini program is written.
 */
export async function folderStamp(folder: string): Promise<string> {
  let newest = 0;
  let files = 0;

  async function look(path: string): Promise<void> {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name.startsWith(".")) continue;
      const inside = join(path, entry.name);
      newest = Math.max(newest, (await stat(inside)).mtimeMs);
      files += 1;
      if (entry.isDirectory()) await look(inside);
    }
  }

  await look(folder);
  return `${Math.round(newest)}-${files}`;
}
