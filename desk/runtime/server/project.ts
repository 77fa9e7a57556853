import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { CompiledApp, CompileFault } from "../compiled";
import { compileMiniProgram } from "../compiler/compile";
import { folderStamp } from "./newest";

/** One compilation: the program, or what is wrong with it. */
export type Compilation = { version: string } & ({ app: CompiledApp } | { faults: readonly CompileFault[] });

/** A mini program folder that is compiled when it has changed. */
export interface Project {
  /** Separates what different mini programs store on one phone. */
  key: string;
  /** Compiles unless nothing changed since the last time. */
  current(): Promise<Compilation>;
  /** The compilation of that version, so that a page and its worker always fit together. */
  find(version: string | null): Compilation | null;
}

const KEPT = 4;

/** Watches by asking: a folder is looked at whenever a phone is opened. */
export function createProject(folder: string, log: (line: string) => void): Project {
  const key = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 12);
  const known: Compilation[] = [];
  let compiling: Promise<Compilation> | null = null;

  async function compile(): Promise<Compilation> {
    const version = await folderStamp(folder);
    const last = known.at(-1);
    if (last?.version === version) return last;
    const result = await compileMiniProgram(folder);
    const made: Compilation = "app" in result ? { version, app: result.app } : { version, faults: result.faults };
    if ("faults" in made)
      for (const fault of made.faults)
        log(`${fault.file}:${fault.line}:${fault.column} ${fault.code}: ${fault.message}`);
    known.push(made);
    if (known.length > KEPT) known.shift();
    return made;
  }

  return {
    key,
    current() {
      compiling ??= compile().finally(() => (compiling = null));
      return compiling;
    },
    find: (version) => known.find((compilation) => compilation.version === version) ?? null,
  };
}
