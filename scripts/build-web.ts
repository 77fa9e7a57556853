import { join } from "node:path";
import { build } from "vite";

/** Builds the web application into dist/web. */
export async function buildWeb(rootDir: string): Promise<void> {
  await build({ configFile: join(rootDir, "web/vite.config.mts"), logLevel: "warn" });
}
