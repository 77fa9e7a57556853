import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { READER_LIMIT } from "./reader-limit";

/** The parts of a report's first screen besides the entry. */
const READER = ["pages/report.tsx", "charts/draw.ts"];

/** Builds the web application into dist/web. Fails where the reader's first load has become too heavy. */
export async function buildWeb(rootDir: string, log: (line: string) => void = () => undefined): Promise<void> {
  const result = await build({ configFile: join(rootDir, "web/vite.config.mts"), logLevel: "warn" });
  if (Array.isArray(result) || !("output" in result)) throw new Error("Vite answered no single output.");
  const { brotli, gzip } = readerSize(result.output);
  const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
  log(
    `The reader's first load: ${kilobytes(brotli)} of script with Brotli, ${kilobytes(gzip)} with gzip; ` +
      `${kilobytes(READER_LIMIT)} at most.`,
  );
  if (brotli > READER_LIMIT) throw new Error("The reader's first load has become too heavy.");
}

/** Bytes of the scripts of a report's first screen, each compressed as the server sends it: Brotli to all but old browsers. */
function readerSize(output: Rolldown.RolldownOutput["output"]): { brotli: number; gzip: number } {
  const chunks = output.filter((part) => part.type === "chunk");
  const needed = new Set<string>();
  const need = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (!chunk || needed.has(name)) return;
    needed.add(name);
    chunk.imports.forEach(need);
  };
  for (const { isEntry, facadeModuleId, fileName } of chunks) {
    if (isEntry || READER.some((part) => facadeModuleId?.endsWith(part))) need(fileName);
  }
  if (needed.size < 3) throw new Error("The reader's scripts were not found among the built ones.");
  const codes = chunks.filter(({ fileName }) => needed.has(fileName)).map(({ code }) => code);
  const total = (pack: (code: string) => Buffer): number => codes.reduce((sum, code) => sum + pack(code).length, 0);
  return { brotli: total(brotliCompressSync), gzip: total((code) => gzipSync(code, { level: 9 })) };
}
