import { statfs } from "node:fs/promises";
import { isErrno } from "./errno";

/** There is no room left on the disk. What was written before stays. */
export class DiskFullError extends Error {
  override readonly name = "DiskFullError";
}

/** Throws a DiskFullError where so many more bytes in a folder would leave less of its disk than must stay free. */
export async function requireRoom(folder: string, bytes: number, reserveBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes < reserveBytes) throw new DiskFullError("The disk is full.");
}

/** Whether something was not written for want of room. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DiskFullError || isErrno(error, "ENOSPC") || isErrno(error, "EDQUOT");
}
