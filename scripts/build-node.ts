import { build } from "esbuild";
import { join } from "node:path";

/** Bundles Node entry points: our code in one file each, packages stay in node_modules (some carry binaries). */
export async function bundleForNode(rootDir: string, entries: Record<string, string>, folder: string): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(rootDir, file)])),
    outdir: join(rootDir, folder),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}
