import { link, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EnterpriseId } from "../../../core/contract/id";
import { StoredFileName } from "../../../core/contract/source/file";
import { isErrno } from "./errno";
import { isWithin, realOf } from "./real-path";

/** Extracts of data sources; they are no business of whoever works with files. */
const EXTRACTS = "extracts";
const MOST_FILES = 2_000;
const DEEPEST = 6;

/** A link leads out of the enterprise's folder: nothing is written or removed behind it. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
}

/** A file in an enterprise's folder. */
export interface FoundFile {
  /** As a source names it. */
  name: string;
  size: number;
  changedAt: Date;
}

/** The Parquet and CSV files of the enterprises, each in a folder named by its id. */
export class EnterpriseFiles {
  /** `changed` is told of each file that was put in its place or taken away, before whoever did it goes on. */
  constructor(
    private readonly filesDir: string,
    private readonly changed: (enterpriseId: EnterpriseId, name: string) => Promise<void>,
  ) {}

  /** All files that a source could name, except extracts and what a link leads out to; at most 2,000. */
  async list(enterpriseId: EnterpriseId): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    await this.walk(await this.rootOf(enterpriseId), "", found);
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Null where there is no such file, or where it lies outside of the enterprise's folder. */
  async find(enterpriseId: EnterpriseId, name: string): Promise<FoundFile | null> {
    if (name.split("/")[0] === EXTRACTS) return null;
    return foundIn(await this.rootOf(enterpriseId), name);
  }

  /**
   * Moves a finished file into its place in one step: whoever reads sees the old or the new one. Without `replace` it is
   * refused, with false, where there is one already. Throws an OutsideError where a link leads the name out of the folder.
   */
  async place(enterpriseId: EnterpriseId, from: string, name: string, replace: boolean): Promise<boolean> {
    const target = join(this.folderOf(enterpriseId), name);
    await this.requireInside(enterpriseId, dirname(name)); // before anything is made: a folder too would be made outside
    await mkdir(dirname(target), { recursive: true });
    await settle(from);
    if (replace) {
      await rename(from, target);
    } else {
      try {
        await link(from, target); // unlike a renaming, never over another file
      } catch (error) {
        if (isErrno(error, "EEXIST")) return false;
        throw error;
      }
      await rm(from, { force: true });
    }
    await settle(dirname(target));
    await this.changed(enterpriseId, name);
    return true;
  }

  async remove(enterpriseId: EnterpriseId, name: string): Promise<void> {
    await this.requireInside(enterpriseId, dirname(name));
    await rm(join(this.folderOf(enterpriseId), name), { force: true });
    await this.changed(enterpriseId, name);
  }

  /** An operator may have linked a folder to elsewhere: nothing is written or removed there. */
  private async requireInside(enterpriseId: EnterpriseId, folder: string): Promise<void> {
    const root = await this.rootOf(enterpriseId);
    const parts = folder.split("/");
    for (let length = 1; length <= parts.length; length++) {
      const real = await realOf(join(root, ...parts.slice(0, length)));
      if (real !== null && !isWithin(root, real)) throw new OutsideError("The folder leads out of the enterprise's.");
    }
  }

  private async walk(root: string, prefix: string, found: FoundFile[]): Promise<void> {
    if (prefix.split("/").length > DEEPEST) return;
    for (const entry of await entriesOf(join(root, prefix))) {
      if (found.length >= MOST_FILES) return;
      const name = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && name !== EXTRACTS) await this.walk(root, `${name}/`, found);
      } else if (StoredFileName.safeParse(name).success) {
        const file = await foundIn(root, name);
        if (file) found.push(file);
      }
    }
  }

  private folderOf(enterpriseId: EnterpriseId): string {
    return join(this.filesDir, enterpriseId);
  }

  /** The folder itself may be a link: to a larger disk, say. */
  private async rootOf(enterpriseId: EnterpriseId): Promise<string> {
    return (await realOf(this.folderOf(enterpriseId))) ?? this.folderOf(enterpriseId);
  }
}

async function foundIn(root: string, name: string): Promise<FoundFile | null> {
  const real = await realOf(join(root, name));
  if (real === null || !isWithin(root, real)) return null;
  try {
    const found = await stat(real);
    return found.isFile() ? { name, size: found.size, changedAt: found.mtime } : null;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null; // removed meanwhile
    throw error;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, "ENOENT")) return [];
    throw error;
  }
}

/** Waits until a file, or what a folder holds, is on the disk. */
async function settle(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
