import { join } from "node:path";
import { build } from "esbuild";

/** The browser's two scripts of the runtime itself, without any mini program. */
export interface Bundles {
  /** The phone's page: host and view. */
  page: string;
  /** The logic worker, before the mini program's own script. */
  worker: string;
}

const ready = new Map<string, Promise<Bundles>>();

/** Bundles `host/main.ts` and `logic/worker.ts` of the folder `desk/runtime`, once a process. */
export function bundles(runtime: string): Promise<Bundles> {
  const known = ready.get(runtime);
  if (known) return known;
  const made = Promise.all([bundle(join(runtime, "host/main.ts")), bundle(join(runtime, "logic/worker.ts"))]).then(
    ([page, worker]) => ({ page, worker }),
  );
  ready.set(runtime, made);
  return made;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    loader: { ".css": "text", ".svg": "text" },
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}
