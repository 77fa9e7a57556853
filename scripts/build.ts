import { buildAll } from "./build-all";
import { scriptConfig } from "./config";

/** `npm run build`: everything that a production install needs. */
async function main(): Promise<void> {
  const config = scriptConfig();
  await buildAll({
    rootDir: config.rootDir,
    publicUrl: config.publicUrl ?? "http://localhost:3000",
    ...(config.corpId ? { corpId: config.corpId } : {}),
    desk: false,
    log: (line) => console.log(line),
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
