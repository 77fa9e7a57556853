import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { isErrno } from "./errno";

const RETRY_MS = 100;

/**
 * Takes the lock file, waiting while another live process has it; returns what gives it back. The file names its owner:
 * a process that died without giving it back is no longer believed.
 */
export async function takeLock(file: string, signal?: AbortSignal): Promise<() => Promise<void>> {
  const own = `${process.pid} ${await startOf(process.pid)} ${randomUUID()}`;
  const draft = `${file}.${randomUUID()}`;
  // Linked into place whole: nobody ever reads a lock that has no owner yet.
  await writeFile(draft, own);
  try {
    while (!(await tryLink(draft, file))) {
      if (await removeIfStale(file)) continue;
      await wait(RETRY_MS, undefined, signal ? { signal } : {});
    }
  } finally {
    await rm(draft, { force: true });
  }
  return async () => {
    if ((await ownerOf(file)) === own) await rm(file, { force: true });
  };
}

async function tryLink(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

/** Whether a dead owner's lock was taken away. Moved aside first: of two that try, one moves it. */
async function removeIfStale(file: string): Promise<boolean> {
  const owner = await ownerOf(file);
  if (owner === null) return true;
  if (await isAlive(owner)) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return true;
  }
  // Between reading and moving, another process may have put its own lock there: it goes back.
  if ((await ownerOf(aside)) !== owner) await tryLink(aside, file);
  await rm(aside, { force: true });
  return true;
}

async function ownerOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return null;
  }
}

async function isAlive(owner: string): Promise<boolean> {
  const [pid, start] = owner.split(" ");
  const id = Number(pid);
  if (!Number.isInteger(id) || id <= 0) return false;
  try {
    process.kill(id, 0);
  } catch (error) {
    return isErrno(error, "EPERM");
  }
  const now = await startOf(id);
  return now === start || now === "?" || start === "?";
}

/** When a process began, as the kernel counts: after a restart another process may have the same number. `?`: unknown. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name, in brackets, may hold spaces; the start is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "?";
  } catch {
    return "?";
  }
}
