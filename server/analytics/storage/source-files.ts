import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FileSource } from "../../../core/contract/dataset/semantic-model";
import { QueryError } from "../query-error";
import { isErrno } from "./errno";
import { isWithin, realOf } from "./real-path";

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
  // Beside each other: a question that nobody has asked yet waits for all this.
  const [names, root] = await Promise.all([namesIn(folder, basename(source)), realOf(enterpriseDir)]);
  const found = await Promise.all(names.map((name) => stateOf(root, join(folder, name))));
  const hash = createHash("sha256");
  const files: string[] = [];
  for (const each of found) {
    if (!each) continue;
    files.push(each.file);
    hash.update(`${each.file}\n${each.size}\n${each.mtimeMs}\n`);
  }
  return { format: source.endsWith(".csv") ? "csv" : "parquet", files, fingerprint: hash.digest("hex") };
}

/** Whether a source's path, with or without `*`, means this file. */
export function namesFile(source: string, file: string): boolean {
  return dirname(source) === dirname(file) && matcher(basename(source))(basename(file));
}

/** Sorted; a name without `*` need not be looked for among the others. */
async function namesIn(folder: string, pattern: string): Promise<string[]> {
  if (!pattern.includes("*")) return [pattern];
  return ((await readdir(folder).catch(absent)) ?? []).filter(matcher(pattern)).sort();
}

/** Null for what is no file, or is not there. */
async function stateOf(
  root: string | null,
  path: string,
): Promise<{ file: string; size: number; mtimeMs: number } | null> {
  const [file, found] = await Promise.all([realOf(path), stat(path).catch(absent)]);
  if (file === null || !found?.isFile()) return null;
  if (root === null || !isWithin(root, file)) {
    throw new QueryError("forbidden", `"${basename(path)}" leads out of the enterprise's folder.`);
  }
  return { file, size: found.size, mtimeMs: found.mtimeMs };
}

function absent(error: unknown): null {
  if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return null;
  throw error;
}

/** `*` stands for any characters; files whose name starts with a dot are never meant. */
function matcher(pattern: string): (name: string) => boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const expression = new RegExp(`^(?!\\.)${parts.join(".*")}$`, "u");
  return (name) => expression.test(name);
}
