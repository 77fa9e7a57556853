import { createHash } from "node:crypto";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { FileSource } from "../../../core/contract/semantic-model";
import { QueryError } from "../query-error";
import { isErrno } from "./errno";

/** A source's files as they are now. */
export interface SourceFiles {
  format: "parquet" | "csv";
  /** Absolute paths, sorted. */
  files: string[];
  /** Changes whenever a file is added, removed or written. */
  fingerprint: string;
}

/**
 * The files that a source names inside an enterprise's folder; none where the folder has none. A symbolic link may lead
 * to another place inside the folder, never out of it.
 */
export async function findSourceFiles(enterpriseDir: string, source: string): Promise<SourceFiles> {
  if (!FileSource.safeParse(source).success) {
    throw new QueryError("input_invalid", `"${source}" is not a file of this enterprise.`);
  }
  const folder = join(enterpriseDir, dirname(source));
  const names = (await entries(folder)).filter(matcher(basename(source))).sort();
  const hash = createHash("sha256");
  const files: string[] = [];
  const root = names.length > 0 ? await realpath(enterpriseDir) : enterpriseDir;
  for (const name of names) {
    const file = await insideOf(root, join(folder, name));
    const found = await stat(file);
    if (!found.isFile()) continue;
    files.push(file);
    hash.update(`${file}\n${found.size}\n${found.mtimeMs}\n`);
  }
  return { format: source.endsWith(".csv") ? "csv" : "parquet", files, fingerprint: hash.digest("hex") };
}

/** Whether a source's path, with or without `*`, means this file. */
export function namesFile(source: string, file: string): boolean {
  return dirname(source) === dirname(file) && matcher(basename(source))(basename(file));
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return [];
    throw error;
  }
}

async function insideOf(root: string, file: string): Promise<string> {
  const real = await realpath(file);
  if (real.startsWith(root + sep)) return real;
  throw new QueryError("forbidden", `"${basename(file)}" leads out of the enterprise's folder.`);
}

/** `*` stands for any characters; files whose name starts with a dot are never meant. */
function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const expression = new RegExp(`^(?!\\.)${parts.join(".*")}$`, "u");
  return (name) => expression.test(name);
}
