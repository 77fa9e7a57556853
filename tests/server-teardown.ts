import { rmSync } from "node:fs";
import { takeRunning } from "./running-database";

export default async function teardown(): Promise<void> {
  const running = takeRunning();
  await running?.embedded.stop();
  if (!running) return;
  for (const folder of [running.dataDir, running.bundleDir]) rmSync(folder, { recursive: true, force: true });
}
