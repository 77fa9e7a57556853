import { rmSync } from "node:fs";
import { takeRunning } from "./running-database";

export default async function teardown(): Promise<void> {
  const running = takeRunning();
  await running?.embedded.stop();
  if (running) rmSync(running.dataDir, { recursive: true, force: true });
}
