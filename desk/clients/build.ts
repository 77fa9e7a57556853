import { join } from "node:path";
import { build } from "esbuild";

/** The desk page's two files, in memory. */
export interface ClientBundle {
  script: string;
  style: string;
}

/** Bundles the desk page from its folder (`desk/clients`). */
export async function buildClients(folder: string): Promise<ClientBundle> {
  const result = await build({
    entryPoints: [join(folder, "page.tsx"), join(folder, "page.css")],
    bundle: true,
    write: false,
    outdir: "out",
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  const text = (end: string): string => result.outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
