import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CompiledApp, CompileFault } from "../compiled";
import { compileMiniProgram } from "../compiler/compile";
import { folderStamp } from "./newest";

/** One compilation: the program, or what is wrong with it. */
export interface Compilation {
  version: string;
  /** Absent: nothing of it can run. */
  app?: CompiledApp;
  faults: readonly CompileFault[];
}

/** A mini program folder that is compiled when it has changed. */
export interface Project {
  /** Separates what different mini programs store on one phone. */
  key: string;
  /** Where the program's own files lie, and then those of its packages. */
  folders: readonly string[];
  /** Compiles unless nothing changed since the last time. */
  current(): Promise<Compilation>;
  /** The compilation of that version, so that a page and its worker always fit together. */
  find(version: string | null): Compilation | null;
}

const KEPT = 4;

/** Watches by asking: a folder is looked at whenever a phone is opened. Throws when there is no mini program in it. */
export function createProject(folder: string, strict: boolean, log: (line: string) => void): Project {
  const root = rootOf(folder);
  const key = createHash("sha256").update(resolve(root)).digest("hex").slice(0, 12);
  const known: Compilation[] = [];
  let compiling: Promise<Compilation> | null = null;

  async function compile(): Promise<Compilation> {
    const version = await folderStamp(root);
    const last = known.at(-1);
    if (last?.version === version) return last;
    const result = await compileMiniProgram(root, { projectFolder: folder, strict });
    const tell = (kind: string, { file, line, column, code, message }: CompileFault): void =>
      log(`${kind} ${file}:${line}:${column} ${code}: ${message}`);
    const { warnings, ...compiled } = result;
    const made: Compilation = { version, ...compiled };
    warnings.forEach((fault) => tell("Warning", fault));
    made.faults.forEach((fault) => tell("Fault", fault));
    known.push(made);
    if (known.length > KEPT) known.shift();
    return made;
  }

  return {
    key,
    folders: root === folder ? [folder] : [root, folder],
    current() {
      compiling ??= compile().finally(() => (compiling = null));
      return compiling;
    },
    find: (version) => known.find((compilation) => compilation.version === version) ?? null,
  };
}

/** The folder with app.json: the one given, or the `miniprogramRoot` that its mini.project.json names. */
function rootOf(folder: string): string {
  if (existsSync(join(folder, "app.json"))) return folder;
  const settings = join(folder, "mini.project.json");
  const named = existsSync(settings)
    ? (JSON.parse(readFileSync(settings, "utf8")) as { miniprogramRoot?: string }).miniprogramRoot
    : undefined;
  const root = join(folder, named ?? ".");
  if (!existsSync(join(root, "app.json"))) throw new Error(`There is no mini program in ${root}: app.json is missing.`);
  return root;
}
