import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { isErrno } from "./errno";

/** Where a path leads in the end; null where there is nothing. */
export async function realOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR") || isErrno(error, "ELOOP")) return null;
    throw error;
  }
}

/** Whether a real path is a folder's, or leads into it. */
export function isWithin(root: string, real: string): boolean {
  return real === root || real.startsWith(root + sep);
}
