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

export default defineConfig({
  root: "web",
  plugins: [react(), compressed],
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
