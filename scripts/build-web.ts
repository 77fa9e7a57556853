import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { scriptConfig } from "./config";
import { READER_LIMIT } from "./reader-limit";

/** What Vite writes about its chunks, by source file. https://vite.dev/guide/backend-integration */
const Manifest = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).default([]) }));

/** The parts of a report's first screen. */
const READER = ["index.html", "pages/report.tsx", "charts/draw.ts"];

/**
 * Builds the web application into dist/web. Fails where the reader's first load has become too heavy. Vite runs in a
 * plain process of its own: under a TypeScript loader it leaves out the style sheets of pages that are loaded later.
 */
export function buildWeb(rootDir: string, log: (line: string) => void = () => undefined): Promise<void> {
  execFileSync(
    process.execPath,
    [join(rootDir, "node_modules/vite/bin/vite.js"), "build", "--config", "web/vite.config.mts", "--logLevel", "error"],
    {
      cwd: rootDir,
      stdio: ["ignore", "inherit", "inherit"],
      // Whoever builds from within a test would else get the libraries' development code.
      env: { ...scriptConfig().inherited, NODE_ENV: "production" },
    },
  );
  const { brotli, gzip } = readerSize(join(rootDir, "dist/web"));
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
  log(
    `The reader's first load: ${kilobytes(brotli)} of script with Brotli, ${kilobytes(gzip)} with gzip; ` +
      `${kilobytes(READER_LIMIT)} at most.`,
  );
  if (Math.max(brotli, gzip) > READER_LIMIT) throw new Error("The reader's first load has become too heavy.");
  return Promise.resolve();
}

/** Bytes of the scripts of a report's first screen, each compressed as the server sends it: Brotli to all but old browsers. */
export function readerSize(folder: string): { brotli: number; gzip: number } {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8")));
  const needed = new Set<string>();
  const need = (name: string): void => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The build has no ${name}.`);
    if (needed.has(chunk.file)) return;
    needed.add(chunk.file);
    chunk.imports.forEach(need);
  };
  READER.forEach(need);
  const codes = [...needed].map((file) => readFileSync(join(folder, file)));
  const total = (pack: (code: Buffer) => Buffer): number => codes.reduce((sum, code) => sum + pack(code).length, 0);
  return { brotli: total(brotliCompressSync), gzip: total((code) => gzipSync(code, { level: 9 })) };
}
