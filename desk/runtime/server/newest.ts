import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** When something in the folder was last written, and how many files it has: changes whenever the folder does. */
export async function folderStamp(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  let newest = 0;
  for (const entry of entries) {
    const { mtimeMs } = await stat(join(entry.parentPath, entry.name));
    newest = Math.max(newest, mtimeMs);
  }
  return `${Math.round(newest)}-${entries.length}`;
}
