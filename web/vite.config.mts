import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // DingTalk's PC client shows pages in Chromium 96 and newer; its phones in older ones, which get the mini program.
    target: "chrome90",
    modulePreload: { polyfill: false }, // every browser of that age preloads modules by itself
  },
});
