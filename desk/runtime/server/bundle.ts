import { join } from "node:path";
import { build } from "esbuild";

/** The browser's scripts of the runtime itself, without any mini program. */
export interface Bundles {
  /** The phone's page: host and view. */
  page: string;
  /** The logic worker, before the mini program's own script. */
  worker: string;
  /** What a page inside a web-view includes as `https://appx/web-view.min.js`. */
  webView: string;
}

const ready = new Map<string, Promise<Bundles>>();

/** Bundles the scripts of the folder `desk/runtime`, once a process. */
export function bundles(runtime: string): Promise<Bundles> {
  const known = ready.get(runtime);
  if (known) return known;
  const entries = ["host/main.ts", "logic/worker.ts", "host/web-view/page.ts"] as const;
  const made = Promise.all(entries.map((entry) => bundle(join(runtime, entry)))).then(
    ([page = "", worker = "", webView = ""]) => ({ page, worker, webView }),
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
