import { join } from "node:path";
import { build } from "esbuild";

/** Bundles the script that pages on the surfaces get first, from the folder `desk/pc`. */
export async function buildPageScript(folder: string): Promise<string> {
  const result = await build({
    entryPoints: [join(folder, "page/main.ts")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    minify: true,
    logLevel: "silent",
  });
  return result.outputFiles[0]?.text ?? "";
}
