import { join } from "node:path";
import { buildAll } from "./build-all";
import { scriptConfig } from "./config";

/** `npm run build`: everything that a production install needs. */
async function main(): Promise<void> {
  const config = scriptConfig();
  await buildAll({
    rootDir: config.rootDir,
    miniProgram: {
      publicUrl: config.publicUrl ?? "http://localhost:3000",
      ...(config.corpId ? { corpId: config.corpId } : {}),
      outDir: join(config.rootDir, "dist/mini-program"),
    },
    desk: false,
    log: (line) => console.log(line),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
