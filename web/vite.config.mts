import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Writes what the server hands to browsers that take compressed files: all of them. */
const compressed: Plugin = {
  name: "compressed",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      for (const [fileName, part] of Object.entries(bundle)) {
        if (!/^assets\/.*\.(js|css|svg)$/.test(fileName)) continue;
        const content = part.type === "chunk" ? part.code : part.source;
        this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: brotliCompressSync(content) });
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: gzipSync(content, { level: 9 }) });
      }
    },
  },
};

/** Source files of each kind of page, besides the entry's own; `server/middleware/preload.ts` knows their addresses. */
const PAGES: Record<string, string[]> = {
  reports: ["pages/reports.tsx"],
  report: ["pages/report.tsx", "charts/draw.ts"],
  pc: ["pages/pc.tsx"], // DingTalk's script is for its client alone, which asks for it at once
  "hand-off": ["pages/hand-off.tsx", "pages/report.tsx", "charts/draw.ts"],
};

/** Writes preload.json: the scripts that each page needs and its HTML does not name. */
const preloads: Plugin = {
  name: "preloads",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((part) => part.type === "chunk");
    const needed = (files: string[], seen: Set<string>): Set<string> => {
      for (const file of files) {
        if (seen.has(file)) continue;
        seen.add(file);
        needed(chunks.find(({ fileName }) => fileName === file)?.imports ?? [], seen);
      }
      return seen;
    };
    const fileOf = (source: string): string => {
      const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/web/${source}`));
      if (!chunk) throw new Error(`No chunk begins with ${source}.`);
      return chunk.fileName;
    };
    const named = needed(
      chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
      new Set(),
    );
    const lists = Object.entries(PAGES).map(([page, sources]) => {
      const all = needed(sources.map(fileOf), new Set());
      return [page, [...all].filter((file) => !named.has(file))] as const;
    });
    const source = JSON.stringify(Object.fromEntries(lists), null, 1);
    this.emitFile({ type: "asset", fileName: "preload.json", source });
  },
};

export default defineConfig({
  root: "web",
  plugins: [react(), compressed, preloads],
  // The pages are written for React and run on Preact: 60 KB less to load before a report is drawn.
  resolve: {
    alias: [
      { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      { find: /^react-dom$/, replacement: "preact/compat" },
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
      { find: /^react$/, replacement: "preact/compat" },
    ],
  },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    manifest: true, // scripts/build-web.ts adds up the first load from it
    // DingTalk's PC client shows pages in Chromium 96 and newer; its phones in older ones, which get the mini program.
    target: "chrome90",
    // One style sheet, named by the page itself: nothing is ever shown before its styles are there.
    cssCodeSplit: false,
    modulePreload: { polyfill: false }, // every browser of that age preloads modules by itself
  },
});
