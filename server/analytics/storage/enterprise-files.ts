import { link, mkdir, open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { EnterpriseId } from "../../../core/contract/id";
import { StoredFileName } from "../../../core/contract/file";
import { isErrno } from "./errno";

/** Extracts of data sources; they are no business of whoever works with files. */
const EXTRACTS = "extracts";
const MOST_FILES = 2_000;
const DEEPEST = 6;

/** A file in an enterprise's folder. */
export interface FoundFile {
  /** As a source names it. */
  name: string;
  size: number;
  changedAt: Date;
}

/** The Parquet and CSV files of the enterprises, each in a folder named by its id. */
export class EnterpriseFiles {
  constructor(private readonly filesDir: string) {}

  /** All files that a source could name, except extracts; at most 2,000. */
  async list(enterpriseId: EnterpriseId): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    await this.walk(this.folderOf(enterpriseId), "", found);
    return found.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Null where there is no such file. */
  async find(enterpriseId: EnterpriseId, name: string): Promise<FoundFile | null> {
    if (name.split("/")[0] === EXTRACTS) return null;
    return foundAt(join(this.folderOf(enterpriseId), name), name);
  }

  /**
   * Moves a finished file into its place in one step: whoever reads sees the old or the new one. Without `replace` it is
   * refused, with false, where there is one already.
   */
  async place(enterpriseId: EnterpriseId, from: string, name: string, replace: boolean): Promise<boolean> {
    const target = join(this.folderOf(enterpriseId), name);
    await mkdir(dirname(target), { recursive: true });
    await this.requireInside(enterpriseId, dirname(target));
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
    return true;
  }

  async remove(enterpriseId: EnterpriseId, name: string): Promise<void> {
    const file = join(this.folderOf(enterpriseId), name);
    await this.requireInside(enterpriseId, dirname(file));
    await rm(file, { force: true });
  }

  /** An operator may have linked a folder to elsewhere: nothing is written or removed there. */
  private async requireInside(enterpriseId: EnterpriseId, folder: string): Promise<void> {
    const root = await realpath(this.folderOf(enterpriseId));
    const real = await realpath(folder);
    if (real !== root && !real.startsWith(root + sep)) throw new Error("The folder leads out of the enterprise's.");
  }

  private async walk(folder: string, prefix: string, found: FoundFile[]): Promise<void> {
    if (prefix.split("/").length > DEEPEST) return;
    for (const entry of await entriesOf(folder)) {
      if (found.length >= MOST_FILES) return;
      const name = prefix + entry.name;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && name !== EXTRACTS)
          await this.walk(join(folder, entry.name), `${name}/`, found);
      } else if (StoredFileName.safeParse(name).success) {
        const file = await foundAt(join(folder, entry.name), name);
        if (file) found.push(file);
      }
    }
  }

  private folderOf(enterpriseId: EnterpriseId): string {
    return join(this.filesDir, enterpriseId);
  }
}

async function foundAt(file: string, name: string): Promise<FoundFile | null> {
  try {
    const found = await stat(file);
    return found.isFile() ? { name, size: found.size, changedAt: found.mtime } : null;
  } catch (error) {
    if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return null;
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
